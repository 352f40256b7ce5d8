"""Who may do what, and where? The whole table, written out."""

import pytest

from borderpass.domain.actors import EVERYWHERE, Act, Actor, StaffRole

OFFICE_READ = {Act.READ_OFFICE, Act.READ_PHOTO}
OVER_STAFF = {Act.READ_STAFF, Act.MANAGE_STAFF}
GATE_READ = {Act.READ_GATE, Act.READ_PHOTO, Act.LOOK_UP_PASS}
MAY = {
    StaffRole.CLERK: {*OFFICE_READ, Act.TAKE_IN, Act.TAKE_FEE, Act.PRINT, Act.HAND_OVER},
    StaffRole.GOVERNOR: {
        *(*OFFICE_READ, *OVER_STAFF, Act.APPROVE, Act.RETURN, Act.REFUSE, Act.CHANGE_STATUS),
        Act.SET_ACCOUNT,
    },
    StaffRole.PROVINCIAL_OFFICER: {*OFFICE_READ, Act.READ_STAFF},
    StaffRole.GATE_OFFICER: GATE_READ,
    StaffRole.GATE_COMMANDER: {*GATE_READ, *OVER_STAFF, Act.ENROL_DEVICE, Act.RESOLVE_CASE, Act.SET_GATE},
    StaffRole.NATIONAL_AUTHORITY: {
        *OFFICE_READ,
        *OVER_STAFF,
        *(Act.READ_GATE, Act.PUBLISH, Act.MANAGE_OFFICES, Act.ENACT_ORDERS, Act.CHANGE_STATUS, Act.ENROL_DEVICE),
        *(Act.RESOLVE_CASE, Act.SET_GATE, Act.SET_ACCOUNT),
    },
    StaffRole.AUDITOR: {*OFFICE_READ, Act.READ_GATE, Act.READ_STAFF},
}


@pytest.mark.parametrize("role", StaffRole)
@pytest.mark.parametrize("act", Act)
def test_role_may_do_exactly_what_the_table_says(role: StaffRole, act: Act) -> None:
    assert Actor("somebody", role, EVERYWHERE).may(act) is (act in MAY[role])


def test_every_act_is_somebodys() -> None:
    assert set().union(*MAY.values()) == set(Act)


def test_nobody_both_takes_the_money_and_approves() -> None:
    assert not any({Act.TAKE_FEE, Act.APPROVE} <= acts for acts in MAY.values())


def test_auditor_reads_everything_and_changes_nothing() -> None:
    rith = Actor("rith", StaffRole.AUDITOR, EVERYWHERE)
    assert {act for act in Act if rith.may_at_office(act, "0110") or rith.may_at_gate(act, "poipet")} == {
        Act.READ_OFFICE,
        Act.READ_PHOTO,
        Act.READ_GATE,
        Act.READ_STAFF,
    }


@pytest.mark.parametrize(
    ("role", "scope", "act", "office", "may"),
    [
        (StaffRole.CLERK, "0110", Act.TAKE_IN, "0110", True),
        (StaffRole.CLERK, "0110", Act.TAKE_IN, "0106", False),
        (StaffRole.CLERK, "0100", Act.TAKE_IN, "0100", True),
        (StaffRole.CLERK, "0100", Act.TAKE_IN, "0110", False),
        (StaffRole.CLERK, "01", Act.TAKE_IN, "0110", False),
        (StaffRole.CLERK, "", Act.TAKE_IN, "0110", False),
        (StaffRole.GOVERNOR, "0110", Act.APPROVE, "0110", True),
        (StaffRole.GOVERNOR, "0110", Act.APPROVE, "0106", False),
        (StaffRole.GOVERNOR, "0100", Act.APPROVE, "0110", True),
        (StaffRole.GOVERNOR, "0100", Act.READ_OFFICE, "0110", True),
        (StaffRole.GOVERNOR, "0100", Act.APPROVE, "0212", False),
        (StaffRole.GOVERNOR, "0100", Act.CHANGE_STATUS, "0110", False),
        (StaffRole.GOVERNOR, "0100", Act.SET_ACCOUNT, "0110", False),
        (StaffRole.GOVERNOR, "0100", Act.MANAGE_STAFF, "0110", False),
        (StaffRole.GOVERNOR, "0110", Act.READ_OFFICE, "0100", False),
        (StaffRole.CLERK, "0100", Act.READ_OFFICE, "0110", False),
        (StaffRole.GOVERNOR, "0110", Act.PRINT, "0110", False),
        (StaffRole.PROVINCIAL_OFFICER, "01", Act.READ_OFFICE, "0110", True),
        (StaffRole.PROVINCIAL_OFFICER, "0100", Act.READ_OFFICE, "0106", True),
        (StaffRole.PROVINCIAL_OFFICER, "01", Act.READ_OFFICE, "0212", False),
        (StaffRole.PROVINCIAL_OFFICER, "01", Act.APPROVE, "0110", False),
        (StaffRole.GATE_OFFICER, "poipet", Act.READ_PHOTO, "0110", True),
        (StaffRole.GATE_OFFICER, "poipet", Act.READ_OFFICE, "0110", False),
        (StaffRole.GATE_COMMANDER, "0110", Act.ENROL_DEVICE, "0110", False),
        (StaffRole.NATIONAL_AUTHORITY, EVERYWHERE, Act.CHANGE_STATUS, "0110", True),
        (StaffRole.NATIONAL_AUTHORITY, EVERYWHERE, Act.APPROVE, "0110", False),
    ],
)
def test_office_is_in_scope_or_it_is_not(role: StaffRole, scope: str, act: Act, office: str, may: bool) -> None:
    assert Actor("somebody", role, scope).may_at_office(act, office) is may


