"""Where does somebody's work begin? Whoever signs in is led to their own place; who has several chooses."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from borderpass.domain.actors import Act, Actor


@require_safe
@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Go to one's office or gate; who looks into both kinds of place chooses."""
    actor: Actor = request.user.actor()  # type: ignore[union-attr]  # login_required let only staff through
    offices, gates = actor.may(Act.READ_OFFICE), actor.may(Act.READ_GATE)
    if offices != gates:
        return redirect("offices" if offices else "gate_office")
    places = [(reverse(name), text) for act, name, text in _places() if actor.may(act)]
    return render(request, "home.html", {"places": places})


def _places() -> tuple[tuple[Act, str, str], ...]:
    return (
        (Act.READ_OFFICE, "offices", gettext("Offices")),
        (Act.READ_GATE, "gate_office", gettext("Gates")),
        (Act.READ_STAFF, "staff", gettext("Staff")),
    )
