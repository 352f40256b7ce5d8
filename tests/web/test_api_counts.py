"""GET /api/v1/counts: the exact figures, in the caller's scope."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderpass.store.queries.counts import GATE_NAMES, OFFICE_NAMES
from tests.cast import OTHER_PROVINCE
from tests.installation import Installation
from tests.web.conftest import problem_of, sign_in

URL = "/api/v1/counts"


def test_an_office_counts_its_own_passes_and_their_crossings(client: Client, sokha_left: None) -> None:
    response = sign_in(client, "bopha").get(URL)
    assert response.status_code == 200
    (row,) = response.json()["rows"]
    assert row["key"] == ""
    assert set(row["figures"]) == {*OFFICE_NAMES, *GATE_NAMES}
    assert (row["figures"]["issued"], row["figures"]["fee_riel"], row["figures"]["exits"]) == (1, 20_000, 1)


def test_the_next_district_counts_neither(client: Client, sokha_left: None) -> None:
    figures = sign_in(client, "vichea").get(URL).json()["rows"][0]["figures"]
    assert (figures["issued"], figures["exits"]) == (1, 0)


def test_another_province_counts_nothing(client: Client, sokha_left: None) -> None:
    figures = sign_in(client, OTHER_PROVINCE.name).get(URL).json()["rows"][0]["figures"]
    assert not any(figures.values())


def test_a_gate_counts_its_crossings_and_no_applications(client: Client, sokha_left: None) -> None:
    figures = sign_in(client, "malee").get(URL).json()["rows"][0]["figures"]
    assert (figures["scans"], figures["exits"], figures["entries"]) == (1, 1, 0)
    assert not any(figures[name] for name in OFFICE_NAMES)


def test_the_auditor_counts_everything_by_office_gate_and_day(client: Client, sokha_left: None) -> None:
    sign_in(client, "rith")
    by_office = {row["key"]: row["figures"]["issued"] for row in client.get(URL, {"by": "office"}).json()["rows"]}
    assert by_office == {"0106": 1, "0110": 1}
    assert [row["key"] for row in client.get(URL, {"by": "checkpoint"}).json()["rows"]] == ["poipet"]
    assert [row["key"] for row in client.get(URL, {"by": "day"}).json()["rows"]] == ["2026-11-23"]


def test_days_are_local_and_both_included(client: Client, sokha_left: None) -> None:
    sign_in(client, "rith")
    of_day = client.get(URL, {"from": "2026-11-23", "to": "2026-11-23"}).json()
    assert (of_day["from"], of_day["to"], of_day["by"]) == ("2026-11-23", "2026-11-23", None)
    assert of_day["rows"][0]["figures"]["issued"] == 2
    assert client.get(URL, {"to": "2026-11-22"}).json()["rows"][0]["figures"]["issued"] == 0


def test_nobody_counts_without_a_session(client: Client, world: Installation) -> None:
    problem_of(client.get(URL), 401, "NOT_SIGNED_IN")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-02-30"}, "from"),
        ({"from": "0001-01-01"}, "from"),
        ({"to": "9999-12-31"}, "to"),
        ({"to": ""}, "to"),
        ({"by": "province"}, "by"),
        ({"from": "2026-11-24", "to": "2026-11-23"}, "to"),
    ],
)
def test_a_wrong_value_is_named(client: Client, world: Installation, query: dict[str, str], field: str) -> None:
    problem = problem_of(sign_in(client, "rith").get(URL, query), 422, "INVALID_REQUEST")
    assert [one["field"] for one in problem["errors"]] == [field]


def test_another_method_is_not_allowed(client: Client, world: Installation) -> None:
    problem_of(sign_in(client, "rith").post(URL), 405, "METHOD_NOT_ALLOWED")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    query=st.dictionaries(
        st.sampled_from(["from", "to", "by"]), st.text(max_size=12) | st.dates().map(str) | st.just("day")
    )
)
def test_no_query_at_all_breaks_it(client: Client, world: Installation, query: dict[str, str]) -> None:
    response = sign_in(client, "rith").get(URL, query)
    assert response.status_code in (200, 422)
