"""How is an application stored that nothing speaks against? With its number, its portrait and its first event."""

from datetime import datetime
from typing import Any

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event, State
from borderpass.domain.application_form import ApplicationForm
from borderpass.domain.local_time import local_day
from borderpass.domain.pass_number import check_character
from borderpass.domain.passes import PassKind
from borderpass.store.models import Application, Office, Portrait
from borderpass.store.queries.applications import add_event, next_number, write_companions


def store_application(
    form: ApplicationForm,
    kind: PassKind,
    office: Office,
    pictures: tuple[bytes, bytes],
    actor: Actor,
    now: datetime,
    **said: Any,
) -> Application:
    """Store a tidied form as an application of an office, lodged at an instant. Call it inside a transaction.

    `pictures` are the photo for print (JPEG) and the one for the code (WebP); `said` goes into the event. Raise
    IntegrityError where the id is taken.
    """
    serial = next_number(office.code, "application", now)
    body = f"A{office.code}{local_day(now).year % 100:02d}{serial:06d}"
    application = Application.objects.create(
        id=form.application_id,
        reference=f"A{office.code}-{local_day(now).year % 100:02d}-{serial:06d}-{check_character(body)}",
        office=office,
        purpose=form.purpose,
        pass_kind=kind,
        name_latin=form.name_latin,
        name_khmer=form.name_khmer,
        born_on=form.born_on,
        born_at=form.born_at,
        sex=form.sex,
        nationality=form.nationality,
        document_kind=form.document_kind,
        document_number=form.document_number,
        second_number=form.second_number,
        home_code=form.home_code,
        occupation=form.occupation,
        phone=form.phone,
        companions=write_companions(form.companions),
        state=State.LODGED,
        events=1,
        lodged_at=now,
    )
    print_jpeg, face_webp = pictures
    Portrait.objects.create(application=application, print_jpeg=print_jpeg, face_webp=face_webp)
    add_event(application, Event.LODGE, actor, now, "", said)
    return application
