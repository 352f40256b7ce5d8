"""Which password may somebody choose, and what ends when they have?"""

from datetime import timedelta

import pytest

from borderpass.domain.declined import Declined, Ground
from borderpass.services.change_password import PasswordProblem, change_password
from borderpass.services.sign_in import sign_in
from borderpass.services.try_password import LockedOut
from borderpass.store.models import Staff
from tests.cast import BOPHA
from tests.installation import NOW
from tests.services.people import ADDRESS, PASSWORD, add, deeds

pytestmark = pytest.mark.django_db
NEW = "three yellow buffaloes"


@pytest.fixture(autouse=True)
def bopha() -> Staff:
    return add(BOPHA)


def test_new_password_opens_and_the_old_one_does_not(bopha: Staff) -> None:
    before = bopha.get_session_auth_hash()
    changed = change_password(bopha, PASSWORD, NEW, ADDRESS, NOW)
    assert isinstance(changed, Staff)
    assert changed.get_session_auth_hash() != before
    assert changed.password.startswith("argon2$argon2id$")
    assert isinstance(sign_in("bopha", NEW, ADDRESS, NOW), Staff)
    assert isinstance(sign_in("bopha", PASSWORD, ADDRESS, NOW), Declined)
    assert deeds()[0] == ("bopha", "change_password", "bopha")


def test_one_time_password_becomes_ones_own(bopha: Staff) -> None:
    bopha.one_time_until = NOW + timedelta(days=1)
    bopha.save()
    change_password(bopha, PASSWORD, NEW, ADDRESS, NOW)
    assert Staff.objects.get().one_time_until is None


@pytest.mark.parametrize(
    ("new", "problems"),
    [
        ("short", [PasswordProblem.TOO_SHORT]),
        ("x" * 11, [PasswordProblem.TOO_SHORT]),
        ("123456789012", [PasswordProblem.ONLY_DIGITS]),
        ("password1234", [PasswordProblem.TOO_COMMON]),
        ("bopha chandararith", [PasswordProblem.TOO_SIMILAR]),
        ("123456", [PasswordProblem.TOO_SHORT, PasswordProblem.TOO_COMMON, PasswordProblem.ONLY_DIGITS]),
        ("x" * 129, [PasswordProblem.TOO_LONG]),
        (PASSWORD, [PasswordProblem.SAME]),
    ],
)
def test_what_is_easily_guessed_is_not_taken(bopha: Staff, new: str, problems: list[PasswordProblem]) -> None:
    bopha.full_name = "Bopha Chandararith"
    assert change_password(bopha, PASSWORD, new, ADDRESS, NOW) == problems
    assert deeds() == []


def test_without_the_old_one_nothing_changes_and_five_tries_lock(bopha: Staff) -> None:
    for _ in range(4):
        said = change_password(bopha, "wrong", NEW, ADDRESS, NOW)
        assert isinstance(said, Declined)
        assert said.ground is Ground.PASSWORD_WRONG
    assert change_password(bopha, "wrong", NEW, ADDRESS, NOW) == LockedOut(15)
    assert change_password(bopha, PASSWORD, NEW, ADDRESS, NOW) == LockedOut(15)
    assert Staff.objects.get().check_password(PASSWORD)
