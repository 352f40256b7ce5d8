"""What does the commander of a gate see and do? Whoever may read the gate sees; the commander and the ministry act.

A gate that is another's is answered as one that does not exist.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from borderpass.domain.actors import EVERYWHERE, Act, Actor
from borderpass.domain.declined import Declined
from borderpass.domain.enrolment_code import CODE_LIFE, qr_text
from borderpass.domain.verdicts import Direction
from borderpass.printing.qr_symbol import make_symbol
from borderpass.services.check_words import WORDS_MAX_CHARACTERS
from borderpass.services.count_across import count_across
from borderpass.services.create_enrolment_code import create_enrolment_code
from borderpass.services.enrol_device import LANE_MAX_CHARACTERS, revoke_device
from borderpass.services.load_gazetteer import load_checkpoints
from borderpass.services.resolve_case import resolve_case
from borderpass.services.set_gate_setting import set_gate_setting
from borderpass.store.models import Record
from borderpass.store.queries.devices import cases_for, devices_for, with_progress
from borderpass.store.queries.gates import latest_setting
from borderpass.web.gate.wording import (
    DIRECTIONS,
    say_case,
    say_device,
    say_direction,
    say_gate,
    say_setting,
    say_stay,
)
from borderpass.web.wording import say_clock, say_number

CASES_SHOWN = 100
_ANSWERS = {"yes": True, "no": False}


@require_safe
@login_required
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Go to one's own gate; who has all of them chooses."""
    actor = _actor(request)
    if not actor.may(Act.READ_GATE):
        raise PermissionDenied
    if actor.scope != EVERYWHERE:
        return redirect("gate", actor.scope)
    gates = sorted((say_gate(checkpoint), checkpoint) for checkpoint in load_checkpoints())
    return render(request, "gate/choose.html", {"gates": gates})


@require_safe
@login_required
@never_cache
def overview(request: HttpRequest, checkpoint: str) -> HttpResponse:
    """Show a gate: its devices, its open cases, who should be back."""
    return _overview(request, _actor_at(request, checkpoint), checkpoint)


