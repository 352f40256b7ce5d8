"""GET /api/v1/bundle: what a scanner runs on, for devices and the public alike."""

import hashlib
from pathlib import Path

import pytest
from django.test import Client

from borderpass.signing.file_keystore import read_public_pem
from borderpass.store.models import PublishedBundle
from borderpass.wire.bundle import read_bundle
from tests.installation import Installation
from tests.web.conftest import problem_of

URL = "/api/v1/bundle"


def test_anybody_gets_the_signed_bytes_as_they_were_published(client: Client, world: Installation, home: Path) -> None:
    response = client.get(URL)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/cose"
    assert read_bundle(response.content, read_public_pem((home / "root.pem").read_bytes())).serial == 1


def test_the_etag_is_strong_and_the_digest(client: Client, world: Installation) -> None:
    response = client.get(URL)
    assert response.headers["ETag"] == f'"{PublishedBundle.objects.get().digest}"'
    assert response.headers["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'
    assert response.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_it_already_gets_304_and_no_body(client: Client, world: Installation, form: str) -> None:
    etag = client.get(URL).headers["ETag"]
    response = client.get(URL, HTTP_IF_NONE_MATCH=form.format(etag))
    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["ETag"] == etag


@pytest.mark.parametrize("held", ['"other"', "no etag at all", '"', "\x00"])
def test_who_has_another_gets_the_bytes(client: Client, world: Installation, held: str) -> None:
    assert client.get(URL, HTTP_IF_NONE_MATCH=held).status_code == 200


@pytest.mark.django_db
def test_before_anything_is_published_it_says_so(client: Client) -> None:
    problem_of(client.get(URL), 404, "NOTHING_PUBLISHED")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_another_method_is_not_allowed(client: Client, world: Installation, method: str) -> None:
    response = getattr(client, method)(URL)
    problem_of(response, 405, "METHOD_NOT_ALLOWED")
    assert response.headers["Allow"] == "GET"
