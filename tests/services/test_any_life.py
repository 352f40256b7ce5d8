"""Whatever anybody tries, in whatever order: do the figures add up, and does every history lead where it says?"""

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from borderpass.domain.actors import Actor
from borderpass.domain.again import Again
from borderpass.domain.application import Event, State, fold
from borderpass.domain.blanks import PaperForm
from borderpass.domain.declined import Declined
from borderpass.domain.ledger import Method
from borderpass.domain.provisions import MINUTES_A_DAY
from borderpass.domain.records import Action
from borderpass.domain.status import Status
from borderpass.domain.till import Counted
from borderpass.services import print_pass as printing
from borderpass.services.apply_again import Asked, apply_again
from borderpass.services.approve_application import approve_application
from borderpass.services.change_status import change_status
from borderpass.services.check_paper import check_paper
from borderpass.services.close_application import close_application
from borderpass.services.close_till import close_till
from borderpass.services.count import count, find_imbalances
from borderpass.services.hand_over_pass import hand_over_pass
from borderpass.services.lodge_application import lodge_application
from borderpass.services.print_pass import print_pass
from borderpass.services.return_fee import return_fee
from borderpass.services.sign_pass import sign_waiting_passes
from borderpass.services.spoil_print import spoil_print
from borderpass.services.take_fee import take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import Application, IssuedPass, Receipt, Till
from borderpass.store.queries.ledger import figures_of
from tests.again import NEEDED
from tests.cast import BOPHA, COMMANDER, DARA, NEXT_CLERK, POIPET, RITH, SEREI, VICHEA
from tests.installation import FEE_RIEL, Installation, clerk_of, done, form, minutes_later, photo, row_counts
from tests.phone import Phone

ACTORS = st.sampled_from([BOPHA, BOPHA, DARA, DARA, NEXT_CLERK, VICHEA, RITH, COMMANDER])
PEOPLE = st.integers(1, 4)


