"""What does the holder of a pass look like, full size? For staff whose office or gate may know."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import P, PathEx, Router
from ninja.security import SessionAuth

from borderpass.domain.pass_number import parse_pass_number
from borderpass.store.queries.passes import portrait_for
from borderpass.web.api.problems import Code, problem, refusals

JPEG_TYPE = "image/jpeg"
_NOBODY = "sign in at /sign-in/ and send the session cookie"
_UNKNOWN = "no pass of this number may be seen by you; check the number"
_JPEG: dict[str, Any] = {
    "responses": {
        200: {"content": {JPEG_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
        **refusals(NOT_SIGNED_IN=_NOBODY, UNKNOWN_PASS=_UNKNOWN),
    }
}

router = Router(tags=["for staff"])


@router.get(
    "/passes/{number}/photo",
    auth=SessionAuth(),
    response={200: None},
    openapi_extra=_JPEG,
    operation_id="get_photo",
    summary="The full-size face on a pass",
)
def get_photo(
    request: HttpRequest, number: PathEx[str, P(description="The pass number.", example="0110-26-000001-A")]
) -> HttpResponse:
    """Return the photo of a pass as a JPEG. A pass out of the caller's scope is as unknown as one that never was."""
    actor = request.user.actor()  # type: ignore[union-attr]  # SessionAuth let only staff through
    photo = portrait_for(actor, number) if parse_pass_number(number) is not None else None
    if photo is None:
        return problem(Code.UNKNOWN_PASS, _UNKNOWN)
    return HttpResponse(photo, content_type=JPEG_TYPE, headers={"Cache-Control": "private, no-store"})
