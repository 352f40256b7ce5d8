"""Are the figures exact, each defined once, each in its own scope, and do they add up?"""

from collections.abc import Callable
from datetime import date

import pytest

from borderpass.domain.actors import Actor, StaffRole
from borderpass.domain.again import Again
from borderpass.domain.application import Event, State
from borderpass.domain.blanks import PaperForm
from borderpass.domain.ledger import Method
from borderpass.domain.provisions import Purpose
from borderpass.domain.records import ActedBy, Action
from borderpass.domain.scan import LastCrossing
from borderpass.domain.status import Status
from borderpass.domain.verdicts import Direction
from borderpass.services.change_status import change_status
from borderpass.services.close_application import close_application
from borderpass.services.count import count, find_imbalances
from borderpass.services.hand_over_pass import hand_over_pass
from borderpass.services.print_pass import print_pass
from borderpass.services.return_fee import return_fee
from borderpass.services.spoil_print import spoil_print
from borderpass.services.take_fee import take_fee
from borderpass.store.models import Application, ApplicationEvent, IssuedPass, Receipt, StatusChange
from borderpass.store.queries.counts import GATE_NAMES, OFFICE_NAMES
from borderpass.store.queries.passes import find_pass
from tests.again import asked_for, days_before_the_end, printed_again
from tests.cases.clock import local
from tests.cast import (
    BOPHA,
    COMMANDER,
    DARA,
    GATE,
    HALL_CLERK,
    MALEE,
    MINISTRY,
    NEXT_CLERK,
    OTHER_COMMANDER,
    OTHER_PROVINCE,
    POIPET,
    PROVINCE,
    RITH,
    SEREI,
    VICHEA,
)
from tests.installation import (
    NOW,
    Installation,
    approved,
    done,
    hand_over,
    handed_over,
    lodged,
    minutes_later,
    paid,
    signed,
)
from tests.phone import Phone
from tests.trail import without_triggers


def figures(actor: Actor = RITH, **span: date) -> dict[str, int]:
    (row,) = count(actor, **span)
    return row.figures


def some(**expected: int) -> dict[str, int]:
    return dict.fromkeys(OFFICE_NAMES + GATE_NAMES, 0) | expected


