"""How is an application taken in?

1. The actor may take in at this office, and the office is known.
2. The form is tidied and tested, field by field; the photo becomes a portrait.
3. The address: is the applicant eligible at all, and does this office sign for where they live?
4. The age: a child under the order's age travels with a parent.
5. No live pass of the same person (a new pass would be their second).
6. Application, portrait and first event are stored together.

The id comes from whoever takes it in: lodging the same id again gives the application that is there.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State
from borderpass.domain.application_form import (
    NEEDS_NO_OTHER_PASS,
    PASS_KIND_FOR,
    ApplicationForm,
    find_problems,
    tidy,
)
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.gazetteer import Gazetteer
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.pass_number import check_character
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.terms import companions_rule, is_eligible, may_sign
from borderpass.pictures.portrait import PictureRefused, Portrait, read_portrait
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.store.models import Application, Office
from borderpass.store.models import Portrait as PortraitRow
from borderpass.store.queries.applications import add_event, next_number
from borderpass.store.queries.passes import live_passes_of


def lodge_application(form: ApplicationForm, photo: bytes, actor: Actor, now: datetime) -> Application | Declined:
    """Take in an application at an aware instant; return it, or why it is not taken in."""
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
    problems = find_problems(form, local_day(now))
    if problems:
        return Declined(Ground.BAD_FORM, "; ".join(f"{one.field}: {one.message}" for one in problems))
    refusal = _find_ground_against(form, rules_for_all_time(), load_gazetteer(), now)
    if refusal is not None:
        return refusal
    try:
        portrait = read_portrait(photo)
    except PictureRefused as error:
        return Declined(Ground.PHOTO_REFUSED, str(error))
    try:
        with transaction.atomic():
            return _store(form, office, portrait, actor, now)
    except IntegrityError:
        # The same application was sent twice at once, and the other one was faster.
        return Application.objects.get(id=form.application_id)


def _find_ground_against(
    form: ApplicationForm, rulebook: Rulebook, gazetteer: Gazetteer, now: datetime
) -> Declined | None:
    if gazetteer.find(form.home_code) is None:
        return Declined(
            Ground.UNKNOWN_PLACE, f"no place has the code {form.home_code}; choose the address from the list"
        )
    if not is_eligible(rulebook, form.home_code, now):
        return Declined(Ground.NOT_ELIGIBLE, "only permanent residents of the border provinces may hold a border pass")
    if may_sign(rulebook, form.office_code, form.home_code, now) is None:
        home = gazetteer.home_names(form.home_code[:4])
        where = home.latin if home else form.home_code[:4]
        return Declined(
            Ground.OUTSIDE_JURISDICTION,
            f"the applicant lives in {where}: apply at office {form.home_code[:4]}, or at the provincial hall",
        )
    return _find_person_against(form, rulebook, now)


def _find_person_against(form: ApplicationForm, rulebook: Rulebook, now: datetime) -> Declined | None:
    today = local_day(now)
    children = companions_rule(rulebook, now)
    if children is None:
        return Declined(Ground.NO_RULE, "no order in force says up to which age children travel with a parent")
    if age_on(form.born_on, today) < children.under_age_years:
        return Declined(
            Ground.TOO_YOUNG,
            f"a child under {children.under_age_years} travels on a parent's pass, not on one of its own",
        )
    if len(form.companions) > children.at_most:
        return Declined(Ground.BAD_FORM, f"at most {children.at_most} children travel on one pass")
    if any(age_on(child.born_on, today) >= children.under_age_years for child in form.companions):
        return Declined(Ground.BAD_FORM, f"who is {children.under_age_years} or older needs a pass of their own")
    if form.purpose in NEEDS_NO_OTHER_PASS:
        live = live_passes_of(form.document_number, form.name_latin, form.born_on, now).first()
        if live is not None:
            return Declined(
                Ground.LIVE_PASS_EXISTS,
                f"{form.name_latin} holds pass {live.number}, good until {last_valid_day(live.expires_at)}",
            )
    return None


def _store(form: ApplicationForm, office: Office, portrait: Portrait, actor: Actor, now: datetime) -> Application:
    serial = next_number(office.code, "application", now)
    body = f"A{office.code}{local_day(now).year % 100:02d}{serial:06d}"
    application = Application.objects.create(
        id=form.application_id,
        reference=f"A{office.code}-{local_day(now).year % 100:02d}-{serial:06d}-{check_character(body)}",
        office=office,
        purpose=form.purpose,
        pass_kind=PASS_KIND_FOR[form.purpose],
        name_latin=form.name_latin,
        name_khmer=form.name_khmer,
        born_on=form.born_on,
        born_at=form.born_at,
        sex=form.sex,
        nationality=form.nationality,
        document_kind=form.document_kind,
        document_number=form.document_number,
        home_code=form.home_code,
        occupation=form.occupation,
        phone=form.phone,
        companions=[[child.name, child.born_on.isoformat(), int(child.sex)] for child in form.companions],
        state=State.LODGED,
        events=1,
        lodged_at=now,
    )
    PortraitRow.objects.create(application=application, print_jpeg=portrait.print_jpeg, face_webp=portrait.face_webp)
    add_event(application, Event.LODGE, actor, now, "", {"face_found": portrait.face_found})
    return application
