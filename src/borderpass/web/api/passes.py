"""Whose pass has this number, and what does the holder look like, full size? For gates, and staff who may know."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import P, PathEx, Router, Schema
from ninja.security import SessionAuth
from pydantic import Field

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.pass_number import parse_pass_number
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.look_up_pass import Entry, look_up_pass
from borderpass.store.models import Device, Staff
from borderpass.store.queries.passes import portrait_for, portrait_of
from borderpass.web.api.device_requests import REFUSALS_OF_DEVICES, REVOKED, SIGNED, DeviceAuth
from borderpass.web.api.problems import Code, FieldError, declined, problem, refusals
from borderpass.web.api.verify import CompanionOut, HomeOut, Sentence

JPEG_TYPE = "image/jpeg"
_NOBODY = "sign in at /sign-in/ and send the session cookie"
_UNKNOWN = "no pass of this number may be seen by you; check the number"
_UNKNOWN_NUMBER = "no pass was issued under this number"
_OF_DEVICES = {**REFUSALS_OF_DEVICES, "DEVICE_REVOKED": REVOKED}
_JPEG: dict[str, Any] = {
    **SIGNED,
    "responses": {
        200: {"content": {JPEG_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
        **refusals(NOT_SIGNED_IN=_NOBODY, UNKNOWN_PASS=_UNKNOWN, **_OF_DEVICES),
    },
}
_ENTRY: dict[str, Any] = {
    **SIGNED,
    "responses": refusals(
        NOT_SIGNED_IN=_NOBODY,
        NOT_ALLOWED="passes are looked up by the officers of a gate",
        UNKNOWN_PASS=_UNKNOWN_NUMBER,
        INVALID_REQUEST="number: not a pass number, or mistyped: its check character does not fit",
        TOO_MANY_TRIES="60 look-ups in 10 minutes: wait, then try again",
        **_OF_DEVICES,
    ),
}
_Number = PathEx[str, P(description="The pass number.", example="0110-26-000001-A")]

router = Router(tags=["for gates and staff"])


class RegisteredOut(Schema):
    """Who the register has under a number."""

    name_khmer: str
    name_latin: str
    born_on: date
    age: int
    sex: str
    home: HomeOut


class EntryOut(Schema):
    """What the register has under a number. It is no verdict: nobody has looked at the paper."""

    verified: Literal[False] = Field(description="Always false: a number that was typed proves nothing.")
    number: str
    kind: str = Field(examples=["two_year"])
    standing: Literal["valid", "suspended", "revoked"]
    valid_from: date
    valid_until: date = Field(description="The last valid day; it may be over.")
    office: Sentence
    holder: RegisteredOut
    companions: list[CompanionOut]


@router.get(
    "/passes/{number}",
    auth=[DeviceAuth(), SessionAuth()],
    response=EntryOut,
    openapi_extra=_ENTRY,
    operation_id="look_up_pass",
    summary="Whose pass has this number? Unverified",
)
def get_pass(request: HttpRequest, number: _Number) -> EntryOut | HttpResponse:
    """Return what the register has under a number that was typed, for a code that is damaged. It is written down."""
    now = timezone.now()
    entry = look_up_pass(number, _who(request), now)
    if isinstance(entry, Entry):
        return EntryOut.model_validate(_describe(entry, local_day(now)))
    if entry.ground is Ground.BAD_FORM:
        errors = [FieldError(field="number", message=entry.message)]
        return problem(Code.INVALID_REQUEST, f"number: {entry.message}", errors)
    return declined(entry)


@router.get(
    "/passes/{number}/photo",
    auth=[DeviceAuth(), SessionAuth()],
    response={200: None},
    openapi_extra=_JPEG,
    operation_id="get_photo",
    summary="The full-size face on a pass",
)
def get_photo(request: HttpRequest, number: _Number) -> HttpResponse:
    """Return the photo of a pass as a JPEG. A pass out of the caller's scope is as unknown as one that never was."""
    who, photo = _who(request), None
    if parse_pass_number(number) is not None:
        photo = portrait_for(who, number) if isinstance(who, Actor) else portrait_of(number)
    if photo is None:
        return problem(Code.UNKNOWN_PASS, _UNKNOWN)
    return HttpResponse(photo, content_type=JPEG_TYPE, headers={"Cache-Control": "private, no-store"})


def _who(request: HttpRequest) -> Actor | Device:
    """Return who asks: the device that signed the request, or else the person whose session it is."""
    who: Device | Staff = request.auth  # type: ignore[attr-defined]  # one of the two let the request through
    return who if isinstance(who, Device) else who.actor()


def _describe(entry: Entry, today: date) -> dict[str, Any]:
    pass_, holder = entry.pass_, entry.pass_.holder
    home = load_gazetteer().home_names(holder.home_code)
    return {
        "verified": False,
        "number": pass_.number,
        "kind": pass_.kind.name.lower(),
        "standing": entry.standing.name.lower(),
        "valid_from": local_day(pass_.valid_from_at),
        "valid_until": last_valid_day(pass_.expires_at),
        "office": entry.office._asdict(),
        "holder": {
            "name_khmer": holder.name_khmer,
            "name_latin": holder.name_latin,
            "born_on": holder.born_on,
            "age": age_on(holder.born_on, today),
            "sex": holder.sex.name.lower(),
            "home": {
                "code": holder.home_code,
                "km": home.km if home else holder.home_code,
                "latin": home.latin if home else holder.home_code,
            },
        },
        "companions": [
            {"name": child.name, "born_on": child.born_on, "sex": child.sex.name.lower()} for child in pass_.companions
        ],
    }
