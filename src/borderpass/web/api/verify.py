"""What is to be done with whoever shows this QR text? Asked over the network; nothing of it is logged or stored."""

import base64
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from borderpass.domain.bundle import Bundle
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.passes import Pass
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.verify_pass import Outcome, verify_pass
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
    return describe_decision(verify_pass(payload.text, scan, bundle, now), scan, bundle, now)


def describe_decision(outcome: Outcome, scan: Scan, bundle: Bundle, now: datetime) -> DecisionOut:
    """Return a decision as the API tells it."""
    decision, credential = outcome.decision, outcome.credential
    status_uri = credential.pass_.status_uri if credential else None
    return DecisionOut.model_validate(
        {
            "verdict": decision.verdict.name,
            "reasons": [
                {"code": reason.value, "text": _in_all(reason.text), "next": _in_all(reason.next_step)}
                for reason in decision.reasons
            ],
            "back_by": decision.back_by,
            "order_ids": list(decision.order_ids),
            "checkpoint": scan.checkpoint,
            "direction": scan.direction.value,
            "pass": _describe_pass(credential.pass_, credential.signer.names._asdict()) if credential else None,
            "holder": _describe_holder(credential.pass_, local_day(now)) if credential else None,
            "bundle": {
                "serial": bundle.serial,
                "issued_at": bundle.issued_at,
                "freshness": bundle.freshness(now, status_uri).value,
            },
        }
    )


def _in_all(say: Any) -> dict[str, str]:
    return {language: say(language) for language in ("en", "km", "th")}


def _describe_pass(pass_: Pass, office: dict[str, str]) -> dict[str, Any]:
    return {
        "number": pass_.number,
        "kind": pass_.kind.name.lower(),
        "issuer": pass_.issuer,
        "office": office,
        "issuing_country": pass_.issuing_country,
        "valid_from": local_day(pass_.valid_from_at),
        "valid_until": last_valid_day(pass_.expires_at),
        "issued_at": pass_.issued_at,
        "companions": [
            {"name": child.name, "born_on": child.born_on, "sex": child.sex.name.lower()} for child in pass_.companions
        ],
    }


def _describe_holder(pass_: Pass, today: date) -> dict[str, Any]:
    holder = pass_.holder
    home = load_gazetteer().home_names(holder.home_code)
    return {
        "name_khmer": holder.name_khmer,
        "name_latin": holder.name_latin,
        "born_on": holder.born_on,
        "age": age_on(holder.born_on, today),
        "sex": holder.sex.name.lower(),
        "nationality": holder.nationality,
        "home": {
            "code": holder.home_code,
            "km": home.km if home else holder.home_code,
            "latin": home.latin if home else holder.home_code,
        },
        "face": base64.b64encode(holder.face).decode() if holder.face is not None else None,
    }