def test_deputy_decides_in_the_governors_stead_and_gains_nothing_else() -> None:
    clerk = Actor("bopha", StaffRole.CLERK, "0110")
    deputy = Actor("bopha", StaffRole.CLERK, "0110", acts_for="0110")
    gained = {act for act in Act if deputy.may_at_office(act, "0110") and not clerk.may_at_office(act, "0110")}
    assert gained == {Act.APPROVE, Act.RETURN, Act.REFUSE}
    assert not any(deputy.may_at_office(act, "0106") for act in Act)
    assert deputy.may(Act.APPROVE)
    assert not clerk.may(Act.APPROVE)


@pytest.mark.parametrize(
    ("role", "scope", "act", "gate", "may"),
    [
        (StaffRole.GATE_OFFICER, "poipet", Act.READ_GATE, "poipet", True),
        (StaffRole.GATE_OFFICER, "poipet", Act.READ_GATE, "malai", False),
        (StaffRole.GATE_OFFICER, "poipet", Act.ENROL_DEVICE, "poipet", False),
        (StaffRole.GATE_COMMANDER, "poipet", Act.ENROL_DEVICE, "poipet", True),
        (StaffRole.GATE_COMMANDER, "poipet", Act.ENROL_DEVICE, "malai", False),
        (StaffRole.GATE_COMMANDER, "poipet", Act.SET_GATE, "malai", False),
        (StaffRole.NATIONAL_AUTHORITY, EVERYWHERE, Act.ENROL_DEVICE, "malai", True),
        (StaffRole.CLERK, "0110", Act.READ_GATE, "poipet", False),
        (StaffRole.AUDITOR, EVERYWHERE, Act.READ_GATE, "poipet", True),
    ],
)
def test_gate_is_in_scope_or_it_is_not(role: StaffRole, scope: str, act: Act, gate: str, may: bool) -> None:
    assert Actor("somebody", role, scope).may_at_gate(act, gate) is may


MANAGES = {
    (StaffRole.GOVERNOR, "0110"): {(StaffRole.CLERK, "0110"), (StaffRole.GOVERNOR, "0110")},
    (StaffRole.GOVERNOR, "0100"): {
        (StaffRole.CLERK, "0100"),
        (StaffRole.GOVERNOR, "0100"),
        (StaffRole.PROVINCIAL_OFFICER, "01"),
    },
    (StaffRole.GATE_COMMANDER, "poipet"): {(StaffRole.GATE_OFFICER, "poipet")},
    (StaffRole.CLERK, "0110"): set(),
    (StaffRole.PROVINCIAL_OFFICER, "01"): set(),
    (StaffRole.GATE_OFFICER, "poipet"): set(),
    (StaffRole.AUDITOR, EVERYWHERE): set(),
}
SCOPES = ("0110", "0106", "0100", "0200", "01", "02", "poipet", "malai", EVERYWHERE)


@pytest.mark.parametrize("post", MANAGES, ids=lambda post: f"{post[0]} at {post[1]}")
def test_head_of_an_office_or_gate_manages_its_own_staff_and_nobody_else_does(post: tuple[StaffRole, str]) -> None:
    actor = Actor("somebody", *post)
    managed = {(role, scope) for role in StaffRole for scope in SCOPES if actor.may_manage(role, scope)}
    assert managed == MANAGES[post]


def test_ministry_manages_everybody() -> None:
    ministry = Actor("somebody", StaffRole.NATIONAL_AUTHORITY, EVERYWHERE)
    assert all(ministry.may_manage(role, scope) for role in StaffRole for scope in SCOPES)
