"""What happens when two workers look for work at the same moment? Each piece of it is done by one of them."""

from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from borderpass.domain.jobs import JobState
from borderpass.services import run_chores as chores
from borderpass.services import run_job as working
from borderpass.store.keys import new_id
from borderpass.store.models import ChoreTime, Job
from tests.cast import POIPET
from tests.installation import NOW, Installation
from tests.services.test_two_at_once import SECONDS, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def begun(count: int) -> None:
    rest: dict[str, Any] = {"kind": "any", "office_id": POIPET, "made_by": "bopha", "role": "clerk", "scope": POIPET}
    for _ in range(count):
        Job.objects.create(id=new_id(), made_at=NOW, state=JobState.WAITING, total=1, **rest)


def both_have_looked(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    barrier, comers, original = Barrier(2), iter(range(2)), getattr(module, name)

    def look(*arguments: Any) -> Any:
        seen = original(*arguments)
        if next(comers, None) is not None:
            barrier.wait(SECONDS)
        return seen

    monkeypatch.setattr(module, name, look)


@pytest.mark.parametrize("waiting", [1, 2])
def test_both_see_the_same_and_no_job_is_given_twice(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, waiting: int
) -> None:
    begun(waiting)
    both_have_looked(monkeypatch, working, "_free_jobs")
    claimed = at_once(lambda: working.claim_job(NOW), lambda: working.claim_job(NOW))
    ids = [job.id for job in claimed if job is not None]
    assert len(ids) == len(set(ids)) == waiting
    assert set(Job.objects.values_list("runs", flat=True)) == {1}


def test_a_job_whose_worker_is_gone_is_taken_up_by_one(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(1)
    assert working.claim_job(NOW) is not None
    later = NOW + working.HELD_FOR
    both_have_looked(monkeypatch, working, "_free_jobs")
    claimed = at_once(lambda: working.claim_job(later), lambda: working.claim_job(later))
    assert sum(job is not None for job in claimed) == 1
    assert Job.objects.get().runs == 2


def test_a_chore_is_done_by_one(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Any] = []
    monkeypatch.setattr(chores, "CHORES", {"tidy": chores.Chore(timedelta(hours=1), ran.append)})
    ChoreTime.objects.create(name="tidy", due_at=NOW)
    both_have_looked(monkeypatch, chores, "_not_due")
    assert sorted(at_once(lambda: chores.run_due_chores(NOW), lambda: chores.run_due_chores(NOW))) == [[], ["tidy"]]
    assert ran == [NOW]