class TestDefinitions:
    def test_empty_installation_counts_nothing_and_every_name_is_there(self, installation: Installation) -> None:
        assert figures() == some()
        assert find_imbalances() == []

    def test_each_step_counts_once(self, installation: Installation) -> None:
        handed_over(installation)
        assert figures() == some(lodged=1, paid=1, fee_riel=20_000, approved=1, issued=1, printed=1, handed_over=1)

    def test_issued_is_a_signed_pass_not_an_approval(self, installation: Installation) -> None:
        approved()
        assert (figures()["approved"], figures()["issued"]) == (1, 0)
        signed(installation, 2)
        IssuedPass.objects.update(qr_text=None)
        assert figures()["issued"] == 0

    def test_first_paper_is_printed_and_every_further_one_reprinted(self, installation: Installation) -> None:
        issued = signed(installation)
        id_ = issued.application_id
        for _ in range(3):
            done(print_pass(id_, PaperForm.A6, BOPHA, NOW))
            done(spoil_print(id_, "the ink ran", BOPHA, NOW))
        done(print_pass(id_, PaperForm.A6, BOPHA, NOW))
        hand_over(issued)
        seen = figures()
        assert (seen["issued"], seen["printed"], seen["reprinted"], seen["spoiled"]) == (1, 1, 3, 3)
        assert (seen["handed_over"], find_imbalances()) == (1, [])

    def test_reprint_is_one_even_when_the_first_print_was_another_day(self, installation: Installation) -> None:
        id_ = signed(installation).application_id
        done(print_pass(id_, PaperForm.A6, BOPHA, NOW))
        done(spoil_print(id_, "the ink ran", BOPHA, NOW))
        tomorrow = local("2026-11-24 09:00:00")
        done(print_pass(id_, PaperForm.A6, BOPHA, tomorrow))
        day = date(2026, 11, 24)
        seen = figures(first=day, last=day)
        assert (seen["printed"], seen["reprinted"]) == (0, 1)

    def test_money_is_what_was_taken_whatever_became_of_the_application(self, installation: Installation) -> None:
        done(close_application(paid(1).id, Event.WITHDRAW, "", BOPHA, NOW))
        done(close_application(paid(2).id, Event.REFUSE, "a reason", DARA, NOW))
        free = lodged(3, purpose=Purpose.CORRECTION)
        done(take_fee(free.id, 0, BOPHA, NOW))
        assert figures() == some(lodged=3, paid=3, fee_riel=40_000, withdrawn=1, refused=1)
        assert find_imbalances() == []

    def test_what_is_given_back_counts_on_its_own_day_beside_what_was_taken(self, installation: Installation) -> None:
        application = paid()
        done(close_application(application.id, Event.REFUSE, "a reason", DARA, NOW))
        done(return_fee(application.id, Method.KHQR, "TRX 7", BOPHA, local("2026-11-24 09:00:00")))
        assert figures() == some(lodged=1, paid=1, fee_riel=20_000, refund_riel=20_000, refused=1)
        assert figures(first=date(2026, 11, 24)) == some(refund_riel=20_000)
        assert [row.figures["refund_riel"] for row in count(RITH, by="office")] == [20_000]
        assert [row.figures["refund_riel"] for row in count(RITH, by="day")] == [0, 20_000]
        assert figures(VICHEA) == some()

    def test_returned_and_taken_up_again_is_no_new_payment(self, installation: Installation) -> None:
        application = paid()
        done(close_application(application.id, Event.RETURN, "another photo", DARA, NOW))
        done(close_application(application.id, Event.RESUBMIT, "", BOPHA, NOW))
        assert figures() == some(lodged=1, paid=1, fee_riel=20_000, returned=1)

    def test_each_change_of_standing_counts(self, installation: Installation) -> None:
        number = signed(installation).number
        for status in (Status.SUSPENDED, Status.VALID, Status.REVOKED, Status.VALID):
            done(change_status(number, status, "a reason", DARA, NOW))
        seen = figures()
        assert (seen["revoked"], seen["suspended"], seen["reinstated"]) == (1, 1, 2)


class TestDays:
    def test_day_is_the_local_one(self, installation: Installation) -> None:
        lodged(1, local("2026-11-22 23:59:59"))
        lodged(2, local("2026-11-23 00:00:00"))
        lodged(3, local("2026-11-23 23:59:59"))
        lodged(4, local("2026-11-24 00:00:00"))
        day = date(2026, 11, 23)
        assert figures(first=day, last=day)["lodged"] == 2
        assert figures(first=day)["lodged"] == 3
        assert figures(last=day)["lodged"] == 3
        assert [(row.key, row.figures["lodged"]) for row in count(RITH, by="day")] == [
            ("2026-11-22", 1),
            ("2026-11-23", 2),
            ("2026-11-24", 1),
        ]

    def test_days_together_are_the_whole(self, installation: Installation) -> None:
        for number, day in enumerate(("2026-11-21", "2026-11-22", "2026-11-22", "2026-11-23"), 1):
            handed_over(installation, number, local(f"{day} 09:00:00"))
        rows = count(RITH, by="day")
        assert {name: sum(row.figures[name] for row in rows) for name in rows[0].figures} == figures()


