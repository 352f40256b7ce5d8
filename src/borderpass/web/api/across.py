"""Who is across now, and who should be back, in the caller's scope?"""

from dataclasses import asdict
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.security import SessionAuth
from pydantic import Field

from borderpass.domain.declined import Declined
from borderpass.services.count_across import count_across
from borderpass.web.api.problems import declined, refusals

router = Router(tags=["for staff"])


class AcrossIn(Schema):
    """Which gate."""

    gate: str | None = Field(
        None,
        max_length=32,
        description="Where they left; all gates in scope where left out.",
        json_schema_extra={"example": "poipet"},
    )


class StayOut(Schema):
    """A pass that should be back."""

    number: str = Field(examples=["0110-26-000001-A"])
    gate: str
    exited_at: datetime
    back_by: date = Field(description="The last day of the stay, as decided at the exit.")
    days_over: int


class AcrossOut(Schema):
    """How many are across and overdue, and the oldest 500 of the overdue."""

    gate: str | None
    counted_at: datetime
    across: int
    overdue: int
    overdue_stays: list[StayOut]


@router.get(
    "/across",
    auth=SessionAuth(),
    response=AcrossOut,
    openapi_extra={
        "responses": refusals(
            NOT_SIGNED_IN="sign in at /sign-in/ and send the session cookie",
            UNKNOWN_PLACE="there is no such gate in your scope",
            INVALID_REQUEST="gate: String should have at most 32 characters",
        )
    },
    operation_id="get_across",
    summary="Who is across now, in the caller's scope",
)
def get_across(request: HttpRequest, asked: Query[AcrossIn]) -> AcrossOut | HttpResponse:
    """Return how many passes are across, and which should be back: their last admitted crossing is an exit."""
    actor = request.user.actor()  # type: ignore[union-attr]  # SessionAuth let only staff through
    across = count_across(actor, asked.gate, timezone.now())
    return declined(across) if isinstance(across, Declined) else AcrossOut.model_validate(asdict(across))
