"""What does the governor see of one application, on one screen, and how is it returned or refused there?

The photo stands beside the copies of the documents, the address beside the order to sign for it, what was checked
beside what is unusual. Below are the three answers.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import is_valid_path, reverse
from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.application import Event, State, next_state
from borderpass.domain.approval import Outcome
from borderpass.domain.decisions import RefusalGround, ReturnReason, grounds_in
from borderpass.domain.declined import Declined, Ground
from borderpass.services.check_words import WORDS_MAX_CHARACTERS
from borderpass.services.close_application import refuse_application, return_application
from borderpass.services.find_unusual import unusual_of
from borderpass.store.keys import new_id
from borderpass.store.models import Application, ApprovalItem, Attachment, IssuedPass
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.application import describe
from borderpass.web.office.governor.approve import how_to_sign
from borderpass.web.office.governor.checks import find_checks
from borderpass.web.office.governor.queue import waiting_for
from borderpass.web.office.governor.wording import REFUSALS, RETURNS, say_unusual, say_why
from borderpass.web.office.page import office_page

_PICTURE = "image/jpeg"
Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody filled into one of the two forms that say no, and what is wrong with it."""

    form: str
    chosen: str = ""
    words: str = ""
    wrong: str = ""


@office_view()
def decide(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Show one application to whoever decides on it."""
    return _page(request, here, here.application(application_id))


@office_view(Act.RETURN, "POST")
def send_back(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Send an application back to be mended."""
    application = here.application(application_id)
    answer = Answer("return", request.POST.get("ground", ""), request.POST.get("words", ""))
    reason = _read(ReturnReason, answer.chosen)
    done = None if reason is None else return_application(application.id, reason, answer.words, here.actor, here.now)
    if done is None or isinstance(done, Declined):
        return _refused(request, here, application, answer, done)
    messages.success(request, gettext("%(reference)s was returned.") % {"reference": application.reference})
    return redirect("governor", here.office.code)


@office_view(Act.REFUSE, "POST")
def refuse(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Refuse an application."""
    application = here.application(application_id)
    answer = Answer("refuse", request.POST.get("ground", ""), request.POST.get("words", ""))
    ground = _read(RefusalGround, answer.chosen)
    done = None if ground is None else refuse_application(application.id, ground, answer.words, here.actor, here.now)
    if done is None or isinstance(done, Declined):
        return _refused(request, here, application, answer, done)
    messages.success(request, gettext("%(reference)s was refused.") % {"reference": application.reference})
    return redirect("governor", here.office.code)


def _read(codes: type[Code], text: str) -> Code | None:
    return codes(text) if text in list(codes) else None


def _refused(
    request: HttpRequest, here: Here, application: Application, answer: Answer, why: Declined | None
) -> HttpResponse:
    wrong = say_why(why.ground if why else Ground.BAD_FORM)
    return _page(request, here, application, Answer(answer.form, answer.chosen, answer.words, wrong), 422)


def _page(
    request: HttpRequest, here: Here, application: Application, answer: Answer | None = None, status: int = 200
) -> HttpResponse:
    application.refresh_from_db()
    state = State(application.state)
    copies = list(Attachment.objects.filter(application=application).defer("octets").order_by("added_at", "id"))
    may_approve = state is State.PAID and here.may(Act.APPROVE)
    after = waiting_for(here).exclude(id=application.id).first()
    grounds = {one: REFUSALS[one] for one in grounds_in(state)} if next_state(state, Event.REFUSE) else {}
    shown = {
        **describe(here, application),
        "pictures": [one for one in copies if one.media_type == _PICTURE],
        "files": [one for one in copies if one.media_type != _PICTURE],
        "checks": find_checks(here, application),
        "unusual": [say_unusual(sign) for sign in unusual_of([application], here.now)[application.id]],
        "may_approve": may_approve,
        "reasons": RETURNS if next_state(state, Event.RETURN) and here.may(Act.RETURN) else {},
        "grounds": grounds if here.may(Act.REFUSE) else {},
        "words_max": WORDS_MAX_CHARACTERS,
        "answer": answer,
        "batch_id": new_id(),
        "after": after,
        "approved_in": _approved_in(application),
        "pass_url": _find_pass_page(here, application),
        **how_to_sign(request),
    }
    return office_page(request, here, "office/governor/decide.html", shown, status=status)


def _find_pass_page(here: Here, application: Application) -> str:
    """Return where the standing of the pass is changed, in the office that signed it, for whoever may; else empty."""
    issued = IssuedPass.objects.filter(application=application, qr_text__isnull=False).first()
    if issued is None or not here.actor.may_at_office(Act.CHANGE_STATUS, issued.office_id):
        return ""
    path = f"{reverse('office', args=[issued.office_id])}passes/{issued.number}/"
    return path if is_valid_path(path) else ""


def _approved_in(application: Application) -> UUID | None:
    done = ApprovalItem.objects.filter(application=application, outcome__in=[Outcome.APPROVED, Outcome.SIGNED])
    return done.values_list("batch_id", flat=True).first()