class TestGates:
    @pytest.fixture
    def phone(self, installation: Installation) -> Phone:
        self.text = str(signed(installation).qr_text)
        return Phone(installation, installation.publish())

    def test_crossing_is_a_scan_that_was_admitted(self, phone: Phone, installation: Installation) -> None:
        home = Phone(installation, phone.bundle, Direction.ENTRY, key="home")
        phone.admit(self.text)
        phone.act(phone.scan(self.text, minutes_later(1)), Action.REFER)
        phone.act(phone.scan("NOT A PASS", minutes_later(2)), Action.TURN_BACK)
        phone.scan(self.text, minutes_later(3))
        home.admit(self.text, minutes_later(4), last=LastCrossing(Direction.EXIT, NOW))
        for sender in (phone, home):
            sender.send(now=minutes_later(5))
        seen = figures()
        assert {name: seen[name] for name in GATE_NAMES} == {
            "scans": 5,
            "exits": 1,
            "entries": 1,
            "referred": 1,
            "turned_back": 1,
            "without_action": 1,
        }
        assert find_imbalances() == []

    def test_correction_counts_instead_of_what_it_corrects(self, phone: Phone) -> None:
        scan_id = phone.admit(self.text)
        phone.act(scan_id, Action.TURN_BACK, acted_by=ActedBy.OFFICER)
        phone.send()
        assert (figures()["exits"], figures()["turned_back"]) == (0, 1)
        phone.act(scan_id, Action.ADMIT, acted_by=ActedBy.OFFICER)
        phone.send()
        assert (figures()["exits"], figures()["turned_back"]) == (1, 0)
        assert (figures()["scans"], find_imbalances()) == (1, [])

    def test_last_action_is_the_last_of_the_chain_not_of_the_arrival(self, phone: Phone) -> None:
        scan_id = phone.admit(self.text)
        phone.act(scan_id, Action.TURN_BACK, acted_by=ActedBy.OFFICER)
        scan, admitted, corrected = phone.outbox
        phone.send([scan, corrected])
        phone.send([admitted])
        assert figures()["turned_back"] == 1

    def test_records_sent_twice_count_once(self, phone: Phone) -> None:
        phone.admit(self.text)
        phone.send()
        phone.send()
        assert (figures()["scans"], figures()["exits"]) == (1, 1)

    def test_by_gate_by_office_and_by_day(self, phone: Phone, installation: Installation) -> None:
        other = str(signed(installation, 2, office=SEREI).qr_text)
        phone.bundle = installation.publish(minutes_later(1))
        phone.admit(self.text, minutes_later(2))
        phone.admit(other, minutes_later(3))
        phone.act(phone.scan("NOT A PASS", minutes_later(4)), Action.TURN_BACK)
        phone.send(now=minutes_later(5))
        (gate,) = count(RITH, by="checkpoint")
        assert (gate.key, gate.figures["exits"], set(gate.figures)) == (GATE, 2, set(GATE_NAMES))
        exits = {row.key: row.figures["exits"] for row in count(RITH, by="office")}
        assert exits == {"": 0, SEREI: 1, POIPET: 1}
        assert [row.key for row in count(RITH, by="day")] == ["2026-11-23"]


class TestScopes:
    @pytest.fixture(autouse=True)
    def two_offices_and_two_gates(self, installation: Installation) -> None:
        first = signed(installation, 1)
        second = signed(installation, 2, office=SEREI)
        lodged(3, office=SEREI)
        done(change_status(second.number, Status.SUSPENDED, "lost", VICHEA, NOW))
        bundle = installation.publish()
        poipet = Phone(installation, bundle)
        malai = Phone(installation, bundle, checkpoint="malai", key="malai phone")
        poipet.admit(str(first.qr_text))
        malai.act(malai.scan(str(second.qr_text)), Action.ADMIT)
        poipet.send()
        malai.send()

    @pytest.mark.parametrize(
        ("actor", "lodged_", "fee_riel", "suspended", "scans"),
        [
            (BOPHA, 1, 20_000, 0, 1),
            (DARA, 1, 20_000, 0, 1),
            (VICHEA, 2, 20_000, 1, 1),
            (NEXT_CLERK, 2, 20_000, 1, 1),
            (HALL_CLERK, 0, 0, 0, 0),
            (PROVINCE, 3, 40_000, 1, 2),
            (OTHER_PROVINCE, 0, 0, 0, 0),
            (MALEE, 0, 0, 0, 1),
            (COMMANDER, 0, 0, 0, 1),
            (OTHER_COMMANDER, 0, 0, 0, 1),
            (Actor("officer elsewhere", StaffRole.GATE_OFFICER, "daung"), 0, 0, 0, 0),
            (MINISTRY, 3, 40_000, 1, 2),
            (RITH, 3, 40_000, 1, 2),
        ],
        ids=lambda value: getattr(value, "name", None),
    )
    def test_everybody_sees_their_own(
        self, actor: Actor, lodged_: int, fee_riel: int, suspended: int, scans: int
    ) -> None:
        seen = figures(actor)
        assert (seen["lodged"], seen["fee_riel"], seen["suspended"], seen["scans"]) == (
            lodged_,
            fee_riel,
            suspended,
            scans,
        )

    @pytest.mark.parametrize("by", ["office", "checkpoint", "day"])
    @pytest.mark.parametrize("actor", [BOPHA, PROVINCE, OTHER_PROVINCE, MALEE, MINISTRY], ids=lambda actor: actor.name)
    def test_rows_never_reach_beyond_the_scope(self, actor: Actor, by: str) -> None:
        rows = count(actor, by=by)
        whole = figures(actor)
        for name in rows[0].figures if rows else ():
            assert sum(row.figures[name] for row in rows) == whole[name]

    def test_clerk_sees_one_office_and_gate_officer_one_gate(self) -> None:
        assert [row.key for row in count(BOPHA, by="office")] == [POIPET]
        assert [row.key for row in count(MALEE, by="checkpoint")] == [GATE]
        assert [row.key for row in count(PROVINCE, by="office")] == [SEREI, POIPET]
        assert [row.key for row in count(RITH, by="checkpoint")] == ["malai", GATE]


