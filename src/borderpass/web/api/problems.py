"""How does the API say no? With application/problem+json (RFC 9457) and a stable `code`."""

import json
from collections.abc import Sequence
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import Schema
from pydantic import Field

from borderpass.domain.declined import Declined, Ground

API_PREFIX = "/api/"
RETRY_AFTER_S = 600
"""After how many seconds to try again: by then every window of counting is over."""
CONTENT_TYPE = "application/problem+json"
_REFERENCE = "#/components/schemas/{model}"


class Code(StrEnum):
    """Why a request was not answered. Stable: programs compare them."""

    BAD_REQUEST = "BAD_REQUEST"
    MALFORMED_JSON = "MALFORMED_JSON"
    INVALID_REQUEST = "INVALID_REQUEST"
    NOT_SIGNED_IN = "NOT_SIGNED_IN"
    NOT_ALLOWED = "NOT_ALLOWED"
    NOT_FOUND = "NOT_FOUND"
    UNKNOWN_OFFICE = "UNKNOWN_OFFICE"
    UNKNOWN_PASS = "UNKNOWN_PASS"  # not a password
    UNKNOWN_DEVICE = "UNKNOWN_DEVICE"
    UNKNOWN_PLACE = "UNKNOWN_PLACE"
    NOTHING_PUBLISHED = "NOTHING_PUBLISHED"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    TOO_LARGE = "TOO_LARGE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    INTERNAL = "INTERNAL"
    BATCH_REFUSED = "BATCH_REFUSED"
    SIGNATURE_INVALID = "SIGNATURE_INVALID"
    DATE_WRONG = "DATE_WRONG"
    DEVICE_REVOKED = "DEVICE_REVOKED"
    ENROLMENT_CODE_WRONG = "ENROLMENT_CODE_WRONG"
    ENROLMENT_CODE_USED = "ENROLMENT_CODE_USED"
    ENROLMENT_CODE_EXPIRED = "ENROLMENT_CODE_EXPIRED"
    TOO_MANY_TRIES = "TOO_MANY_TRIES"


_STATUS_AND_TITLE: dict[Code, tuple[int, str]] = {
    Code.BAD_REQUEST: (400, "The request cannot be understood"),
    Code.MALFORMED_JSON: (400, "The body is not JSON"),
    Code.INVALID_REQUEST: (422, "The request is not valid"),
    Code.NOT_SIGNED_IN: (401, "Nobody is signed in"),
    Code.NOT_ALLOWED: (403, "This is not allowed"),
    Code.NOT_FOUND: (404, "There is nothing here"),
    Code.UNKNOWN_OFFICE: (404, "There is no such office"),
    Code.UNKNOWN_PASS: (404, "There is no such pass here"),
    Code.UNKNOWN_DEVICE: (404, "There is no such device"),
    Code.UNKNOWN_PLACE: (404, "There is no such gate here"),
    Code.NOTHING_PUBLISHED: (404, "Nothing was published yet"),
    Code.METHOD_NOT_ALLOWED: (405, "The method is not allowed here"),
    Code.TOO_LARGE: (413, "The request is too large"),
    Code.UNSUPPORTED_MEDIA_TYPE: (415, "The body is of another type"),
    Code.INTERNAL: (500, "Something went wrong here"),
    Code.BATCH_REFUSED: (400, "This is not a batch of this device"),
    Code.SIGNATURE_INVALID: (401, "The request is not signed by the device"),
    Code.DATE_WRONG: (401, "The request's date is wrong"),
    Code.DEVICE_REVOKED: (403, "The device was revoked"),
    Code.ENROLMENT_CODE_WRONG: (403, "There is no such enrolment code"),
    Code.ENROLMENT_CODE_USED: (409, "The enrolment code was used"),
    Code.ENROLMENT_CODE_EXPIRED: (410, "The enrolment code is too old"),
    Code.TOO_MANY_TRIES: (429, "Too many tries"),
}


class FieldError(Schema):
    """What is wrong with one part of the request."""

    field: str = Field(description="Where: a name in the body, the query or the path.", examples=["direction"])
    message: str = Field(description="What is wrong with it.", examples=["Input should be 'exit' or 'entry'"])


class Problem(Schema):
    """A problem as RFC 9457 has it; `code` is stable, the sentences may change."""

    type: str = Field(
        description="A URI that names the kind of problem.", examples=["urn:borderpass:problem:not-found"]
    )
    title: str = Field(description="The kind of problem in words.")
    status: int = Field(description="The HTTP status code.", examples=[404])
    detail: str = Field(description="What is wrong with this request and what to do.")
    code: Code = Field(description="The kind of problem for programs.")
    errors: list[FieldError] = Field(default=[], description="For INVALID_REQUEST: what is wrong where.")


class ProblemError(Exception):
    """A problem found where only an exception can leave, such as in a body parser."""

    def __init__(self, code: Code, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def problem(code: Code, detail: str, errors: Sequence[FieldError] = (), status: int | None = None) -> JsonResponse:
    """Return the answer for a problem; `status` where it is not the code's usual one."""
    usual, title = _STATUS_AND_TITLE[code]
    body = Problem(
        type=f"urn:borderpass:problem:{code.value.lower().replace('_', '-')}",
        title=title,
        status=status or usual,
        detail=detail,
        code=code,
        errors=list(errors),
    )
    content = body.model_dump(mode="json", exclude={"errors"} if not errors else None)
    response = JsonResponse(content, status=body.status, content_type=CONTENT_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response


def declined(refusal: Declined) -> JsonResponse:
    """Return the answer for what a use case did not do; its ground is the problem's code."""
    response = problem(Code(refusal.ground.value), refusal.message)
    if refusal.ground is Ground.TOO_MANY_TRIES:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def refusals(**details: str) -> dict[int, Any]:
    """Describe for OpenAPI with which problems an operation may answer: a detail for each code."""
    described: dict[int, Any] = {}
    for name, detail in details.items():
        answer = problem(Code(name), detail)
        media = described.setdefault(answer.status_code, {"description": HTTPStatus(answer.status_code).phrase})
        content = media.setdefault("content", {CONTENT_TYPE: {"schema": {"$ref": _REFERENCE.format(model="Problem")}}})
        content[CONTENT_TYPE].setdefault("examples", {})[name] = {"value": json.loads(answer.content)}
    return described


def schemas() -> dict[str, Any]:
    """Return the schemas that `refusals` refers to, by name."""
    problem_schema = Problem.model_json_schema(ref_template=_REFERENCE)
    return {**problem_schema.pop("$defs"), "Problem": problem_schema}


def is_api(request: HttpRequest) -> bool:
    """Tell whether a request is one for the API, whose errors are problems and not pages."""
    return request.path.startswith(API_PREFIX)
