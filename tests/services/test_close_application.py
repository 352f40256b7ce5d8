"""How does an application end or go back, with whose word, and with which reason?"""

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event, State
from borderpass.domain.declined import Ground
from borderpass.services.close_application import close_application
from borderpass.store.models import Application, ApplicationEvent
from tests.cast import BOPHA, DARA, EVERYBODY
from tests.installation import NOW, Installation, approved, declined, done, fresh, lodged, paid, row_counts, signed

pytestmark = pytest.mark.usefixtures("installation")
WHY = "រូបថតមិនច្បាស់ (the photo is not clear)"
ACTOR = {Event.RETURN: DARA, Event.REFUSE: DARA, Event.RESUBMIT: BOPHA, Event.WITHDRAW: BOPHA}


def returned() -> Application:
    return done(close_application(paid().id, Event.RETURN, WHY, DARA, NOW))


@pytest.mark.parametrize(
    ("begin", "event", "after"),
    [
        (lodged, Event.REFUSE, State.REFUSED),
        (lodged, Event.WITHDRAW, State.WITHDRAWN),
        (paid, Event.RETURN, State.RETURNED),
        (paid, Event.REFUSE, State.REFUSED),
        (paid, Event.WITHDRAW, State.WITHDRAWN),
        (returned, Event.RESUBMIT, State.PAID),
        (returned, Event.WITHDRAW, State.WITHDRAWN),
    ],
)
def test_application_moves_and_the_event_keeps_who_and_why(begin, event: Event, after: State) -> None:  # type: ignore[no-untyped-def]
    application = begin()
    moved = done(close_application(application.id, event, f"  {WHY} ", ACTOR[event], NOW))
    assert (moved.state, fresh(application).state) == (after, after)
    kept = ApplicationEvent.objects.filter(application=application).latest("seq")
    assert (kept.event, kept.by, kept.note, kept.at) == (event, ACTOR[event].name, WHY, NOW)


@pytest.mark.parametrize(
    ("begin", "event"),
    [
        (lodged, Event.RETURN),
        (lodged, Event.RESUBMIT),
        (paid, Event.RESUBMIT),
        (returned, Event.RETURN),
        (returned, Event.REFUSE),
        (approved, Event.RETURN),
        (approved, Event.REFUSE),
        (approved, Event.WITHDRAW),
    ],
)
def test_what_cannot_happen_now_is_declined(begin, event: Event) -> None:  # type: ignore[no-untyped-def]
    application = begin()
    before = row_counts()
    assert declined(close_application(application.id, event, WHY, ACTOR[event], NOW)) is Ground.WRONG_STATE
    assert row_counts() == before


@pytest.mark.parametrize("event", [Event.WITHDRAW, Event.REFUSE])
def test_what_ended_does_not_end_twice(event: Event) -> None:
    application = paid()
    done(close_application(application.id, event, WHY, ACTOR[event], NOW))
    before = row_counts()
    assert declined(close_application(application.id, event, WHY, ACTOR[event], NOW)) is Ground.WRONG_STATE
    assert row_counts() == before


@pytest.mark.parametrize("event", [Event.PAY, Event.APPROVE, Event.PRINT, Event.HAND_OVER, Event.LODGE, Event.SPOIL])
def test_other_events_do_not_come_in_by_this_door(event: Event) -> None:
    application = paid()
    assert declined(close_application(application.id, event, WHY, DARA, NOW)) is Ground.WRONG_STATE
    assert fresh(application).state == State.PAID


@pytest.mark.parametrize("note", ["", "  ", "\n", "x" * 301, "a\x00b", "\ud800"])
def test_governors_no_needs_words_that_can_be_kept(note: str) -> None:
    application = paid()
    before = row_counts()
    assert declined(close_application(application.id, Event.REFUSE, note, DARA, NOW)) is Ground.BAD_FORM
    assert (row_counts(), fresh(application).state) == (before, State.PAID)


def test_reason_of_300_characters_has_room_and_a_withdrawal_needs_none() -> None:
    done(close_application(paid(1).id, Event.REFUSE, "ក" * 300, DARA, NOW))
    done(close_application(paid(2).id, Event.WITHDRAW, "", BOPHA, NOW))


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
@pytest.mark.parametrize("event", ACTOR)
def test_only_those_whose_word_it_is_have_a_say(event: Event, actor: Actor) -> None:
    application = returned() if event is Event.RESUBMIT else paid()
    before = row_counts()
    answer = close_application(application.id, event, WHY, actor, NOW)
    if actor is ACTOR[event]:
        done(answer)
        return
    assert declined(answer) in (Ground.NOT_ALLOWED, Ground.UNKNOWN_APPLICATION)
    assert row_counts() == before


def test_pass_that_is_signed_is_revoked_not_refused(installation: Installation) -> None:
    issued = signed(installation)
    assert declined(close_application(issued.application_id, Event.REFUSE, WHY, DARA, NOW)) is Ground.WRONG_STATE
