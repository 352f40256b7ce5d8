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
    SET_ACCOUNT = "set_account"
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
    SET_GATE = "set_gate"
    PUBLISH = "publish"
    MANAGE_OFFICES = "manage_offices"
    ENACT_ORDERS = "enact_orders"
    READ_STAFF = "read_staff"
    MANAGE_STAFF = "manage_staff"


_AT_OFFICE = frozenset({Act.READ_OFFICE, Act.READ_PHOTO})
_AT_GATE = frozenset({Act.READ_GATE, Act.READ_PHOTO, Act.LOOK_UP_PASS})
_OVER_STAFF = frozenset({Act.READ_STAFF, Act.MANAGE_STAFF})
_MAY: dict[StaffRole, frozenset[Act]] = {
    StaffRole.CLERK: _AT_OFFICE | {Act.TAKE_IN, Act.TAKE_FEE, Act.PRINT, Act.HAND_OVER},
    StaffRole.GOVERNOR: _AT_OFFICE
    | _OVER_STAFF
    | {Act.APPROVE, Act.RETURN, Act.REFUSE, Act.CHANGE_STATUS, Act.SET_ACCOUNT},
    StaffRole.PROVINCIAL_OFFICER: _AT_OFFICE | {Act.READ_STAFF},
    StaffRole.GATE_OFFICER: _AT_GATE,
    StaffRole.GATE_COMMANDER: _AT_GATE | _OVER_STAFF | {Act.ENROL_DEVICE, Act.RESOLVE_CASE, Act.SET_GATE},
    StaffRole.NATIONAL_AUTHORITY: _AT_OFFICE
    | _OVER_STAFF
    | {Act.READ_GATE, Act.PUBLISH, Act.MANAGE_OFFICES, Act.ENACT_ORDERS, Act.CHANGE_STATUS}
    | {Act.ENROL_DEVICE, Act.RESOLVE_CASE, Act.SET_GATE, Act.SET_ACCOUNT},
    StaffRole.AUDITOR: _AT_OFFICE | {Act.READ_GATE, Act.READ_STAFF},
}
EVERYWHERE = "*"
DECIDING = frozenset({Act.APPROVE, Act.RETURN, Act.REFUSE})
"""What a governor does with an application, a deputy in the governor's stead, and a province for its districts."""
_OVER_DISTRICTS = _AT_OFFICE | DECIDING
_HALL = "00"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. `scope` is an office code, a province's two digits, a gate's id, or EVERYWHERE.

    `acts_for` is the office whose governor the actor stands in for at this moment, as a deputy; empty: none.
    """

    name: str
    role: StaffRole
    scope: str
    acts_for: str = ""

    @property
    def province(self) -> str:
        """The two digits of the province whose offices the actor looks into, or empty.

        A provincial officer does, and the governor at a provincial hall (`PP00`).
        """
        governs = self.role is StaffRole.GOVERNOR and len(self.scope) == 4 and self.scope.endswith(_HALL)
        return self.scope[:2] if governs or self.role is StaffRole.PROVINCIAL_OFFICER else ""

    def may(self, act: Act) -> bool:
        """Tell whether the role, or standing in for a governor, allows the act at all."""
        return act in _MAY[self.role] or (bool(self.acts_for) and act in DECIDING)

    def may_at_office(self, act: Act, office_code: str) -> bool:
        """Tell whether the actor may do something in an office; a province's officer in all offices of the province.

        The governor at a provincial hall looks into the province's offices, and decides there as far as an order lets
        the province sign (services/find_authority.py); everything else they do at the hall alone.
        """
        if act in DECIDING and self.acts_for and self.acts_for == office_code:
            return True
        if act not in _MAY[self.role]:
            return False
        if self.scope == EVERYWHERE or self.role is StaffRole.GATE_OFFICER or self.role is StaffRole.GATE_COMMANDER:
            return self.scope == EVERYWHERE or act is Act.READ_PHOTO
        if self.role is StaffRole.PROVINCIAL_OFFICER:
            return office_code.startswith(self.scope[:2])
        if self.province and act in _OVER_DISTRICTS:
            return office_code.startswith(self.province)
        return office_code == self.scope

    def may_at_gate(self, act: Act, checkpoint: str) -> bool:
        """Tell whether the actor may do something at a gate."""
        return self.may(act) and self.scope in (EVERYWHERE, checkpoint)

    def posts_managed(self) -> dict[StaffRole, str]:
        """Return whom the actor manages: the roles, each with the one scope it may have, or EVERYWHERE for any.

        A governor has the clerks of the own office and its other governors, at a provincial
        hall the officers of the province too; the commander of a gate has its officers; the ministry has everybody.
        """
        if not self.may(Act.MANAGE_STAFF):
            return {}
        if self.role is StaffRole.NATIONAL_AUTHORITY:
            return dict.fromkeys(StaffRole, EVERYWHERE)
        if self.role is StaffRole.GATE_COMMANDER:
            return {StaffRole.GATE_OFFICER: self.scope}
        posts = {StaffRole.CLERK: self.scope, StaffRole.GOVERNOR: self.scope}
        if len(self.scope) == 4 and self.scope.endswith(_HALL):
            posts[StaffRole.PROVINCIAL_OFFICER] = self.scope[:2]
        return posts

    def may_manage(self, role: StaffRole, scope: str) -> bool:
        """Tell whether the actor manages whoever has a role and a scope. (Nobody manages themselves: see services.)"""
        return self.posts_managed().get(role) in (EVERYWHERE, scope)
