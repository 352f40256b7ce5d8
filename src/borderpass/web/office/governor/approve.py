"""How does a governor approve on screen? What was chosen is shown once more, a touch signs it, and it says how many."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from borderpass.domain.actors import Act
from borderpass.domain.approval import Capacity, Method, Outcome
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.jobs import JobState
from borderpass.services.approve_batch import approve_by_passkey, approve_by_password, ask_for_touch, find_batch
from borderpass.services.propose_approval import BATCH_MAX, propose_approval
from borderpass.services.try_password import LockedOut
from borderpass.store.models import ApprovalBatch, ApprovalItem, Job
from borderpass.store.queries.approvals import batches_for, items_of, outcomes_of
from borderpass.store.queries.staff import passkeys_of
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.governor.queue import say_waiting, show_queue, waiting_for
from borderpass.web.office.governor.wording import CAPACITIES, DECIDES, METHODS, say_why
from borderpass.web.office.jobs.views import STOP_POLLING
from borderpass.web.office.page import office_page
from borderpass.web.people.relying_party import relying_party
from borderpass.web.people.sign_in import address_of, locked_out, say_locked_out

PAGE_LINES = 50


@office_view(Act.READ_OFFICE, "GET", "POST")
def approvals(request: HttpRequest, here: Here) -> HttpResponse:
    """List what was approved (GET); look at what was chosen, before it is signed (POST)."""
    if request.method == "POST":
        here.demand(Act.APPROVE)
        return _propose(request, here)
    signed = batches_for(here.actor).filter(office=here.office).exclude(signed_at=None).order_by("-signed_at")
    page = Paginator(signed, PAGE_LINES).get_page(request.GET.get("page"))
    counted = outcomes_of([batch.id for batch in page])
    shown = {"batches": [_say_batch(batch, counted[batch.id]) for batch in page], "page": page}
    return office_page(request, here, "office/governor/approvals.html", shown)


def _propose(request: HttpRequest, here: Here) -> HttpResponse:
    batch_id = _read_uuid(request.POST.get("batch", ""))
    if batch_id is None:
        return show_queue(request, here, say_why(Ground.UNKNOWN_BATCH), 422)
    batch = propose_approval(batch_id, _chosen(request, here), here.office.code, here.actor, here.now)
    if isinstance(batch, Declined):
        return show_queue(request, here, say_why(batch.ground), 422)
    return redirect("governor_batch", here.office.code, batch.id)


def _chosen(request: HttpRequest, here: Here) -> list[UUID]:
    """Return the applications that were chosen: those that were marked, or all that wait, as many as go together."""
    if "all" in request.POST:
        return list(waiting_for(here).filter(signed=False, state="paid").values_list("id", flat=True)[:BATCH_MAX])
    return [one for text in request.POST.getlist("application") if (one := _read_uuid(text)) is not None]


def _read_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@office_view()
def batch_page(request: HttpRequest, here: Here, batch_id: UUID) -> HttpResponse:
    """Show what is about to be signed, or what came of it."""
    return _show_batch(request, here, _find(here, batch_id))


def _find(here: Here, batch_id: UUID) -> ApprovalBatch:
    batch = batches_for(here.actor).filter(id=batch_id, office=here.office).first()
    if batch is None:
        raise Http404
    return batch


def _show_batch(
    request: HttpRequest, here: Here, batch: ApprovalBatch, wrong: str = "", status: int = 200
) -> HttpResponse:
    if batch.signed_at is not None:
        return office_page(request, here, "office/governor/outcome_page.html", _say_outcome(here, batch), status=status)
    items = list(items_of(batch))
    lines = say_waiting(here, [item.application for item in items if item.outcome == Outcome.PROPOSED])
    lines.sort(key=lambda line: not line.unusual)
    shown = {
        "batch": batch,
        "lines": lines,
        "title": _say_title(len(lines)),
        "unusual": _say_unusual(sum(1 for line in lines if line.unusual)),
        "refused": [_say_item(item) for item in items if item.outcome == Outcome.REFUSED],
        "decides": DECIDES[Capacity(batch.capacity)],
        "signs_for": batch.signing_office if batch.signing_office_id != batch.office_id else None,
        "mine": batch.by == here.actor.name and here.may(Act.APPROVE),
        "wrong": wrong,
        **how_to_sign(request),
    }
    return office_page(request, here, "office/governor/batch.html", shown, status=status)


def _say_title(count: int) -> str:
    words = ngettext("Approve and sign %(count)s application", "Approve and sign %(count)s applications", count)
    return words % {"count": count}


def _say_unusual(count: int) -> str:
    """Return of how many something is unusual; empty: of none."""
    words = ngettext(
        "Of %(count)s something is unusual: it stands first.",
        "Of %(count)s something is unusual: they stand first.",
        count,
    )
    return words % {"count": count} if count else ""


def how_to_sign(request: HttpRequest) -> dict[str, bool]:
    """Return what the forms that sign need to know: is there a passkey for this site, may a password do."""
    party = relying_party(request)
    user = request.user
    held = party is not None and passkeys_of(user).filter(rp_id=party.rp_id).exists()  # type: ignore[arg-type]
    return {"passkeys_work": party is not None, "has_passkey": held, "by_password": settings.APPROVE_BY_PASSWORD}


def _say_item(item: ApprovalItem) -> dict[str, Any]:
    one = item.application
    names = {"name_khmer": one.name_khmer, "name_latin": one.name_latin}
    return {"id": one.id, "reference": one.reference, **names, "why": say_why(item.why) if item.why else ""}


@office_view(Act.APPROVE, "POST")
def touch(request: HttpRequest, here: Here, batch_id: UUID) -> HttpResponse:
    """Give the browser what the passkey signs. A page of one application makes its batch on the way."""
    chosen = [one for text in request.POST.getlist("application") if (one := _read_uuid(text)) is not None]
    batch: ApprovalBatch | Declined
    if chosen:
        batch = propose_approval(batch_id, chosen, here.office.code, here.actor, here.now)
    else:
        batch = find_batch(batch_id, here.office.code, here.actor)
    if isinstance(batch, Declined):
        return _problem(batch)
    party = relying_party(request)
    asked = Declined(Ground.NO_PASSKEY, "") if party is None else ask_for_touch(batch, party, here.now)
    if not isinstance(asked, Declined):
        return JsonResponse({"options": asked})
    refused = items_of(batch).filter(outcome=Outcome.REFUSED).first() if chosen else None
    return _problem(asked if refused is None else Declined(Ground(refused.why), asked.message))


def _problem(declined: Declined) -> HttpResponse:
    if declined.ground is Ground.UNKNOWN_BATCH:
        raise Http404
    return JsonResponse({"problem": say_why(declined.ground)}, status=422)


@office_view(Act.APPROVE, "POST")
def sign(request: HttpRequest, here: Here, batch_id: UUID) -> HttpResponse:
    """Approve what stands in a batch: with the passkey's answer, or with the password where that is allowed."""
    batch = find_batch(batch_id, here.office.code, here.actor)
    application = _read_uuid(request.POST.get("application", ""))
    if isinstance(batch, Declined) and application is not None:
        batch = propose_approval(batch_id, [application], here.office.code, here.actor, here.now)
    if isinstance(batch, Declined):
        raise Http404
    party, credential = relying_party(request), request.POST.get("credential", "")
    job: Job | Declined | LockedOut
    if party is not None and credential:
        job = approve_by_passkey(batch, credential, party, here.actor, here.now)
    elif "password" in request.POST:
        job = approve_by_password(batch, request.POST["password"], address_of(request), here.actor, here.now)
    else:
        job = Declined(Ground.PASSKEY_REFUSED, "")
    if isinstance(job, LockedOut):
        return locked_out(_show_batch(request, here, batch, say_locked_out(job), 429), job)
    if isinstance(job, Declined):
        return _show_batch(request, here, batch, say_why(job.ground), 422)
    return redirect("governor_batch", here.office.code, batch.id)


