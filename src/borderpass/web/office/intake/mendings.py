"""What was changed in an application that was returned, said as before and after?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from borderpass.domain.application import Event
from borderpass.domain.passes import Sex
from borderpass.services.mend_application import PHOTO
from borderpass.services.print_receipt import say_who
from borderpass.store.models import Application, ApplicationEvent, Mending
from borderpass.web.office.desk.wording import SEXES, say_address, say_date, say_document, say_instant
from borderpass.web.office.intake.forms import IntakeForm


@dataclass(frozen=True, slots=True)
class Change:
    """A field, and what stood there before and after; both are empty for the photo, which is a picture."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class MendingLine:
    """One time that an application was mended."""

    at: str
    by: str
    changes: tuple[Change, ...]


def say_mendings(application: Application) -> list[MendingLine]:
    """Return what was changed, the newest first."""
    kept = {one.seq: one for one in Mending.objects.filter(application=application)}
    events = ApplicationEvent.objects.filter(application=application, event=Event.RESUBMIT).order_by("-seq")
    return [
        MendingLine(say_instant(event.at), say_who(event.by), changes)
        for event in events
        if (changes := _changes(event, kept.get(event.seq)))
    ]


def _changes(event: ApplicationEvent, mending: Mending | None) -> tuple[Change, ...]:
    values = mending.changes if mending is not None else {}
    changes = [Change(_label(name), _say(name, pair[0]), _say(name, pair[1])) for name, pair in values.items()]
    if PHOTO in event.detail.get("changed", []):
        changes.append(Change(_label("picture"), "", ""))
    return tuple(changes)


def _label(name: str) -> str:
    fields = IntakeForm().fields
    known = {"home_code": "village", "companions": "child1_name"}.get(name, name)
    return str(fields[known].label) if known in fields else name


_SAY: dict[str, Callable[[Any], str]] = {
    "born_on": lambda day: say_date(date.fromisoformat(day)),
    "sex": lambda sex: str(SEXES[Sex(sex)]),
    "document_kind": say_document,
    "home_code": lambda code: " ".join(say_address(code)),
    "companions": lambda children: ", ".join(
        f"{name} {say_date(date.fromisoformat(day))}" for name, day, _ in children
    ),
}


def _say(name: str, value: Any) -> str:
    return _SAY[name](value) if name in _SAY else str(value)
