"""How is an application taken in?

1. The actor may take in at this office, and the office is known.
2. The form is tidied, it asks for a pass of its own (what is asked for about a pass that there is already goes by
   services/apply_again.py), and nothing speaks against it (services/check_application.py).
3. The photo becomes a portrait, by the frame that was laid on it or around its face.
4. Application, portrait and first event are stored together; the clerk's draft is deleted, and its papers are the
   application's from now on.

The id comes from whoever takes it in: lodging the same id again gives the application that is there.
"""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application_form import NEEDS_NO_OTHER_PASS, PASS_KIND_FOR, ApplicationForm, tidy
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.notices import Wanted
from borderpass.pictures.portrait import Frame, PictureRefused, Portrait, read_portrait
from borderpass.services.check_application import find_ground_against
from borderpass.services.set_contact import keep_contact
from borderpass.services.store_application import store_application
from borderpass.store.models import Application, Office
from borderpass.store.queries.drafts import hand_papers_over
from borderpass.store.queries.preapplications import note_taken_in


def lodge_application(
    form: ApplicationForm,
    photo: bytes,
    actor: Actor,
    now: datetime,
    frame: Frame | None = None,
    from_home: str = "",
    wanted: Wanted | None = None,
) -> Application | Declined:
    """Take in an application at an aware instant; return it, or why it is not taken in.

    `frame` is where somebody laid it on the photo; without one it is laid around the face. `from_home` is the
    reference of the form that the applicant had filled in at home, `wanted` how they want to be told, where they said.
    """
    if not actor.may_at_office(Act.TAKE_IN, form.office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not take in applications at office {form.office_code}")
    office = Office.objects.filter(code=form.office_code).first()
    if office is None:
        return Declined(Ground.UNKNOWN_OFFICE, f"there is no office {form.office_code}")
    already = Application.objects.filter(id=form.application_id).first()
    if already is not None:
        if already.office_id == form.office_code:
            return already
        return Declined(Ground.NOT_ALLOWED, "an application of this id is at another office")
    form = tidy(form)
    if form.purpose not in NEEDS_NO_OTHER_PASS:
        return Declined(Ground.BAD_FORM, f"purpose: {form.purpose} is asked for at the pass that it is about")
    refusal = find_ground_against(form, now)
    if refusal is not None:
        return refusal
    try:
        portrait = read_portrait(photo) if frame is None else read_portrait(photo, frame)
    except PictureRefused as error:
        return Declined(Ground.PHOTO_REFUSED, str(error))
    try:
        with transaction.atomic():
            return _store(form, office, portrait, actor, now, from_home, wanted)
    except IntegrityError:
        # The same application was sent twice at once, and the other one was faster.
        return Application.objects.get(id=form.application_id)


def _store(
    form: ApplicationForm,
    office: Office,
    portrait: Portrait,
    actor: Actor,
    now: datetime,
    from_home: str,
    wanted: Wanted | None,
) -> Application:
    said = _say_photo(portrait) | ({"from_home": from_home} if from_home else {})
    pictures = portrait.print_jpeg, portrait.face_webp
    application = store_application(form, PASS_KIND_FOR[form.purpose], office, pictures, actor, now, **said)
    hand_papers_over(form.application_id, actor, application)
    if from_home:
        note_taken_in(from_home, application, now)
    if wanted is not None:
        keep_contact(application, *wanted, actor, now)
    return application


def _say_photo(portrait: Portrait) -> dict[str, Any]:
    """Return what was seen of the photo: the governor is told of it."""
    return {"face_found": portrait.face_found, "concerns": [one.value for one in portrait.warnings]}
