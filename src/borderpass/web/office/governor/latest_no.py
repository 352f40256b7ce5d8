"""Why was an application returned or refused? Its own page says it in words, with what the governor added."""

from typing import Any

from borderpass.domain.application import Event, State
from borderpass.store.models import Application, ApplicationEvent
from borderpass.web.office.access import Here
from borderpass.web.office.desk.wording import EVENTS, say_instant
from borderpass.web.office.governor.wording import say_ground

_SAID_IN = {State.RETURNED: Event.RETURN, State.REFUSED: Event.REFUSE}


def describe_no(_: Here, application: Application) -> dict[str, Any] | None:
    """Return the ground, the words and the instant of the last no; None where the application stands well."""
    event = _SAID_IN.get(State(application.state))
    said = None if event is None else _latest(application, event)
    if event is None or said is None:
        return None
    ground = say_ground(said.detail.get("ground", ""))
    return {"what": EVENTS[event], "ground": ground, "words": said.note, "at": say_instant(said.at), "by": said.by}


def _latest(application: Application, event: Event) -> ApplicationEvent | None:
    return ApplicationEvent.objects.filter(application=application, event=event).order_by("-seq").first()
