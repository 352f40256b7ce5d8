"""What is the API, and what happens where a request goes wrong? Every error of any kind leaves as a problem."""

import json
import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from borderpass import __doc__ as about
from borderpass.web.api.across import router as across
from borderpass.web.api.bundles import router as bundles
from borderpass.web.api.counts import router as counts
from borderpass.web.api.devices import router as devices
from borderpass.web.api.passes import router as passes
from borderpass.web.api.problems import Code, FieldError, ProblemError, problem, schemas
from borderpass.web.api.root_key import router as root_key
from borderpass.web.api.scans import router as scans
from borderpass.web.api.verify import router as verify

BODY_MAX_BYTES = 64 * 1024
_log = logging.getLogger(__name__)


class _StrictParser(Parser):
    """JSON that is said to be JSON, and not endlessly much of it."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body's JSON. Raise ProblemError; django-ninja wraps it in a HttpError."""
        if request.content_type != "application/json":
            raise ProblemError(Code.UNSUPPORTED_MEDIA_TYPE, "send the body as application/json")
        if len(request.body) > BODY_MAX_BYTES:
            raise ProblemError(Code.TOO_LARGE, f"send at most {BODY_MAX_BYTES} bytes")
        try:
            return json.loads(request.body)
        except (ValueError, RecursionError):
            raise ProblemError(Code.MALFORMED_JSON, "send one JSON object in UTF-8") from None


class _Api(NinjaAPI):
    """An API whose description has the problems that its operations refer to."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """Return the OpenAPI description."""
        description = super().get_openapi_schema(*args, **kwargs)
        description["components"]["schemas"].update(schemas())
        return description


api = _Api(
    title="borderpass",
    version="1",
    description=f"{about.strip() if about else ''}\n\nErrors are problems (RFC 9457) with a stable `code`.",
    docs_url=None,
    parser=_StrictParser(),
    urls_namespace="api",
)
api.add_router("", bundles)
api.add_router("", root_key)
api.add_router("", verify)
api.add_router("", passes)
api.add_router("", counts)
api.add_router("", across)
api.add_router("", devices)
api.add_router("", scans)


@api.exception_handler(ValidationError)
def _on_invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say what is wrong where; never repeat what was sent."""
    errors = [FieldError(field=_place(one["loc"]), message=one["msg"]) for one in error.errors]
    return problem(Code.INVALID_REQUEST, "; ".join(f"{one.field}: {one.message}" for one in errors), errors)


def _place(location: tuple[str | int, ...]) -> str:
    """Return where in the request something is: `direction`, not `body.payload.direction`."""
    inner = [str(part) for part in location[1:] if part != "payload"]
    return ".".join(inner) or str(location[0])


@api.exception_handler(AuthenticationError)
def _on_nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(Code.NOT_SIGNED_IN, "sign in at /sign-in/ and send the session cookie")


@api.exception_handler(ProblemError)
def _on_problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(error.code, error.detail)


@api.exception_handler(HttpError)
def _on_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__
    if isinstance(cause, ProblemError):
        return problem(cause.code, cause.detail)
    code = Code.NOT_ALLOWED if error.status_code == 403 else Code.BAD_REQUEST
    return problem(code, error.message, status=error.status_code)


@api.exception_handler(RequestDataTooBig)
def _on_too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(Code.TOO_LARGE, f"send at most {BODY_MAX_BYTES} bytes")


@api.exception_handler(Http404)
def _on_nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(Code.NOT_FOUND, "see /api/v1/openapi.json for what there is")


@api.exception_handler(Exception)
def _on_bug(request: HttpRequest, error: Exception) -> HttpResponse:
    """Whatever was not foreseen: logged here, and told to nobody."""
    _log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(Code.INTERNAL, "it was noted; try again, and tell the operator if it stays")
