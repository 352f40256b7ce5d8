"""GET /healthz: is the site well?"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from borderpass.store.models import PublishedBundle
from tests.installation import Installation
from tests.web.conftest import NOW


def test_it_is_well_and_says_how_old_the_bundle_is(client: Client, world: Installation) -> None:
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "bundle": {"serial": 1, "age_s": 3600, "freshness": "green"},
    }
    assert response.headers["Cache-Control"] == "no-store"


def test_an_old_bundle_is_told_and_no_outage(
    client: Client, world: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=9))
    response = client.get("/healthz")
    assert (response.status_code, response.json()["bundle"]["freshness"]) == (200, "red")


@pytest.mark.django_db
def test_before_anything_is_published_there_is_no_bundle(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()["bundle"]) == (200, None)


def test_without_its_database_it_is_not_well(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def gone() -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("borderpass.web.health.current_bundle", gone)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "failing", "database": "unreachable", "bundle": None}


def test_a_bundle_that_does_not_verify_is_an_outage(client: Client, world: Installation) -> None:
    PublishedBundle.objects.update(octets=b"\xd2nothing", digest="0" * 64)
    response = client.get("/healthz")
    assert (response.status_code, response.json()["bundle"]) == (503, "does not verify")


def test_a_root_that_is_no_key_is_an_outage(
    client: Client, world: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "root.pem").write_text("nothing")
    monkeypatch.setattr("borderpass.web.published.root_path", lambda: tmp_path / "root.pem")
    assert client.get("/healthz").status_code == 503


def test_another_method_is_not_allowed() -> None:
    assert Client().post("/healthz").status_code == 405
