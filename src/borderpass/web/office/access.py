"""Who stands in which office, and may they do this here?

What is another office's is answered as what does not exist (404); what the own office has, but not for this role, is
refused (403); nobody is asked to sign in by a fragment of a page, but by the page.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from borderpass.domain.actors import Act, Actor
from borderpass.store.models import Application, Office
from borderpass.store.queries.applications import find_application
from borderpass.store.queries.deputies import stand_in

P = ParamSpec("P")
_FRAGMENT = "HX-Request"
_CODE = re.compile("[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Here:
    """Who acts, in which office, and at which aware instant: read once for a request."""

    actor: Actor
    office: Office
    now: datetime

    def may(self, act: Act) -> bool:
        """Tell whether the actor may do something in this office."""
        return self.actor.may_at_office(act, self.office.code)

    def demand(self, act: Act) -> None:
        """Raise PermissionDenied where the actor may not do something here."""
        if not self.may(act):
            raise PermissionDenied

    def application(self, application_id: UUID) -> Application:
        """Return an application of this office. Raise Http404 where there is none, or where it is another's."""
        application = find_application(self.actor, application_id)
        if application is None or application.office_id != self.office.code:
            raise Http404
        return application


View = Callable[Concatenate[HttpRequest, Here, P], HttpResponse]


def office_view(act: Act = Act.READ_OFFICE, *methods: str) -> Callable[[View[P]], Callable[..., HttpResponse]]:
    """Let in whoever may do something in the office that the address names; the view gets a `Here`.

    `methods` are those the view answers (GET brings HEAD); without any it is GET. Nothing of it is cached.
    """
    allowed = {*(methods or ("GET",))}
    allowed |= {"HEAD"} if "GET" in allowed else set()

    def decorate(view: View[P]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def wrapped(request: HttpRequest, office: str, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in allowed:
                return HttpResponseNotAllowed(sorted(allowed))
            if not request.user.is_authenticated:
                return _ask_to_sign_in(request)
            return view(request, _here(request, office, act), *args, **kwargs)

        return wrapped

    return decorate


def _here(request: HttpRequest, code: str, act: Act) -> Here:
    actor: Actor = request.user.actor()  # type: ignore[union-attr]  # who is not signed in does not come here
    if not actor.may(Act.READ_OFFICE):
        raise PermissionDenied
    may_look = _CODE.fullmatch(code) is not None and actor.may_at_office(Act.READ_OFFICE, code)
    office = Office.objects.filter(code=code).first() if may_look else None
    if office is None:
        raise Http404
    now = timezone.now()
    here = Here(stand_in(actor, now), office, now)
    here.demand(act)
    return here


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, and back to this page afterwards; where only a fragment was asked for, to its page."""
    if request.headers.get(_FRAGMENT) != "true":
        return redirect_to_login(request.get_full_path())
    page = HtmxDetails(request).current_url_abs_path or "/"
    return HttpResponse(status=204, headers={"HX-Redirect": redirect_to_login(page).headers["Location"]})
