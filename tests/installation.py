"""What is there when a test begins, and how does an application get as far as the test needs it?"""

import shutil
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from borderpass.domain.actors import Actor
from borderpass.domain.application_form import NEEDS_NO_OTHER_PASS, PASS_KIND_FOR, ApplicationForm, DocumentKind, tidy
from borderpass.domain.blanks import PaperForm
from borderpass.domain.bundle import Bundle
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import local_day
from borderpass.domain.passes import Sex
from borderpass.domain.provisions import Purpose
from borderpass.domain.till import Counted
from borderpass.pictures.drawn_face import draw_face
from borderpass.pictures.portrait import Frame, Portrait, read_portrait
from borderpass.services.add_office import add_office, add_office_keys
from borderpass.services.approve_application import approve_application
from borderpass.services.check_paper import check_paper
from borderpass.services.close_till import close_till
from borderpass.services.found_authority import found_authority
from borderpass.services.hand_over_pass import hand_over_pass
from borderpass.services.load_bundle import load_bundle
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.lodge_application import lodge_application
from borderpass.services.open_keystore import ROOT_KEY
from borderpass.services.print_pass import print_pass
from borderpass.services.publish_bundle import publish_bundle
from borderpass.services.sign_pass import sign_pass
from borderpass.services.store_application import store_application
from borderpass.services.take_fee import take_fee
from borderpass.signing.file_keystore import FileKeystore
from borderpass.store.keys import new_id
from borderpass.store.models import Application, EnactedOrder, IssuedPass, Office, Till, TrustedKey
from borderpass.store.queries.ledger import figures_of
from tests.cases.clock import MONDAY, local
from tests.cast import BOPHA, DARA, MINISTRY, NEXT_CLERK, POIPET, SEREI, VICHEA

T = TypeVar("T")
NOW = MONDAY
FOUNDED_AT = local("2026-10-01 08:00:00")
FEE_RIEL = 20_000
PASSPHRASE = b"a passphrase of the tests"
_CLERKS, _GOVERNORS = {POIPET: BOPHA, SEREI: NEXT_CLERK}, {POIPET: DARA, SEREI: VICHEA}
_HOMES = {POIPET: "01100101", SEREI: "01060201"}


@dataclass(frozen=True, slots=True)
class Installation:
    """An authority that was founded: its folder, its keys, and what every verifier has of it."""

    home: Path
    keystore: FileKeystore
    root_pem: bytes

    def publish(self, now: datetime = NOW) -> Bundle:
        """Publish a bundle, and return it as a phone has it."""
        published = done(publish_bundle(self.keystore, MINISTRY, now))
        bundle = load_bundle(published.serial, self.root_pem)
        assert bundle is not None
        return bundle

    def reopened_keystore(self) -> FileKeystore:
        """Return the keys as a process that starts anew finds them."""
        return FileKeystore(self.home / "keys", PASSPHRASE)


@dataclass(slots=True)
class Foundation:
    """What founding gave the first time in this run: keys and rows, to be laid into each test's folder and database."""

    keys: Path
    rows: dict[type[Model], list[Model]] = field(default_factory=dict)


def found_installation(home: Path, foundation: Foundation) -> Installation:
    """Found an authority with two offices, each with its keys: for real the first time, from a copy after that."""
    keystore = FileKeystore(home / "keys", PASSPHRASE)
    if foundation.rows:
        shutil.copytree(foundation.keys, home / "keys")
        for model, rows in foundation.rows.items():
            model._default_manager.bulk_create(rows)
    else:
        _found(keystore)
        shutil.copytree(home / "keys", foundation.keys, dirs_exist_ok=True)
        foundation.rows |= {model: list(model._default_manager.all()) for model in (Office, TrustedKey, EnactedOrder)}
    root_pem = keystore.open(ROOT_KEY).public_pem()
    (home / "root.pem").write_bytes(root_pem)
    return Installation(home, keystore, root_pem)


def _found(keystore: FileKeystore) -> None:
    found_authority(keystore, MINISTRY, FOUNDED_AT)
    for code in (POIPET, SEREI):
        done(add_office(code, load_gazetteer(), MINISTRY, FOUNDED_AT))
        done(add_office_keys(code, keystore, MINISTRY, FOUNDED_AT))


@lru_cache(maxsize=64)
def cached_portraits(photo: bytes, frame: Frame | None = None) -> Portrait:
    """Read a photo, each only once. A PictureRefused is raised as ever."""
    return read_portrait(photo, frame)


@lru_cache(maxsize=1)
def photo() -> bytes:
    """Return Sokha's photo, as a phone would send it."""
    return draw_face(1, 2, 36)


def done(result: T | Declined) -> T:
    """Return what a use case did; a test that expected it to be done fails with its words."""
    assert not isinstance(result, Declined), result
    return result


