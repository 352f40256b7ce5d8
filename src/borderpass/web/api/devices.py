"""How does a phone become a device, and what does the server know of it?"""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from borderpass.domain.declined import Declined, Ground
from borderpass.services.load_bundle import latest_bundle
from borderpass.services.load_gazetteer import load_checkpoints
from borderpass.services.redeem_enrolment_code import APP_VERSION_MAX_CHARACTERS, redeem_enrolment_code
from borderpass.store.models import Case, Device
from borderpass.store.queries.devices import count_records
from borderpass.store.queries.gates import admit_needs_tap
from borderpass.web.api.base64url import read_base64url
from borderpass.web.api.device_requests import REFUSALS_OF_DEVICES, SIGNED, DeviceAuth
from borderpass.web.api.problems import Code, FieldError, declined, problem, refusals
from borderpass.web.api.root_key import NOT_SET_UP, PointOut, read_root
from borderpass.web.api.verify import Sentence
from borderpass.wire.keys import POINT_BYTES, kid_of, load_point

router = Router(tags=["devices"])
_UNCOMPRESSED = b"\x04"


class EnrolIn(Schema):
    """A code, and the key that the phone has just made."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(min_length=1, max_length=64, examples=["K7QX-9M2D-4RTA-8WHC"])]
    public_key: Annotated[
        str, Field(min_length=1, max_length=100, description="SEC1 uncompressed point of P-256, in base64url.")
    ]
    app_version: Annotated[str, Field(max_length=APP_VERSION_MAX_CHARACTERS)] = ""


class CheckpointOut(Schema):
    """A gate."""

    id: str = Field(examples=["poipet"])
    names: Sentence


class BindingOut(Schema):
    """Which device this is, and where it belongs."""

    device_id: str
    kid: str = Field(description="First 8 bytes of SHA-256 over the key's SPKI, in hex.")
    checkpoint: CheckpointOut
    lane: str
    direction: str = Field(examples=["exit"])
    admit_needs_tap: bool = Field(description="The gate's commander orders that the officer taps to admit, too.")
    bundle_serial: int | None = Field(description="The bundle published last.")
    server_time: datetime


class EnrolledOut(BindingOut):
    """The device, and the national root's key."""

    root_key: PointOut
    root_pem: str


class MeOut(BindingOut):
    """The device, and what was received of it."""

    enrolled_at: datetime
    revoked_at: datetime | None
    highest_device_seq: int = Field(description="0: nothing was received yet.")
    records: int = Field(description="Numbered records that are kept.")
    unusable: int = Field(description="Records kept as bytes, each with a case.")
    open_cases: int


@router.post(
    "/devices/enrol",
    response=EnrolledOut,
    openapi_extra={
        "responses": {
            **refusals(
                MALFORMED_JSON="send one JSON object in UTF-8",
                ENROLMENT_CODE_WRONG="there is no such code: read it again, or ask for a new one",
                ENROLMENT_CODE_USED="another phone has used this code: ask for a new one",
                ENROLMENT_CODE_EXPIRED="this code is older than 10 minutes: ask for a new one",
                TOO_LARGE="send at most 65536 bytes",
                UNSUPPORTED_MEDIA_TYPE="send the body as application/json",
                INVALID_REQUEST="public_key: not the uncompressed point of a P-256 key in base64url",
                TOO_MANY_TRIES="too many wrong codes were tried from here: wait, then make a new code",
            ),
            503: {"description": "NOTHING_PUBLISHED: this server was not set up yet"},
        }
    },
    operation_id="enrol_device",
    summary="A one-time code and a public key become a device",
)
@csrf_exempt
def enrol(request: HttpRequest, payload: EnrolIn) -> EnrolledOut | HttpResponse:
    """Bind a phone's key to the gate, lane and direction of a code. The same code and key again: the same answer."""
    root = read_root()
    if root is None:
        return problem(Code.NOTHING_PUBLISHED, NOT_SET_UP, status=503)
    point = read_base64url(payload.public_key) or b""
    if len(point) != 1 + POINT_BYTES or not point.startswith(_UNCOMPRESSED):
        return _bad_key()
    address, now = request.META.get("REMOTE_ADDR", ""), timezone.now()
    device = redeem_enrolment_code(payload.code, point[1:], payload.app_version, address, now)
    if isinstance(device, Declined):
        return _bad_key() if device.ground is Ground.BAD_FORM else declined(device)
    return EnrolledOut.model_validate({**_binding(device, now), "root_key": root.root_key, "root_pem": root.root_pem})


@router.get(
    "/devices/me",
    auth=DeviceAuth(even_revoked=True),
    response=MeOut,
    openapi_extra={**SIGNED, "responses": refusals(NOT_SIGNED_IN="sign the request", **REFUSALS_OF_DEVICES)},
    operation_id="get_device",
    summary="What the server knows of the device that asks",
)
def get_device(request: HttpRequest) -> MeOut:
    """Return the device's binding, whether it was revoked, and how far its records have come."""
    device: Device = request.auth  # type: ignore[attr-defined]  # DeviceAuth let only a device through
    highest, records, unusable = count_records(device)
    return MeOut.model_validate(
        {
            **_binding(device, timezone.now()),
            "enrolled_at": device.enrolled_at,
            "revoked_at": device.revoked_at,
            "highest_device_seq": highest,
            "records": records,
            "unusable": unusable,
            "open_cases": Case.objects.filter(device=device, resolved_at=None).count(),
        }
    )


def _bad_key() -> HttpResponse:
    words = "not the uncompressed point of a P-256 key in base64url"
    return problem(Code.INVALID_REQUEST, f"public_key: {words}", [FieldError(field="public_key", message=words)])


def _binding(device: Device, now: datetime) -> dict[str, Any]:
    gate, published = load_checkpoints()[device.checkpoint], latest_bundle()
    return {
        "device_id": str(device.id),
        "kid": kid_of(load_point(bytes.fromhex(device.point))).hex(),
        "checkpoint": {"id": gate.id, "names": {language: gate.label(language) for language in ("km", "en", "th")}},
        "lane": device.lane,
        "direction": device.direction,
        "admit_needs_tap": admit_needs_tap(device.checkpoint),
        "bundle_serial": published.serial if published else None,
        "server_time": now.replace(microsecond=0),
    }
