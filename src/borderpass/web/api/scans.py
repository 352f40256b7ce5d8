"""Where do the records of the gates' phones go? Here; each is answered, and none is lost by an answer."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja import Router, Schema
from pydantic import Field

from borderpass.domain.declined import Declined
from borderpass.services.load_bundle import latest_bundle
from borderpass.services.record_scans import Acknowledgement, record_scans
from borderpass.web.api.device_requests import DEVICE_HEADER, REFUSALS_OF_DEVICES, REVOKED, read_device_id
from borderpass.web.api.problems import Code, declined, problem, refusals
from borderpass.web.published import root_path

BATCH_TYPE = "application/cose"
BATCH_MAX_BYTES = 8 * 1024 * 1024
"""A thousand records of the longest kind, and what is around them."""

router = Router(tags=["devices"])
_TOO_LARGE = f"send at most {BATCH_MAX_BYTES} bytes: fewer records at once"
_TYPE = f"send the signed batch as {BATCH_TYPE}"


class AcknowledgementOut(Schema):
    """What became of one record. Whatever it is, the device may delete its copy now."""

    position: int = Field(description="The record's place in the batch, from 0.")
    record_id: str = Field(description="The record's own id; for one that cannot be read, one made of its bytes.")
    receipt: Literal["recorded", "already_recorded", "kept_for_a_case"]


class ReceivedOut(Schema):
    """One acknowledgement for each record, in the order of the batch."""

    acknowledgements: list[AcknowledgementOut]
    server_time: datetime
    bundle_serial: int | None = Field(description="The bundle published last.")


@router.post(
    "/scans",
    response=ReceivedOut,
    openapi_extra={
        "parameters": [
            {"in": "header", "name": DEVICE_HEADER, "schema": {"type": "string", "format": "uuid"}, "required": True}
        ],
        "requestBody": {
            "required": True,
            "content": {BATCH_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        },
        "responses": {
            **refusals(
                BATCH_REFUSED="batch: not signed by the device",
                DEVICE_REVOKED=REVOKED,
                UNKNOWN_DEVICE=REFUSALS_OF_DEVICES["UNKNOWN_DEVICE"],
                TOO_LARGE=_TOO_LARGE,
                UNSUPPORTED_MEDIA_TYPE=_TYPE,
            ),
            503: {"description": "NOTHING_PUBLISHED: this server was not set up yet"},
        },
    },
    operation_id="send_scans",
    summary="Take in up to 1,000 records of one device",
)
@csrf_exempt
def send_scans(request: HttpRequest) -> HttpResponse:
    """Keep the records of a batch signed by the device, and acknowledge each. Sending them again is harmless."""
    device_id = read_device_id(request.headers.get(DEVICE_HEADER, ""))
    if device_id is None:
        return problem(Code.UNKNOWN_DEVICE, f"name the device by its UUID in {DEVICE_HEADER}")
    if request.content_type != BATCH_TYPE:
        return problem(Code.UNSUPPORTED_MEDIA_TYPE, _TYPE)
    batch = request.read(BATCH_MAX_BYTES + 1)
    if len(batch) > BATCH_MAX_BYTES:
        return problem(Code.TOO_LARGE, _TOO_LARGE)
    return _take_in(device_id, batch, timezone.now())


def _take_in(device_id: UUID, batch: bytes, now: datetime) -> HttpResponse:
    try:
        root_pem = root_path().read_bytes()
    except FileNotFoundError:
        return problem(Code.NOTHING_PUBLISHED, "this server was not set up yet: keep everything", status=503)
    answers = record_scans(device_id, batch, root_pem, now)
    if isinstance(answers, Declined):
        return declined(answers)
    published = latest_bundle()
    received = ReceivedOut(
        acknowledgements=[_say(one) for one in answers],
        server_time=now.replace(microsecond=0),
        bundle_serial=published.serial if published else None,
    )
    return HttpResponse(received.model_dump_json(), content_type="application/json")


def _say(answer: Acknowledgement) -> AcknowledgementOut:
    # The values are ours: not validating a thousand of them again saves a third of the answer's time.
    return AcknowledgementOut.model_construct(
        position=answer.position, record_id=str(answer.record_id), receipt=answer.receipt.value
    )
