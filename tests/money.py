"""How does an application get as far as a test of the money needs it, and which bank answers?"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from borderpass.banking.bakong import Bakong
from borderpass.banking.bank import BankUnreachable, Payment
from borderpass.banking.stand_in import StandInBank, serve
from borderpass.domain.application import Event
from borderpass.domain.till import Counted
from borderpass.services.begin_khqr import begin_khqr
from borderpass.services.close_application import close_application
from borderpass.services.close_till import close_till
from borderpass.services.set_office_account import AccountForm, set_office_account
from borderpass.store.keys import new_id
from borderpass.store.models import Application, KhqrRequest, LedgerEntry, OfficeAccount, Till
from borderpass.store.queries.ledger import balances_of, figures_of
from tests.cast import MINISTRY, POIPET
from tests.installation import NOW, clerk_of, done, governor_of, lodged, paid

TOKEN = "a-token-of-the-tests"
ACCOUNT = AccountForm("owso_poipet@wing", "OWSO POIPET", "Poipet", name_khmer="ក្រុងប៉ោយប៉ែត")


class SilentBank:
    """A bank that cannot be reached."""

    def find_payment(self, md5: str) -> Payment | None:
        raise BankUnreachable("the bank cannot be reached (timeout); ask again, or take the fee in cash")


class Line(NamedTuple):
    """The adapter, the stand-in behind it, and where that is reached on this machine."""

    bank: Bakong
    phone: StandInBank
    address: str


@contextmanager
def bank_that_answers(now: datetime = NOW) -> Iterator[Line]:
    """Give a bank that knows of no payment yet."""
    stand_in = StandInBank(TOKEN, lambda: now)
    with serve(stand_in) as address:
        yield Line(Bakong(TOKEN, address), stand_in, address)


def account(office: str = POIPET) -> OfficeAccount:
    """Return an office's account, as the ministry set it."""
    return done(set_office_account(office, ACCOUNT, MINISTRY, NOW))


def asked(application: Application | None = None, now: datetime = NOW) -> KhqrRequest:
    """Return a code that somebody was asked to pay for an application (of Sokha's, where none is given)."""
    application = application or lodged(now=now)
    account(application.office_id)
    return done(begin_khqr(new_id(), application.id, clerk_of(application.office_id), now))


def refused(number: int = 0, now: datetime = NOW, **changes: Any) -> Application:
    """Return an application that was paid for and then refused."""
    application = paid(number, now, **changes)
    governor = governor_of(application.office_id)
    return done(close_application(application.id, Event.REFUSE, "the document is forged", governor, now))


def withdrawn(number: int = 0, now: datetime = NOW, **changes: Any) -> Application:
    """Return an application that was paid for and then withdrawn."""
    application = paid(number, now, **changes)
    return done(close_application(application.id, Event.WITHDRAW, "", clerk_of(application.office_id), now))


def closed(office: str = POIPET, now: datetime = NOW, handed_on_riel: int = 0, differs_by: int = 0) -> Till:
    """Return the till of an office, counted and closed."""
    till = Till.objects.get(office_id=office, closed_at=None)
    counted = Counted({}, figures_of(till).expected_riel + differs_by)
    reason = "a note was torn" if differs_by else ""
    return done(close_till(till.id, counted, handed_on_riel, reason, clerk_of(office), now))


def held(office: str = POIPET) -> dict[str, int]:
    """Return what each account of an office holds, without those that hold nothing."""
    balances = balances_of(LedgerEntry.objects.filter(office_id=office))
    assert balances.total() == 0
    return {account.value: riel for account, riel in balances.items() if riel}