@office_view()
def outcome(request: HttpRequest, here: Here, batch_id: UUID) -> HttpResponse:
    """Show the part of the page after signing that changes while the work goes on."""
    batch = _find(here, batch_id)
    if batch.signed_at is None:
        raise Http404
    shown = _say_outcome(here, batch)
    context = {"here": here, **shown}
    return render(request, "office/governor/outcome.html", context, status=STOP_POLLING if shown["is_over"] else 200)


def _say_outcome(here: Here, batch: ApprovalBatch) -> dict[str, Any]:
    items = [item for item in items_of(batch) if item.outcome != Outcome.REFUSED]
    counted = Counter(Outcome(item.outcome) for item in items)
    job = Job.objects.filter(id=batch.id).first()
    following = waiting_for(here).filter(signed=False, state="paid").first()
    return {
        "batch": batch,
        "said": _say_batch(batch, counted),
        "is_over": job is None or job.state in (JobState.DONE, JobState.FAILED),
        "has_failed": job is not None and job.state == JobState.FAILED,
        "total": len(items),
        "finished": len(items) - counted[Outcome.PROPOSED] - sum(_waits(item) for item in items),
        "signed": [_say_item(item) for item in items if item.outcome == Outcome.SIGNED],
        "not_done": [_say_item(item) for item in items if item.why],
        "following": following,
        "may_decide": here.may(Act.APPROVE),
    }


def _waits(item: ApprovalItem) -> bool:
    return item.outcome == Outcome.APPROVED and not item.why


def _say_batch(batch: ApprovalBatch, counted: Counter[Outcome]) -> dict[str, Any]:
    signed, fallen = counted[Outcome.SIGNED], counted[Outcome.FALLEN]
    unsigned = counted[Outcome.APPROVED]
    parts = [gettext("%(count)s approved and signed") % {"count": signed}]
    parts += [gettext("%(count)s approved, not signed yet") % {"count": unsigned}] if unsigned else []
    parts += [gettext("%(count)s not approved") % {"count": fallen}] if fallen else []
    assert batch.signed_at is not None
    return {
        "id": batch.id,
        "outcome": ", ".join(parts),
        "at": say_instant(batch.signed_at),
        "by": batch.staff.full_name or batch.by,
        "capacity": CAPACITIES[Capacity(batch.capacity)],
        "method": METHODS[Method(batch.method)],
        "by_passkey": batch.method == Method.PASSKEY,
    }
