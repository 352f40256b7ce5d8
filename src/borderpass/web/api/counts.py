"""How many? The exact figures in the caller's scope, over local days."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from ninja.security import SessionAuth
from pydantic import Field

from borderpass.services.count import count
from borderpass.web.api.problems import Code, FieldError, problem, refusals

FIRST_DAY, LAST_DAY = date(1997, 1, 1), date(2999, 12, 31)
"""From the year of the first agreement on; far enough for any question, and safe for any time zone."""

router = Router(tags=["for staff"])
_Day = Annotated[date | None, Field(ge=FIRST_DAY, le=LAST_DAY)]


class CountsIn(Schema):
    """Which days, both included, and by what."""

    from_: _Day = Field(
        None,
        alias="from",
        description="The first day; open where left out.",
        json_schema_extra={"example": "2026-11-01"},
    )
    to: _Day = Field(
        None, description="The last day; open where left out.", json_schema_extra={"example": "2026-11-22"}
    )
    by: Literal["office", "checkpoint", "day"] | None = Field(None, description="One row for each, or one in all.")


class CountRowOut(Schema):
    """The figures of one office, gate or day; `key` is empty for the sum of everything."""

    key: str = Field(examples=["0110"])
    figures: dict[str, int] = Field(examples=[{"issued": 12, "exits": 340, "entries": 338}])


class CountsOut(Schema):
    """The figures asked for; what each name means is in docs/reference/api.md."""

    from_: date | None = Field(alias="from")
    to: date | None
    by: str | None
    rows: list[CountRowOut]


@router.get(
    "/counts",
    auth=SessionAuth(),
    response=CountsOut,
    by_alias=True,
    openapi_extra={
        "responses": refusals(
            NOT_SIGNED_IN="sign in at /sign-in/ and send the session cookie",
            INVALID_REQUEST="to: the last day lies before the first",
        )
    },
    operation_id="get_counts",
    summary="The counts in the caller's scope",
)
def get_counts(request: HttpRequest, asked: Query[CountsIn]) -> CountsOut | HttpResponse:
    """Return what the offices and gates in the caller's scope did; offices see the crossings of their own passes."""
    if asked.from_ is not None and asked.to is not None and asked.from_ > asked.to:
        error = FieldError(field="to", message="lies before from")
        return problem(Code.INVALID_REQUEST, "to: the last day lies before the first", [error])
    actor = request.user.actor()  # type: ignore[union-attr]  # SessionAuth let only staff through
    rows = [{"key": row.key, "figures": row.figures} for row in count(actor, asked.from_, asked.to, asked.by)]
    return CountsOut.model_validate({"from": asked.from_, "to": asked.to, "by": asked.by, "rows": rows})
