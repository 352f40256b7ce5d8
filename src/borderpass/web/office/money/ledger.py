"""Where is the money of an office, and what was moved last?"""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse

from borderpass.domain.ledger import Account, EntryKind
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.store.models import LedgerEntry
from borderpass.store.queries.ledger import balances_of, entries_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.money.wording import ACCOUNTS, ENTRIES, say_riel, say_signed
from borderpass.web.office.page import office_page
from borderpass.web.wording import language

PAGE_LINES = 50


@office_view()
def ledger(request: HttpRequest, here: Here) -> HttpResponse:
    """Show what each account holds, whose the shares are, and the entries, newest first."""
    entries = entries_for(here.actor).filter(office=here.office)
    held = balances_of(entries)
    listed = entries.select_related("receipt", "refund").order_by("-at", "-id")
    page = Paginator(listed, PAGE_LINES).get_page(request.GET.get("page"))
    shown = {
        "accounts": [(ACCOUNTS[account], say_signed(held[account])) for account in Account],
        "total": say_signed(held.total()),
        "shares": _say_shares(entries.filter(kind=EntryKind.SHARE)),
        "lines": [_line(one) for one in page.object_list],
        "page": page,
    }
    return office_page(request, here, "office/money/ledger.html", shown)


def _say_shares(shares: Any) -> list[tuple[str, str]]:
    """Return whose shares they are, and how much each has."""
    rows = shares.values("credit", "place").annotate(riel=Sum("amount_riel")).order_by("credit", "place")
    return [(_name(row["place"]), say_riel(row["riel"])) for row in rows]


def _name(code: str) -> str:
    place = load_gazetteer().find(code)
    if place is None:
        return code
    return place.full_name_km if language() == "km" else place.name_latin


def _line(one: LedgerEntry) -> dict[str, Any]:
    return {
        "at": say_instant(one.at),
        "what": ENTRIES[EntryKind(one.kind)],
        "number": one.receipt.number if one.receipt else one.refund.number if one.refund else "",
        "debit": ACCOUNTS[Account(one.debit)],
        "credit": ACCOUNTS[Account(one.credit)],
        "amount": say_riel(one.amount_riel),
    }