def declined(result: object) -> Ground:
    """Return the ground on which a use case said no, after a look at its words."""
    assert isinstance(result, Declined), result
    assert result.message
    assert "\n" not in result.message.strip()
    return result.ground


def row_counts() -> dict[str, int]:
    """Return how many rows each table of ours has: equal before and after means that nothing was added."""
    return {model.__name__: model._default_manager.count() for model in apps.get_app_config("store").get_models()}


SOKHA = ApplicationForm(
    application_id=UUID("01930000-0000-7000-8000-000000000001"),
    office_code=POIPET,
    purpose=Purpose.NEW,
    name_latin="SOK SOKHA",
    name_khmer="សុខ សុខា",
    born_on=date(1990, 1, 2),
    sex=Sex.FEMALE,
    document_kind=DocumentKind.ID_CARD,
    document_number="010203040",
    home_code=_HOMES[POIPET],
    born_at="ប៉ោយប៉ែត",
    occupation="ពាណិជ្ជករ",
    phone="012345678",
)


def form(number: int = 0, office: str = POIPET, **changes: Any) -> ApplicationForm:
    """Return the form of Sokha, or of the so-manieth other resident of an office's land, under a new id."""
    usual = replace(SOKHA, application_id=new_id(), office_code=office, home_code=_HOMES[office])
    if number or office != POIPET:
        name = f"RESIDENT {_letters(number)} OF {_letters(int(office))}"
        usual = replace(usual, name_latin=name, document_number=f"{office}{number:05d}")
    return replace(usual, **changes)


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))


def clerk_of(office: str) -> Actor:
    """Return who stands at an office's counter."""
    return _CLERKS[office]


def governor_of(office: str) -> Actor:
    """Return who signs for an office."""
    return _GOVERNORS[office]


def lodged(number: int = 0, now: datetime = NOW, **changes: Any) -> Application:
    """Return an application that was taken in; for another purpose than a pass of its own, as if about one."""
    one = form(number, **changes)
    if one.purpose not in NEEDS_NO_OTHER_PASS:
        portrait, office = read_portrait(photo()), Office.objects.get(code=one.office_code)
        pictures = portrait.print_jpeg, portrait.face_webp
        with transaction.atomic():
            kind = PASS_KIND_FOR[one.purpose]
            return store_application(tidy(one), kind, office, pictures, clerk_of(one.office_code), now)
    return done(lodge_application(one, photo(), clerk_of(one.office_code), now))


def paid(number: int = 0, now: datetime = NOW, **changes: Any) -> Application:
    """Return an application that was paid for."""
    application = lodged(number, now, **changes)
    settle_till(application.office_id, now)
    done(take_fee(application.id, FEE_RIEL, clerk_of(application.office_id), now))
    return fresh(application)


def approved(number: int = 0, now: datetime = NOW, **changes: Any) -> Application:
    """Return an application that the governor approved; nothing is signed yet."""
    application = paid(number, now, **changes)
    return done(approve_application(application.id, governor_of(application.office_id), now))


def signed(installation: Installation, number: int = 0, now: datetime = NOW, **changes: Any) -> IssuedPass:
    """Return a pass that was approved and signed."""
    return done(sign_pass(approved(number, now, **changes).id, installation.keystore, now))


def printed(installation: Installation, number: int = 0, now: datetime = NOW, **changes: Any) -> IssuedPass:
    """Return a pass that was printed."""
    issued = signed(installation, number, now, **changes)
    done(print_pass(issued.application_id, PaperForm.A6, clerk_of(issued.office_id), now))
    return issued


def handed_over(installation: Installation, number: int = 0, now: datetime = NOW, **changes: Any) -> IssuedPass:
    """Return a pass that its holder has."""
    issued = printed(installation, number, now, **changes)
    hand_over(issued, now)
    return issued


def hand_over(issued: IssuedPass, now: datetime = NOW) -> None:
    """Check the printed paper of a pass, and hand it over."""
    clerk = clerk_of(issued.application.office_id)
    done(check_paper(issued.application_id, issued.qr_text or "", clerk, now))
    done(hand_over_pass(issued.application_id, clerk, now))


def fresh(application: Application) -> Application:
    """Return an application as it stands in the database now."""
    return Application.objects.get(id=application.id)


def minutes_later(minutes: int) -> datetime:
    """Return an instant after NOW."""
    return NOW + timedelta(minutes=minutes)


def settle_till(office: str, now: datetime) -> None:
    """Count and close an office's till where it is open from another day: cash of today needs that."""
    till = Till.objects.filter(office_id=office, closed_at=None).exclude(day=local_day(now)).first()
    if till is not None:
        should_be = Counted({}, figures_of(till).expected_riel)
        done(close_till(till.id, should_be, 0, "", clerk_of(office), max(now, till.opened_at)))
