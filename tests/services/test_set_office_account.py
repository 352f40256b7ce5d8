"""Who says where an office's fees go, and can everything that is set be written into a code?"""

from dataclasses import replace

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.services.begin_khqr import begin_khqr
from borderpass.services.set_office_account import set_office_account
from borderpass.store.models import AuditEntry, OfficeAccount
from borderpass.wire.khqr import Merchant, read_khqr
from tests.cast import BOPHA, DARA, EVERYBODY, MINISTRY, POIPET
from tests.installation import NOW, declined, done, lodged, row_counts
from tests.money import ACCOUNT, account, asked

pytestmark = pytest.mark.usefixtures("installation")


def test_the_governor_sets_it() -> None:
    one = done(set_office_account(POIPET, ACCOUNT, DARA, NOW))
    assert (one.account, one.name, one.city, one.set_by, one.set_at) == (
        *("owso_poipet@wing", "OWSO POIPET", "Poipet"),
        *("dara", NOW),
    )


def test_another_takes_its_place_and_the_trail_knows_both() -> None:
    account()
    done(set_office_account(POIPET, replace(ACCOUNT, account="other@bank"), DARA, NOW))
    assert OfficeAccount.objects.get().account == "other@bank"
    entries = AuditEntry.objects.filter(deed="set_account").order_by("seq")
    assert [entry.detail["account"] for entry in entries] == ["owso_poipet@wing", "other@bank"]


def test_a_merchants_account_stands_in_the_code() -> None:
    merchant = replace(ACCOUNT, merchant_id="0110998", bank="Wing Bank")
    done(set_office_account(POIPET, merchant, MINISTRY, NOW))
    application = lodged()
    request = done(begin_khqr(application.id, application.id, BOPHA, NOW))
    assert read_khqr(request.text).merchant == Merchant("0110998", "Wing Bank")


@pytest.mark.parametrize(
    "changes",
    [
        {"account": "no bank"},
        {"account": ""},
        {"account": "x" * 30 + "@bank"},
        {"name": ""},
        {"name": "ក្រុងប៉ោយប៉ែត"},
        {"name": "x" * 26},
        {"city": "x" * 16},
        {"name_khmer": "ក" * 26},
        {"merchant_id": "1"},
        {"bank": "Wing"},
        {"merchant_id": "x" * 33, "bank": "Wing"},
        {"merchant_id": "x" * 32, "bank": "y" * 32, "account": "x" * 27 + "@bank"},
    ],
)
def test_what_fits_into_no_code_is_not_set(changes: dict[str, str]) -> None:
    assert declined(set_office_account(POIPET, replace(ACCOUNT, **changes), DARA, NOW)) is Ground.BAD_FORM
    assert not OfficeAccount.objects.exists()


@pytest.mark.parametrize(
    "actor", [one for one in EVERYBODY if one not in (DARA, MINISTRY)], ids=lambda actor: actor.name
)
def test_nobody_else_sets_it(actor: Actor) -> None:
    before = row_counts()
    assert declined(set_office_account(POIPET, ACCOUNT, actor, NOW)) is Ground.NOT_ALLOWED
    assert row_counts() == before


def test_an_office_that_is_not_there_has_no_account() -> None:
    assert declined(set_office_account("0199", ACCOUNT, MINISTRY, NOW)) is Ground.UNKNOWN_OFFICE


def test_codes_made_before_keep_their_account() -> None:
    request = asked()
    done(set_office_account(POIPET, replace(ACCOUNT, account="other@bank"), DARA, NOW))
    request.refresh_from_db()
    assert read_khqr(request.text).account == "owso_poipet@wing"
