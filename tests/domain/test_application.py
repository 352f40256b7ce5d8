"""Does an application move only as the table says, and is its state nothing but its history?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.application import (
    TRANSITIONS,
    Event,
    ImpossibleHistoryError,
    State,
    events_possible,
    fold,
    next_state,
)

TO_THE_HOLDER = [Event.LODGE, Event.PAY, Event.APPROVE, Event.PRINT, Event.HAND_OVER]


@pytest.mark.parametrize(
    ("history", "state"),
    [
        ([], None),
        (TO_THE_HOLDER[:1], State.LODGED),
        (TO_THE_HOLDER[:2], State.PAID),
        (TO_THE_HOLDER[:3], State.APPROVED),
        (TO_THE_HOLDER[:4], State.PRINTED),
        (TO_THE_HOLDER, State.HANDED_OVER),
        ([Event.LODGE, Event.REFUSE], State.REFUSED),
        ([Event.LODGE, Event.PAY, Event.RETURN, Event.RESUBMIT, Event.APPROVE], State.APPROVED),
        ([Event.LODGE, Event.PAY, Event.RETURN, Event.WITHDRAW], State.WITHDRAWN),
        ([*TO_THE_HOLDER[:4], Event.SPOIL, Event.PRINT, Event.SPOIL, Event.PRINT, Event.HAND_OVER], State.HANDED_OVER),
    ],
)
def test_history_leads_to_a_state(history: list[Event], state: State | None) -> None:
    assert fold(history) is state


@pytest.mark.parametrize(
    ("history", "words"),
    [
        ([Event.PAY], "pay cannot happen to an application that is not there"),
        ([Event.LODGE, Event.APPROVE], "approve cannot happen to an application that is lodged"),
        ([Event.LODGE, Event.LODGE], "lodge"),
        ([*TO_THE_HOLDER, Event.SPOIL], "spoil cannot happen to an application that is handed_over"),
        ([*TO_THE_HOLDER[:4], Event.PRINT], "print cannot happen to an application that is printed"),
        ([*TO_THE_HOLDER[:3], Event.REFUSE], "refuse cannot happen to an application that is approved"),
        ([Event.LODGE, Event.WITHDRAW, Event.PAY], "pay cannot happen to an application that is withdrawn"),
    ],
)
def test_impossible_history_is_named(history: list[Event], words: str) -> None:
    with pytest.raises(ImpossibleHistoryError, match=words):
        fold(history)


def test_only_the_fee_leads_to_paid_and_only_paid_to_approved() -> None:
    into = {state: {key for key, after in TRANSITIONS.items() if after is state} for state in State}
    assert into[State.PAID] == {(State.LODGED, Event.PAY), (State.RETURNED, Event.RESUBMIT)}
    assert into[State.RETURNED] == {(State.PAID, Event.RETURN)}
    assert into[State.APPROVED] == {(State.PAID, Event.APPROVE)}
    assert into[State.HANDED_OVER] == {(State.PRINTED, Event.HAND_OVER)}


def test_every_state_can_be_reached_and_three_of_them_are_ends() -> None:
    assert set(TRANSITIONS.values()) == set(State)
    ends = {state for state in State if not events_possible(state)}
    assert ends == {State.REFUSED, State.WITHDRAWN, State.HANDED_OVER}


def test_what_is_possible_is_what_the_table_says_in_its_order() -> None:
    assert events_possible(None) == (Event.LODGE,)
    assert events_possible(State.LODGED) == (Event.PAY, Event.REFUSE, Event.WITHDRAW)
    assert events_possible(State.PAID) == (Event.APPROVE, Event.RETURN, Event.REFUSE, Event.WITHDRAW)


@given(st.data())
def test_any_possible_step_can_be_taken_and_any_other_cannot(data: st.DataObject) -> None:
    history: list[Event] = []
    state: State | None = None
    for _ in range(data.draw(st.integers(0, 12))):
        possible = events_possible(state)
        if not possible:
            break
        history.append(data.draw(st.sampled_from(possible)))
        state = next_state(state, history[-1])
        assert fold(history) is state
    for event in set(Event) - set(events_possible(state)):
        with pytest.raises(ImpossibleHistoryError):
            fold([*history, event])
