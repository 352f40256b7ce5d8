"""How does an office begin to issue passes, and go on with a new key each year?"""

from datetime import timedelta

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.domain.trust import Role
from borderpass.services.add_office import add_office, add_office_keys
from borderpass.services.add_trusted_key import current_key
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.withdraw_key import withdraw_key
from borderpass.store.models import Office, TrustedKey
from tests.cast import EVERYBODY, MINISTRY, POIPET
from tests.installation import FOUNDED_AT, NOW, Installation, declined, done, row_counts

HALF_A_YEAR = timedelta(days=365) / 2


def test_office_of_a_city_has_its_names_from_the_gazetteer(installation: Installation) -> None:
    office = Office.objects.get(code=POIPET)
    assert (office.name_km, office.prefix) == ("ក្រុងប៉ោយប៉ែត", "0110")
    assert (office.issuer, office.status_uri) == ("kh-bp:0110", "kh-bp:0110/status")


def test_hall_of_a_province_signs_for_the_whole_province(installation: Installation) -> None:
    hall = done(add_office("0100", load_gazetteer(), MINISTRY, NOW))
    assert (hall.prefix, hall.name_en) == ("01", "Banteay Meanchey Provincial Hall")
    assert hall.name_km == "សាលាខេត្តបន្ទាយមានជ័យ"


def test_adding_it_again_changes_nothing(installation: Installation) -> None:
    before = row_counts()
    assert done(add_office(POIPET, load_gazetteer(), MINISTRY, NOW)).added_at == FOUNDED_AT
    assert row_counts() == before


@pytest.mark.parametrize("code", ["", "01", "0199", "9900", "011001", "x110", "0000", "០១១០"])
def test_place_that_has_no_office_is_declined(code: str, installation: Installation) -> None:
    before = row_counts()
    answer = add_office(code, load_gazetteer(), MINISTRY, NOW)
    assert declined(answer) is Ground.UNKNOWN_PLACE
    assert "such as 0110" in answer.message  # type: ignore[union-attr]
    assert row_counts() == before


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not MINISTRY], ids=lambda actor: actor.name)
def test_only_the_national_authority_adds_offices_makes_keys_and_withdraws_them(
    actor: Actor, installation: Installation
) -> None:
    before, kid = row_counts(), TrustedKey.objects.filter(office_id=POIPET)[0].kid
    for answer in (
        add_office("0109", load_gazetteer(), actor, NOW),
        add_office_keys(POIPET, installation.keystore, actor, NOW + HALF_A_YEAR),
        withdraw_key(kid, actor, NOW),
    ):
        assert declined(answer) is Ground.NOT_ALLOWED
    assert row_counts() == before
    assert not TrustedKey.objects.exclude(withdrawn_at=None).exists()


def test_office_has_a_pass_key_and_a_status_key_for_a_year(installation: Installation) -> None:
    keys = TrustedKey.objects.filter(office_id=POIPET)
    assert {Role(key.role) for key in keys} == {Role.PASS_SIGNER, Role.STATUS_SIGNER}
    for key in keys:
        assert (key.sign_from_at, key.sign_until_at - key.sign_from_at) == (FOUNDED_AT, timedelta(days=365))
        assert key.verify_until_at - key.sign_until_at >= timedelta(days=3 * 365), "two years and one of extension"
        assert installation.keystore.open(key.keystore_name).kid.hex() == key.kid


def test_key_is_kept_until_half_its_year_is_over(installation: Installation) -> None:
    before = row_counts()
    kept = done(add_office_keys(POIPET, installation.keystore, MINISTRY, FOUNDED_AT + HALF_A_YEAR - timedelta(1)))
    assert (kept.keystore_name, row_counts()) == ("pass-0110-1", before)
    fresh = done(add_office_keys(POIPET, installation.keystore, MINISTRY, FOUNDED_AT + HALF_A_YEAR))
    assert fresh.keystore_name == "pass-0110-2"
    assert row_counts()["TrustedKey"] == before["TrustedKey"] + 2


def test_newest_key_in_its_term_is_the_one_in_use(installation: Installation) -> None:
    renewed_at = FOUNDED_AT + HALF_A_YEAR
    new = done(add_office_keys(POIPET, installation.keystore, MINISTRY, renewed_at))
    before = current_key(POIPET, Role.PASS_SIGNER, renewed_at - timedelta(seconds=1))
    assert before is not None
    assert before.keystore_name == "pass-0110-1"
    assert current_key(POIPET, Role.PASS_SIGNER, renewed_at) == new
    done(withdraw_key(new.kid, MINISTRY, renewed_at))
    assert current_key(POIPET, Role.PASS_SIGNER, renewed_at) == before


def test_keys_of_an_office_that_is_not_there_are_declined(installation: Installation) -> None:
    assert declined(add_office_keys("0109", installation.keystore, MINISTRY, NOW)) is Ground.UNKNOWN_OFFICE


def test_keys_that_were_made_and_not_entered_are_entered_the_second_time(installation: Installation) -> None:
    done(add_office("0109", load_gazetteer(), MINISTRY, NOW))
    made = installation.keystore.create("pass-0109-1")
    assert done(add_office_keys("0109", installation.keystore, MINISTRY, NOW)).kid == made.kid.hex()


def test_withdrawing_keeps_the_first_instant(installation: Installation) -> None:
    kid = TrustedKey.objects.get(office_id=POIPET, role=Role.PASS_SIGNER).kid
    assert done(withdraw_key(kid, MINISTRY, NOW)).withdrawn_at == NOW
    assert done(withdraw_key(kid, MINISTRY, NOW + timedelta(days=1))).withdrawn_at == NOW


def test_key_that_nobody_knows_is_not_withdrawn(installation: Installation) -> None:
    declined(withdraw_key("00" * 8, MINISTRY, NOW))
    assert not TrustedKey.objects.exclude(withdrawn_at=None).exists()
