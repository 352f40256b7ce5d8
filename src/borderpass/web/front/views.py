"""What does the front page answer? The counts, a place to drop a picture of a pass, and what was found in it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from borderpass.domain.bundle import Bundle
from borderpass.domain.reasons import Reason
from borderpass.pictures.read_codes import MAX_FILE_BYTES
from borderpass.services.verify_pass import verify_pass
from borderpass.web.everybody import count_live
from borderpass.web.front.decision_card import DecisionCard, make_card
from borderpass.web.front.own_counts import count_own
from borderpass.web.front.read_sent import Sent, Unusable, read_sent
from borderpass.web.published import current_bundle, root_path
from borderpass.web.wording import language, say_clock


@require_safe
@never_cache
def front_page(request: HttpRequest) -> HttpResponse:
    """Show the counts and the form."""
    return render(request, "front.html", _context(request, current_bundle()))


@require_safe
@never_cache
def live_counts(request: HttpRequest) -> HttpResponse:
    """Show the counts alone, for the page that asks for them every few seconds."""
    counts = count_live(current_bundle(), timezone.now())
    return render(request, "fragments/counts.html", {"counts": counts, "counted_at": say_clock(counts.counted_at)})


@csrf_exempt  # it changes nothing, and needs no cookie
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Show what is to be done with whoever shows what was sent: swapped into the page, or as a page of its own."""
    if request.method != "POST":
        return redirect("front_page")
    bundle = current_bundle()
    answer: dict[str, Any] = {}
    status = 503
    if bundle is not None:
        sent = read_sent(request, bundle)
        answer = {"unusable": sent.sentence} if isinstance(sent, Unusable) else {"cards": _judge(sent, bundle)}
        status = sent.status if isinstance(sent, Unusable) else 200
        if status in (200, 422):
            answer["chosen"] = request.POST
    if request.headers.get("HX-Request") == "true":
        return render(request, "fragments/answer.html", answer, status=status)
    return render(request, "front.html", {**_context(request, bundle), **answer}, status=status)


def _judge(sent: Sent, bundle: Bundle) -> list[DecisionCard]:
    """Return a card for each pass; codes that are none (an address on the same poster) only where there is no pass."""
    now = timezone.now()
    outcomes = [verify_pass(text, sent.scan, bundle, now) for text in sent.texts]
    passes = [one for one in outcomes if Reason.NOT_A_PASS not in one.decision.reasons]
    return [make_card(one, sent.scan, bundle, now) for one in passes or outcomes[:1]]


def _context(request: HttpRequest, bundle: Bundle | None) -> dict[str, Any]:
    """Return what the front page shows. Before `borderpass init` there may not even be a database to ask."""
    if not root_path().exists():
        return {"published": False}
    now = timezone.now()
    counts = count_live(bundle, now)
    gates = bundle.checkpoints.values() if bundle else ()
    return {
        "published": bundle is not None,
        "counts": counts,
        "counted_at": say_clock(counts.counted_at),
        "own": count_own(request.user.actor(), now) if request.user.is_authenticated else None,
        "checkpoints": sorted((getattr(gate.names, language()), gate.id) for gate in gates),
        "max_bytes": MAX_FILE_BYTES,
    }