@require_POST
@login_required
@never_cache
def make_code(request: HttpRequest, checkpoint: str) -> HttpResponse:
    """Make an enrolment code and show it, this once."""
    actor, now = _actor_at(request, checkpoint, Act.ENROL_DEVICE), timezone.now()
    lane, direction = request.POST.get("lane", ""), request.POST.get("direction", "")
    if direction not in list(Direction):
        wrong = gettext("Choose the direction.")
        return _overview(request, actor, checkpoint, {"wrong": wrong, "lane": lane})
    made = create_enrolment_code(checkpoint, lane, Direction(direction), actor, now)
    if isinstance(made, Declined):
        wrong = gettext("Name the lane in 1 to %(count)s letters or digits.") % {"count": LANE_MAX_CHARACTERS}
        return _overview(request, actor, checkpoint, {"wrong": wrong, "lane": lane, "direction": direction})
    symbol = make_symbol(qr_text(made.code))
    shown = {
        **_of_gate(checkpoint),
        "code": made.code,
        "address": _scanner_address(request),
        # Drawn by us from letters, digits, colons and hyphens.
        "symbol": mark_safe(symbol.svg),  # noqa: S308
        "lane": made.kept.lane,
        "direction": say_direction(made.kept.direction),
        "until": say_clock(made.kept.expires_at),
        "minutes": int(CODE_LIFE.total_seconds() // 60),
    }
    return render(request, "gate/code.html", shown)


@require_POST
@login_required
@never_cache
def set_gate(request: HttpRequest, checkpoint: str) -> HttpResponse:
    """Order whether admitting needs a tap here."""
    actor, now = _actor_at(request, checkpoint, Act.SET_GATE), timezone.now()
    needs_tap = _ANSWERS.get(request.POST.get("admit_needs_tap", ""))
    if needs_tap is None:
        wrong = gettext("Choose whether admitting needs a tap.")
        return _overview(request, actor, checkpoint, {"wrong_setting": wrong})
    set_gate_setting(checkpoint, needs_tap, actor, now)
    return redirect("gate", checkpoint)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def revoke(request: HttpRequest, checkpoint: str, device_id: UUID) -> HttpResponse:
    """Ask once more, then revoke a device."""
    actor, now = _actor_at(request, checkpoint, Act.ENROL_DEVICE), timezone.now()
    device = with_progress(devices_for(actor).filter(id=device_id, checkpoint=checkpoint)).first()
    if device is None:
        raise Http404
    if request.method == "POST":
        revoke_device(device, actor, now)
        return redirect("gate", checkpoint)
    return render(request, "gate/revoke.html", {**_of_gate(checkpoint), "device": say_device(device, now)})


@require_safe
@login_required
@never_cache
def cases(request: HttpRequest, checkpoint: str) -> HttpResponse:
    """List the open cases of a gate, oldest first."""
    actor = _actor_at(request, checkpoint)
    return _cases(request, actor, checkpoint)


@require_POST
@login_required
@never_cache
def resolve(request: HttpRequest, checkpoint: str, case_id: UUID) -> HttpResponse:
    """Take down who resolved a case, when, and what was found."""
    actor = _actor_at(request, checkpoint, Act.RESOLVE_CASE)
    if not cases_for(actor).filter(id=case_id, device__checkpoint=checkpoint).exists():
        raise Http404
    note = request.POST.get("note", "")
    resolved = resolve_case(case_id, note, actor, timezone.now())
    if isinstance(resolved, Declined) and cases_for(actor).filter(id=case_id, resolved_at=None).exists():
        wrong = gettext("Say in 1 to %(count)s characters what you found.") % {"count": WORDS_MAX_CHARACTERS}
        return _cases(request, actor, checkpoint, {"wrong": wrong, "wrong_case": case_id, "note": note})
    return redirect("gate_cases", checkpoint)


def _overview(
    request: HttpRequest, actor: Actor, checkpoint: str, refused: dict[str, str] | None = None
) -> HttpResponse:
    now = timezone.now()
    devices = with_progress(devices_for(actor).filter(checkpoint=checkpoint))
    across = count_across(actor, checkpoint, now)
    assert not isinstance(across, Declined)
    shown = {
        **_of_gate(checkpoint),
        "devices": [say_device(device, now) for device in devices],
        "open_cases": cases_for(actor).filter(device__checkpoint=checkpoint, resolved_at=None).count(),
        "across": say_number(across.across),
        "overdue": say_number(across.overdue),
        "stays": [say_stay(stay) for stay in across.overdue_stays],
        "setting": say_setting(latest_setting(checkpoint)),
        "may_enrol": actor.may(Act.ENROL_DEVICE),
        "may_set": actor.may(Act.SET_GATE),
        "lane_max": LANE_MAX_CHARACTERS,
        "directions": list(DIRECTIONS.items()),
        "chosen": refused or {},
    }
    return render(request, "gate/overview.html", shown, status=422 if refused else 200)


def _cases(request: HttpRequest, actor: Actor, checkpoint: str, refused: dict[str, Any] | None = None) -> HttpResponse:
    found = cases_for(actor).filter(device__checkpoint=checkpoint, resolved_at=None)
    listed = list(found[:CASES_SHOWN])
    records = Record.objects.in_bulk([case.record_id for case in listed if case.record_id])
    shown = {
        **_of_gate(checkpoint),
        "cases": [say_case(case, records.get(case.record_id)) for case in listed],
        "more": max(0, found.count() - CASES_SHOWN),
        "may_resolve": actor.may(Act.RESOLVE_CASE),
        "note_max": WORDS_MAX_CHARACTERS,
        "refused": refused or {},
    }
    return render(request, "gate/cases.html", shown, status=422 if refused else 200)


def _scanner_address(request: HttpRequest) -> str:
    """Return the whole address of the phone's app, to be typed. A proxy in front may have taken the TLS off."""
    scheme = "https" if settings.SECURE else request.scheme
    return f"{scheme}://{request.get_host()}{reverse('phone_gate')}"


def _of_gate(checkpoint: str) -> dict[str, str]:
    return {"checkpoint": checkpoint, "gate": say_gate(checkpoint)}


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.user.actor()  # type: ignore[union-attr]  # login_required let only staff through
    return actor


def _actor_at(request: HttpRequest, checkpoint: str, act: Act = Act.READ_GATE) -> Actor:
    """Return who is signed in. Whose role may not do it at any gate is told so; another's gate is not found."""
    actor = _actor(request)
    if not actor.may(Act.READ_GATE):
        raise PermissionDenied
    if checkpoint not in load_checkpoints() or not actor.may_at_gate(Act.READ_GATE, checkpoint):
        raise Http404
    if not actor.may(act):
        raise PermissionDenied
    return actor
