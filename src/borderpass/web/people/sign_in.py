"""How does staff sign in and out? By name and password, or by passkey; never with a hint at what was wrong."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from borderpass.domain.declined import Declined, Ground
from borderpass.services.ask_passkey import Asked
from borderpass.services.sign_in import sign_in as sign_in_with_password
from borderpass.services.sign_in import sign_out as note_sign_out
from borderpass.services.sign_in_with_passkey import begin_sign_in, finish_sign_in
from borderpass.services.try_password import LockedOut
from borderpass.store.models import Staff
from borderpass.web.people.relying_party import relying_party
from borderpass.web.people.sessions import begin_session

_CHALLENGE = "passkey_challenge"
_ADDRESS_MAX = 45


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the page, or let somebody in. Who is signed in already goes on."""
    if isinstance(request.user, Staff):
        return _go_on(request, request.user)
    if request.method != "POST":
        return _page(request)
    name, password, now = request.POST.get("username", ""), request.POST.get("password", ""), timezone.now()
    if not name.strip() or not password:
        return _page(request, 422, gettext("Fill in both your name and your password."))
    staff = sign_in_with_password(name, password, address_of(request), now)
    if isinstance(staff, LockedOut):
        return locked_out(_page(request, 429, say_locked_out(staff)), staff)
    if isinstance(staff, Declined):
        return _page(request, 403, _say(staff))
    return _let_in(request, staff, now)


@require_POST
@never_cache
def begin_with_passkey(request: HttpRequest) -> JsonResponse:
    """Give the browser what it needs to ask for a passkey."""
    party, now = relying_party(request), timezone.now()
    return answer_asked(request, begin_sign_in(party, address_of(request), now) if party else None)


@require_POST
@never_cache
def finish_with_passkey(request: HttpRequest) -> HttpResponse:
    """Let somebody in whose authenticator has answered."""
    party, challenge, now = relying_party(request), take_challenge(request), timezone.now()
    if party is None:
        return _page(request, 403, say_passkey_refused())
    staff = finish_sign_in(challenge, request.POST.get("credential", ""), party, address_of(request), now)
    if isinstance(staff, Declined):
        return _page(request, 403, say_passkey_refused())
    return _let_in(request, staff, now)


@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    if isinstance(request.user, Staff):
        note_sign_out(request.user, timezone.now())
    logout(request)
    return redirect("front_page")


def address_of(request: HttpRequest) -> str:
    """Return where a request comes from, for counting what fails."""
    return str(request.META.get("REMOTE_ADDR", ""))[:_ADDRESS_MAX]


def answer_asked(request: HttpRequest, asked: Asked | Declined | None) -> JsonResponse:
    """Answer a script that asked for options: with them, their challenge kept for this session, or with a sentence."""
    if asked is None:
        return JsonResponse({"problem": gettext("This browser cannot use passkeys here.")}, status=422)
    if isinstance(asked, Declined):
        return JsonResponse({"problem": _say(asked)}, status=429 if asked.ground is Ground.TOO_MANY_TRIES else 422)
    request.session[_CHALLENGE] = str(asked.challenge_id)
    return JsonResponse({"options": asked.options})


def take_challenge(request: HttpRequest) -> UUID | None:
    """Return the id of the challenge that this session asked for last, this once."""
    kept = request.session.pop(_CHALLENGE, None)
    return UUID(kept) if kept else None


def say_locked_out(locked: LockedOut) -> str:
    """Say for how long nothing more is tried."""
    words = ngettext(
        "Too many wrong passwords. Try again in %(count)s minute.",
        "Too many wrong passwords. Try again in %(count)s minutes.",
        locked.minutes,
    )
    return words % {"count": locked.minutes}


def locked_out(response: HttpResponse, locked: LockedOut) -> HttpResponse:
    """Return a response that tells programs too for how long nothing more is tried."""
    response.headers["Retry-After"] = str(locked.minutes * 60)
    return response


def say_passkey_refused() -> str:
    """Say that a passkey did not open anything."""
    return gettext("This passkey does not open an account here. Try again, or use your password.")


def _say(declined: Declined) -> str:
    return {
        Ground.PASSWORD_WRONG: gettext("This name and password do not belong together. Check both and try again."),
        Ground.PASSWORD_EXPIRED: gettext("This one-time password is too old. Ask who gave it to you for a new one."),
        Ground.TOO_MANY_TRIES: gettext("Too many tries from here. Wait five minutes and try again."),
    }.get(declined.ground) or say_passkey_refused()


def _let_in(request: HttpRequest, staff: Staff, now: datetime) -> HttpResponse:
    begin_session(request, staff, now)
    return _go_on(request, staff)


def _go_on(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Lead somebody where they wanted to go, or to choosing a password first."""
    return redirect(_next_page(request) if staff.one_time_until is None else "password")


def _next_page(request: HttpRequest) -> str:
    """Return where somebody wanted to go: a page of ours, and not this one again; else where their work begins."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours and not asked.startswith("/sign-in/") else reverse("home")


def _page(request: HttpRequest, status: int = 200, wrong: str = "") -> HttpResponse:
    shown: dict[str, Any] = {
        "wrong": wrong,
        "username": request.POST.get("username", ""),
        "next": request.POST.get("next", request.GET.get("next", "")),
        "passkeys": relying_party(request) is not None,
    }
    return render(request, "people/sign_in.html", shown, status=status)
