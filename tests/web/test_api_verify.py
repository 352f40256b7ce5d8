"""POST /api/v1/verify: a decision on a QR text; public, and nothing of it is kept."""

import base64
import json
import logging
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from borderpass.domain.status import Status
from borderpass.store.models import IssuedPass, Record
from tests.installation import Installation
from tests.web.conftest import problem_of, put_status

URL = "/api/v1/verify"
FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def ask(client: Client, **body: Any) -> Any:
    return client.post(URL, json.dumps(body), content_type="application/json")


def test_a_good_pass_at_an_open_gate_is_admitted_and_told_when_to_be_back(client: Client, sokhas: IssuedPass) -> None:
    response = ask(client, text=sokhas.qr_text, checkpoint="poipet", direction="exit")
    assert response.status_code == 200
    decision = response.json()
    assert decision["verdict"] == "ADMIT"
    assert decision["reasons"] == []
    assert decision["back_by"] == "2026-11-30"
    assert decision["order_ids"]
    assert decision["bundle"] == {"serial": 1, "issued_at": "2026-11-23T01:00:00Z", "freshness": "green"}


def test_the_answer_has_what_the_pass_says_and_the_face(client: Client, sokhas: IssuedPass) -> None:
    decision = ask(client, text=sokhas.qr_text).json()
    assert decision["pass"]["number"] == sokhas.number
    assert decision["pass"]["kind"] == "two_year"
    assert (decision["pass"]["valid_from"], decision["pass"]["valid_until"]) == ("2026-11-23", "2028-11-22")
    assert decision["pass"]["companions"] == [{"name": "SOK CHENDA", "born_on": "2019-05-04", "sex": "female"}]
    holder = decision["holder"]
    assert (holder["name_latin"], holder["name_khmer"], holder["age"]) == ("SOK SOKHA", "សុខ សុខា", 36)
    assert holder["home"]["code"] == "011001"
    assert holder["home"]["latin"].endswith("Banteay Meanchey")
    with Image.open(BytesIO(base64.b64decode(holder["face"]))) as face:
        assert (face.format, face.size) == ("WEBP", (64, 80))


def test_without_a_checkpoint_no_gates_rules_apply_and_the_direction_is_exit(
    client: Client, sokhas: IssuedPass
) -> None:
    decision = ask(client, text=sokhas.qr_text).json()
    assert (decision["verdict"], decision["checkpoint"], decision["direction"]) == ("ADMIT", None, "exit")
    assert decision["back_by"] is None


def test_a_revoked_pass_is_refused_on_exit_and_referred_on_the_way_home(
    client: Client, sokhas: IssuedPass, world: Installation
) -> None:
    put_status(world, sokhas, Status.REVOKED)
    leaving = ask(client, text=sokhas.qr_text, direction="exit").json()
    assert (leaving["verdict"], [one["code"] for one in leaving["reasons"]]) == ("REFUSE", ["REVOKED"])
    assert all(leaving["reasons"][0]["text"][language] for language in ("en", "km", "th"))
    assert all(leaving["reasons"][0]["next"][language] for language in ("en", "km", "th"))
    assert ask(client, text=sokhas.qr_text, direction="entry").json()["verdict"] == "REFER"


def test_of_what_is_not_authentic_nothing_is_shown(client: Client, sokhas: IssuedPass) -> None:
    text = sokhas.qr_text or ""
    forged = text[:-6] + ("AAAAAA" if not text.endswith("AAAAAA") else "BBBBBB")
    for other in (forged, "HTTPS://EXAMPLE.ORG", "x"):
        decision = ask(client, text=other).json()
        assert decision["verdict"] == "REFUSE"
        assert decision["pass"] is None
        assert decision["holder"] is None


def test_it_needs_no_cookie_sets_none_logs_nothing_and_stores_nothing(
    client: Client, sokhas: IssuedPass, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="django"):
        response = ask(client, text=sokhas.qr_text, checkpoint="poipet", direction="exit")
    assert response.status_code == 200
    assert not response.cookies
    assert [one for one in caplog.records if not one.name.startswith("django.template")] == []
    assert Record.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": None}, "text"),
        ({"text": 5}, "text"),
        ({"text": "A" * 4297}, "text"),
        ({"text": "A", "direction": "out"}, "direction"),
        ({"text": "A", "direction": "EXIT"}, "direction"),
        ({"text": "A", "checkpoint": "nowhere"}, "checkpoint"),
        ({"text": "A", "checkpoint": ""}, "checkpoint"),
        ({"text": "A", "checkpoint": "p" * 33}, "checkpoint"),
        ({"text": "A", "gate": "poipet"}, "gate"),
    ],
)
def test_a_wrong_value_is_named(client: Client, world: Installation, body: dict[str, Any], field: str) -> None:
    problem = problem_of(ask(client, **body), 422, "INVALID_REQUEST")
    assert [one["field"] for one in problem["errors"]] == [field]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"nothing", b"[" * 30_000, b'{"text": "A"} {}'])
def test_what_is_not_json_is_a_problem(client: Client, world: Installation, body: bytes) -> None:
    problem_of(client.post(URL, body, content_type="application/json"), 400, "MALFORMED_JSON")


@pytest.mark.parametrize("body", [b"", b"[]", b"3", b"null", b'"text"', b"{}"])
def test_json_that_is_not_the_question_is_a_problem(client: Client, world: Installation, body: bytes) -> None:
    problem_of(client.post(URL, body, content_type="application/json"), 422, "INVALID_REQUEST")


def test_another_type_of_body_is_a_problem(client: Client, world: Installation) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        problem_of(client.post(URL, b'{"text": "A"}', content_type=kind), 415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("size", [70_000, 3_000_000])
def test_too_large_a_body_is_a_problem(client: Client, world: Installation, size: int) -> None:
    body = json.dumps({"text": "A" * size})
    problem_of(client.post(URL, body, content_type="application/json"), 413, "TOO_LARGE")


@pytest.mark.django_db
def test_before_anything_is_published_it_says_so(client: Client) -> None:
    problem_of(ask(client, text="A"), 503, "NOTHING_PUBLISHED")


def test_another_method_is_not_allowed(client: Client, world: Installation) -> None:
    problem_of(client.get(URL), 405, "METHOD_NOT_ALLOWED")


def test_a_bug_of_ours_is_logged_and_told_to_nobody(
    client: Client, sokhas: IssuedPass, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the inside of the house")

    monkeypatch.setattr("borderpass.web.api.verify.verify_pass", fail)
    response = ask(client, text=sokhas.qr_text)
    problem_of(response, 500, "INTERNAL")
    assert b"inside of the house" not in response.content
    assert "the inside of the house" in caplog.text
    assert str(sokhas.qr_text) not in caplog.text


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@FUZZ
@given(body=st.binary(max_size=300) | json_values.map(lambda value: json.dumps(value).encode()))
def test_no_body_at_all_breaks_it(client: Client, world: Installation, body: bytes) -> None:
    response = client.post(URL, body, content_type="application/json")
    assert response.status_code in (200, 400, 422)


@FUZZ
@given(
    text=st.text(max_size=60) | st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", max_size=400),
    checkpoint=st.none() | st.text(max_size=10) | st.just("poipet"),
    direction=st.sampled_from([None, "exit", "entry", "", "x"]),
)
def test_no_text_at_all_breaks_it(
    client: Client, world: Installation, text: str, checkpoint: str | None, direction: str | None
) -> None:
    response = ask(client, text=text, checkpoint=checkpoint, direction=direction)
    assert response.status_code in (200, 422)
    if response.status_code == 200:
        assert response.json()["verdict"] == "REFUSE"
