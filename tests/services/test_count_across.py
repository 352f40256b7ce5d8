"""Who is across, and who should be back: exits and entries, late, corrected, at several gates?"""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderpass.domain.bundle import Bundle
from borderpass.domain.declined import Ground
from borderpass.domain.local_time import local_day
from borderpass.domain.records import FIRST_PREVIOUS, Action
from borderpass.domain.verdicts import Direction
from borderpass.services.count_across import Across, count_across
from borderpass.store.models import Record, Whereabouts
from tests.cast import (
    BOPHA,
    COMMANDER,
    GATE,
    MALEE,
    NEXT_CLERK,
    OTHER_COMMANDER,
    OTHER_GATE,
    OTHER_PROVINCE,
    PROVINCE,
    RITH,
    SEREI,
)
from tests.installation import NOW, Installation, declined, done, minutes_later, signed
from tests.phone import Phone

EXIT, ENTRY = Direction.EXIT, Direction.ENTRY


@pytest.fixture
def text(installation: Installation) -> str:
    return str(signed(installation).qr_text)


@pytest.fixture
def bundle(installation: Installation, text: str) -> Bundle:
    return installation.publish()


@pytest.fixture
def out(installation: Installation, bundle: Bundle) -> Phone:
    return Phone(installation, bundle)


@pytest.fixture
def back(installation: Installation, bundle: Bundle) -> Phone:
    return Phone(installation, bundle, ENTRY, key="another phone")


def seen(actor: object = RITH, gate: str | None = None, days: int = 0) -> Across:
    return done(count_across(actor, gate, NOW + timedelta(days=days)))  # type: ignore[arg-type]


def test_who_left_is_across_until_the_return(out: Phone, back: Phone, text: str) -> None:
    out.admit(text)
    out.send()
    assert seen().across == 1
    back.admit(text, minutes_later(30))
    back.send()
    assert seen().across == 0


def test_who_was_looked_at_but_turned_back_is_not_across(out: Phone, text: str) -> None:
    out.act(out.scan(text), Action.TURN_BACK)
    out.scan(text, minutes_later(1))
    out.send()
    assert seen().across == 0


def test_a_correction_counts(out: Phone, text: str) -> None:
    scan_id = out.admit(text)
    out.send()
    out.act(scan_id, Action.TURN_BACK, minutes_later(1))
    out.send()
    assert seen().across == 0


def test_a_return_that_was_not_admitted_ends_nothing(out: Phone, back: Phone, text: str) -> None:
    out.admit(text)
    back.act(back.scan(text, minutes_later(5)), Action.REFER)
    out.send()
    back.send()
    assert seen().across == 1


def test_records_that_come_late_change_the_answer_to_what_was(out: Phone, back: Phone, text: str) -> None:
    out.admit(text)
    back.admit(text, minutes_later(30))
    back.send()
    assert seen().across == 0
    out.send()
    assert seen().across == 0


def test_who_left_again_is_across_once(out: Phone, back: Phone, text: str) -> None:
    out.admit(text)
    back.admit(text, minutes_later(30))
    out.admit(text, minutes_later(60))
    out.send()
    back.send()
    assert seen().across == 1


def test_two_exits_in_a_row_are_one_person_across(out: Phone, text: str) -> None:
    out.admit(text)
    out.admit(text)
    out.send()
    assert seen().across == 1


def test_an_entry_in_the_same_second_counts_as_the_return(out: Phone, back: Phone, text: str) -> None:
    back.admit(text)
    back.send()
    out.admit(text)
    out.send()
    assert seen().across == 0


def test_the_last_day_of_the_stay_is_not_overdue_and_the_next_is(out: Phone, text: str) -> None:
    out.admit(text)
    out.send()
    back_by = Record.objects.get(kind=Record.SCAN).back_by
    assert back_by is not None
    stay = (back_by - local_day(NOW)).days
    assert stay > 0
    assert seen(days=stay).overdue == 0
    late = seen(days=stay + 3)
    assert (late.across, late.overdue) == (1, 1)
    (one,) = late.overdue_stays
    assert (one.gate, one.exited_at, one.back_by, one.days_over) == (GATE, NOW, back_by, 3)
    assert one.number.startswith("0110-26-")


