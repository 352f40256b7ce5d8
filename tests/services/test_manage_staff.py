"""Who adds, dismisses and lets in whom? And what ends when somebody begins anew?"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from borderpass.domain.actors import EVERYWHERE, Actor, StaffRole
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.staff_form import StaffForm, StaffProblem
from borderpass.services.add_staff import add_staff, find_staff_problems
from borderpass.services.change_staff import (
    deactivate_staff,
    lift_lock_out,
    reactivate_staff,
    rename_staff,
    reset_staff,
)
from borderpass.services.sign_in import sign_in
from borderpass.services.try_password import LockedOut
from borderpass.store.models import AuditEntry, Passkey, Staff
from tests.cast import (
    BOPHA,
    COMMANDER,
    DARA,
    EVERYBODY,
    GATE,
    HALL_GOVERNOR,
    MALEE,
    MINISTRY,
    OTHER_GATE,
    POIPET,
    SEREI,
    VICHEA,
)
from tests.installation import NOW, declined, done
from tests.services.people import ADDRESS, PASSWORD, add, deeds

FORM = StaffForm("sok.chan", "សុខ ចាន់", StaffRole.CLERK, POIPET)
CHANGES: tuple[Any, ...] = (deactivate_staff, reactivate_staff, reset_staff, lift_lock_out)


@pytest.fixture
def bopha(db: None) -> Staff:
    return add(BOPHA)


@pytest.mark.usefixtures("installation")
class TestAdding:
    def test_head_of_an_office_adds_a_clerk_who_signs_in_once_with_what_was_shown(self) -> None:
        before = AuditEntry.objects.count()
        made = done(add_staff(FORM, DARA, NOW))
        staff = sign_in("sok.chan", made.password, ADDRESS, NOW)
        assert staff == made.staff
        assert isinstance(staff, Staff)
        assert (staff.full_name, staff.role, staff.scope) == ("សុខ ចាន់", "clerk", POIPET)
        assert staff.one_time_until == NOW + timedelta(days=3)
        entry = AuditEntry.objects.get(seq=before + 1)
        assert (entry.actor, entry.deed, entry.about) == ("dara", "add_staff", "sok.chan")
        assert entry.detail == {"role": "clerk", "scope": POIPET}
        assert made.password not in str(list(AuditEntry.objects.values()))

    @pytest.mark.parametrize(
        ("actor", "role", "scope"),
        [
            (DARA, StaffRole.GOVERNOR, POIPET),
            (COMMANDER, StaffRole.GATE_OFFICER, GATE),
            (MINISTRY, StaffRole.CLERK, SEREI),
            (MINISTRY, StaffRole.PROVINCIAL_OFFICER, "02"),
            (MINISTRY, StaffRole.GATE_COMMANDER, OTHER_GATE),
            (MINISTRY, StaffRole.AUDITOR, EVERYWHERE),
            (MINISTRY, StaffRole.NATIONAL_AUTHORITY, EVERYWHERE),
        ],
    )
    def test_whom_each_may_add(self, actor: Actor, role: StaffRole, scope: str) -> None:
        assert done(add_staff(StaffForm("sok.chan", "Sok", role, scope), actor, NOW)).staff.scope == scope

    @pytest.mark.parametrize(
        ("changes", "field", "problem"),
        [
            ({"user_name": "so"}, "user_name", StaffProblem.NAME_SHAPE),
            ({"user_name": "sok chan"}, "user_name", StaffProblem.NAME_SHAPE),
            ({"full_name": " "}, "full_name", StaffProblem.FULL_NAME),
            ({"role": "king"}, "role", StaffProblem.ROLE_NOT_YOURS),
            ({"role": ""}, "role", StaffProblem.ROLE_NOT_YOURS),
            ({"role": StaffRole.AUDITOR, "scope": EVERYWHERE}, "role", StaffProblem.ROLE_NOT_YOURS),
            ({"role": StaffRole.NATIONAL_AUTHORITY, "scope": EVERYWHERE}, "role", StaffProblem.ROLE_NOT_YOURS),
            ({"role": StaffRole.GATE_OFFICER, "scope": GATE}, "role", StaffProblem.ROLE_NOT_YOURS),
            ({"scope": SEREI}, "scope", StaffProblem.PLACE_NOT_YOURS),
            ({"scope": "9999"}, "scope", StaffProblem.PLACE_WRONG),
            ({"scope": GATE}, "scope", StaffProblem.PLACE_WRONG),
            ({"scope": EVERYWHERE}, "scope", StaffProblem.PLACE_WRONG),
            ({"scope": ""}, "scope", StaffProblem.PLACE_WRONG),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, changes: dict[str, str], field: str, problem: StaffProblem
    ) -> None:
        from dataclasses import replace

        form = replace(FORM, **changes)
        assert find_staff_problems(form, DARA) == {field: problem}
        assert declined(add_staff(form, DARA, NOW)) is Ground.BAD_FORM
        assert not Staff.objects.exists()

    @pytest.mark.parametrize(
        ("role", "scope"),
        [(StaffRole.GATE_OFFICER, "atlantis"), (StaffRole.PROVINCIAL_OFFICER, "99"), (StaffRole.AUDITOR, POIPET)],
    )
    def test_not_even_the_ministry_sends_people_to_places_that_are_not_there(self, role: StaffRole, scope: str) -> None:
        form = StaffForm("sok.chan", "Sok", role, scope)
        assert find_staff_problems(form, MINISTRY) == {"scope": StaffProblem.PLACE_WRONG}

    @pytest.mark.parametrize("name", ["operator", "signing"])
    def test_nobody_is_called_as_the_system_is_in_the_trail(self, name: str) -> None:
        form = StaffForm(name, "Bopha", StaffRole.CLERK, POIPET)
        assert find_staff_problems(form, DARA) == {"user_name": StaffProblem.NAME_TAKEN}

    def test_name_is_given_out_once_however_it_is_written(self, bopha: Staff) -> None:
        form = StaffForm(" BOPHA ", "Bopha", StaffRole.CLERK, POIPET)
        assert find_staff_problems(form, DARA) == {"user_name": StaffProblem.NAME_TAKEN}

    @pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
    def test_nobody_else_adds_a_clerk_to_poipet(self, actor: Actor) -> None:
        added = add_staff(FORM, actor, NOW)
        assert isinstance(added, Declined) is (actor not in (DARA, MINISTRY))


class TestChanging:
    def test_dismissing_ends_sessions_and_sign_ins_and_is_undone(self, bopha: Staff) -> None:
        before = bopha.get_session_auth_hash()
        assert done(deactivate_staff(bopha.id, DARA, NOW)).get_session_auth_hash() != before
        assert isinstance(sign_in("bopha", PASSWORD, ADDRESS, NOW), Declined)
        done(reactivate_staff(bopha.id, DARA, NOW))
        assert sign_in("bopha", PASSWORD, ADDRESS, NOW) == bopha
        assert [deed for _, deed, _ in deeds()][::2] == ["deactivate_staff", "reactivate_staff"]

    def test_doing_it_again_changes_nothing(self, bopha: Staff) -> None:
        for _ in range(2):
            done(deactivate_staff(bopha.id, DARA, NOW))
        assert deeds() == [("dara", "deactivate_staff", "bopha")]

    def test_resetting_ends_password_passkeys_sessions_and_lock_out(self, bopha: Staff) -> None:
        passkey = Passkey.objects.create(
            staff=bopha, credential_id="x", public_key=b"x", sign_count=0, rp_id="localhost", name="x", added_at=NOW
        )
        before = bopha.get_session_auth_hash()
        for _ in range(5):
            sign_in("bopha", "wrong", ADDRESS, NOW)
        made = done(reset_staff(bopha.id, DARA, NOW))
        passkey.refresh_from_db()
        assert passkey.removed_at == NOW
        assert made.staff.get_session_auth_hash() != before
        assert isinstance(sign_in("bopha", PASSWORD, ADDRESS, NOW), Declined)
        assert sign_in("bopha", made.password, ADDRESS, NOW) == bopha
        assert AuditEntry.objects.get(deed="reset_staff").detail == {"passkeys_removed": 1}

    def test_lifting_a_lock_out_lets_the_password_be_tried_at_once(self, bopha: Staff) -> None:
        for _ in range(5):
            locked = sign_in("bopha", "wrong", ADDRESS, NOW)
        assert isinstance(locked, LockedOut)
        done(lift_lock_out(bopha.id, DARA, NOW))
        assert sign_in("bopha", PASSWORD, ADDRESS, NOW) == bopha
        assert AuditEntry.objects.get(deed="lift_lock_out").detail == {"failures": 5}

    def test_where_nothing_is_locked_lifting_changes_nothing(self, bopha: Staff) -> None:
        done(lift_lock_out(bopha.id, DARA, NOW))
        assert deeds() == []

    def test_name_is_corrected_and_the_old_one_is_in_the_trail(self, bopha: Staff) -> None:
        assert done(rename_staff(bopha.id, " ច័ន្ទ  បុប្ផា ", DARA, NOW)).full_name == "ច័ន្ទ បុប្ផា"
        done(rename_staff(bopha.id, "ច័ន្ទ បុប្ផា", DARA, NOW))
        assert declined(rename_staff(bopha.id, " ", DARA, NOW)) is Ground.BAD_FORM
        assert deeds() == [("dara", "rename_staff", "bopha")]
        assert AuditEntry.objects.get().detail == {"from": "Bopha", "to": "ច័ន្ទ បុប្ផា"}

    @pytest.mark.parametrize("change", CHANGES)
    @pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
    def test_only_who_manages_the_post_changes_it(self, bopha: Staff, actor: Actor, change: Any) -> None:
        said = change(bopha.id, actor, NOW)
        if actor in (DARA, MINISTRY):
            done(said)
            return
        heads = (VICHEA, HALL_GOVERNOR)
        outside = actor in heads or actor.role is StaffRole.GATE_COMMANDER
        assert declined(said) is (Ground.UNKNOWN_STAFF if outside else Ground.NOT_ALLOWED)
        assert deeds() == []

    @pytest.mark.parametrize("change", CHANGES)
    def test_nobody_changes_themselves(self, db: None, change: Any) -> None:
        for actor in (DARA, MINISTRY):
            assert declined(change(add(actor).id, actor, NOW)) is Ground.UNKNOWN_STAFF
        assert deeds() == []

    @pytest.mark.parametrize("change", CHANGES)
    def test_who_is_not_there_is_unknown(self, db: None, change: Any) -> None:
        assert declined(change(UUID(int=1), DARA, NOW)) is Ground.UNKNOWN_STAFF

    def test_commander_manages_the_officers_of_the_gate(self, db: None) -> None:
        malee = add(MALEE)
        assert not done(deactivate_staff(malee.id, COMMANDER, NOW)).is_active
