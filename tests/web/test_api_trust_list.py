"""GET /api/v1/trust-list: who may sign, for the other side."""

from pathlib import Path

import pytest
from django.test import Client

from borderpass.domain.trust import Role
from borderpass.signing.file_keystore import read_public_pem
from borderpass.wire.trust import read_trust_list
from tests.installation import Installation
from tests.web.conftest import problem_of

URL = "/api/v1/trust-list"


def test_it_is_signed_by_the_root_and_names_both_offices(client: Client, world: Installation, home: Path) -> None:
    response = client.get(URL)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/cose"
    trust = read_trust_list(response.content, read_public_pem((home / "root.pem").read_bytes()))
    assert {entry.office for entry in trust.entries if entry.role is Role.PASS_SIGNER} == {"0106", "0110"}


def test_who_has_it_already_gets_304(client: Client, world: Installation) -> None:
    etag = client.get(URL).headers["ETag"]
    assert client.get(URL, HTTP_IF_NONE_MATCH=etag).status_code == 304


@pytest.mark.django_db
def test_before_anything_is_published_it_says_so(client: Client) -> None:
    problem_of(client.get(URL), 404, "NOTHING_PUBLISHED")


def test_another_method_is_not_allowed(client: Client, world: Installation) -> None:
    problem_of(client.post(URL), 405, "METHOD_NOT_ALLOWED")
