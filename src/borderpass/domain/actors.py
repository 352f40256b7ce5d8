"""Who may do what, and where?"""

from dataclasses import dataclass
from enum import StrEnum


class StaffRole(StrEnum):
    """The people who work with the system."""

    CLERK = "clerk"
    GOVERNOR = "governor"
    PROVINCIAL_OFFICER = "provincial_officer"
    GATE_OFFICER = "gate_officer"
    GATE_COMMANDER = "gate_commander"
    NATIONAL_AUTHORITY = "national_authority"
    AUDITOR = "auditor"


class Act(StrEnum):
    """What can be done in an office, at a gate or in the ministry."""

    TAKE_IN = "take_in"
    TAKE_FEE = "take_fee"
    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    PRINT = "print"
    HAND_OVER = "hand_over"
    CHANGE_STATUS = "change_status"
    READ_OFFICE = "read_office"
    READ_PHOTO = "read_photo"
    READ_GATE = "read_gate"
    LOOK_UP_PASS = "look_up_pass"  # not a password
    ENROL_DEVICE = "enrol_device"
    RESOLVE_CASE = "resolve_case"
    PUBLISH = "publish"
    MANAGE_OFFICES = "manage_offices"
    ENACT_ORDERS = "enact_orders"


_AT_OFFICE = frozenset({Act.READ_OFFICE, Act.READ_PHOTO})
_AT_GATE = frozenset({Act.READ_GATE, Act.READ_PHOTO, Act.LOOK_UP_PASS})
_MAY: dict[StaffRole, frozenset[Act]] = {
    StaffRole.CLERK: _AT_OFFICE | {Act.TAKE_IN, Act.TAKE_FEE, Act.PRINT, Act.HAND_OVER},
    StaffRole.GOVERNOR: _AT_OFFICE | {Act.APPROVE, Act.RETURN, Act.REFUSE, Act.CHANGE_STATUS},
    StaffRole.PROVINCIAL_OFFICER: _AT_OFFICE,
    StaffRole.GATE_OFFICER: _AT_GATE,
    StaffRole.GATE_COMMANDER: _AT_GATE | {Act.ENROL_DEVICE, Act.RESOLVE_CASE},
    StaffRole.NATIONAL_AUTHORITY: _AT_OFFICE
    | {Act.READ_GATE, Act.PUBLISH, Act.MANAGE_OFFICES, Act.ENACT_ORDERS, Act.CHANGE_STATUS}
    | {Act.ENROL_DEVICE, Act.RESOLVE_CASE},
    StaffRole.AUDITOR: _AT_OFFICE | {Act.READ_GATE},
}
EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. `scope` is an office code, a province's two digits, a gate's id, or EVERYWHERE."""

    name: str
    role: StaffRole
    scope: str

    def may(self, act: Act) -> bool:
        """Tell whether the role allows the act at all."""
        return act in _MAY[self.role]

    def may_at_office(self, act: Act, office_code: str) -> bool:
        """Tell whether the actor may do something in an office; a province's officer in all offices of the province."""
        if not self.may(act):
            return False
        if self.scope == EVERYWHERE or self.role is StaffRole.GATE_OFFICER or self.role is StaffRole.GATE_COMMANDER:
            return self.scope == EVERYWHERE or act is Act.READ_PHOTO
        if self.role is StaffRole.PROVINCIAL_OFFICER:
            return office_code.startswith(self.scope[:2])
        return office_code == self.scope

    def may_at_gate(self, act: Act, checkpoint: str) -> bool:
        """Tell whether the actor may do something at a gate."""
        return self.may(act) and self.scope in (EVERYWHERE, checkpoint)