class Lives(RuleBasedStateMachine):
    """Two offices, four people, a phone at the gate, and whoever comes by."""

    applications: Bundle[UUID] = Bundle("applications")
    scans: Bundle[UUID] = Bundle("scans")

    def __init__(self, installation: Installation) -> None:
        super().__init__()
        self.installation, self.minute = installation, 0
        self.world = transaction.atomic()
        self.world.__enter__()
        self.phone = Phone(installation, installation.publish())

    def teardown(self) -> None:
        self.offices_add_up_to_the_whole()
        transaction.set_rollback(True)
        self.world.__exit__(None, None, None)

    @property
    def now(self) -> Any:
        self.minute += 1
        return minutes_later(self.minute)

    def try_(self, act: Any, *arguments: Any) -> None:
        """Do something, or be told why not; then nothing has been added."""
        before = row_counts()
        if isinstance(act(*arguments, self.now), Declined):
            assert row_counts() == before

    @initialize(target=applications)
    def begin(self) -> UUID:
        return done(lodge_application(form(1), photo(), BOPHA, self.now)).id

    @rule(target=applications, actor=ACTORS, number=PEOPLE, office=st.sampled_from([POIPET, POIPET, SEREI]))
    def lodge(self, actor: Actor, number: int, office: str) -> Any:
        told = form(number, office)
        self.try_(lodge_application, told, photo(), actor)
        return told.application_id if Application.objects.filter(id=told.application_id).exists() else multiple()

    @rule(id_=applications, actor=ACTORS, amount=st.sampled_from([FEE_RIEL, FEE_RIEL, FEE_RIEL, 1]))
    def pay(self, id_: UUID, actor: Actor, amount: int) -> None:
        self.try_(take_fee, id_, amount, actor)

    @rule(id_=applications, actor=ACTORS, method=st.sampled_from(Method))
    def give_back(self, id_: UUID, actor: Actor, method: Method) -> None:
        self.try_(return_fee, id_, method, "TRX 1" if method is Method.KHQR else "", actor)

    @rule(differs_by=st.sampled_from([0, 0, -500, 1_000]))
    def end_the_day(self, differs_by: int) -> None:
        for till in Till.objects.filter(closed_at=None):
            counted = Counted({}, max(0, figures_of(till).expected_riel + differs_by))
            done(
                close_till(
                    till.id, counted, counted.total_riel // 2, "counted twice", clerk_of(till.office_id), self.now
                )
            )
        self.minute += MINUTES_A_DAY

    @rule(id_=applications, actor=ACTORS)
    def approve(self, id_: UUID, actor: Actor) -> None:
        self.try_(approve_application, id_, actor)

    @rule(id_=applications, actor=ACTORS, event=st.sampled_from(Event), note=st.sampled_from(["", "a reason"]))
    def close(self, id_: UUID, actor: Actor, event: Event, note: str) -> None:
        self.try_(close_application, id_, event, note, actor)

    @rule()
    def sign(self) -> None:
        sign_waiting_passes(self.installation.keystore, self.now)

    @rule(id_=applications, actor=ACTORS)
    def print(self, id_: UUID, actor: Actor) -> None:
        self.try_(print_pass, id_, PaperForm.A6, actor)

    @rule(id_=applications, actor=ACTORS)
    def spoil(self, id_: UUID, actor: Actor) -> None:
        self.try_(spoil_print, id_, "the ink ran", actor)

    @rule(id_=applications, actor=ACTORS)
    def check(self, id_: UUID, actor: Actor) -> None:
        issued = IssuedPass.objects.filter(application_id=id_).first()
        check_paper(id_, issued.qr_text or "" if issued else "", actor, self.now)

    @rule(id_=applications, actor=ACTORS)
    def hand_over(self, id_: UUID, actor: Actor) -> None:
        self.try_(hand_over_pass, id_, actor)

    @rule(id_=applications, actor=ACTORS, status=st.sampled_from(Status))
    def change(self, id_: UUID, actor: Actor, status: Status) -> None:
        issued = IssuedPass.objects.filter(application_id=id_).first()
        self.try_(change_status, issued.number if issued else "0110-26-000001-X", status, "a reason", actor)

    @rule(target=applications, id_=applications, actor=ACTORS, again=st.sampled_from(Again))
    def apply_again(self, id_: UUID, actor: Actor, again: Again) -> Any:
        issued = IssuedPass.objects.filter(application_id=id_).first()
        asked = Asked(new_id(), issued.number if issued else "0110-26-000001-X", again, **NEEDED[again])
        self.try_(apply_again, asked, actor)
        there = Application.objects.filter(id=asked.application_id).exists()
        return asked.application_id if there else multiple()

    @rule(id_=applications)
    def go_all_the_way(self, id_: UUID) -> None:
        for office_clerk, office_governor in ((BOPHA, DARA), (NEXT_CLERK, VICHEA)):
            take_fee(id_, FEE_RIEL, office_clerk, self.now)
            approve_application(id_, office_governor, self.now)
            sign_waiting_passes(self.installation.keystore, self.now)
            print_pass(id_, PaperForm.A6, office_clerk, self.now)

    @rule(target=scans, id_=applications)
    def scan(self, id_: UUID) -> UUID:
        issued = IssuedPass.objects.filter(application_id=id_).first()
        return self.phone.scan(issued.qr_text if issued and issued.qr_text else "NO PASS", self.now)

    @rule(scan_id=scans, action=st.sampled_from(Action))
    def act(self, scan_id: UUID, action: Action) -> None:
        self.phone.act(scan_id, action, self.now)

    @rule(scan_id=consumes(scans))
    def send(self, scan_id: UUID) -> None:
        assert len(self.phone.send(now=self.now)) == len(self.phone.outbox)

    @invariant()
    def figures_add_up(self) -> None:
        assert find_imbalances() == []

    @invariant()
    def histories_lead_where_they_say(self) -> None:
        for application in Application.objects.all():
            events = [Event(event.event) for event in application.history.order_by("seq")]
            assert fold(events) == State(application.state)
            assert Receipt.objects.filter(application=application).count() == events.count(Event.PAY) <= 1

    @invariant()
    def nobody_holds_two_good_passes_that_were_never_taken_away(self) -> None:
        good = IssuedPass.objects.filter(status=Status.VALID, changes=0, current=True)
        people = good.values_list("application__document_number", flat=True)
        assert len(people) == len(set(people))

    def offices_add_up_to_the_whole(self) -> None:
        whole = count(RITH)[0].figures
        rows = count(RITH, by="office")
        assert all(sum(row.figures[name] for row in rows) == whole[name] for name in whole)


def test_random_lives_of_applications(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "print_pass_a6", lambda _paper: b"%PDF")
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: Lives(installation),
        settings=settings(max_examples=5, stateful_step_count=20, deadline=None, database=None, derandomize=True),
    )
