"""Is each way in which the money can be wrong found, by whoever changed what?"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from borderpass.domain.application import State
from borderpass.domain.khqr_payments import KhqrState
from borderpass.domain.ledger import Method
from borderpass.services.check_khqr import check_khqr
from borderpass.services.count import find_imbalances
from borderpass.services.open_till import open_till
from borderpass.services.return_fee import return_fee
from borderpass.services.take_fee import take_fee
from borderpass.store.models import Application, KhqrRequest, LedgerEntry, Receipt, Refund, Sequence, Till
from tests.cast import BOPHA, POIPET
from tests.installation import FEE_RIEL, NOW, Installation, approved, done, lodged, minutes_later, paid
from tests.money import asked, bank_that_answers, closed, refused
from tests.trail import without_triggers


@pytest.fixture(autouse=True)
def two_days_of_everything(installation: Installation) -> None:
    """Cash and KHQR, shared, given back, owed back; one till closed short, one open."""
    done(open_till(POIPET, 50_000, BOPHA, NOW))
    approved(1)
    paid(2)
    done(return_fee(refused(3).id, Method.CASH, "", BOPHA, NOW))
    by_phone, in_vain = asked(lodged(4)), asked(lodged(5))
    with bank_that_answers() as line:
        line.phone.pay_khqr(by_phone.text)
        done(take_fee(in_vain.application_id, FEE_RIEL, BOPHA, NOW))
        line.phone.pay_khqr(in_vain.text)
        for request in (by_phone, in_vain):
            done(check_khqr(request.id, line.bank, BOPHA, minutes_later(1)))
    closed(handed_on_riel=40_000, differs_by=-500)
    paid(6, NOW + timedelta(days=1))


def forge(statement: str, *parameters: Any) -> None:
    with without_triggers() as cursor:
        cursor.execute(statement, parameters)


def entries(kind: str) -> str:
    ids = LedgerEntry.objects.filter(kind=kind).values_list("id", flat=True)
    quoted = ", ".join(f"'{one.hex if connection.vendor == 'sqlite' else one}'" for one in ids)
    return f"store_ledgerentry WHERE id IN ({quoted})"


def more(kind: str) -> Callable[[], None]:
    return lambda: forge(f"UPDATE {entries(kind).replace(' WHERE', ' SET amount_riel = amount_riel + 1 WHERE')}")


TAMPERED: dict[str, tuple[Callable[[], Any], str]] = {
    "a fee larger in the ledger": (more("fee"), "ledger: fees and receipts"),
    "a receipt over more": (lambda: Receipt.objects.update(amount_riel=25_000), "riel of fees and of receipts"),
    "a slip over more": (lambda: Refund.objects.update(amount_riel=25_000), "riel given back and on slips"),
    "money given back twice": (more("give_back"), "ledger: money given back and its slips"),
    "a share that is too large": (more("share"), "riel shared of"),
    "a payment that nobody owes": (
        lambda: KhqrRequest.objects.filter(state=KhqrState.OWED_BACK).update(state=KhqrState.LAPSED),
        "ledger: payments owed back",
    ),
    "a receipt by KHQR that nobody paid": (
        lambda: KhqrRequest.objects.filter(state=KhqrState.RECEIPTED).update(state=KhqrState.WAITING),
        "khqr: receipts and payments",
    ),
    "cash that became KHQR": (
        lambda: Receipt.objects.filter(number="R0110-26-000001").update(method="khqr"),
        "khqr: receipts that rest on a payment",
    ),
    "a fee shared before it is approved": (
        lambda: Application.objects.filter(state=State.APPROVED).update(state=State.PAID),
        "is shared, and its application is paid",
    ),
    "a fee given back of a pass": (
        lambda: Application.objects.filter(state=State.REFUSED).update(state=State.PRINTED),
        "gives the fee back of an application that is printed",
    ),
    "a number that was given and is not there": (
        lambda: Sequence.objects.filter(purpose="receipt").update(last=99),
        "numbers R0110-26-...: 99 were given and 6 are there",
    ),
    "a close that says less": (
        lambda: Till.objects.exclude(closed_at=None).update(received_riel=1),
        "till of office 0110 on 2026-11-23",
    ),
    "a till that opens with more": (
        lambda: Till.objects.filter(closed_at=None).update(opening_riel=90_000),
        "drawer of office 0110",
    ),
    "money that left the drawer by itself": (more("hand_on"), "till of office 0110 on 2026-11-23"),
}


def test_two_days_of_everything_add_up() -> None:
    assert find_imbalances() == []


@pytest.mark.parametrize(("tamper", "words"), TAMPERED.values(), ids=TAMPERED)
def test_what_was_changed_is_found(tamper: Callable[[], Any], words: str) -> None:
    tamper()
    found = find_imbalances()
    assert any(words in one for one in found), found
