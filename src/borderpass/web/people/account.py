"""What does somebody see and do about their own account? The password, the passkeys, and their other sessions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined, Ground
from borderpass.services.add_passkey import (
    NAME_MAX_CHARACTERS,
    begin_registration,
    finish_registration,
    remove_passkey,
)
from borderpass.services.change_password import change_password
from borderpass.services.sign_in import end_sessions
from borderpass.services.try_password import LockedOut
from borderpass.store.models import Staff
from borderpass.store.queries.staff import passkeys_of
from borderpass.web.people.relying_party import relying_party
from borderpass.web.people.sign_in import (
    address_of,
    answer_asked,
    locked_out,
    say_locked_out,
    take_challenge,
)
from borderpass.web.people.wording import say_passkey, say_password_problem, say_staff


@require_safe
@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Show somebody their account."""
    return _account(request)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def password(request: HttpRequest) -> HttpResponse:
    """Let somebody choose a new password. All their sessions end but this one."""
    staff = _staff(request)
    if request.method != "POST":
        return _password(request, staff)
    old, new, again = (request.POST.get(name, "") for name in ("old", "new", "again"))
    if new != again:
        return _password(request, staff, again=[gettext("The two are not the same. Write the new password twice.")])
    changed = change_password(staff, old, new, address_of(request), timezone.now())
    if isinstance(changed, LockedOut):
        return locked_out(_password(request, staff, 429, old=[say_locked_out(changed)]), changed)
    if isinstance(changed, Declined):
        return _password(request, staff, old=[gettext("This is not your password.")])
    if isinstance(changed, list):
        return _password(request, staff, new=[say_password_problem(problem) for problem in changed])
    update_session_auth_hash(request, changed)
    messages.success(request, gettext("Your password was changed. Everywhere else you are signed out."))
    return redirect("account")


@require_POST
@login_required
@never_cache
def end_others(request: HttpRequest) -> HttpResponse:
    """End all sessions of somebody but this one."""
    update_session_auth_hash(request, end_sessions(_staff(request), timezone.now()))
    messages.success(request, gettext("Everywhere else you are signed out."))
    return redirect("account")


@require_POST
@login_required
@never_cache
def begin_passkey(request: HttpRequest) -> HttpResponse:
    """Give the browser what it needs to make a passkey, to somebody who knows the password."""
    staff, party, now = _staff(request), relying_party(request), timezone.now()
    if party is None:
        return answer_asked(request, None)
    asked = begin_registration(staff, request.POST.get("password", ""), party, address_of(request), now)
    if isinstance(asked, LockedOut):
        return locked_out(JsonResponse({"problem": say_locked_out(asked)}, status=429), asked)
    words = {
        Ground.PASSWORD_WRONG: gettext("This is not your password."),
        Ground.PASSKEY_REFUSED: gettext("An account holds no more passkeys. Remove one first."),
    }
    if isinstance(asked, Declined) and asked.ground in words:
        return JsonResponse({"problem": words[asked.ground]}, status=422)
    return answer_asked(request, asked)


@require_POST
@login_required
@never_cache
def finish_passkey(request: HttpRequest) -> HttpResponse:
    """Keep the passkey that somebody's authenticator made."""
    staff, party, challenge = _staff(request), relying_party(request), take_challenge(request)
    answer, name = request.POST.get("credential", ""), request.POST.get("name", "")
    added = finish_registration(staff, challenge, answer, name, party, timezone.now()) if party else None
    if not added or isinstance(added, Declined):
        return _account(request, 422, gettext("The passkey was not added. Try again."))
    messages.success(request, gettext("The passkey was added. You can sign in with it."))
    return redirect("account")


@require_POST
@login_required
@never_cache
def remove(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    """Remove one of somebody's own passkeys."""
    if isinstance(remove_passkey(_staff(request), passkey_id, timezone.now()), Declined):
        raise Http404
    messages.success(request, gettext("The passkey was removed. It opens nothing any more."))
    return redirect("account")


def _staff(request: HttpRequest) -> Staff:
    assert isinstance(request.user, Staff)  # login_required let only staff through
    return request.user


def _password(request: HttpRequest, staff: Staff, status: int = 422, **wrong: list[str]) -> HttpResponse:
    shown = {"wrong": wrong, "one_time": staff.one_time_until is not None}
    return render(request, "people/password.html", shown, status=status if wrong else 200)


def _account(request: HttpRequest, status: int = 200, wrong: str = "") -> HttpResponse:
    staff = _staff(request)
    shown: dict[str, Any] = {
        "me": say_staff(staff, locked=False),
        "passkeys": [say_passkey(passkey) for passkey in passkeys_of(staff)],
        "may_add_passkey": relying_party(request) is not None,
        "name_max": NAME_MAX_CHARACTERS,
        "may_see_staff": staff.actor().may(Act.READ_STAFF),
        "wrong": wrong,
    }
    return render(request, "people/account.html", shown, status=status)
