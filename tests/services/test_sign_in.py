"""Who gets in with a password, who is locked out, for how long, and what is written down of it?"""

from datetime import timedelta

import pytest

from borderpass.domain.declined import Declined, Ground
from borderpass.services.add_staff import make_one_time_password
from borderpass.services.sign_in import end_sessions, sign_in, sign_out
from borderpass.services.try_password import LockedOut
from borderpass.store.models import AuditEntry, SignInFailure, Staff
from tests.cast import BOPHA, DARA
from tests.installation import NOW
from tests.services.people import ADDRESS, PASSWORD, add, deeds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def bopha() -> Staff:
    return add(BOPHA)


def fail(times: int, name: str = "bopha", address: str = ADDRESS) -> object:
    said: object = None
    for _ in range(times):
        said = sign_in(name, "wrong", address, NOW)
    return said


class TestThePassword:
    @pytest.mark.parametrize("typed", ["bopha", " bopha ", "Bopha", "BOPHA"])
    def test_right_password_lets_in_however_the_name_is_written(self, bopha: Staff, typed: str) -> None:
        assert sign_in(typed, PASSWORD, ADDRESS, NOW) == bopha
        assert deeds() == [("bopha", "sign_in", "bopha")]

    @pytest.mark.parametrize(
        ("name", "password"),
        [("bopha", "wrong"), ("bopha", ""), ("nobody", PASSWORD), ("", PASSWORD), ("a\0b", "x"), ("bopha", "\0")],
    )
    def test_wrong_name_and_wrong_password_are_declined_alike(self, name: str, password: str) -> None:
        said = sign_in(name, password, ADDRESS, NOW)
        assert said == Declined(Ground.PASSWORD_WRONG, "this name and password do not belong together")

    def test_who_was_dismissed_is_declined_alike(self) -> None:
        Staff.objects.update(is_active=False)
        assert sign_in("bopha", PASSWORD, ADDRESS, NOW) == sign_in("nobody", PASSWORD, ADDRESS, NOW)

    def test_wrong_password_is_written_down_but_no_name_that_nobody_has(self) -> None:
        fail(1)
        fail(1, "my secret password")
        assert deeds() == [("bopha", "sign_in_failed", "bopha"), ("", "sign_in_failed", "")]
        assert "secret" not in str(list(AuditEntry.objects.values())) + str(list(SignInFailure.objects.values()))
        assert AuditEntry.objects.get(seq=1).detail == {"address": ADDRESS, "locked_out": False}


class TestTheLockOut:
    def test_fifth_wrong_password_locks_for_a_quarter_of_an_hour(self) -> None:
        assert isinstance(fail(4), Declined)
        assert fail(1) == LockedOut(15)
        assert AuditEntry.objects.order_by("-seq")[0].detail["locked_out"] is True

    def test_name_that_nobody_has_is_locked_out_alike(self) -> None:
        assert isinstance(fail(4, "nobody"), Declined)
        assert fail(1, "nobody") == LockedOut(15)
        assert fail(1, "nobody") == LockedOut(15)

    def test_then_even_the_right_password_is_not_looked_at_and_nothing_more_is_counted(self) -> None:
        fail(5)
        before = (SignInFailure.objects.count(), AuditEntry.objects.count())
        assert sign_in("bopha", PASSWORD, ADDRESS, NOW + timedelta(minutes=14, seconds=30)) == LockedOut(1)
        assert (SignInFailure.objects.count(), AuditEntry.objects.count()) == before

    def test_a_quarter_of_an_hour_later_it_ends_by_itself(self, bopha: Staff) -> None:
        fail(5)
        assert sign_in("bopha", PASSWORD, ADDRESS, NOW + timedelta(minutes=15)) == bopha

    def test_however_the_name_is_written_it_is_one_name(self) -> None:
        for name in ("bopha", "Bopha", " BOPHA", "bopha "):
            fail(1, name)
        assert fail(1) == LockedOut(15)

    def test_from_wherever_it_is_tried_it_is_one_name(self) -> None:
        for number in range(4):
            fail(1, address=f"203.0.113.{number}")
        assert fail(1) == LockedOut(15)

    def test_right_password_begins_the_count_anew(self, bopha: Staff) -> None:
        fail(4)
        assert sign_in("bopha", PASSWORD, ADDRESS, NOW) == bopha
        assert isinstance(fail(4), Declined)

    def test_others_of_the_office_are_not_locked_out_with_them(self) -> None:
        dara = add(DARA)
        fail(5)
        assert sign_in("dara", PASSWORD, ADDRESS, NOW) == dara

    def test_from_one_address_forty_wrong_ones_lock_every_name(self) -> None:
        SignInFailure.objects.bulk_create(
            [SignInFailure(name_digest=f"{number:064}", address=ADDRESS, at=NOW) for number in range(39)]
        )
        assert isinstance(sign_in("bopha", PASSWORD, ADDRESS, NOW), Staff)
        assert fail(1, "somebody") == LockedOut(15)
        assert sign_in("bopha", PASSWORD, ADDRESS, NOW) == LockedOut(15)
        assert isinstance(sign_in("bopha", PASSWORD, "203.0.113.8", NOW), Staff)

    def test_failures_are_forgotten_after_a_day(self) -> None:
        fail(3)
        sign_in("nobody", "wrong", ADDRESS, NOW + timedelta(days=1))
        assert SignInFailure.objects.count() == 1


class TestTheOneTimePassword:
    @pytest.fixture
    def given(self, bopha: Staff) -> str:
        password = make_one_time_password()
        bopha.set_password(password)
        bopha.one_time_until = NOW + timedelta(days=3)
        bopha.save()
        return password

    def test_it_is_sixteen_characters_that_look_like_no_others(self, given: str) -> None:
        assert len(given) == 19
        assert not set(given) & set("ILOU ")
        assert make_one_time_password() != given

    def test_it_may_be_typed_as_it_was_heard(self, bopha: Staff, given: str) -> None:
        for typed in (given, given.lower(), given.replace("-", ""), given.replace("-", " "), f" {given} "):
            assert sign_in("bopha", typed, ADDRESS, NOW) == bopha

    def test_it_is_good_until_its_last_second_and_then_says_so_to_who_knows_it(self, bopha: Staff, given: str) -> None:
        assert sign_in("bopha", given, ADDRESS, NOW + timedelta(days=3, seconds=-1)) == bopha
        said = sign_in("bopha", given, ADDRESS, NOW + timedelta(days=3))
        assert isinstance(said, Declined)
        assert said.ground is Ground.PASSWORD_EXPIRED
        wrong = sign_in("bopha", "wrong", ADDRESS, NOW + timedelta(days=3))
        assert isinstance(wrong, Declined)
        assert wrong.ground is Ground.PASSWORD_WRONG


def test_signing_out_and_ending_sessions_are_written_down(bopha: Staff) -> None:
    before = bopha.get_session_auth_hash()
    sign_out(bopha, NOW)
    assert bopha.get_session_auth_hash() == before
    assert end_sessions(bopha, NOW).get_session_auth_hash() != before
    assert [deed for _, deed, _ in deeds()] == ["sign_out", "end_sessions"]
    assert Staff.objects.get().get_session_auth_hash() == bopha.get_session_auth_hash()