def lose_receipts() -> None:
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM store_ledgerentry")
    Receipt.objects.all().delete()


IMBALANCES: dict[str, Callable[[], object]] = {
    "its events say": lambda: Application.objects.filter(state=State.HANDED_OVER).update(state=State.PRINTED),
    "money": lambda: ApplicationEvent.objects.filter(event=Event.PAY).delete(),
    "approved is signed or waiting": lambda: IssuedPass.objects.update(qr_text=None),
    "printed and spoiled papers": lambda: ApplicationEvent.objects.filter(event=Event.HAND_OVER).delete(),
    "status changes": lambda: StatusChange.objects.all().delete(),
    "nobody past the counter unpaid": lose_receipts,
}


@pytest.mark.parametrize("tamper", IMBALANCES.values(), ids=IMBALANCES)
def test_each_kind_of_imbalance_is_found(
    tamper: Callable[[], object], request: pytest.FixtureRequest, installation: Installation
) -> None:
    number = handed_over(installation).number
    done(change_status(number, Status.SUSPENDED, "lost", DARA, NOW))
    assert find_imbalances() == []
    tamper()
    words = request.node.callspec.id
    assert any(words in found for found in find_imbalances()), find_imbalances()


class TestPassesAboutWhichThereWasOne:
    def test_are_issued_and_named_and_the_old_ones_are_superseded_not_revoked(self, installation: Installation) -> None:
        held = handed_over(installation)
        now = days_before_the_end(held, 9)
        for again, name in ((Again.CORRECTION, "corrected"), (Again.EXTENSION, "extended"), (Again.RENEWAL, "renewed")):
            current = find_pass(held.number)
            assert current is not None
            at = days_before_the_end(current, 9) if again is Again.RENEWAL else now
            new = printed_again(installation, asked_for(current, again, at), at)
            assert (figures()[name], figures()["superseded"]) == (1, figures()["issued"] - 2)
            done(hand_over_pass(new.application_id, BOPHA, at))
        seen = figures()
        assert (seen["issued"], seen["superseded"], seen["revoked"]) == (4, 3, 0)
        assert find_imbalances() == []

    def test_replaced_one_is_revoked_and_superseded_by_none(self, installation: Installation) -> None:
        held = handed_over(installation)
        new = printed_again(installation, asked_for(held, Again.REPLACEMENT, NOW), NOW)
        done(hand_over_pass(new.application_id, BOPHA, NOW))
        seen = figures()
        assert (seen["issued"], seen["replaced"], seen["superseded"], seen["revoked"]) == (2, 1, 0, 1)
        assert find_imbalances() == []
