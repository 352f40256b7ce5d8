"""GET /api/v1/openapi.json: what integrators build from; and what the API says where there is nothing."""

from typing import Any

import pytest
from django.test import Client

from borderpass.web.api.problems import Code
from tests.web.conftest import problem_of

METHODS = {
    "/api/v1/bundle": "get",
    "/api/v1/trust-list": "get",
    "/api/v1/root-key": "get",
    "/api/v1/status-lists/{office}": "get",
    "/api/v1/verify": "post",
    "/api/v1/passes/{number}/photo": "get",
    "/api/v1/passes/{number}": "get",
    "/api/v1/counts": "get",
    "/api/v1/across": "get",
    "/api/v1/devices/enrol": "post",
    "/api/v1/devices/me": "get",
    "/api/v1/scans": "post",
}


@pytest.fixture
def description(client: Client) -> Any:
    response = client.get("/api/v1/openapi.json")
    assert response.status_code == 200
    return response.json()


def test_every_address_of_the_contract_is_described(description: Any) -> None:
    assert {path: list(methods) for path, methods in description["paths"].items()} == {
        path: [method] for path, method in METHODS.items()
    }


@pytest.mark.parametrize(("path", "method"), METHODS.items())
def test_every_refusal_is_a_problem_with_an_example(description: Any, path: str, method: str) -> None:
    operation = description["paths"][path][method]
    assert operation["summary"]
    assert operation["description"]
    refusals = {status: one for status, one in operation["responses"].items() if int(status) >= 400}
    assert refusals
    for status, refusal in refusals.items():
        media = refusal.get("content", {}).get("application/problem+json")
        if media is None:
            assert "NOTHING_PUBLISHED" in refusal["description"]
            continue
        assert media["schema"] == {"$ref": "#/components/schemas/Problem"}
        assert all(example["value"]["status"] == int(status) for example in media["examples"].values())


def test_all_it_refers_to_is_there(description: Any) -> None:
    def references(part: Any) -> set[str]:
        if isinstance(part, dict):
            own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
            return own.union(*map(references, part.values()))
        return set().union(*map(references, part)) if isinstance(part, list) else set()

    schemas = description["components"]["schemas"]
    assert {one.removeprefix("#/components/schemas/") for one in references(description)} <= set(schemas)
    assert schemas["Code"]["enum"] == [code.value for code in Code]
    schemes = description["components"]["securitySchemes"]
    assert schemes["SessionAuth"]["name"] == "sessionid"
    assert (schemes["DeviceAuth"]["in"], schemes["DeviceAuth"]["name"]) == ("header", "BorderPass-Device")


def test_operations_have_short_names(description: Any) -> None:
    names = {description["paths"][path][method]["operationId"] for path, method in METHODS.items()}
    assert names == {
        *("get_bundle", "get_trust_list", "get_status_list", "verify", "get_photo", "look_up_pass"),
        *("get_counts", "get_across", "enrol_device", "get_device", "send_scans", "get_root_key"),
    }


@pytest.mark.parametrize("path", ["/api/", "/api/v1/", "/api/v1/nothing", "/api/v2/bundle", "/api/v1/docs", "/api/%00"])
def test_where_there_is_nothing_it_says_so(client: Client, path: str) -> None:
    problem_of(client.get(path), 404, "NOT_FOUND")


def test_a_host_that_is_not_ours_gets_a_problem(client: Client) -> None:
    problem_of(client.get("/api/v1/openapi.json", HTTP_HOST="elsewhere.example"), 400, "BAD_REQUEST")
