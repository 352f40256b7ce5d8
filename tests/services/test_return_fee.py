"""Does whoever gets no pass get back what the order says, once, against a numbered slip?"""

from datetime import timedelta
from typing import Any

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.ledger import Method
from borderpass.domain.provisions import Ending, Purpose, Refund, Term
from borderpass.domain.rulebook import Rulebook
from borderpass.services import find_due_back as module
from borderpass.services.close_application import close_application
from borderpass.services.count import find_imbalances
from borderpass.services.find_due_back import find_due_back
from borderpass.services.open_till import open_till
from borderpass.services.return_fee import return_fee
from borderpass.services.share_fees import share_fees
from borderpass.services.take_fee import take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import AuditEntry
from borderpass.store.models import Refund as Slip
from tests.cast import BOPHA, DARA, EVERYBODY, NEXT_CLERK, POIPET, SEREI
from tests.installation import NOW, Installation, approved, declined, done, lodged, paid, row_counts, signed
from tests.money import closed, held, refused, withdrawn

pytestmark = pytest.mark.usefixtures("installation")
CASH, TRANSFER = Method.CASH, Method.KHQR


def give_back(percent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the order give back another part, whatever the ending."""
    term = Term("BP-T/1", "BP-T", NOW - timedelta(days=1))
    provisions = tuple(Refund(term, ending, percent) for ending in Ending)
    monkeypatch.setattr(module, "rules_for_all_time", lambda: Rulebook(1, NOW, provisions))


@pytest.mark.parametrize("ended", [refused, withdrawn])
def test_the_whole_fee_is_given_back_in_cash(ended: Any) -> None:
    application = ended()
    slip = done(return_fee(application.id, CASH, "", BOPHA, NOW))
    assert (slip.number, slip.amount_riel, slip.method) == ("B0110-26-000001", 20_000, "cash")
    assert (slip.order_number, slip.given_by, slip.given_at) == ("BP-2016-04", "bopha", NOW)
    assert held() == {}
    assert find_imbalances() == []


def test_it_is_given_back_once() -> None:
    application = refused()
    slip = done(return_fee(application.id, CASH, "", BOPHA, NOW))
    before = row_counts()
    assert done(return_fee(application.id, TRANSFER, "again", BOPHA, NOW)) == slip
    assert row_counts() == before


def test_it_is_audited_by_its_number() -> None:
    done(return_fee(refused().id, CASH, "", BOPHA, NOW))
    entry = AuditEntry.objects.get(deed="give_back")
    assert entry.detail == {"refund": "B0110-26-000001", "amount_riel": 20_000, "method": "cash"}


def test_slips_are_numbered_by_office() -> None:
    numbers = [done(return_fee(refused(one).id, CASH, "", BOPHA, NOW)).number for one in (1, 2)]
    numbers.append(done(return_fee(refused(3, office=SEREI).id, CASH, "", NEXT_CLERK, NOW)).number)
    assert numbers == ["B0110-26-000001", "B0110-26-000002", "B0106-26-000001"]


def test_a_transfer_needs_the_banks_reference() -> None:
    application = refused()
    for reference in ("", "  ", "x" * 65, "a\x00"):
        assert declined(return_fee(application.id, TRANSFER, reference, BOPHA, NOW)) is Ground.BAD_FORM
    slip = done(return_fee(application.id, TRANSFER, " TRX  7 ", BOPHA, NOW))
    assert slip.reference == "TRX 7"
    assert held() == {"drawer": 20_000, "bank": -20_000}
    assert find_imbalances() == []


def test_a_drawer_gives_no_more_than_it_holds() -> None:
    application = refused()
    closed(handed_on_riel=20_000)
    tomorrow, before = NOW + timedelta(days=1), row_counts()
    answer = return_fee(application.id, CASH, "", BOPHA, tomorrow)
    assert declined(answer) is Ground.TILL_SHORT
    assert answer == Declined(Ground.TILL_SHORT, "the drawer holds 0 riel, and 20,000 are to be given back")
    assert row_counts() == before, "not even a till was opened"
    done(open_till(POIPET, 20_000, BOPHA, tomorrow))
    done(return_fee(application.id, CASH, "", BOPHA, tomorrow))
    assert find_imbalances() == []


@pytest.mark.parametrize("make", [lodged, paid, approved])
def test_nothing_is_given_back_while_a_pass_may_come(make: Any) -> None:
    application = make()
    before = row_counts()
    assert declined(return_fee(application.id, CASH, "", BOPHA, NOW)) is Ground.WRONG_STATE
    assert row_counts() == before


def test_nothing_is_given_back_of_a_pass(installation: Installation) -> None:
    issued = signed(installation)
    assert declined(return_fee(issued.application_id, CASH, "", BOPHA, NOW)) is Ground.WRONG_STATE


def test_nothing_is_given_back_where_nothing_was_paid() -> None:
    unpaid = lodged(1)
    done(close_application(unpaid.id, Event.WITHDRAW, "", BOPHA, NOW))
    free = lodged(2, purpose=Purpose.CORRECTION)
    done(take_fee(free.id, 0, BOPHA, NOW))
    done(close_application(free.id, Event.REFUSE, "not our mistake", DARA, NOW))
    for application in (unpaid, free):
        assert declined(return_fee(application.id, CASH, "", BOPHA, NOW)) is Ground.NOTHING_OWED


def test_the_order_in_force_when_it_ended_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    application = refused()
    later = Term("BP-T/1", "BP-T", NOW + timedelta(seconds=1))
    book = Rulebook(1, NOW, (Refund(later, Ending.REFUSED, 0),))
    monkeypatch.setattr(module, "rules_for_all_time", lambda: book)
    assert declined(return_fee(application.id, CASH, "", BOPHA, NOW)) is Ground.NO_RULE


def test_a_part_is_rounded_up_and_the_rest_is_earned(monkeypatch: pytest.MonkeyPatch) -> None:
    give_back(33, monkeypatch)
    application = refused()
    assert share_fees(NOW) == 0, "nothing is shared before it is known what was given back"
    assert done(return_fee(application.id, CASH, "", BOPHA, NOW)).amount_riel == 6_600
    assert share_fees(NOW) == 1
    assert held() == {"drawer": 13_400, "district": -11_390, "province": -2_010}
    assert find_imbalances() == []


def test_an_order_that_gives_nothing_back_leaves_it_earned(monkeypatch: pytest.MonkeyPatch) -> None:
    give_back(0, monkeypatch)
    application = refused()
    assert declined(return_fee(application.id, CASH, "", BOPHA, NOW)) is Ground.NOTHING_OWED
    assert share_fees(NOW) == 1
    assert held() == {"drawer": 20_000, "district": -17_000, "province": -3_000}
    assert find_imbalances() == []


def test_what_is_due_names_its_order_and_since_when() -> None:
    due = done(find_due_back(refused()))
    assert (due.amount_riel, due.order_number, due.since) == (20_000, "BP-2016-04", NOW)


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
def test_only_the_clerk_of_the_office_gives_back(actor: Actor) -> None:
    application = refused()
    before = row_counts()
    ground = declined(return_fee(application.id, CASH, "", actor, NOW))
    assert ground in (Ground.NOT_ALLOWED, Ground.UNKNOWN_APPLICATION)
    assert row_counts() == before
    assert not Slip.objects.exists()


def test_application_of_another_office_is_as_unknown_as_none() -> None:
    theirs = return_fee(refused().id, CASH, "", NEXT_CLERK, NOW)
    none = return_fee(new_id(), CASH, "", BOPHA, NOW)
    assert declined(theirs) is declined(none) is Ground.UNKNOWN_APPLICATION
