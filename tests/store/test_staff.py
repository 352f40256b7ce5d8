"""Whose staff does whom see and manage? Decided where the query is built."""

import pytest

from borderpass.domain.actors import Actor
from borderpass.store.models import Staff
from borderpass.store.queries.staff import managed_by, staff_for
from tests.cast import EVERYBODY

pytestmark = pytest.mark.django_db
OF_POIPET, OF_SEREI, OF_HALL = (
    {"bopha", "dara"},
    {"vichea", "clerk of serei"},
    {
        "clerk of the hall",
        "governor of the province",
    },
)
AT_POIPET = {"malee", "commander"}
ALL = {actor.name for actor in EVERYBODY}
SEES = {
    "dara": OF_POIPET,
    "vichea": OF_SEREI,
    "governor of the province": OF_HALL | {"officer of the province"},
    "officer of the province": OF_POIPET | OF_SEREI | OF_HALL | {"officer of the province"},
    "officer of another province": {"officer of another province"},
    "commander": AT_POIPET,
    "commander of malai": {"commander of malai"},
    "ministry": ALL,
    "rith": ALL,
}
MANAGES = {
    "dara": {"bopha"},
    "vichea": {"clerk of serei"},
    "governor of the province": {"clerk of the hall", "officer of the province"},
    "commander": {"malee"},
    "ministry": ALL - {"ministry"},
}


@pytest.fixture(autouse=True)
def everybody() -> None:
    Staff.objects.bulk_create(
        [Staff(username=one.name, password="!", role=one.role.value, scope=one.scope) for one in EVERYBODY]
    )


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_everybody_sees_the_staff_of_their_scope_and_no_others(actor: Actor) -> None:
    assert {one.username for one in staff_for(actor)} == SEES.get(actor.name, set())


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_everybody_manages_those_below_and_never_themselves(actor: Actor) -> None:
    assert {one.username for one in managed_by(actor)} == MANAGES.get(actor.name, set())


def test_a_deputy_is_a_second_governor_of_the_office() -> None:
    Staff.objects.create(username="deputy", password="!", role="governor", scope="0110")
    dara = next(actor for actor in EVERYBODY if actor.name == "dara")
    assert {one.username for one in managed_by(dara)} == {"bopha", "deputy"}
