"""Who may do what, and where? The whole table, written out."""

import pytest

from borderpass.domain.actors import EVERYWHERE, Act, Actor, StaffRole

OFFICE_READ = {Act.READ_OFFICE, Act.READ_PHOTO}
GATE_READ = {Act.READ_GATE, Act.READ_PHOTO, Act.LOOK_UP_PASS}
MAY = {
    StaffRole.CLERK: {*OFFICE_READ, Act.TAKE_IN, Act.TAKE_FEE, Act.PRINT, Act.HAND_OVER},
    StaffRole.GOVERNOR: {*OFFICE_READ, Act.APPROVE, Act.RETURN, Act.REFUSE, Act.CHANGE_STATUS},
    StaffRole.PROVINCIAL_OFFICER: OFFICE_READ,
    StaffRole.GATE_OFFICER: GATE_READ,
    StaffRole.GATE_COMMANDER: {*GATE_READ, Act.ENROL_DEVICE, Act.RESOLVE_CASE},
    StaffRole.NATIONAL_AUTHORITY: {
        *OFFICE_READ,
        *(Act.READ_GATE, Act.PUBLISH, Act.MANAGE_OFFICES, Act.ENACT_ORDERS, Act.CHANGE_STATUS, Act.ENROL_DEVICE),
        Act.RESOLVE_CASE,
    },
    StaffRole.AUDITOR: {*OFFICE_READ, Act.READ_GATE},
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
        (StaffRole.GOVERNOR, "0100", Act.APPROVE, "0110", False),
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


@pytest.mark.parametrize(
    ("role", "scope", "act", "gate", "may"),
    [
        (StaffRole.GATE_OFFICER, "poipet", Act.READ_GATE, "poipet", True),
        (StaffRole.GATE_OFFICER, "poipet", Act.READ_GATE, "malai", False),
        (StaffRole.GATE_OFFICER, "poipet", Act.ENROL_DEVICE, "poipet", False),
        (StaffRole.GATE_COMMANDER, "poipet", Act.ENROL_DEVICE, "poipet", True),
        (StaffRole.GATE_COMMANDER, "poipet", Act.ENROL_DEVICE, "malai", False),
        (StaffRole.NATIONAL_AUTHORITY, EVERYWHERE, Act.ENROL_DEVICE, "malai", True),
        (StaffRole.CLERK, "0110", Act.READ_GATE, "poipet", False),
        (StaffRole.AUDITOR, EVERYWHERE, Act.READ_GATE, "poipet", True),
    ],
)
def test_gate_is_in_scope_or_it_is_not(role: StaffRole, scope: str, act: Act, gate: str, may: bool) -> None:
    assert Actor("somebody", role, scope).may_at_gate(act, gate) is may
