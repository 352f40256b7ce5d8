"""How is staff managed on a page? Listed, added, renamed, dismissed, let in again; each by who manages that post.

Whose role manages nobody is told so; somebody who is another's is answered as somebody who does not exist.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borderpass.domain.actors import Act, Actor
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.staff_form import FULL_NAME_MAX_CHARACTERS, StaffForm, StaffProblem
from borderpass.services.add_staff import NewPassword, add_staff, find_staff_problems
from borderpass.services.change_staff import (
    deactivate_staff,
    lift_lock_out,
    reactivate_staff,
    rename_staff,
    reset_staff,
)
from borderpass.store.models import Staff
from borderpass.store.queries.staff import find_managed, managed_by, names_locked, staff_for, with_passkeys
from borderpass.web.people.wording import (
    list_places,
    list_roles,
    names_of_offices,
    say_instant,
    say_staff,
    say_staff_problem,
)

STAFF_SHOWN = 300
Changed = Callable[[UUID, Actor, datetime], Staff | Declined]
_CHANGES: dict[str, tuple[Changed, Any]] = {
    "deactivate": (deactivate_staff, gettext_lazy("This person cannot sign in any more.")),
    "reactivate": (reactivate_staff, gettext_lazy("This person can sign in again.")),
    "lift": (lift_lock_out, gettext_lazy("The lock-out was lifted: the password can be tried again at once.")),
}


@require_safe
@login_required
@never_cache
def staff_list(request: HttpRequest) -> HttpResponse:
    """List the staff in somebody's scope, by place, role and name; all, or those whose name holds what is asked."""
    actor, asked = _actor(request, Act.READ_STAFF), request.GET.get("q", "").replace("\0", "").strip()
    named = Q(username__icontains=asked) | Q(full_name__icontains=asked) | Q(scope=asked)
    found = staff_for(actor).filter(named if asked else Q())
    rows = list(with_passkeys(found)[:STAFF_SHOWN])
    managed = set(managed_by(actor).filter(id__in=[row.id for row in rows]).values_list("id", flat=True))
    locked, offices = names_locked([row.username for row in rows], timezone.now()), names_of_offices()
    lines = [say_staff(row, locked=row.username in locked, office_names=offices) for row in rows]
    shown = {
        "staff": [(line, line.id in managed) for line in lines],
        "more": max(0, found.count() - STAFF_SHOWN),
        "asked": asked,
        "may_manage": actor.may(Act.MANAGE_STAFF),
    }
    return render(request, "people/staff.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Show the form, or add somebody and show their one-time password, this once."""
    actor = _actor(request, Act.MANAGE_STAFF)
    if request.method != "POST":
        return _form(request, actor, StaffForm("", "", "", ""))
    form = StaffForm(*(request.POST.get(name, "").replace("\0", "") for name in _FIELDS))
    problems = find_staff_problems(form, actor)
    if problems:
        return _form(request, actor, form, problems)
    added = add_staff(form, actor, timezone.now())
    if isinstance(added, Declined):  # of two who add the same name at once, one comes late
        return _form(request, actor, form, {"user_name": StaffProblem.NAME_TAKEN})
    return _one_time_password(request, added)


_FIELDS = ("user_name", "full_name", "role", "scope")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def one(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Show somebody with what can be done, or correct their full name."""
    actor = _actor(request, Act.MANAGE_STAFF)
    if request.method != "POST":
        return _one(request, _find(actor, staff_id))
    renamed = rename_staff(staff_id, request.POST.get("full_name", "").replace("\0", ""), actor, timezone.now())
    if isinstance(renamed, Declined) and renamed.ground is Ground.BAD_FORM:
        wrong = say_staff_problem(StaffProblem.FULL_NAME)
        return _one(request, _find(actor, staff_id), wrong, request.POST.get("full_name", ""))
    return _changed(request, renamed, staff_id, gettext("The name was changed."))


@require_POST
@login_required
@never_cache
def change(request: HttpRequest, staff_id: UUID, what: str) -> HttpResponse:
    """Dismiss somebody, take them back, or lift their lock-out."""
    actor = _actor(request, Act.MANAGE_STAFF)
    if what not in _CHANGES:
        raise Http404
    do, done = _CHANGES[what]
    return _changed(request, do(staff_id, actor, timezone.now()), staff_id, str(done))


@require_POST
@login_required
@never_cache
def reset(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """Let somebody begin anew, and show their one-time password, this once."""
    made = reset_staff(staff_id, _actor(request, Act.MANAGE_STAFF), timezone.now())
    if isinstance(made, Declined):
        raise Http404
    return _one_time_password(request, made)


def _actor(request: HttpRequest, act: Act) -> Actor:
    actor: Actor = request.user.actor()  # type: ignore[union-attr]  # login_required let only staff through
    if not actor.may(act):
        raise PermissionDenied
    return actor


def _find(actor: Actor, staff_id: UUID) -> Staff:
    staff = find_managed(actor, staff_id)
    if staff is None:
        raise Http404
    return staff


def _changed(request: HttpRequest, staff: Staff | Declined, staff_id: UUID, done: str) -> HttpResponse:
    if isinstance(staff, Declined):
        raise Http404
    messages.success(request, done)
    return redirect("staff_one", staff_id)


def _one(request: HttpRequest, staff: Staff, wrong: str = "", typed: str | None = None) -> HttpResponse:
    row = with_passkeys(Staff.objects.filter(id=staff.id)).get()
    locked = bool(names_locked([staff.username], timezone.now()))
    shown = {
        "person": say_staff(row, locked=locked),
        "full_name": staff.full_name if typed is None else typed,
        "full_name_max": FULL_NAME_MAX_CHARACTERS,
        "wrong": wrong,
    }
    return render(request, "people/staff_one.html", shown, status=422 if wrong else 200)


def _form(
    request: HttpRequest, actor: Actor, form: StaffForm, problems: dict[str, StaffProblem] | None = None
) -> HttpResponse:
    shown = {
        "form": form,
        "wrong": {field: say_staff_problem(problem) for field, problem in (problems or {}).items()},
        "roles": list_roles(actor),
        "places": list_places(actor),
        "full_name_max": FULL_NAME_MAX_CHARACTERS,
    }
    return render(request, "people/staff_add.html", shown, status=422 if problems else 200)


def _one_time_password(request: HttpRequest, made: NewPassword) -> HttpResponse:
    staff = made.staff
    assert staff.one_time_until is not None
    shown = {
        "person": say_staff(staff, locked=False),
        "password": made.password,
        "until": say_instant(staff.one_time_until),
    }
    return render(request, "people/one_time_password.html", shown)
