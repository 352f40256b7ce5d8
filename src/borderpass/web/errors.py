"""What does somebody see when something goes wrong? A page in their language, or a problem; never a traceback."""

import logging
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_lazy

from borderpass.web.api.problems import Code, is_api, problem

_log = logging.getLogger(__name__)
_TEMPLATE = "error.html"
_WORDS = {
    400: (
        gettext_lazy("This request cannot be understood"),
        gettext_lazy("Go back to the front page and try again."),
    ),
    403: (
        gettext_lazy("You may not do this"),
        gettext_lazy("Sign in with an account that may, or ask your office."),
    ),
    404: (
        gettext_lazy("There is no such page"),
        gettext_lazy("Check the address, or go to the front page."),
    ),
    405: (
        gettext_lazy("This page cannot be used in this way"),
        gettext_lazy("Go back to the front page and try again."),
    ),
    500: (
        gettext_lazy("Something went wrong here"),
        gettext_lazy("It was noted. Try again in a moment; if it stays, tell the office."),
    ),
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be understood."""
    if not is_api(request):
        return page(request, 400)
    if isinstance(exception, RequestDataTooBig):
        return problem(Code.TOO_LARGE, "send less")
    return problem(Code.BAD_REQUEST, "see /api/v1/openapi.json for what may be asked")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that is not allowed."""
    if is_api(request):
        return problem(Code.NOT_ALLOWED, "this account may not do this")
    return page(request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our own page (or whose page is older than the session)."""
    if is_api(request):
        return problem(Code.NOT_ALLOWED, "the CSRF token is missing or wrong")
    title = gettext("This form is too old")
    return page(request, 403, (title, gettext("Go back, load the page again, and send the form once more.")))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request for what is not there."""
    if is_api(request):
        return problem(Code.NOT_FOUND, "see /api/v1/openapi.json for what there is")
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when our own code failed; Django has logged why. The page needs neither database nor session."""
    if is_api(request):
        return problem(Code.INTERNAL, "it was noted; try again, and tell the operator if it stays")
    return page(None, 500)


class MethodNotAllowedMiddleware:
    """Say in words that a method is not allowed, where Django and django-ninja send an empty answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        response = self._get_response(request)
        if response.status_code != 405:
            return response
        allow = response.headers.get("Allow", "")
        said = problem(Code.METHOD_NOT_ALLOWED, f"use {allow}") if is_api(request) else page(request, 405)
        said.headers["Allow"] = allow
        return said


def page(request: HttpRequest | None, status: int, words: tuple[str, str] | None = None) -> HttpResponse:
    """Return a page that says what is wrong. Without a request it has no forms, and so sets no cookie."""
    title, advice = words or _WORDS[status]
    html = render_to_string(_TEMPLATE, {"title": title, "advice": advice, "status": status}, request)
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})
