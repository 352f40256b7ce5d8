"""Is an application taken in once, whole, and only where this office may take it?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from borderpass.domain.actors import Actor, StaffRole
from borderpass.domain.application import Event, State
from borderpass.domain.application_form import DocumentKind
from borderpass.domain.declined import Ground
from borderpass.domain.passes import Companion, PassKind, Sex
from borderpass.domain.provisions import Purpose
from borderpass.domain.status import Status
from borderpass.services import check_application as module
from borderpass.services.add_office import add_office
from borderpass.services.change_status import change_status
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.lodge_application import lodge_application
from borderpass.store.keys import new_id
from borderpass.store.models import Application, ApplicationEvent, Portrait
from tests.cases.clock import local
from tests.cast import BOPHA, DARA, EVERYBODY, HALL, HALL_CLERK, MINISTRY, NEXT_CLERK, SEREI
from tests.installation import NOW, Installation, declined, done, form, lodged, photo, row_counts, signed

pytestmark = pytest.mark.usefixtures("installation")

SON = Companion("SOK VEASNA", date(2019, 4, 30), Sex.MALE)
TWELVE_TODAY = Companion("SOK DARA", date(2014, 11, 23), Sex.MALE)


def test_application_is_kept_as_it_was_told() -> None:
    told = form(companions=(SON,))
    application = Application.objects.get(id=done(lodge_application(told, photo(), BOPHA, NOW)).id)
    assert (application.id, application.office_id, application.state, application.events) == (
        told.application_id,
        "0110",
        State.LODGED,
        1,
    )
    assert (application.name_latin, application.name_khmer, application.born_on) == (
        "SOK SOKHA",
        "សុខ សុខា",
        date(1990, 1, 2),
    )
    assert (application.purpose, application.pass_kind) == (Purpose.NEW, PassKind.TWO_YEAR)
    assert application.companions == [["SOK VEASNA", "2019-04-30", 1]]
    assert application.lodged_at == NOW


def test_history_begins_with_who_took_it_in_and_when() -> None:
    event = ApplicationEvent.objects.get(application=lodged())
    assert (event.seq, event.event, event.at, event.by, event.role) == (1, Event.LODGE, NOW, "bopha", "clerk")
    assert event.detail == {"face_found": True, "concerns": []}


def test_nothing_of_the_photo_is_kept_but_two_small_pictures() -> None:
    portrait = Portrait.objects.get(application=lodged())
    assert bytes(portrait.print_jpeg).startswith(b"\xff\xd8")
    assert bytes(portrait.face_webp).startswith(b"RIFF")
    assert len(portrait.face_webp) <= 600


def test_references_are_numbered_by_office_and_local_year() -> None:
    last_second, first_second = local("2026-12-31 23:59:59"), local("2027-01-01")
    references = [lodged(1, last_second).reference, lodged(2, last_second).reference, lodged(3, first_second).reference]
    references.append(lodged(4, first_second, office=SEREI).reference)
    assert [reference[:-2] for reference in references] == [
        "A0110-26-000001",
        "A0110-26-000002",
        "A0110-27-000001",
        "A0106-27-000001",
    ]


def test_form_is_tidied_before_it_is_kept() -> None:
    application = lodged(name_latin="  Sok   Sokha ", document_number=" 010203040 ", phone="012-345 678")
    assert (application.name_latin, application.document_number, application.phone) == (
        "SOK SOKHA",
        "010203040",
        "012345678",
    )


def test_same_application_lodged_again_is_the_one_that_is_there() -> None:
    told = form()
    first = done(lodge_application(told, photo(), BOPHA, NOW))
    before = row_counts()
    again = done(lodge_application(replace(told, name_latin="SOMEBODY ELSE"), b"no photo", BOPHA, NOW))
    assert (again.id, again.name_latin) == (first.id, "SOK SOKHA")
    assert row_counts() == before


def test_id_of_another_offices_application_tells_nothing_of_it() -> None:
    theirs = lodged(1, office=SEREI)
    answer = lodge_application(form(application_id=theirs.id), photo(), BOPHA, NOW)
    assert declined(answer) is Ground.NOT_ALLOWED
    assert theirs.reference not in answer.message  # type: ignore[union-attr]


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
def test_only_the_clerk_of_the_office_takes_in(actor: Actor) -> None:
    before = row_counts()
    assert declined(lodge_application(form(), photo(), actor, NOW)) is Ground.NOT_ALLOWED
    assert row_counts() == before


def test_office_that_was_not_added_takes_in_nothing() -> None:
    clerk_of_malai = Actor("clerk of malai", StaffRole.CLERK, "0109")
    told = form(home_code="01090101", office_code="0109")
    assert declined(lodge_application(told, photo(), clerk_of_malai, NOW)) is Ground.UNKNOWN_OFFICE


@pytest.mark.parametrize(
    ("changes", "ground", "words"),
    [
        ({"name_latin": "សុខ"}, Ground.BAD_FORM, "name_latin: write the name in Latin letters"),
        ({"name_latin": "S0K", "phone": "x"}, Ground.BAD_FORM, "phone: give the phone number as digits"),
        ({"occupation": "a\x00b"}, Ground.BAD_FORM, "occupation"),
        ({"home_code": "01109999"}, Ground.UNKNOWN_PLACE, "01109999"),
        ({"home_code": "120101"}, Ground.NOT_ELIGIBLE, "border provinces"),
        ({"home_code": "01060201"}, Ground.OUTSIDE_JURISDICTION, "apply at office 0106, or at the provincial hall"),
        ({"home_code": "021201"}, Ground.OUTSIDE_JURISDICTION, "apply at office 0212"),
        (
            {"born_on": date(2014, 11, 24), "document_kind": DocumentKind.BIRTH_CERTIFICATE},
            Ground.TOO_YOUNG,
            "a child under 12",
        ),
        ({"companions": (SON,) * 5}, Ground.BAD_FORM, "at most 4 children"),
        ({"companions": (SON, TWELVE_TODAY)}, Ground.BAD_FORM, "needs a pass of their own"),
    ],
)
def test_what_may_not_be_taken_in_is_declined_and_leaves_nothing(
    changes: dict[str, Any], ground: Ground, words: str
) -> None:
    before = row_counts()
    answer = lodge_application(form(**changes), photo(), BOPHA, NOW)
    assert declined(answer) is ground
    assert words in answer.message  # type: ignore[union-attr]
    assert row_counts() == before


def test_who_is_twelve_today_holds_a_pass_of_their_own() -> None:
    born_on = date(2014, 11, 23)
    assert lodged(born_on=born_on, document_kind=DocumentKind.BIRTH_CERTIFICATE).born_on == born_on


def test_delegation_counts_on_the_day_and_not_a_second_before() -> None:
    begins = local("2024-01-01")
    early = lodge_application(form(), photo(), BOPHA, begins - timedelta(seconds=1))
    assert declined(early) is Ground.OUTSIDE_JURISDICTION
    assert lodged(now=begins).state == State.LODGED


def test_without_a_rule_for_children_nothing_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "companions_rule", lambda *_: None)
    assert declined(lodge_application(form(), photo(), BOPHA, NOW)) is Ground.NO_RULE


@pytest.mark.parametrize("octets", [b"", b"not a picture", b"\xff\xd8\xff\xe0 cut off"])
def test_photo_that_is_none_is_declined_and_leaves_nothing(octets: bytes) -> None:
    before = row_counts()
    assert declined(lodge_application(form(), octets, BOPHA, NOW)) is Ground.PHOTO_REFUSED
    assert row_counts() == before


def test_provincial_hall_takes_in_from_its_whole_province_and_from_no_other() -> None:
    done(add_office(HALL, load_gazetteer(), MINISTRY, NOW))
    for home_code in ("01100101", "01060201", "010901"):
        told = form(int(home_code[2:4]), office_code=HALL, home_code=home_code)
        assert done(lodge_application(told, photo(), HALL_CLERK, NOW)).reference.startswith("A0100-26-")
    elsewhere = form(office_code=HALL, home_code="021201")
    assert declined(lodge_application(elsewhere, photo(), HALL_CLERK, NOW)) is Ground.OUTSIDE_JURISDICTION


ALIKE: dict[str, Callable[[], dict[str, Any]]] = {
    "the same document": lambda: {"name_latin": "SOK SOPHA", "born_on": date(1991, 1, 1)},
    "the same name and birth date": lambda: {"document_number": "099999999"},
}


@pytest.mark.parametrize("alike", ALIKE.values(), ids=ALIKE)
@pytest.mark.parametrize("standing", [Status.VALID, Status.SUSPENDED])
def test_who_holds_a_pass_gets_no_second_one(
    alike: Callable[[], dict[str, Any]], standing: Status, installation: Installation
) -> None:
    held = signed(installation)
    if standing is not Status.VALID:
        done(change_status(held.number, standing, "lost", DARA, NOW))
    answer = lodge_application(form(**alike()), photo(), BOPHA, NOW)
    assert declined(answer) is Ground.LIVE_PASS_EXISTS
    assert held.number in answer.message  # type: ignore[union-attr]
    assert "2028-11-22" in answer.message  # type: ignore[union-attr]


def test_second_pass_of_another_office_is_found_too(installation: Installation) -> None:
    signed(installation)
    moved = form(office=SEREI, name_latin="SOK SOKHA", document_number="010203040")
    assert declined(lodge_application(moved, photo(), NEXT_CLERK, NOW)) is Ground.LIVE_PASS_EXISTS


def test_pass_that_was_revoked_or_has_expired_is_no_hindrance(installation: Installation) -> None:
    held = signed(installation)
    assert lodged(now=held.expires_at).state == State.LODGED
    done(change_status(held.number, Status.REVOKED, "false address", DARA, NOW))
    assert lodged().state == State.LODGED


@pytest.mark.parametrize("purpose", [Purpose.REPLACEMENT, Purpose.CORRECTION, Purpose.EXTENSION])
@pytest.mark.parametrize("held", [False, True])
def test_what_is_asked_for_about_a_pass_is_not_taken_in_without_naming_it(
    purpose: Purpose, held: bool, installation: Installation
) -> None:
    if held:
        signed(installation)
    before = row_counts()
    answer = lodge_application(form(purpose=purpose), photo(), BOPHA, NOW)
    assert declined(answer) is Ground.BAD_FORM
    assert "purpose" in answer.message  # type: ignore[union-attr]
    assert row_counts() == before


def test_namesake_born_another_day_with_another_document_is_somebody_else(installation: Installation) -> None:
    signed(installation)
    assert lodged(document_number="099999999", born_on=date(1990, 1, 3)).id is not None


def test_id_comes_from_whoever_takes_in() -> None:
    mine = new_id()
    assert lodged(application_id=mine).id == mine
