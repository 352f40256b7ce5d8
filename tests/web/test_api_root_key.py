"""GET /api/v1/root-key: the key that everything comes down to, for who begins to verify."""

import hashlib
import re
import ssl
from typing import Any

import pytest
from django.test import Client

from borderpass.signing.file_keystore import read_public_pem
from borderpass.web.api.base64url import read_base64url
from borderpass.web.published import root_path
from borderpass.wire.keys import point_of
from tests.installation import Installation
from tests.web.conftest import problem_of, sign_in

URL = "/api/v1/root-key"


def test_it_is_the_roots_key_twice_the_same(client: Client, world: Installation) -> None:
    response = client.get(URL)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
    said = response.json()
    assert set(said) == {"root_key", "root_pem", "fingerprint"}
    assert said["root_pem"] == root_path().read_text("ascii")
    x, y = read_base64url(said["root_key"]["x"]), read_base64url(said["root_key"]["y"])
    assert x is not None
    assert y is not None
    assert x + y == point_of(read_public_pem(world.root_pem))


def test_people_can_compare_its_fingerprint(client: Client, world: Installation) -> None:
    """As `openssl pkey -pubin -in root.pem -outform DER | sha256sum` says it, in groups."""
    fingerprint = client.get(URL).json()["fingerprint"]
    assert re.fullmatch(r"[0-9a-f]{4}( [0-9a-f]{4}){15}", fingerprint)
    pem = world.root_pem.decode().replace("PUBLIC KEY", "CERTIFICATE")  # the same base64 between other lines
    assert fingerprint.replace(" ", "") == hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()


def test_who_has_it_already_gets_304(client: Client, world: Installation) -> None:
    response = client.get(URL)
    assert response.headers["Cache-Control"] == "no-cache"
    etag = response.headers["ETag"]
    assert etag == f'"{hashlib.sha256(response.content).hexdigest()}"'
    again = client.get(URL, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(URL, headers={"If-None-Match": '"another"'}).status_code == 200


def test_it_takes_no_session_and_gives_no_cookie(client: Client, world: Installation) -> None:
    alone = client.get(URL)
    assert not alone.cookies
    assert sign_in(client, "bopha").get(URL).content == alone.content


def test_before_the_authority_is_founded_it_says_so(client: Client, tmp_path: Any, settings: Any) -> None:
    settings.HOME = tmp_path
    problem = problem_of(client.get(URL), 503, "NOTHING_PUBLISHED")
    assert "borderpass init" in problem["detail"]


def test_a_key_that_is_damaged_is_not_handed_out(
    client: Client, tmp_path: Any, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.HOME = tmp_path
    root_path().write_text("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "ascii")
    problem_of(client.get(URL), 500, "INTERNAL")
    assert "not a public key" in caplog.text


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_another_method_is_not_allowed(client: Client, world: Installation, method: str) -> None:
    problem_of(getattr(client, method)(URL), 405, "METHOD_NOT_ALLOWED")
