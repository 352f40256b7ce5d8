"""GET /api/v1/status-lists/{office}: which passes of an office are still good."""

import pytest
from django.test import Client

from borderpass.domain.bundle import Bundle
from borderpass.domain.status import Status
from borderpass.store.models import IssuedPass
from borderpass.wire.status import read_status_list
from tests.installation import Installation
from tests.web.conftest import problem_of


def test_it_is_the_offices_signed_list(client: Client, bundle: Bundle, sokhas: IssuedPass) -> None:
    response = client.get("/api/v1/status-lists/0110")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/statuslist+cwt"
    status_list = read_status_list(response.content, bundle.trust)
    assert status_list.uri == sokhas.office.status_uri
    assert status_list.look_up(sokhas.status_index) is Status.VALID


def test_each_office_has_its_own(client: Client, world: Installation) -> None:
    lists = [client.get(f"/api/v1/status-lists/{office}") for office in ("0110", "0106")]
    assert lists[0].headers["ETag"] != lists[1].headers["ETag"]
    etag = lists[0].headers["ETag"]
    assert client.get("/api/v1/status-lists/0110", HTTP_IF_NONE_MATCH=etag).status_code == 304


@pytest.mark.parametrize("office", ["0105", "x", "%00", "0110%0a", "kh-bp:0110", "ក", "%ff", "..."])
def test_an_office_without_one_is_unknown(client: Client, world: Installation, office: str) -> None:
    problem_of(client.get(f"/api/v1/status-lists/{office}"), 404, "UNKNOWN_OFFICE")


@pytest.mark.django_db
def test_before_anything_is_published_it_says_so(client: Client) -> None:
    problem_of(client.get("/api/v1/status-lists/0110"), 404, "NOTHING_PUBLISHED")


def test_another_method_is_not_allowed(client: Client, world: Installation) -> None:
    problem_of(client.delete("/api/v1/status-lists/0110"), 405, "METHOD_NOT_ALLOWED")
