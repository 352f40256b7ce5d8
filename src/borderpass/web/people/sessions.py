"""How does a session begin, and when does it end by itself? After eight hours, and earlier where nobody is there.

Whoever signed in with a one-time password is nobody yet, except where a password is chosen. All of it is seen to when a
view asks who is there, and not before: a page that is the same for everybody looks nobody up. A page that asks for
something by itself, such as the counts of the front page, does not keep a session alive.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from borderpass.domain.actors import StaffRole
from borderpass.domain.local_time import from_timestamp, to_timestamp
from borderpass.domain.session_limits import is_over
from borderpass.store.models import Staff

_BEGUN, _SEEN = "signed_in_at", "seen_at"
_NOTED_EVERY = timedelta(minutes=1)
_ASKED_BY_ITSELF = frozenset({"live_counts"})
_OPEN_TO_ONE_TIME_PASSWORDS = frozenset({"sign_in", "password", "sign_out"})
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def begin_session(request: HttpRequest, staff: Staff, now: datetime) -> None:
    """Begin a session for somebody who has just shown who they are, under a new key."""
    login(request, staff, backend=_BACKEND)
    request.session[_BEGUN] = request.session[_SEEN] = to_timestamp(now)


class SessionLimitsMiddleware:
    """Let a session that is over be nobody's, and one of a one-time password too, whoever asks for its user."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            found = request.user
            request.user = SimpleLazyObject(lambda: _who_is_still_there(request, found))  # type: ignore[assignment]
        return self._get_response(request)


def _who_is_still_there(request: HttpRequest, found: object) -> Staff | AnonymousUser:
    if not isinstance(found, Staff):
        return AnonymousUser()
    name, now = request.resolver_match.url_name if request.resolver_match else None, timezone.now()
    if _has_ended(request, StaffRole(found.role), now):
        request.session.flush()
        return AnonymousUser()
    if name not in _ASKED_BY_ITSELF:
        _note(request, now)
    return AnonymousUser() if found.one_time_until is not None and name not in _OPEN_TO_ONE_TIME_PASSWORDS else found


def _has_ended(request: HttpRequest, role: StaffRole, now: datetime) -> bool:
    """Tell whether a session is over. One without the instants, which no sign-in of ours makes, begins now."""
    begun = from_timestamp(request.session.setdefault(_BEGUN, to_timestamp(now)))
    seen = from_timestamp(request.session.setdefault(_SEEN, to_timestamp(now)))
    return is_over(role, begun, seen, now)


def _note(request: HttpRequest, now: datetime) -> None:
    """Note that somebody is there; once a minute, for each time is a write to the database."""
    if now - from_timestamp(request.session[_SEEN]) >= _NOTED_EVERY:
        request.session[_SEEN] = to_timestamp(now)
