"""How does somebody at home fill in the form? One question a page, then all answers once more, then it is sent.

Each answer is kept on the server and leads to a page by its address, so the way back works as in any site. A token in a
cookie says whose form it is; there is no account, and nothing of a person is in an address.
"""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from borderpass.domain.declined import Declined, Ground
from borderpass.domain.provisions import Purpose
from borderpass.pictures.portrait import Concern, Refusal
from borderpass.services.keep_home_form import (
    ANSWER_MAX_CHARACTERS,
    PHOTO_MAX_BYTES,
    begin_home_form,
    discard_home_form,
    remove_home_photo,
    save_answers,
    save_home_photo,
)
from borderpass.services.lodge_preapplication import lodge_preapplication
from borderpass.store.models import HomeForm
from borderpass.web.applicant.access import (
    COOKIE,
    PHOTO_BYTES,
    address_of,
    applicant_page,
    applicant_view,
    give_token,
    home_form_of,
    take_token_away,
)
from borderpass.web.applicant.filling import Filling
from borderpass.web.applicant.questions import ALL, PASS, PHOTO, PLACES, Question, Shape, path
from borderpass.web.applicant.wording import say_photo_refused, say_prices
from borderpass.web.office.intake.forms import TAKEN_IN_HERE
from borderpass.web.office.intake.wording import CONCERNS

FIRST = path(0)[0]
_SENT_PHOTO, _NO_PHOTO = "yes", "no"
_PHOTO_CONCERNS = "photo-concerns"


@applicant_view("GET")
def start(request: HttpRequest, now: datetime) -> HttpResponse:
    """Say what it is, what it costs, what to bring, how long it takes and where to go."""
    home_form = home_form_of(request, now)
    going_on = home_form is not None and home_form.sent is None
    context: dict[str, Any] = {"begun": going_on, "sent": home_form is not None and not going_on}
    still_open: Question | None = FIRST
    if going_on and home_form is not None:
        still_open = Filling(home_form.answers, now).next_open()
    context["others"] = say_prices([one for one in Purpose if one not in TAKEN_IN_HERE], now)
    context["go_on"] = reverse("apply_question", args=[still_open.slug]) if still_open else reverse("apply_review")
    return applicant_page(request, "applicant/start.html", context, now)


@applicant_view("GET", "POST", most_bytes=PHOTO_BYTES)
def question(request: HttpRequest, now: datetime, slug: str) -> HttpResponse:
    """Ask one question, or keep its answer and go on."""
    asked = ALL.get(slug)
    if asked is None:
        raise Http404
    home_form = home_form_of(request, now)
    if home_form is not None and home_form.sent is not None:
        if asked is not FIRST:
            return redirect("apply_sent")
        home_form = None
    if home_form is None and asked is not FIRST:
        return _gone(request, now)
    filling = Filling(dict(home_form.answers) if home_form else {}, now)
    if asked not in filling.path or (asked.slug in PLACES and not filling.options(asked)):
        return redirect("apply_question", slug=_next_open(filling))
    if request.method != "POST":
        return _ask(request, asked, filling)
    return _take(request, asked, home_form, filling)


@applicant_view("GET", "POST")
def review(request: HttpRequest, now: datetime) -> HttpResponse:
    """Show all answers once more, or send the form to its office."""
    home_form = home_form_of(request, now)
    if home_form is None:
        return _gone(request, now)
    if home_form.sent is not None:
        return redirect("apply_sent")
    filling = Filling(dict(home_form.answers), now)
    if filling.next_open() is not None:
        return redirect("apply_question", slug=_next_open(filling))
    trouble, status = "", 200
    if request.method == "POST":
        sent = lodge_preapplication(home_form, filling.form, address_of(request), now, filling.wanted)
        if not isinstance(sent, Declined):
            return _keep_token(request, redirect("apply_sent"))
        trouble, status = _say_declined(sent), 429 if sent.ground is Ground.TOO_MANY_TRIES else 422
    lines = [_line(one, filling) for one in filling.path]
    context = {"lines": lines, "trouble": trouble}
    return applicant_page(request, "applicant/review.html", context, now, status, filling.form.purpose)


@applicant_view("POST")
def forget(request: HttpRequest, now: datetime) -> HttpResponse:
    """Delete what was typed here, so that whoever has this phone next does not see it."""
    home_form = home_form_of(request, now)
    if home_form is not None:
        discard_home_form(home_form)
    return take_token_away(redirect("apply"))


def _take(request: HttpRequest, asked: Question, home_form: HomeForm | None, filling: Filling) -> HttpResponse:
    """Keep the answer to a question; go on where it is right, else ask again with what was typed."""
    token = request.COOKIES.get(COOKIE, "")
    if asked.slug == PHOTO and home_form is not None:
        refused = _take_photo(request, home_form, filling)
        if refused:
            return _ask(request, asked, filling, {PHOTO: refused})
    else:
        typed = {name: request.POST.get(name, "")[:ANSWER_MAX_CHARACTERS].replace("\0", "") for name in asked.names}
        filling = Filling({**filling.answers, **typed, **_places_below(asked, typed)}, filling.now)
        errors = filling.find_errors(asked)
        if errors:
            return _ask(request, asked, filling, errors)
        if home_form is None:
            begun = begin_home_form(address_of(request), filling.now)
            if begun is None:
                words = gettext("Too many forms were begun from here. Wait an hour, or go to the office.")
                return _ask(request, asked, filling, {asked.slug: words}, 429)
            home_form, token = begun
        save_answers(home_form, {**typed, **_places_below(asked, typed)}, filling.now)
        filling = Filling(dict(home_form.answers), filling.now)
    return give_token(_go_on(request, asked, filling), token)


