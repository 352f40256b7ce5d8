"""How is an application mended that a governor returned? With what is right now, and back to the governor in one step.

1. The application is the actor's office's, and stands returned.
2. Nothing speaks against the mended form (services/check_application.py). Office and purpose stay.
3. What changed is kept beside it, before and after: fields as a Mending, a photo as a PastPortrait. The event names the
   fields only, for it is read by many and its copy in the audit trail stays for good.
4. The papers of the clerk's draft are laid to the application, and the draft is deleted.

Mending with nothing changed sends it back as it is: a governor may have asked for a paper only. Sent a second time, it
is the application that went back already, whatever the second one says.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State
from borderpass.domain.application_form import ApplicationForm, DocumentKind, tidy
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.passes import Sex
from borderpass.domain.provisions import Purpose
from borderpass.pictures.portrait import Frame, PictureRefused, read_portrait
from borderpass.pictures.portrait import Portrait as NewPortrait
from borderpass.services.check_application import find_ground_against
from borderpass.services.check_words import check_words
from borderpass.services.find_application import find_for, not_movable
from borderpass.store.models import Application, ApplicationEvent, Mending, PastPortrait, Portrait
from borderpass.store.queries.applications import move, read_companions, write_companions
from borderpass.store.queries.drafts import hand_papers_over

PHOTO = "photo"
_AS_THEY_ARE = (
    *("name_latin", "name_khmer", "born_on", "born_at", "nationality", "document_number", "second_number"),
    *("home_code", "occupation", "phone"),
)


def form_of(application: Application) -> ApplicationForm:
    """Return the form that an application was made of."""
    return ApplicationForm(
        application_id=application.id,
        office_code=application.office_id,
        purpose=Purpose(application.purpose),
        sex=Sex(application.sex),
        document_kind=DocumentKind(application.document_kind),
        companions=read_companions(application.companions),
        **{name: getattr(application, name) for name in _AS_THEY_ARE},
    )


def mend_application(
    form: ApplicationForm, photo: bytes | None, frame: Frame | None, note: str, actor: Actor, now: datetime
) -> Application | Declined:
    """Mend a returned application and send it to its governor again; return it, or why not.

    `photo` is None where the old one stays. `note` is what the clerk tells the governor; it may be empty.
    """
    application = find_for(form.application_id, Act.TAKE_IN, actor)
    if isinstance(application, Declined):
        return application
    if application.state == State.PAID and _was_mended(application):
        return application
    if application.state != State.RETURNED:
        return not_movable(application, "cannot be mended")
    if (problem := check_words(note, None)) is not None:
        return problem
    mended = tidy(replace(form, office_code=application.office_id, purpose=Purpose(application.purpose)))
    refusal = find_ground_against(mended, now)
    if refusal is not None:
        return refusal
    try:
        portrait = None if photo is None else read_portrait(photo) if frame is None else read_portrait(photo, frame)
    except PictureRefused as error:
        return Declined(Ground.PHOTO_REFUSED, str(error))
    with transaction.atomic():
        if not _store(application, mended, portrait, note, actor, now):
            return not_movable(application, "cannot be mended")
    return application


def _was_mended(application: Application) -> bool:
    last = ApplicationEvent.objects.filter(application=application).order_by("-seq").first()
    return last is not None and last.event == Event.RESUBMIT


def _store(
    application: Application,
    form: ApplicationForm,
    portrait: NewPortrait | None,
    note: str,
    actor: Actor,
    now: datetime,
) -> bool:
    before, after = _values(form_of(application)), _values(form)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    changed = [*changes, *([PHOTO] if portrait is not None else [])]
    said = {} if portrait is None else {"concerns": [one.value for one in portrait.warnings]}
    if move(application, Event.RESUBMIT, actor, now, note.strip(), changed=changed, **said) is None:
        return False
    kept = {name: getattr(form, name) for name in (*_AS_THEY_ARE, "sex", "document_kind")}
    kept["companions"] = write_companions(form.companions)
    Application.objects.filter(id=application.id).update(**kept)
    for name, value in kept.items():
        setattr(application, name, value)
    if changes:
        Mending.objects.create(application=application, seq=application.events, at=now, by=actor.name, changes=changes)
    if portrait is not None:
        _replace_portrait(application, portrait)
    hand_papers_over(application.id, actor, application)
    return True


def _values(form: ApplicationForm) -> dict[str, Any]:
    """Return what may be mended of a form, as JSON has it."""
    values: dict[str, Any] = {name: getattr(form, name) for name in _AS_THEY_ARE}
    return values | {
        "born_on": form.born_on.isoformat(),
        "sex": int(form.sex),
        "document_kind": form.document_kind.value,
        "companions": write_companions(form.companions),
    }


def _replace_portrait(application: Application, portrait: NewPortrait) -> None:
    old = Portrait.objects.get(application=application)
    PastPortrait.objects.create(
        application=application, seq=application.events, print_jpeg=old.print_jpeg, face_webp=old.face_webp
    )
    Portrait.objects.filter(application=application).update(
        print_jpeg=portrait.print_jpeg, face_webp=portrait.face_webp
    )
