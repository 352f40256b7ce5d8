"""Does one touch approve and sign what was looked at, all of it, nothing else, and only once?"""

from datetime import timedelta
from typing import Any

import pytest

from borderpass.domain.application import Event, State
from borderpass.domain.approval import Outcome, challenge_of, read_statement
from borderpass.domain.decisions import ReturnReason
from borderpass.domain.declined import Ground
from borderpass.domain.jobs import JobState
from borderpass.services import run_approval as running
from borderpass.services.approve_application import approve_application
from borderpass.services.approve_batch import approve_by_passkey, approve_by_password, ask_for_touch, find_batch
from borderpass.services.close_application import close_application, return_application
from borderpass.services.count import find_imbalances
from borderpass.services.propose_approval import BATCH_MAX, GOOD_FOR, propose_approval
from borderpass.services.run_job import HELD_FOR, run_waiting_jobs
from borderpass.services.sign_waiting import sign_waiting
from borderpass.services.try_password import LockedOut
from borderpass.services.verify_approvals import verify_approvals
from borderpass.store.keys import new_id
from borderpass.store.models import (
    Application,
    ApplicationEvent,
    ApprovalBatch,
    ApprovalItem,
    IssuedPass,
    Job,
    Portrait,
    Receipt,
)
from tests.authenticator import Authenticator
from tests.cast import BOPHA, DARA, POIPET, SEREI, VICHEA
from tests.installation import NOW, PASSPHRASE, Installation, declined, done, fresh, lodged, paid, row_counts, signed
from tests.services.approvals import PARTY, Hand, hand_of, outcomes
from tests.services.people import ADDRESS, PASSWORD, deeds