def test_the_oldest_come_first(installation: Installation, out: Phone, text: str) -> None:
    other = str(signed(installation, 1).qr_text)
    out.bundle = installation.publish()
    out.admit(other, minutes_later(60 * 24))
    out.admit(text)
    out.send(now=minutes_later(60 * 24))
    days = [one.days_over for one in seen(days=60).overdue_stays]
    assert days == sorted(days, reverse=True)
    assert len(days) == 2


def test_a_gate_knows_who_left_there_and_an_office_its_own_passes(
    installation: Installation, out: Phone, text: str
) -> None:
    out.admit(text)
    out.send()
    assert [seen(actor).across for actor in (MALEE, COMMANDER, BOPHA, PROVINCE, RITH)] == [1] * 5
    assert [seen(actor).across for actor in (OTHER_COMMANDER, NEXT_CLERK, OTHER_PROVINCE)] == [0] * 3
    assert (seen(RITH, GATE).across, seen(RITH, OTHER_GATE).across, seen(BOPHA, OTHER_GATE).across) == (1, 0, 0)


def test_a_return_through_another_gate_ends_the_stay_here(installation: Installation, out: Phone, text: str) -> None:
    elsewhere = Phone(installation, out.bundle, ENTRY, OTHER_GATE, key="another phone")
    out.admit(text)
    elsewhere.admit(text, minutes_later(30))
    out.send()
    elsewhere.send()
    assert (seen(MALEE).across, seen(RITH).across) == (0, 0)


def test_a_pass_of_the_next_district_is_not_this_offices(installation: Installation, out: Phone) -> None:
    theirs = str(signed(installation, 1, office=SEREI).qr_text)
    out.bundle = installation.publish()
    out.admit(theirs)
    out.send()
    assert (seen(BOPHA).across, seen(NEXT_CLERK).across, seen(PROVINCE).across, seen(MALEE).across) == (0, 1, 1, 1)


def test_what_is_no_pass_is_never_across(out: Phone) -> None:
    out.admit("HTTPS://EXAMPLE")
    out.send()
    assert seen().across == 0


LOOK = st.tuples(
    st.sampled_from([EXIT, ENTRY]),
    st.integers(0, 4),
    st.lists(st.sampled_from([Action.ADMIT, Action.TURN_BACK]), max_size=2),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(looks=st.lists(LOOK, min_size=1, max_size=5), order=st.randoms(use_true_random=False))
def test_in_whatever_order_records_come_the_last_admitted_crossing_counts(
    out: Phone, back: Phone, text: str, looks: list[tuple[Direction, int, list[Action]]], order: random.Random
) -> None:
    Record.objects.all().delete()
    Whereabouts.objects.all().delete()
    crossings: list[tuple[int, bool, Direction]] = []
    batches: list[tuple[Phone, bytes]] = []
    for phone in (out, back):
        phone.outbox, phone.seq, phone.previous = [], 0, FIRST_PREVIOUS
    for direction, minute, actions in looks:
        phone = out if direction is EXIT else back
        scan_id = phone.scan(text, minutes_later(minute))
        for action in actions:
            phone.act(scan_id, action, minutes_later(minute))
        if actions and actions[-1] is Action.ADMIT:
            crossings.append((minute, direction is ENTRY, direction))
    for phone in (out, back):
        batches += [(phone, octets) for octets in phone.outbox]
    order.shuffle(batches)
    for phone, octets in batches:
        phone.send([octets])
    across = bool(crossings) and max(crossings)[2] is EXIT
    assert seen().across == int(across)


@pytest.mark.parametrize(("actor", "gate"), [(MALEE, OTHER_GATE), (MALEE, "atlantis"), (RITH, "atlantis"), (RITH, "")])
def test_a_gate_out_of_scope_is_as_unknown_as_none(installation: Installation, actor: object, gate: str) -> None:
    assert declined(count_across(actor, gate, NOW)) is Ground.UNKNOWN_PLACE  # type: ignore[arg-type]