def _take_photo(request: HttpRequest, home_form: HomeForm, filling: Filling) -> str:
    """Keep the photo that was sent, if any; return why it cannot be used."""
    sent = request.FILES.get(PHOTO)
    if request.POST.get("act") == "remove":
        remove_home_photo(home_form)
        save_answers(home_form, {PHOTO: _NO_PHOTO, _PHOTO_CONCERNS: ""}, filling.now)
    elif isinstance(sent, UploadedFile):
        data = sent.read(PHOTO_MAX_BYTES + 1)
        looked_at = save_home_photo(home_form, data, address_of(request), filling.now)
        if looked_at is None or isinstance(looked_at, Refusal):
            return say_photo_refused(looked_at)
        save_answers(home_form, {PHOTO: _SENT_PHOTO, _PHOTO_CONCERNS: ",".join(looked_at)}, filling.now)
    elif PHOTO not in filling.answers:
        save_answers(home_form, {PHOTO: _NO_PHOTO}, filling.now)
    filling.answers = dict(home_form.answers)
    return ""


def _go_on(request: HttpRequest, asked: Question, filling: Filling) -> HttpResponse:
    """Lead to the next page: back to the review where it was left for this question, else the next question."""
    if asked.slug == PHOTO and request.FILES and filling.answers.get(_PHOTO_CONCERNS):
        return redirect("apply_question", slug=PHOTO)
    if request.GET.get("then") == "review":
        still_open = filling.next_open()
        return redirect("apply_review") if still_open is None else _to_question(still_open.slug, then_review=True)
    after = filling.next_after(asked)
    return redirect("apply_review") if after is None else _to_question(after.slug)


def _to_question(slug: str, *, then_review: bool = False) -> HttpResponse:
    response = redirect("apply_question", slug=slug)
    if then_review:
        response.headers["Location"] += "?then=review"
    return response


def _ask(
    request: HttpRequest, asked: Question, filling: Filling, errors: dict[str, str] | None = None, status: int = 422
) -> HttpResponse:
    slugs = [one.slug for one in filling.path]
    at = slugs.index(asked.slug)
    errors = errors or {}
    context: dict[str, Any] = {
        "question": asked,
        "fields": [_field(name, filling, errors) for name in asked.names],
        "options": filling.options(asked) if asked.shape in (Shape.CHOICE, Shape.TELL) else [],
        "sexes": filling.options(ALL["sex"]) if asked.shape is Shape.CHILD else [],
        "errors": errors,
        "error": next(iter(errors.values()), ""),
        "number": at + 1,
        "of": len(slugs),
        "before": slugs[at - 1] if at else "",
        "then": "review" if request.GET.get("then") == "review" else "",
        "has_photo": filling.answers.get(PHOTO) == _SENT_PHOTO,
        "concerns": _concerns(filling) if asked.slug == PHOTO else [],
    }
    status = status if errors else 200
    return applicant_page(request, "applicant/question.html", context, filling.now, status, _purpose_of(filling))


def _field(name: str, filling: Filling, errors: dict[str, str]) -> dict[str, str]:
    return {"name": name, "value": filling.answers.get(name, ""), "error": errors.get(name, "")}


def _line(asked: Question, filling: Filling) -> dict[str, Any]:
    answer = filling.answer(asked)
    if asked.slug == PHOTO:
        sent = filling.answers.get(PHOTO) == _SENT_PHOTO
        answer = gettext("Sent along") if sent else gettext("The office takes it")
    return {"slug": asked.slug, "title": asked.title, "answer": answer}


def _places_below(asked: Question, typed: dict[str, str]) -> dict[str, str]:
    """Return the smaller places, which are chosen anew where a larger one was chosen."""
    if asked.slug not in PLACES:
        return {}
    return dict.fromkeys(PLACES[PLACES.index(asked.slug) + 1 :], "")


def _purpose_of(filling: Filling) -> Purpose:
    chosen = filling.answers.get(PASS, "")
    return Purpose(chosen) if chosen in list(Purpose) else Purpose.NEW


def _concerns(filling: Filling) -> list[str]:
    kept = filling.answers.get(_PHOTO_CONCERNS, "").split(",")
    return [str(CONCERNS[Concern(one)]) for one in kept if one in list(Concern)]


def _next_open(filling: Filling) -> str:
    """Return the slug of the question to go on with."""
    found = filling.next_open()
    return found.slug if found is not None else PHOTO


def _keep_token(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    return give_token(response, request.COOKIES.get(COOKIE, ""))


def _gone(request: HttpRequest, now: datetime) -> HttpResponse:
    """Say that there is no form any more, and where to begin a new one."""
    return applicant_page(request, "applicant/gone.html", {"first": FIRST.slug}, now, 410)


def _say_declined(declined: Declined) -> str:
    if declined.ground is Ground.TOO_MANY_TRIES:
        return gettext("Too many forms were sent from here. Wait an hour, then send it; nothing is lost.")
    return gettext("Something is wrong with an answer. Check each, then send the form again.")