SIGNED, FALLEN, REFUSED = (Outcome.SIGNED.value, ""), Outcome.FALLEN.value, Outcome.REFUSED.value
LATER = NOW + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def usable_keys(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDERPASS_KEY_PASSPHRASE", PASSPHRASE.decode())


@pytest.fixture
def dara(installation: Installation) -> Hand:
    return hand_of(DARA)


class TestOneTouch:
    def test_approves_and_signs_all_that_was_chosen(self, dara: Hand) -> None:
        three = [paid(number) for number in (1, 2, 3)]
        batch = dara.approve(*three)
        assert outcomes(batch) == {one.id: SIGNED for one in three}
        assert IssuedPass.objects.filter(application__in=three, qr_text__isnull=False).count() == 3
        assert find_imbalances() == []

    def test_is_over_a_statement_that_names_them_all(self, dara: Hand) -> None:
        two = [paid(number) for number in (1, 2)]
        batch = dara.approve(*two)
        statement = read_statement(bytes(batch.statement))
        assert [one.application_id for one in statement.applications] == [one.id for one in two]
        assert (statement.by, statement.office, statement.at) == ("dara", POIPET, NOW)
        assert challenge_of(bytes(batch.statement)).hex() == batch.digest

    def test_stands_in_the_history_and_in_the_audit_trail(self, dara: Hand) -> None:
        application = paid(1)
        batch = dara.approve(application)
        event = ApplicationEvent.objects.get(application=application, event=Event.APPROVE)
        assert (event.by, event.at) == ("dara", NOW)
        assert event.detail == {"order": "BP-2024-01", "method": "passkey", "batch": str(batch.id)}
        assert [deed for _, deed, about in deeds() if about in (str(batch.id), application.reference)][-2:] == [
            "sign_approval",
            "approve",
        ]

    def test_a_second_touch_finds_what_the_first_began(self, dara: Hand) -> None:
        batch = dara.propose(paid(1))
        job = dara.touch(batch)
        before = row_counts()
        again = done(approve_by_passkey(batch, "nothing", PARTY, DARA, NOW))
        assert (again.id, row_counts()) == (job.id, before)
        stale = ApprovalBatch.objects.get(id=batch.id)
        assert done(approve_by_passkey(stale, "nothing", PARTY, DARA, NOW)).id == job.id

    def test_is_nothing_without_the_passkey(self, dara: Hand) -> None:
        batch = dara.propose(paid(1))
        for answer in ("", "{}", dara.answer(dara.propose(paid(2)))):
            assert declined(approve_by_passkey(batch, answer, PARTY, DARA, NOW)) is Ground.PASSKEY_REFUSED
        assert not Job.objects.exists()

    def test_of_another_persons_passkey_is_nothing(self, dara: Hand) -> None:
        vichea = hand_of(VICHEA)
        batch = dara.propose(paid(1))
        options = str(ask_for_touch(vichea.propose(paid(1, office=SEREI)), PARTY, NOW))
        answer = vichea.authenticator.get(options)
        assert declined(approve_by_passkey(batch, answer, PARTY, DARA, NOW)) is Ground.PASSKEY_REFUSED

    def test_has_to_come_within_half_an_hour(self, dara: Hand) -> None:
        batch = dara.propose(paid(1))
        assert isinstance(ask_for_touch(batch, PARTY, NOW + GOOD_FOR), str)
        late = NOW + GOOD_FOR + timedelta(seconds=1)
        assert declined(ask_for_touch(batch, PARTY, late)) is Ground.TOO_LATE
        assert declined(approve_by_passkey(batch, dara.answer(batch), PARTY, DARA, late)) is Ground.TOO_LATE

    def test_needs_a_passkey_for_this_site(self, dara: Hand) -> None:
        dara.staff.passkeys.update(removed_at=NOW)
        assert declined(ask_for_touch(dara.propose(paid(1)), PARTY, NOW)) is Ground.NO_PASSKEY


class TestWhatIsChosen:
    def test_what_cannot_be_approved_is_told_and_stands_in_no_statement(self, dara: Hand) -> None:
        good, unpaid, sent_back = paid(1), lodged(2), paid(3)
        done(return_application(sent_back.id, ReturnReason.PHOTO_POOR, "", DARA, NOW))
        batch = dara.propose(good, unpaid, sent_back)
        assert outcomes(batch) == {
            good.id: (Outcome.PROPOSED.value, ""),
            unpaid.id: (REFUSED, Ground.UNPAID),
            sent_back.id: (REFUSED, Ground.WRONG_STATE),
        }
        listed = read_statement(bytes(batch.statement)).applications
        assert [one.application_id for one in listed] == [good.id]

    def test_holder_of_a_pass_is_told(self, dara: Hand, installation: Installation) -> None:
        second = paid(1)
        signed(installation, 1, document_number="999990000")
        assert outcomes(dara.propose(second)) == {second.id: (REFUSED, Ground.LIVE_PASS_EXISTS)}

    def test_where_none_can_be_approved_nothing_is_signed(self, dara: Hand) -> None:
        batch = dara.propose(lodged(1))
        assert declined(ask_for_touch(batch, PARTY, NOW)) is Ground.NOTHING_TO_SIGN

    def test_nothing_chosen_too_many_chosen_or_what_is_not_here(self, dara: Hand) -> None:
        theirs = paid(1, office=SEREI)
        for ids, ground in (
            ([], Ground.NOTHING_TO_SIGN),
            ([new_id() for _ in range(BATCH_MAX + 1)], Ground.BATCH_REFUSED),
            ([theirs.id], Ground.UNKNOWN_APPLICATION),
        ):
            assert declined(propose_approval(new_id(), ids, POIPET, DARA, NOW)) is ground
        assert declined(propose_approval(new_id(), [theirs.id], SEREI, DARA, NOW)) is Ground.NOT_ALLOWED
        assert declined(propose_approval(new_id(), [theirs.id], POIPET, BOPHA, NOW)) is Ground.NOT_ALLOWED

    def test_proposing_again_gives_the_batch_that_is_there(self, dara: Hand) -> None:
        batch = dara.propose(paid(1))
        before = row_counts()
        assert done(propose_approval(batch.id, [paid(2).id], POIPET, DARA, NOW)).id == batch.id
        assert ApprovalItem.objects.count() == before["ApprovalItem"]

    def test_a_batch_is_whoever_made_its(self, dara: Hand) -> None:
        hand_of(VICHEA)
        batch, theirs = dara.propose(paid(1)), paid(1, office=SEREI)
        assert declined(propose_approval(batch.id, [theirs.id], SEREI, VICHEA, NOW)) is Ground.UNKNOWN_BATCH
        assert declined(find_batch(batch.id, POIPET, VICHEA)) is Ground.UNKNOWN_BATCH
        assert declined(find_batch(batch.id, SEREI, DARA)) is Ground.UNKNOWN_BATCH
        assert declined(find_batch(batch.id, POIPET, BOPHA)) is Ground.UNKNOWN_BATCH


class TestWhatChangedSince:
    @pytest.mark.parametrize(
        "change",
        [
            lambda one: Application.objects.filter(id=one.id).update(name_latin="SOMEBODY ELSE"),
            lambda one: Application.objects.filter(id=one.id).update(home_code="01100102"),
            lambda one: Application.objects.filter(id=one.id).update(companions=[["A", "2020-01-01", 1]]),
            lambda one: Portrait.objects.filter(application=one).update(face_webp=b"another face"),
            lambda one: Receipt.objects.filter(application=one).update(number="R0110-26-999999"),
        ],
        ids=["name", "address", "children", "face", "receipt"],
    )
    def test_falls_out_and_the_rest_is_approved(self, dara: Hand, change: Any) -> None:
        changed, same = paid(1), paid(2)
        batch = dara.propose(changed, same)
        dara.touch(batch)
        change(changed)
        [job] = run_waiting_jobs(lambda: NOW)
        assert outcomes(batch) == {changed.id: (FALLEN, Ground.CHANGED_SINCE), same.id: SIGNED}
        assert fresh(changed).state == State.PAID
        assert (job.state, job.done, job.failed) == (JobState.DONE, 2, 1)
        assert job.troubles == [[changed.reference, Ground.CHANGED_SINCE]]

    def test_what_moved_on_falls_out(self, dara: Hand) -> None:
        gone, approved_before = paid(1), paid(2)
        batch = dara.propose(gone, approved_before)
        dara.touch(batch)
        done(close_application(gone.id, Event.WITHDRAW, "", BOPHA, NOW))
        done(approve_application(approved_before.id, DARA, NOW))
        run_waiting_jobs(lambda: NOW)
        assert {outcome for outcome, _ in outcomes(batch).values()} == {FALLEN}
        assert {why for _, why in outcomes(batch).values()} == {Ground.WRONG_STATE}

    def test_of_two_of_one_person_the_first_is_approved(self, dara: Hand) -> None:
        first, second = paid(1), paid(1)
        batch = dara.approve(first, second)
        assert outcomes(batch) == {first.id: SIGNED, second.id: (FALLEN, Ground.LIVE_PASS_EXISTS)}

    def test_what_fell_out_can_be_chosen_again(self, dara: Hand) -> None:
        application = paid(1)
        batch = dara.propose(application)
        dara.touch(batch)
        Application.objects.filter(id=application.id).update(name_latin="RESIDENT C OF BBA")
        run_waiting_jobs(lambda: NOW)
        assert outcomes(dara.approve(application, now=LATER)) == {application.id: SIGNED}


class TestACrash:
    def test_in_the_middle_is_taken_up_and_nothing_is_done_twice(
        self, dara: Hand, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        three = [paid(number) for number in (1, 2, 3)]
        batch = dara.propose(*three)
        dara.touch(batch)
        sign, calls = running.sign_pass, []

        def crash(*arguments: Any) -> Any:
            calls.append(arguments)
            if len(calls) == 2:
                raise KeyboardInterrupt
            return sign(*arguments)

        monkeypatch.setattr(running, "sign_pass", crash)
        with pytest.raises(KeyboardInterrupt):
            run_waiting_jobs(lambda: NOW)
        assert [outcomes(batch)[one.id][0] for one in three] == ["signed", "approved", "proposed"]
        [job] = run_waiting_jobs(lambda: NOW + HELD_FOR)
        assert outcomes(batch) == {one.id: SIGNED for one in three}
        assert (job.state, job.done, job.failed) == (JobState.DONE, 3, 0)
        assert ApplicationEvent.objects.filter(event=Event.APPROVE, application__in=three).count() == 3
        assert verify_approvals().problems == []

    @pytest.mark.parametrize("passphrase", ["", "a wrong one"])
    def test_without_the_keys_the_approval_stands_and_the_pass_is_signed_later(
        self, dara: Hand, monkeypatch: pytest.MonkeyPatch, passphrase: str
    ) -> None:
        monkeypatch.setenv("BORDERPASS_KEY_PASSPHRASE", passphrase)
        application = paid(1)
        batch = dara.approve(application)
        assert outcomes(batch) == {application.id: (Outcome.APPROVED.value, Ground.KEY_NOT_USABLE)}
        assert fresh(application).state == State.APPROVED
        sign_waiting(LATER)
        assert not IssuedPass.objects.filter(application=application, qr_text__isnull=False).exists()
        monkeypatch.setenv("BORDERPASS_KEY_PASSPHRASE", PASSPHRASE.decode())
        sign_waiting(LATER)
        assert outcomes(batch) == {application.id: SIGNED}
        assert IssuedPass.objects.get(application=application).qr_text
        assert verify_approvals().problems == []


class TestThePasswordInstead:
    def test_is_no_way_unless_the_installation_allows_it(self, dara: Hand) -> None:
        batch = dara.propose(paid(1))
        assert declined(approve_by_password(batch, PASSWORD, ADDRESS, DARA, NOW)) is Ground.NOT_ALLOWED

    def test_approves_where_it_is_allowed_and_the_approval_says_so(self, dara: Hand, settings: Any) -> None:
        settings.APPROVE_BY_PASSWORD = True
        application = paid(1)
        batch = dara.propose(application)
        job = done(approve_by_password(batch, PASSWORD, ADDRESS, DARA, NOW))  # type: ignore[type-var]
        run_waiting_jobs(lambda: NOW)
        assert outcomes(batch) == {application.id: SIGNED}
        assert ApplicationEvent.objects.get(event=Event.APPROVE).detail["method"] == "password"
        assert done(approve_by_password(batch, "", ADDRESS, DARA, NOW)) == job  # type: ignore[type-var]
        found = verify_approvals()
        assert (found.problems, dict(found.by_method)) == ([], {"password": 1})

    def test_a_wrong_one_is_counted(self, dara: Hand, settings: Any) -> None:
        settings.APPROVE_BY_PASSWORD = True
        batch = dara.propose(paid(1))
        for _ in range(4):
            assert declined(approve_by_password(batch, "wrong", ADDRESS, DARA, NOW)) is Ground.PASSWORD_WRONG
        assert isinstance(approve_by_password(batch, "wrong", ADDRESS, DARA, NOW), LockedOut)
        assert declined(approve_by_password(batch, PASSWORD, ADDRESS, DARA, NOW + GOOD_FOR * 2)) is Ground.TOO_LATE


class TestTheProof:
    def test_holds_for_what_a_passkey_signed_even_when_it_was_removed(self, dara: Hand) -> None:
        dara.approve(paid(1), paid(2))
        dara.staff.passkeys.update(removed_at=NOW)
        found = verify_approvals()
        assert (found.problems, found.passes, dict(found.by_method)) == ([], 2, {"passkey": 2})

    def test_tells_the_operators_apart(self, dara: Hand, installation: Installation) -> None:
        signed(installation, 1)
        dara.approve(paid(2))
        assert dict(verify_approvals().by_method) == {"passkey": 1, "operator": 1}

    @pytest.mark.parametrize(
        ("forge", "told"),
        [
            (lambda one, _: Application.objects.filter(id=one.id).update(name_latin="X"), "does not say any more"),
            (lambda one, _: Portrait.objects.filter(application=one).update(face_webp=b"x"), "says something else"),
            (lambda _, batch: ApprovalBatch.objects.filter(id=batch.id).update(statement=b"{}"), "not a statement"),
            (lambda _, batch: ApprovalBatch.objects.filter(id=batch.id).update(evidence={}), "does not prove"),
            (lambda _, batch: ApprovalBatch.objects.filter(id=batch.id).update(by="vichea"), "not the one"),
            (lambda one, _: ApprovalItem.objects.filter(application=one).delete(), "does not have it"),
            (lambda one, _: ApplicationEvent.objects.filter(event="approve").delete(), "nobody approved it"),
        ],
        ids=["name", "face", "statement", "evidence", "author", "item", "event"],
    )
    def test_names_what_was_forged(self, dara: Hand, forge: Any, told: str) -> None:
        application = paid(1)
        batch = dara.approve(application)
        forge(application, batch)
        assert any(told in problem for problem in verify_approvals().problems)
        assert any(told in problem for problem in find_imbalances())

    def test_names_a_statement_with_somebody_elses_evidence(self, dara: Hand) -> None:
        first, second = dara.approve(paid(1)), dara.approve(paid(2))
        ApprovalBatch.objects.filter(id=second.id).update(evidence=first.evidence)
        assert any("does not prove" in problem for problem in verify_approvals().problems)


def test_many_are_approved_with_one_touch_and_signed(dara: Hand) -> None:
    many = [paid(number) for number in range(1, 31)]
    batch = dara.approve(*many)
    assert set(outcomes(batch).values()) == {SIGNED}
    assert ApprovalItem.objects.filter(batch=batch).count() == IssuedPass.objects.count() == 30
    assert verify_approvals().problems == []


def test_authenticator_of_somebody_else_signs_nothing_of_daras(dara: Hand) -> None:
    batch = dara.propose(paid(1))
    options = str(ask_for_touch(batch, PARTY, NOW))
    stranger = Authenticator(held=[*hand_of(VICHEA).authenticator.held])
    stranger.held[0].id = dara.authenticator.held[0].id
    assert declined(approve_by_passkey(batch, stranger.get(options), PARTY, DARA, NOW)) is Ground.PASSKEY_REFUSED
