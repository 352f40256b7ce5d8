"""What can a user name, a person's name and a place be?"""

import pytest

from borderpass.domain.actors import EVERYWHERE, StaffRole
from borderpass.domain.staff_form import (
    StaffForm,
    is_full_name,
    is_user_name,
    scope_fits,
    tidy,
)


@pytest.mark.parametrize("name", ["abc", "sok.dara", "clerk-0110", "a_b", "0ab", "x" * 30])
def test_user_names_that_can_be(name: str) -> None:
    assert is_user_name(name)


@pytest.mark.parametrize("name", ["", "ab", "x" * 31, "Sok", "sok dara", ".abc", "សុខា", "a/b", "abc\n", "abc\0"])
def test_user_names_that_cannot(name: str) -> None:
    assert not is_user_name(name)


def test_a_form_is_tidied_as_people_mean_it() -> None:
    form = tidy(StaffForm("  Sok.Dara ", "  សុខ\u200b   តារា\n", "clerk", "0110"))
    assert (form.user_name, form.full_name) == ("sok.dara", "សុខ\u200b តារា")


@pytest.mark.parametrize(("name", "good"), [("ក", True), ("x" * 100, True), ("", False), ("x" * 101, False)])
def test_a_name_is_neither_empty_nor_endless(name: str, good: bool) -> None:
    assert is_full_name(name) is good
    assert not is_full_name("a\x07b")


PLACES = {
    StaffRole.CLERK: ["0110", "0100"],
    StaffRole.GOVERNOR: ["0110", "0100"],
    StaffRole.PROVINCIAL_OFFICER: ["01"],
    StaffRole.GATE_OFFICER: ["poipet"],
    StaffRole.GATE_COMMANDER: ["poipet"],
    StaffRole.NATIONAL_AUTHORITY: [EVERYWHERE],
    StaffRole.AUDITOR: [EVERYWHERE],
}


@pytest.mark.parametrize("role", StaffRole)
def test_each_role_works_in_its_kind_of_place_and_no_other(role: StaffRole) -> None:
    every = {scope for scopes in PLACES.values() for scope in scopes}
    assert [scope for scope in sorted(every) if scope_fits(role, scope)] == sorted(PLACES[role])
