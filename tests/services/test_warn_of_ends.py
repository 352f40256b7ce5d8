"""Is a holder told once, by day, that the pass ends within thirty days?"""

from datetime import timedelta
from typing import Any

import pytest

from borderpass.domain.local_time import local_day
from borderpass.domain.notices import Channel, NoticeKind
from borderpass.domain.status import Status
from borderpass.services.run_chores import CHORES
from borderpass.services.warn_of_ends import warn_of_ends
from borderpass.store.models import Application, Contact, IssuedPass, Notice
from tests.cases.clock import local
from tests.installation import NOW, Installation, handed_over, printed

pytestmark = pytest.mark.usefixtures("offered")


@pytest.fixture
def offered(installation: Installation, settings: Any) -> None:
    settings.NOTICE_GATEWAYS = {"sms": "json://127.0.0.1:9/{to}"}


@pytest.fixture
def held(installation: Installation) -> IssuedPass:
    issued = handed_over(installation)
    Notice.objects.all().delete()
    return issued


def soon(issued: IssuedPass, days: int = 30) -> Any:
    return issued.expires_at - timedelta(days=days)


def test_thirty_days_before_the_end_the_holder_is_told_once(held: IssuedPass) -> None:
    assert warn_of_ends(soon(held) - timedelta(seconds=1)) == 0
    assert warn_of_ends(soon(held)) == 1
    assert warn_of_ends(soon(held) + timedelta(hours=1)) == 0
    notice = Notice.objects.get()
    assert (notice.kind, notice.application_id) == (NoticeKind.EXPIRING, held.application_id)
    assert "warn_of_ends" in CHORES


def test_the_message_waits_for_the_morning(held: IssuedPass) -> None:
    """A pass ends at midnight, so that is when it is found."""
    warn_of_ends(soon(held))
    assert Notice.objects.get().next_try_at == local(f"{local_day(soon(held))} 08:00:00")


def test_a_pass_that_has_ended_is_not_warned_of(held: IssuedPass) -> None:
    assert warn_of_ends(held.expires_at) == 0


@pytest.mark.parametrize(
    "changes",
    [{"status": Status.REVOKED}, {"status": Status.SUSPENDED}, {"current": False}, {"valid_from_at": None}],
)
def test_only_who_holds_a_good_and_long_pass_is_told(held: IssuedPass, changes: dict[str, Any]) -> None:
    if "valid_from_at" in changes:
        changes = {"valid_from_at": held.expires_at - timedelta(days=59)}
    IssuedPass.objects.filter(id=held.id).update(**changes)
    assert warn_of_ends(soon(held)) == 0


def test_a_pass_that_nobody_fetched_is_not_warned_of(installation: Installation) -> None:
    issued = printed(installation)
    assert warn_of_ends(soon(issued)) == 0


def test_whoever_holds_the_next_pass_already_is_not_told(held: IssuedPass, installation: Installation) -> None:
    other = handed_over(installation, 1)
    person = {"name_latin": held.application.name_latin, "born_on": held.application.born_on}
    Application.objects.filter(id=other.application_id).update(**person)
    IssuedPass.objects.filter(id=other.id).update(expires_at=held.expires_at + timedelta(days=99))
    assert warn_of_ends(soon(held)) == 0


def test_who_cannot_be_told_holds_up_nobody(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("borderpass.services.warn_of_ends._AT_ONCE", 1)
    without = handed_over(installation, 1, phone="")
    unwilling = handed_over(installation, 2)
    kept = {"channel": Channel.NONE, "address": "", "language": "km"}
    Contact.objects.create(application=unwilling.application, **kept, set_at=NOW, set_by="bopha")
    willing, other = handed_over(installation, 3), handed_over(installation, 4)
    Notice.objects.all().delete()
    assert [warn_of_ends(soon(without)) for _ in range(3)] == [1, 1, 0]
    told = {willing.application_id, other.application_id}
    assert set(Notice.objects.values_list("application_id", flat=True)) == told


def test_without_gateways_nobody_is_told(held: IssuedPass, settings: Any) -> None:
    settings.NOTICE_GATEWAYS = {}
    assert warn_of_ends(soon(held)) == 0
