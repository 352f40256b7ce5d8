"""How is something applied for about a pass that there is already? Renewal, extension, replacement, correction.

1. The actor takes in at the office that took in the pass, and the pass allows it now (domain/again.py); nothing else
   about it is under way.
2. The form is that of the pass, with what is different now. Nothing speaks against it, as against any other
   (services/check_application.py), but that the holder has this very pass.
3. A child who has become too old to travel along is left out of what only goes on; the event names it.
4. Application and follow-up are stored together. A lost pass is revoked at once; a mistake of the office costs
   nothing, by order: it is paid for with 0 riel on the spot, with a receipt, and waits for the governor.

From there it goes the way of every application. The old pass stays good until the new paper is handed over
(services/supersede_old_pass.py).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.again import PURPOSE_FOR, Again, Standing, find_why_not
from borderpass.domain.application_form import PASS_KIND_FOR, ApplicationForm, tidy
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.passes import Companion, PassKind
from borderpass.domain.standing import NOT_WITH_ITS_HOLDER, StandingGround
from borderpass.domain.status import Status
from borderpass.domain.terms import companions_rule
from borderpass.pictures.portrait import PictureRefused, Portrait, read_portrait
from borderpass.services.change_status import record_change, revoke_coming_papers
from borderpass.services.check_application import find_ground_against
from borderpass.services.check_words import check_words
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.mend_application import form_of
from borderpass.services.set_contact import inherit_contact
from borderpass.services.store_application import store_application
from borderpass.services.take_fee import find_fee, take_fee
from borderpass.store.models import Application, FollowUp, IssuedPass, Stack
from borderpass.store.models import Portrait as PortraitRow
from borderpass.store.queries.passes import last_ground_of, open_follow_ups, passes_for

REPORT_MAX_CHARACTERS = 60
_GOES_ON = frozenset({Again.RENEWAL, Again.EXTENSION})


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for about the pass of a number. `application_id` is made by the page.

    `changes` are fields of the form (ApplicationForm) that are different now. A replacement needs the number of the
    police report and whether the pass was lost or stolen, a correction what was wrong.
    """

    application_id: UUID
    number: str
    again: Again
    changes: dict[str, Any] = field(default_factory=dict)
    photo: bytes | None = None
    police_report: str = ""
    gone: StandingGround = StandingGround.LOST
    mistake: str = ""
    stack: Stack | None = None


def standing_of(issued: IssuedPass) -> Standing:
    """Return how a paper stands."""
    return Standing(
        kind=PassKind(issued.kind),
        status=Status(issued.status),
        last_day=last_valid_day(issued.expires_at),
        ground=None if issued.status == Status.VALID else last_ground_of(issued),
        current=issued.current,
    )


def apply_again(asked: Asked, actor: Actor, now: datetime) -> Application | Declined:
    """Take in what is asked for about a pass; return the application, or why not. Asking twice is once."""
    issued = passes_for(actor).filter(number=asked.number, current=True).first()
    if issued is None:
        return Declined(Ground.UNKNOWN_PASS, f"there is no pass {asked.number} here")
    if not actor.may_at_office(Act.TAKE_IN, issued.application.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) may not take in applications here")
    already = Application.objects.filter(id=asked.application_id).first()
    if already is not None:
        same = FollowUp.objects.filter(application=already, old_pass=issued, again=asked.again).exists()
        return already if same else Declined(Ground.NOT_ALLOWED, "an application of this id is there already")
    problem = _find_problem(asked, issued, now)
    if problem is not None:
        return problem
    form, left_out = _form(asked, issued, now)
    refusal = find_ground_against(form, now, leave_out=issued)
    if refusal is not None:
        return refusal
    try:
        portrait = None if asked.photo is None else read_portrait(asked.photo)
    except PictureRefused as error:
        return Declined(Ground.PHOTO_REFUSED, str(error))
    try:
        with transaction.atomic():
            stored = _store(asked, issued, form, portrait, left_out, actor, now)
            if isinstance(stored, Declined):
                transaction.set_rollback(True)
            return stored
    except IntegrityError:
        # The same was sent twice at once, and the other one was faster.
        return Application.objects.get(id=asked.application_id)


