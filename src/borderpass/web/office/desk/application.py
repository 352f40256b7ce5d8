"""What does the page of one application show? All that is on the paper form, in its order, and what happened."""

from datetime import date
from typing import Any

from django.urls import reverse

from borderpass.domain.application import Event, State
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.passes import Sex
from borderpass.domain.provisions import Purpose
from borderpass.store.models import Application, ApplicationEvent, IssuedPass, Portrait, Receipt, Staff
from borderpass.web.office.access import Here
from borderpass.web.office.desk.lines import due_of, say_next
from borderpass.web.office.desk.wording import (
    EVENTS,
    PURPOSES,
    SEXES,
    STATES,
    say_address,
    say_date,
    say_document,
    say_instant,
    say_role,
)
from borderpass.web.office.parts import NEXT_STEPS, SECTIONS
from borderpass.web.wording import say_day, say_number, say_years


def describe(here: Here, application: Application) -> dict[str, Any]:
    """Return what the template of the page gets."""
    state = State(application.state)
    issued = IssuedPass.objects.filter(application=application, qr_text__isnull=False).first()
    steps = [
        {"text": step.text, "url": reverse(step.url_name, args=[here.office.code, application.id])}
        for step in NEXT_STEPS
        if state in step.states and here.may(step.act) and step.fits(application)
    ]
    return {
        "application": application,
        "purpose": PURPOSES[Purpose(application.purpose)],
        "state": STATES[state],
        "next": say_next(state, issued is not None),
        "due": due_of(state, application.lodged_at, here.now),
        "main_step": steps[0] if steps else None,
        "other_steps": steps[1:],
        "born_on": _say_birth(application.born_on, here),
        "sex": SEXES[Sex(application.sex)],
        "address": say_address(application.home_code),
        "document": say_document(application.document_kind),
        "companions": [_say_companion(here, *child) for child in application.companions],
        "has_photo": Portrait.objects.filter(application=application).exists(),
        "receipt": _say_receipt(Receipt.objects.filter(application=application).first()),
        "issued": _say_pass(issued),
        "history": _say_history(application),
        "sections": [
            {"template": section.template, "shown": shown}
            for section in SECTIONS
            if (shown := section.describe(here, application)) is not None
        ],
    }


def _say_birth(born_on: date, here: Here) -> str:
    return f"{say_date(born_on)} ({say_years(age_on(born_on, local_day(here.now)))})"


def _say_companion(here: Here, name: str, born_on: str, sex: int) -> dict[str, str]:
    return {"name": name, "born_on": _say_birth(date.fromisoformat(born_on), here), "sex": str(SEXES[Sex(sex)])}


def _say_receipt(receipt: Receipt | None) -> dict[str, str] | None:
    if receipt is None:
        return None
    return {
        "number": receipt.number,
        "amount": say_number(receipt.amount_riel),
        "taken_at": say_instant(receipt.taken_at),
        "order": receipt.order_number,
    }


def _say_pass(issued: IssuedPass | None) -> dict[str, str] | None:
    if issued is None:
        return None
    return {
        "number": issued.number,
        "valid_until": say_day(last_valid_day(issued.expires_at)),
        "issued_at": say_instant(issued.issued_at),
        "order": issued.order_number,
    }


def _say_history(application: Application) -> list[dict[str, str]]:
    """Return the events, newest first: what, when, who and why."""
    events = list(ApplicationEvent.objects.filter(application=application).order_by("-seq"))
    names = dict(Staff.objects.filter(username__in={one.by for one in events}).values_list("username", "full_name"))
    return [
        {
            "what": str(EVENTS[Event(event.event)]),
            "at": say_instant(event.at),
            "by": names.get(event.by) or event.by,
            "role": say_role(event.role),
            "note": event.note,
        }
        for event in events
    ]
