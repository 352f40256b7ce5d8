"""GET /metrics: aggregates for a monitoring system on this machine, or with the token."""

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from tests.installation import Installation

OUTSIDE = {"REMOTE_ADDR": "203.0.113.9"}


def samples(client: Client) -> dict[tuple[str, str], float]:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(response.content.decode())
    return {(one.name, "".join(one.labels.values())): one.value for family in families for one in family.samples}


def test_it_counts_applications_passes_and_scans_and_knows_the_bundle(client: Client, sokha_left: None) -> None:
    found = samples(client)
    assert found["borderpass_applications", "approved"] == 2
    assert found["borderpass_applications", "lodged"] == 0
    assert found["borderpass_passes_issued_total", ""] == 2
    assert found["borderpass_scans_total", "ADMIT"] == 1
    assert found["borderpass_scans_total", "REFUSE"] == 0
    assert found["borderpass_bundle_serial", ""] == 1
    assert found["borderpass_bundle_age_seconds", ""] == 3600


@pytest.mark.django_db
def test_before_anything_is_published_there_is_no_bundle(client: Client) -> None:
    assert ("borderpass_bundle_serial", "") not in samples(client)


def test_nobody_outside_reads_it(client: Client, world: Installation) -> None:
    response = client.get("/metrics", **OUTSIDE)
    assert response.status_code == 403
    assert "BORDERPASS_METRICS_TOKEN" in response.content.decode()


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"])
def test_a_proxy_on_this_machine_is_not_this_machine(client: Client, world: Installation, header: str) -> None:
    assert client.get("/metrics", **{header: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("Bearer the right one", 200),
        ("bearer the right one", 200),
        ("Bearer a wrong one", 403),
        ("Bearer", 403),
        ("Basic the right one", 403),
        ("Bearer ខុស", 403),
        ("", 403),
    ],
)
def test_the_token_opens_it_from_anywhere(
    client: Client, world: Installation, monkeypatch: pytest.MonkeyPatch, given: str, status: int
) -> None:
    monkeypatch.setenv("BORDERPASS_METRICS_TOKEN", "the right one")
    assert client.get("/metrics", HTTP_AUTHORIZATION=given, **OUTSIDE).status_code == status


def test_no_token_set_opens_nothing(client: Client, world: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BORDERPASS_METRICS_TOKEN", raising=False)
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ", **OUTSIDE).status_code == 403


def test_an_address_that_is_none_opens_nothing(client: Client, world: Installation) -> None:
    assert client.get("/metrics", REMOTE_ADDR="").status_code == 403


def test_ipv6_on_this_machine_counts(client: Client, world: Installation) -> None:
    assert client.get("/metrics", REMOTE_ADDR="::1").status_code == 200


def test_another_method_is_not_allowed() -> None:
    assert Client().post("/metrics").status_code == 405
