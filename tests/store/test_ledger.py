"""Can anybody write into the ledger what moves nothing, what stands there already, or change what stands there?"""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from borderpass.domain.ledger import Account, EntryKind, Method
from borderpass.services.return_fee import return_fee
from borderpass.store.ledger_triggers import REFUSAL
from borderpass.store.models import LedgerEntry, Receipt, Till
from borderpass.store.queries.ledger import balance_of, balances_of, entries_for
from tests.cast import BOPHA, DARA, MALEE, NEXT_CLERK, OTHER_PROVINCE, POIPET, PROVINCE, RITH, SEREI
from tests.installation import NOW, Installation, done, paid
from tests.money import asked, closed, refused

pytestmark = pytest.mark.usefixtures("fees")
FEE = {"kind": EntryKind.FEE, "debit": Account.DRAWER, "credit": Account.UNEARNED}


@pytest.fixture
def fees(installation: Installation) -> None:
    """A fee in each of two offices."""
    paid(1)
    paid(2, office=SEREI)


def write(**changes: Any) -> None:
    values = {"office_id": POIPET, **FEE, "amount_riel": 5, "at": NOW, "by": "bopha", **changes}
    with transaction.atomic():
        LedgerEntry.objects.create(**values)


@pytest.mark.parametrize(
    "changes", [{"amount_riel": 0}, {"amount_riel": -5}, {"credit": Account.DRAWER}], ids=["nothing", "less", "itself"]
)
def test_an_entry_moves_something_from_one_account_to_another(changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        write(**changes)


def test_a_fee_stands_once() -> None:
    receipt = Receipt.objects.get(office_id=POIPET)
    with pytest.raises(IntegrityError):
        write(receipt=receipt)


def test_what_was_given_back_stands_once() -> None:
    refund = done(return_fee(refused(3).id, Method.CASH, "", BOPHA, NOW))
    with pytest.raises(IntegrityError):
        write(kind=EntryKind.GIVE_BACK, refund=refund)


def test_a_close_stands_once() -> None:
    till = closed(handed_on_riel=5)
    with pytest.raises(IntegrityError):
        write(kind=EntryKind.HAND_ON, till=till)


def test_a_payment_stands_once() -> None:
    request = asked()
    write(kind=EntryKind.OWE, request=request)
    with pytest.raises(IntegrityError):
        write(kind=EntryKind.OWE, request=request)


CHANGES = {
    "changed": lambda: LedgerEntry.objects.update(amount_riel=1),
    "deleted": lambda: LedgerEntry.objects.all().delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_stands_there_is_left_as_it_is(change: Any) -> None:
    with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
        change()
    assert balance_of(POIPET, Account.DRAWER) == 20_000


def test_one_till_of_an_office_is_open_and_a_day_has_one() -> None:
    opened = {"office_id": POIPET, "opened_at": NOW, "opened_by": "bopha", "opening_riel": 0}
    for day in ("2026-11-23", "2026-11-24"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Till.objects.create(**opened, day=day)
    closed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Till.objects.create(**opened, day="2026-11-23")


def test_balances_of_any_entries_sum_to_zero() -> None:
    held = balances_of(LedgerEntry.objects.filter(office_id=POIPET))
    assert (held.total(), held[Account.DRAWER], held[Account.BANK]) == (0, 20_000, 0)


@pytest.mark.parametrize(
    ("actor", "offices"),
    [
        (BOPHA, {POIPET}),
        (DARA, {POIPET}),
        (NEXT_CLERK, {SEREI}),
        (PROVINCE, {POIPET, SEREI}),
        (OTHER_PROVINCE, set()),
        (RITH, {POIPET, SEREI}),
        (MALEE, set()),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_everybody_sees_their_own(actor: Any, offices: set[str]) -> None:
    assert set(entries_for(actor).values_list("office_id", flat=True)) == offices
