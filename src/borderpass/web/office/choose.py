"""Which office? One's own at once; who reads several chooses."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from borderpass.domain.actors import Act, Actor
from borderpass.store.queries.offices import offices_for


@require_safe
@login_required
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Go to one's own office; who reads several chooses one."""
    actor: Actor = request.user.actor()  # type: ignore[union-attr]  # login_required let only staff through
    if not actor.may(Act.READ_OFFICE):
        raise PermissionDenied
    offices = list(offices_for(actor).order_by("code"))
    if len(offices) == 1:
        return redirect("office", offices[0].code)
    return render(request, "office/choose.html", {"offices": offices})
