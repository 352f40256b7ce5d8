"""How does an application move? The transition table is the only authority; the state is a fold over its events."""

from collections.abc import Iterable
from enum import StrEnum


class State(StrEnum):
    """Where an application stands."""

    LODGED = "lodged"
    PAID = "paid"
    APPROVED = "approved"
    PRINTED = "printed"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SPOILED = "spoiled"


class Event(StrEnum):
    """What can happen to an application."""

    LODGE = "lodge"
    PAY = "pay"
    APPROVE = "approve"
    RETURN = "return"
    RESUBMIT = "resubmit"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    PRINT = "print"
    SPOIL = "spoil"
    HAND_OVER = "hand_over"


TRANSITIONS: dict[tuple[State | None, Event], State] = {
    (None, Event.LODGE): State.LODGED,
    (State.LODGED, Event.PAY): State.PAID,
    (State.LODGED, Event.REFUSE): State.REFUSED,
    (State.LODGED, Event.WITHDRAW): State.WITHDRAWN,
    (State.PAID, Event.APPROVE): State.APPROVED,
    (State.PAID, Event.RETURN): State.RETURNED,
    (State.PAID, Event.REFUSE): State.REFUSED,
    (State.PAID, Event.WITHDRAW): State.WITHDRAWN,
    (State.RETURNED, Event.RESUBMIT): State.PAID,
    (State.RETURNED, Event.WITHDRAW): State.WITHDRAWN,
    (State.APPROVED, Event.PRINT): State.PRINTED,
    (State.PRINTED, Event.SPOIL): State.SPOILED,
    (State.SPOILED, Event.PRINT): State.PRINTED,
    (State.PRINTED, Event.HAND_OVER): State.HANDED_OVER,
}


class ImpossibleHistoryError(ValueError):
    """Events that no application can have had, in this order."""


def next_state(state: State | None, event: Event) -> State | None:
    """Return the state after an event, or None when the event cannot happen in this state."""
    return TRANSITIONS.get((state, event))


def events_possible(state: State | None) -> tuple[Event, ...]:
    """Return what can happen in a state, in the order of the table."""
    return tuple(event for (before, event) in TRANSITIONS if before is state)


def fold(events: Iterable[Event]) -> State | None:
    """Return the state that a history leads to. Raise ImpossibleHistoryError where an event could not happen."""
    state: State | None = None
    for event in events:
        after = next_state(state, event)
        if after is None:
            raise ImpossibleHistoryError(f"{event} cannot happen to an application that is {state or 'not there'}")
        state = after
    return state