def _find_problem(asked: Asked, issued: IssuedPass, now: datetime) -> Declined | None:
    """Return why a pass does not allow it, or what is missing."""
    why_not = find_why_not(asked.again, standing_of(issued), local_day(now))
    if why_not is not None:
        return Declined(Ground.WRONG_STATE, f"{asked.again} of pass {issued.number} is not possible: {why_not}")
    if asked.again is Again.REPLACEMENT:
        if asked.gone not in NOT_WITH_ITS_HOLDER:
            return Declined(Ground.BAD_FORM, "say whether the pass was lost or stolen")
        report = asked.police_report.strip()
        if not report or len(report) > REPORT_MAX_CHARACTERS or not report.isprintable():
            return Declined(Ground.BAD_FORM, "police_report: give the number of the police report")
    if asked.again is Again.CORRECTION:
        return check_words(asked.mistake, "mistake: say what is wrong on the pass")
    return None


def _form(asked: Asked, issued: IssuedPass, now: datetime) -> tuple[ApplicationForm, list[str]]:
    """Return the form that is lodged, and the names of the children who are too old by now."""
    usual = form_of(issued.application)
    purpose = PURPOSE_FOR[asked.again]
    form = tidy(replace(usual, application_id=asked.application_id, purpose=purpose, **asked.changes))
    rule = companions_rule(rules_for_all_time(), now)
    if rule is None or asked.again not in _GOES_ON:
        return form, []

    def is_young(child: Companion) -> bool:
        return age_on(child.born_on, local_day(now)) < rule.under_age_years

    left_out = [child.name for child in form.companions if not is_young(child)]
    return replace(form, companions=tuple(child for child in form.companions if is_young(child))), left_out


def _store(
    asked: Asked,
    issued: IssuedPass,
    form: ApplicationForm,
    portrait: Portrait | None,
    left_out: list[str],
    actor: Actor,
    now: datetime,
) -> Application | Declined:
    locked = IssuedPass.objects.select_for_update().get(id=issued.id)
    under_way = open_follow_ups(locked).select_related("application")
    if asked.again is Again.REPLACEMENT:  # a pass can be lost while its extension is under way, which ends there
        under_way = under_way.filter(again=Again.REPLACEMENT)
    first = under_way.first()
    if first is not None:
        reference = first.application.reference
        return Declined(Ground.WRONG_STATE, f"application {reference} about pass {issued.number} is under way")
    said: dict[str, Any] = {"again": asked.again.value, "pass": issued.number}
    said |= {"children_left_out": left_out} if left_out else {}
    if portrait is None:
        old = PortraitRow.objects.get(application_id=issued.application_id)
        pictures = bytes(old.print_jpeg), bytes(old.face_webp)
    else:
        pictures = portrait.print_jpeg, portrait.face_webp
        said |= {"face_found": portrait.face_found, "concerns": [one.value for one in portrait.warnings]}
    kind = PassKind(issued.kind) if asked.again is Again.CORRECTION else PASS_KIND_FOR[form.purpose]
    application = store_application(form, kind, issued.application.office, pictures, actor, now, **said)
    FollowUp.objects.create(
        application=application,
        old_pass=locked,
        again=asked.again,
        police_report=asked.police_report.strip() if asked.again is Again.REPLACEMENT else "",
        mistake=asked.mistake.strip() if asked.again is Again.CORRECTION else "",
        stack=asked.stack,
    )
    inherit_contact(issued.application, application, actor, now)
    if asked.again is Again.REPLACEMENT and locked.status != Status.REVOKED:
        words = f"{application.reference}, {asked.police_report.strip()}"
        record_change(locked, Status.REVOKED, asked.gone, words, actor, now)
        revoke_coming_papers(locked, asked.gone, words, actor, now)
    return _pay_nothing(application, actor, now) if asked.again is Again.CORRECTION else application


def _pay_nothing(application: Application, actor: Actor, now: datetime) -> Application | Declined:
    """Let what costs nothing by order go on to the governor; what costs something waits for its fee."""
    fee = find_fee(application, now)
    if isinstance(fee, Declined):
        return fee
    if fee.amount_riel == 0 and isinstance(taken := take_fee(application.id, 0, actor, now), Declined):
        return taken
    application.refresh_from_db()
    return application
