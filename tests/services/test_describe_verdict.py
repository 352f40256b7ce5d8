"""Is there one JSON form of a verdict, for the API and for the command?"""

import json
from typing import Any

import pytest

from borderpass.cli.outcome_words import as_json
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction
from borderpass.services.describe_verdict import describe_verdict
from borderpass.services.verify_pass import Outcome, verify_pass
from borderpass.web.api.verify import DecisionOut
from tests.installation import NOW, Installation

AT_THE_GATE = Scan(checkpoint="poipet", direction=Direction.EXIT)


@pytest.fixture(params=["genuine", "forged"])
def told(request: Any, installation: Installation, text: str) -> tuple[Outcome, dict[str, Any], dict[str, Any]]:
    bundle = installation.publish()
    outcome = verify_pass(text if request.param == "genuine" else text[:-6] + "AAAAAA", AT_THE_GATE, bundle, NOW)
    form = describe_verdict(outcome, AT_THE_GATE, bundle, NOW)
    return outcome, form, as_json("a.png", outcome, AT_THE_GATE, bundle, NOW)


def test_the_api_says_exactly_this(told: tuple[Outcome, dict[str, Any], dict[str, Any]]) -> None:
    _, form, _ = told
    answer = DecisionOut.model_validate(form).model_dump_json(by_alias=True)
    assert json.loads(answer) == form
    assert list(json.loads(answer)) == list(form)


def test_the_command_says_the_same_between_input_and_detail(
    told: tuple[Outcome, dict[str, Any], dict[str, Any]],
) -> None:
    outcome, form, said = told
    plain = {"reasons": [one["code"] for one in form["reasons"]]} | {
        part: form[part] or {} for part in ("pass", "holder")
    }
    assert said == {"input": "a.png", **form, **plain, "detail": outcome.detail}
    assert (next(iter(said)), list(said)[-1]) == ("input", "detail")
    assert json.loads(json.dumps(said)) == said


def test_of_what_is_not_authentic_nothing_is_said(told: tuple[Outcome, dict[str, Any], dict[str, Any]]) -> None:
    outcome, form, _ = told
    is_authentic = outcome.credential is not None
    assert [form[part] is not None for part in ("pass", "holder")] == [is_authentic] * 2
