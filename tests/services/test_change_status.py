"""Does a pass lose its standing, and get it back, by those who may, with a reason, as far as the gates?"""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from borderpass.domain.status import Status
from borderpass.domain.verdict import Decision
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.change_status import change_status
from borderpass.services.verify_pass import verify_pass
from borderpass.store.models import IssuedPass, StatusChange
from tests.cast import BOPHA, DARA, EVERYBODY, GATE, MINISTRY, PROVINCE, VICHEA
from tests.installation import NOW, Installation, declined, done, minutes_later, row_counts, signed

WHY = "the address turned out to be false"


@pytest.fixture
def issued(installation: Installation) -> IssuedPass:
    return signed(installation)


def standing(issued: IssuedPass) -> Status:
    return Status(IssuedPass.objects.get(id=issued.id).status)


@pytest.mark.parametrize("status", [Status.REVOKED, Status.SUSPENDED])
def test_change_is_kept_with_who_when_and_why(status: Status, issued: IssuedPass) -> None:
    changed = done(change_status(issued.number, status, f" {WHY} ", DARA, NOW))
    assert (changed.status, changed.changes, standing(issued)) == (status, 1, status)
    kept = StatusChange.objects.get()
    assert (kept.issued_pass_id, kept.seq, kept.status, kept.at, kept.by, kept.ground) == (
        issued.id,
        1,
        status,
        NOW,
        "dara",
        WHY,
    )


def test_every_change_is_added_and_none_is_overwritten(issued: IssuedPass) -> None:
    for status in (Status.SUSPENDED, Status.VALID, Status.REVOKED, Status.VALID, Status.SUSPENDED, Status.REVOKED):
        done(change_status(issued.number, status, WHY, DARA, NOW))
    assert [(change.seq, Status(change.status).name) for change in StatusChange.objects.order_by("seq")] == [
        (1, "SUSPENDED"),
        (2, "VALID"),
        (3, "REVOKED"),
        (4, "VALID"),
        (5, "SUSPENDED"),
        (6, "REVOKED"),
    ]


def test_gates_learn_of_it_with_the_next_bundle_and_of_the_way_back_too(
    installation: Installation, issued: IssuedPass
) -> None:
    def at_the_gate(minutes: int) -> Decision:
        now = minutes_later(minutes)
        bundle = installation.publish(now)
        return verify_pass(str(issued.qr_text), Scan(GATE, Direction.EXIT), bundle, now).decision

    assert at_the_gate(0).verdict is Verdict.ADMIT
    done(change_status(issued.number, Status.REVOKED, WHY, DARA, minutes_later(1)))
    assert at_the_gate(2)[:2] == (Verdict.REFUSE, (Reason.REVOKED,))
    done(change_status(issued.number, Status.VALID, "the address was right", DARA, minutes_later(3)))
    assert at_the_gate(4)[:2] == (Verdict.ADMIT, ())
    done(change_status(issued.number, Status.SUSPENDED, "lost", DARA, minutes_later(5)))
    assert at_the_gate(6).reasons == (Reason.SUSPENDED,)
    done(change_status(issued.number, Status.VALID, "found", DARA, minutes_later(7)))
    assert at_the_gate(8)[:2] == (Verdict.ADMIT, ())


def test_change_touches_no_other_pass(installation: Installation, issued: IssuedPass) -> None:
    other = signed(installation, 2)
    done(change_status(issued.number, Status.REVOKED, WHY, DARA, NOW))
    assert standing(other) is Status.VALID


@pytest.mark.parametrize(
    ("status", "ground", "why"),
    [
        (Status.VALID, Ground.WRONG_STATE, WHY),
        (Status.NEVER_ISSUED, Ground.WRONG_STATE, WHY),
        (Status.REVOKED, Ground.BAD_FORM, ""),
        (Status.REVOKED, Ground.BAD_FORM, " \n"),
        (Status.REVOKED, Ground.BAD_FORM, "x" * 301),
        (Status.REVOKED, Ground.BAD_FORM, "\x00"),
    ],
)
def test_what_cannot_be_is_declined_and_changes_nothing(
    status: Status, ground: Ground, why: str, issued: IssuedPass
) -> None:
    before = row_counts()
    assert declined(change_status(issued.number, status, why, DARA, NOW)) is ground
    assert (row_counts(), standing(issued)) == (before, Status.VALID)


def test_revoking_twice_is_declined_and_kept_once(issued: IssuedPass) -> None:
    done(change_status(issued.number, Status.REVOKED, WHY, DARA, NOW))
    answer = change_status(issued.number, Status.REVOKED, WHY, DARA, NOW)
    assert declined(answer) is Ground.WRONG_STATE
    assert "is revoked already" in answer.message  # type: ignore[union-attr]
    assert StatusChange.objects.count() == 1


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_only_the_offices_governor_and_the_national_authority_may(actor: Actor, issued: IssuedPass) -> None:
    before = row_counts()
    answer = change_status(issued.number, Status.REVOKED, WHY, actor, NOW)
    if actor in (DARA, MINISTRY):
        assert done(answer).status == Status.REVOKED
        return
    assert declined(answer) in (Ground.NOT_ALLOWED, Ground.UNKNOWN_PASS)
    assert (row_counts(), standing(issued)) == (before, Status.VALID)


def test_who_may_not_read_a_pass_does_not_learn_that_it_exists(issued: IssuedPass) -> None:
    theirs = change_status(issued.number, Status.REVOKED, WHY, VICHEA, NOW)
    assert declined(theirs) is declined(change_status("0110-26-000009-X", Status.REVOKED, WHY, DARA, NOW))
    assert declined(theirs) is Ground.UNKNOWN_PASS
    for reader in (BOPHA, PROVINCE):
        assert declined(change_status(issued.number, Status.REVOKED, WHY, reader, NOW)) is Ground.NOT_ALLOWED


def test_pass_prepared_and_not_signed_is_no_pass_yet(issued: IssuedPass) -> None:
    IssuedPass.objects.update(qr_text=None)
    assert declined(change_status(issued.number, Status.REVOKED, WHY, DARA, NOW)) is Ground.UNKNOWN_PASS
