"""Who takes part in the tests of the site, what was issued and published before, and what time is it?

Two hours ago Sokha's pass was issued in Poipet, and a neighbour's in Serei Saophoan; one hour ago a bundle was
published. The cast of `tests.cast` can sign in.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models import Model
from django.test import Client
from django.utils import translation

from borderpass.cli.story.gate import GatePhone
from borderpass.domain.bundle import Bundle
from borderpass.domain.passes import Companion, Sex
from borderpass.domain.status import Status
from borderpass.domain.verdicts import Direction
from borderpass.services.enrol_device import enrol_device
from borderpass.services.load_bundle import load_bundle
from borderpass.services.record_scans import record_scans
from borderpass.store import models
from tests.cases.clock import MONDAY
from tests.cast import (
    BOPHA,
    COMMANDER,
    DARA,
    GATE,
    MALEE,
    MINISTRY,
    OTHER_COMMANDER,
    OTHER_PROVINCE,
    POIPET,
    PROVINCE,
    RITH,
    SEREI,
    VICHEA,
)
from tests.installation import Foundation, Installation, done, found_installation, signed

NOW = MONDAY
ISSUED_AT, PUBLISHED_AT = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
PASSWORD = "a long password of theirs"
CAST = (BOPHA, DARA, VICHEA, MALEE, RITH, PROVINCE, OTHER_PROVINCE, COMMANDER, OTHER_COMMANDER, MINISTRY)
CHILD = Companion("SOK CHENDA", date(2019, 5, 4), Sex.FEMALE)
_TABLES: list[type[Model]] = [
    *(models.Office, models.TrustedKey, models.EnactedOrder, models.Staff, models.Application),
    *(models.ApplicationEvent, models.Portrait, models.Receipt, models.Sequence, models.IssuedPass),
    *(models.PublishedBundle, models.Till, models.LedgerEntry),
]


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[datetime]:
    """Stop the clock, and begin without remembered figures; leave the language as it was."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    cache.clear()
    yield NOW
    translation.activate("km")


@pytest.fixture(scope="session")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def home(shared_home: Path, settings: Any) -> Path:
    """The installation's folder."""
    settings.HOME = shared_home
    return shared_home


@pytest.fixture(scope="session")
def kept() -> dict[str, Any]:
    """What is made once for all tests of the site."""
    return {}


@pytest.fixture
def world(db: None, quick_portraits: None, home: Path, foundation: Foundation, kept: dict[str, Any]) -> Installation:
    """Two offices, a pass from each, a bundle, and staff: made once, then laid into each test's database."""
    if not kept:
        kept["installation"] = _make_world(home, foundation)
        kept["rows"] = [(table, list(table._default_manager.all())) for table in _TABLES]
    else:
        for table, rows in kept["rows"]:
            table._default_manager.bulk_create(rows)
    installation: Installation = kept["installation"]
    return installation


def _make_world(home: Path, foundation: Foundation) -> Installation:
    installation = found_installation(home, foundation)
    signed(installation, now=ISSUED_AT, companions=(CHILD,))
    signed(installation, 1, now=ISSUED_AT, office=SEREI)
    installation.publish(PUBLISHED_AT)
    for actor in CAST:
        models.Staff.objects.add(actor.name, PASSWORD, actor.role, actor.scope, actor.name.title())
    return installation


@pytest.fixture
def sokhas(world: Installation) -> models.IssuedPass:
    return models.IssuedPass.objects.get(office_id=POIPET)


@pytest.fixture
def neighbours(world: Installation) -> models.IssuedPass:
    return models.IssuedPass.objects.get(office_id=SEREI)


@pytest.fixture
def bundle(world: Installation) -> Bundle:
    loaded = load_bundle(1, world.root_pem)
    assert loaded is not None
    return loaded


@pytest.fixture
def sokha_left(sokhas: models.IssuedPass, bundle: Bundle, world: Installation) -> None:
    """Sokha left through Poipet: scanned, admitted, and taken in by the server."""
    phone = GatePhone(GATE, Direction.EXIT, bundle)
    phone.device_id = done(enrol_device(phone.signer.point, GATE, "1", Direction.EXIT, COMMANDER, NOW)).id
    phone.scan(sokhas.qr_text or "", NOW)
    done(record_scans(phone.device_id, phone.batch(), world.root_pem, NOW))


@pytest.fixture
def client() -> Client:
    """Somebody's browser, in English, whose forms count only with their token."""
    return Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")


def sign_in(client: Client, name: str) -> Client:
    """Let one of the cast sign in (the way there has its own tests)."""
    client.force_login(models.Staff.objects.get(username=name))
    return client


def put_status(world: Installation, issued: models.IssuedPass, status: Status) -> None:
    """Give a pass another standing, and publish it."""
    models.IssuedPass.objects.filter(id=issued.id).update(status=status)
    world.publish(NOW)


def problem_of(response: Any, status: int, code: str) -> dict[str, Any]:
    """Return a problem, after checking that it is one as RFC 9457 has it."""
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["type"] == f"urn:borderpass:problem:{code.lower().replace('_', '-')}"
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in response.content.decode()
    return problem
