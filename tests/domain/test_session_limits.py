"""When is a session over? At the second."""

from datetime import timedelta

import pytest

from borderpass.domain.actors import StaffRole
from borderpass.domain.session_limits import is_over
from tests.cases.clock import MONDAY as NOW

SECOND = timedelta(seconds=1)
OFFICES = [role for role in StaffRole if "gate" not in role]
GATES = [role for role in StaffRole if "gate" in role]


@pytest.mark.parametrize("role", StaffRole)
def test_every_session_ends_after_eight_hours_however_busy(role: StaffRole) -> None:
    begun = NOW - timedelta(hours=8)
    assert is_over(role, begun, NOW, NOW)
    assert not is_over(role, begun + SECOND, NOW, NOW)


@pytest.mark.parametrize("role", OFFICES)
def test_in_an_office_it_ends_after_half_an_hour_of_nothing(role: StaffRole) -> None:
    seen = NOW - timedelta(minutes=30)
    assert is_over(role, seen, seen, NOW)
    assert not is_over(role, seen, seen + SECOND, NOW)


@pytest.mark.parametrize("role", GATES)
def test_at_a_gate_it_waits_as_long_as_the_shift(role: StaffRole) -> None:
    assert not is_over(role, NOW - timedelta(hours=7), NOW - timedelta(hours=7), NOW)
