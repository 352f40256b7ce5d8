"""What is to be done with whoever shows this QR text? Asked over the network; nothing of it is logged or stored."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction
from borderpass.services.describe_verdict import describe_verdict
from borderpass.services.verify_pass import verify_pass
from borderpass.web.api.problems import Code, FieldError, problem, refusals
from borderpass.web.published import current_bundle
from borderpass.wire.qr import TEXT_MAX_CHARACTERS

router = Router(tags=["verifying"])


class VerifyIn(Schema):
    """What was scanned, and where."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=TEXT_MAX_CHARACTERS, description="The text of the QR code.")]
    checkpoint: Annotated[
        str | None,
        Field(max_length=32, examples=["poipet"], description="A gate's id; without it no gate's rules apply."),
    ] = None
    direction: Annotated[
        Literal["exit", "entry"] | None, Field(description="As seen from Cambodia; exit where it is left out.")
    ] = None


class Sentence(Schema):
    """One sentence in the three languages."""

    en: str
    km: str
    th: str


class ReasonOut(Schema):
    """Why: a stable code (spec/reasons.yaml), what is the matter, and what to do next."""

    code: str = Field(examples=["EXPIRED"])
    text: Sentence
    next: Sentence


class CompanionOut(Schema):
    """A child on the pass."""

    name: str
    born_on: date
    sex: str


class PassOut(Schema):
    """What the pass says of itself; both days are included."""

    number: str
    kind: str = Field(examples=["two_year"])
    issuer: str
    office: Sentence
    issuing_country: str
    valid_from: date
    valid_until: date
    issued_at: datetime
    companions: list[CompanionOut]


class HomeOut(Schema):
    """Where the holder lives, as the gazetteer has it."""

    code: str
    km: str
    latin: str


class HolderOut(Schema):
    """Who the pass speaks of. `face` is a WebP picture in base64, or null where the pass has none."""

    name_khmer: str
    name_latin: str
    born_on: date
    age: int
    sex: str
    nationality: str
    home: HomeOut
    face: str | None


class BundleOut(Schema):
    """What was decided with, and how old it is."""

    serial: int
    issued_at: datetime
    freshness: Literal["green", "amber", "red"]


class DecisionOut(Schema):
    """The decision. `pass` and `holder` are null where the pass is not authentic: nothing it says counts."""

    verdict: Literal["ADMIT", "REFER", "REFUSE"]
    reasons: list[ReasonOut]
    back_by: date | None = Field(description="The last day of the stay that an exit now would begin.")
    order_ids: list[str] = Field(description="The numbers of the orders that the verdict rests on.")
    checkpoint: str | None
    direction: Literal["exit", "entry"]
    pass_: PassOut | None = Field(alias="pass")
    holder: HolderOut | None
    bundle: BundleOut


_EXAMPLE_ANSWER: dict[str, Any] = {
    "verdict": "REFUSE",
    "reasons": [
        {
            "code": Reason.NOT_A_PASS.value,
            "text": {language: Reason.NOT_A_PASS.text(language) for language in ("en", "km", "th")},
            "next": {language: Reason.NOT_A_PASS.next_step(language) for language in ("en", "km", "th")},
        }
    ],
    "back_by": None,
    "order_ids": [],
    "checkpoint": "poipet",
    "direction": "exit",
    "pass": None,
    "holder": None,
    "bundle": {"serial": 12, "issued_at": "2026-11-22T01:00:00Z", "freshness": "green"},
}
_EXAMPLES: dict[str, Any] = {
    "requestBody": {
        "content": {
            "application/json": {
                "example": {"text": "6BFOXN*TS0BI$ZD-PHQ", "checkpoint": "poipet", "direction": "exit"}
            }
        }
    },
    "responses": {
        200: {"content": {"application/json": {"example": _EXAMPLE_ANSWER}}},
        **refusals(
            MALFORMED_JSON="send one JSON object in UTF-8",
            TOO_LARGE="send at most 65536 bytes",
            UNSUPPORTED_MEDIA_TYPE="send the body as application/json",
            INVALID_REQUEST="direction: Input should be 'exit' or 'entry'",
        ),
        503: {"description": "NOTHING_PUBLISHED: there is nothing to verify with yet"},
    },
}


@router.post(
    "/verify",
    response=DecisionOut,
    by_alias=True,
    openapi_extra=_EXAMPLES,
    operation_id="verify",
    summary="Decide on a scanned pass",
)
@csrf_exempt
def verify(request: HttpRequest, payload: VerifyIn) -> DecisionOut | HttpResponse:
    """Return the decision on a QR text, now. Public, without a cookie; it logs nothing and stores nothing."""
    bundle = current_bundle()
    if bundle is None:
        return problem(Code.NOTHING_PUBLISHED, "there is nothing to verify with yet; try again later", status=503)
    if payload.checkpoint is not None and payload.checkpoint not in bundle.checkpoints:
        known = ", ".join(sorted(bundle.checkpoints))
        error = FieldError(field="checkpoint", message=f"not one of {known}")
        return problem(
            Code.INVALID_REQUEST, "checkpoint: give the id of a gate in the bundle, or leave it out", [error]
        )
    scan = Scan(checkpoint=payload.checkpoint, direction=Direction(payload.direction or Direction.EXIT))
    now = timezone.now()
    return DecisionOut.model_validate(describe_verdict(verify_pass(payload.text, scan, bundle, now), scan, bundle, now))
