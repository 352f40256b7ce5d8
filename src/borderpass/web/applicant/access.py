"""What holds for every page of the applicant: small requests, the form's own token, nothing kept by browsers."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from borderpass.domain.preapplication import TYPED_FOR
from borderpass.domain.provisions import Purpose
from borderpass.services.keep_home_form import PHOTO_MAX_BYTES, find_home_form
from borderpass.store.models import HomeForm
from borderpass.web.applicant.wording import say_terms
from borderpass.web.people.sign_in import address_of

COOKIE, COOKIE_PATH = "home_form", "/apply/"
_FORM_ROOM_BYTES = 64 * 1024

__all__ = ["address_of", "applicant_page", "applicant_view", "give_token", "home_form_of", "take_token_away"]


def applicant_view(*methods: str, most_bytes: int = _FORM_ROOM_BYTES) -> Callable[[Any], Callable[..., HttpResponse]]:
    """Make a page of the applicant of a function of the request, `now` and what the address says.

    What is too large is refused by what it says of itself, before anything of it is read.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_http_methods([*methods, *(("HEAD",) if "GET" in methods else ())])
        @never_cache
        @csrf_exempt  # until the size is known: the check of the token reads the whole form
        @wraps(view)
        def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            now = timezone.now()
            size = request.META.get("CONTENT_LENGTH") or "0"
            if not str(size).isdigit() or int(size) > most_bytes:
                return applicant_page(request, "applicant/too_large.html", {}, now, 413)
            checked: Callable[..., HttpResponse] = csrf_protect(lambda asked: view(asked, now=now, **kwargs))
            return checked(request)

        return csrf_exempt(wrapped)

    return decorate


PHOTO_BYTES = PHOTO_MAX_BYTES + _FORM_ROOM_BYTES


def applicant_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    now: datetime,
    status: int = 200,
    purpose: Purpose = Purpose.NEW,
) -> HttpResponse:
    """Answer with a page, on which the price and its order stand."""
    return render(request, template, {"terms": say_terms(now, purpose), **context}, status=status)


def home_form_of(request: HttpRequest, now: datetime) -> HomeForm | None:
    """Return the form that this browser has begun, where it is still there."""
    return find_home_form(request.COOKIES.get(COOKIE, ""), now)


def give_token(response: HttpResponse, token: str) -> HttpResponse:
    """Let the browser keep a form's token, for the applicant's pages alone; each page it sends begins the time anew."""
    age = int(TYPED_FOR.total_seconds())
    response.set_cookie(
        COOKIE, token, max_age=age, path=COOKIE_PATH, secure=settings.SECURE, httponly=True, samesite="Lax"
    )
    return response


def take_token_away(response: HttpResponse) -> HttpResponse:
    """Let the browser forget the token."""
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Lax")
    return response
