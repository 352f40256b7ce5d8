"""How is a form kept that is not lodged yet? As it was typed, on the server, for the clerk who began it.

A form is filled in over minutes, in which a session may end and a network may fail: nothing typed is lost, and nothing
of it stays in the browser. A draft is deleted when its form is lodged, when the clerk gives it up, or after a week.
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import State
from borderpass.domain.declined import Declined, Ground
from borderpass.store.models import Application, Draft, Office
from borderpass.store.queries.applications import find_application
from borderpass.store.queries.drafts import drafts_of, drafts_untouched_since, find_draft

FRAME_FIELDS = ("frame_left", "frame_top", "frame_width")
PICTURE_FIELDS = (*FRAME_FIELDS, "picture_width", "picture_height", "concerns")
"""The frame on the photo as shares of it, the photo's size in pixels, and what to look at: until there is another."""
KEPT_FOR = timedelta(days=7)
_FIELDS_MAX = 80
_NAME_MAX_CHARACTERS = 40
_VALUE_MAX_CHARACTERS = 500


def save_draft(
    form: UUID, office_code: str, fields: Mapping[str, str], actor: Actor, now: datetime
) -> Draft | Application | Declined:
    """Keep the fields of a form as they were typed; return the draft.

    Where the form was lodged meanwhile, the application is returned and nothing is kept. What is longer than any field
    takes is cut; control characters, which no database takes, are left out.
    """
    refusal = find_ground_against_draft(form, office_code, actor)
    if refusal is not None:
        return refusal
    if len(fields) > _FIELDS_MAX:
        return Declined(Ground.BAD_FORM, f"a form has at most {_FIELDS_MAX} fields")
    kept = {name[:_NAME_MAX_CHARACTERS]: _without_controls(value) for name, value in fields.items() if value}
    before = find_draft(actor, form)
    frame = {name: value for name, value in (before.fields if before else {}).items() if name in PICTURE_FIELDS}
    return keep_draft(form, office_code, actor, now, {"fields": {**frame, **kept}})


def discard_draft(form: UUID, actor: Actor) -> int:
    """Delete the actor's draft of a form with its papers; return how many drafts there were."""
    deleted: int = drafts_of(actor).filter(form=form).delete()[1].get("store.Draft", 0)
    return deleted


def forget_drafts(now: datetime) -> int:
    """Delete the drafts that nobody has touched for a week; return how many."""
    deleted: int = drafts_untouched_since(now - KEPT_FOR).delete()[1].get("store.Draft", 0)
    return deleted


def find_ground_against_draft(form: UUID, office_code: str, actor: Actor) -> Declined | None:
    """Return why this form is not the actor's to fill in. One that belongs to another office's application is not."""
    if not actor.may_at_office(Act.TAKE_IN, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not take in applications at office {office_code}")
    if not Office.objects.filter(code=office_code).exists():
        return Declined(Ground.UNKNOWN_OFFICE, f"there is no office {office_code}")
    if Application.objects.filter(id=form).exclude(office_id=office_code).exists():
        return Declined(Ground.NOT_ALLOWED, "a form of this id is at another office")
    return None


def keep_draft(
    form: UUID, office_code: str, actor: Actor, now: datetime, values: dict[str, object]
) -> Draft | Application:
    """Store a draft; where the form was lodged meanwhile, return the application and store nothing."""
    with transaction.atomic():
        lodged = find_application(actor, form)
        if lodged is not None and lodged.state != State.RETURNED:
            return lodged
        draft, _ = Draft.objects.update_or_create(
            form=form,
            clerk=actor.name,
            defaults={"office_id": office_code, "updated_at": now, **values},
            create_defaults={"office_id": office_code, "made_at": now, "updated_at": now, **values},
        )
    return draft


def _without_controls(value: str) -> str:
    return "".join(
        one for one in value[:_VALUE_MAX_CHARACTERS] if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")
    )
