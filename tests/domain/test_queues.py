"""Whose turn is it? Every application that is not at its end stands in exactly one queue."""

import pytest

from borderpass.domain.application import TRANSITIONS, State, events_possible
from borderpass.domain.queues import CLOCK_RUNS, QUEUES, Queue, queue_of

ENDS = {State.HANDED_OVER, State.REFUSED, State.WITHDRAWN}


@pytest.mark.parametrize(
    ("state", "queue"),
    [
        (State.LODGED, Queue.TO_PAY),
        (State.PAID, Queue.FOR_THE_GOVERNOR),
        (State.RETURNED, Queue.RETURNED),
        (State.APPROVED, Queue.TO_PRINT),
        (State.SPOILED, Queue.TO_PRINT),
        (State.PRINTED, Queue.TO_HAND_OVER),
        (State.HANDED_OVER, None),
        (State.REFUSED, None),
        (State.WITHDRAWN, None),
    ],
)
def test_each_state_has_its_queue(state: State, queue: Queue | None) -> None:
    assert queue_of(state, signed=True) is queue


def test_what_is_approved_and_not_signed_yet_is_still_the_governors() -> None:
    assert queue_of(State.APPROVED, signed=False) is Queue.FOR_THE_GOVERNOR


def test_only_what_is_at_its_end_stands_in_no_queue() -> None:
    assert {state for state in State if queue_of(state, signed=True) is None} == ENDS
    assert {state for state in State if not events_possible(state)} <= ENDS
    assert set(TRANSITIONS.values()) == set(State)


def test_the_queues_of_applications_are_those_and_no_others() -> None:
    assert {queue_of(state, signed) for state in State for signed in (False, True)} - {None} == set(QUEUES)
    assert set(Queue) - set(QUEUES) == {Queue.NEW, Queue.LATE}


def test_the_clock_stands_while_the_applicant_has_to_pay_to_mend_or_to_fetch() -> None:
    assert CLOCK_RUNS.isdisjoint({State.LODGED, State.RETURNED, State.PRINTED} | ENDS)
