"""How does long work begin, go on, survive a crash, and end?"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import pytest

from borderpass.domain.actors import Act
from borderpass.domain.declined import Ground
from borderpass.domain.jobs import ACT_FOR, JobKind, JobOutput, JobState, JobTrouble, Trouble
from borderpass.services.job_actor import actor_of
from borderpass.services.run_chores import CHORES, Chore, run_due_chores
from borderpass.services.run_job import (
    HELD_FOR,
    RESULTS_KEPT_FOR,
    RUNNERS,
    RUNS_AT_MOST,
    Progress,
    claim_job,
    forget_results,
    run_job,
    run_waiting_jobs,
)
from borderpass.services.start_job import start_job
from borderpass.store.keys import new_id
from borderpass.store.models import ChoreTime, Job, JobResult
from tests.cast import BOPHA, DARA, NEXT_CLERK, POIPET, SEREI
from tests.installation import NOW, Installation, declined, done, minutes_later


class Kind(StrEnum):
    """A kind of the tests' own."""

    COUNTING = "counting"


KIND: JobKind = Kind.COUNTING  # type: ignore[assignment]


class PowerCutError(BaseException):
    """The machine went off: nothing of ours catches it."""


class Counting:
    """Work that counts to its total. It remembers what it did, as a register would."""

    def __init__(self) -> None:
        self.did: list[int] = []
        self.fails_at = self.power_cut_at = -1
        self.output: JobOutput | None = JobOutput("counted.txt", "text/plain", b"all")
        self.actors: list[str] = []
        self.seen: list[tuple[int, int]] = []

    def __call__(self, job: Job, progress: Progress, now: datetime) -> JobOutput | None:
        self.actors.append(actor_of(job).name)
        for part in range(job.total):
            if part == self.fails_at:
                raise ValueError("out of paper")
            if part == self.power_cut_at:
                raise PowerCutError
            if part in job.parameters.get("impossible", []):
                progress.step(Trouble(f"part {part}", "it is not there"))
                continue
            if part not in self.did:
                self.did.append(part)
            progress.step()
            row = Job.objects.get(id=job.id)
            self.seen.append((row.done, row.failed))
        return self.output


@pytest.fixture
def counting(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    work = Counting()
    monkeypatch.setitem(RUNNERS, KIND, work)
    monkeypatch.setitem(ACT_FOR, KIND, Act.PRINT)
    return work


def begun(total: int = 5, job_id: UUID | None = None, now: datetime = NOW, **parameters: object) -> Job:
    return done(start_job(job_id or new_id(), KIND, POIPET, parameters, total, BOPHA, now))


def clock() -> datetime:
    return NOW


class TestBeginning:
    def test_it_waits_until_a_worker_comes(self, counting: Counting) -> None:
        job = begun(impossible=[1])
        assert (job.state, job.done, job.total, job.made_by) == (JobState.WAITING, 0, 5, BOPHA.name)
        assert Job.objects.get(id=job.id).parameters == {"impossible": [1]}
        assert counting.did == []

    def test_twice_is_once(self, counting: Counting) -> None:
        first = begun(job_id=(one := new_id()))
        run_waiting_jobs(clock)
        assert begun(job_id=one).state == JobState.DONE
        assert begun(job_id=one).id == first.id
        assert Job.objects.count() == 1

    def test_an_id_of_somebody_elses_is_refused(self, counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
        job = begun()
        assert declined(start_job(job.id, KIND, SEREI, {}, 5, NEXT_CLERK, NOW)) is Ground.NOT_ALLOWED
        assert Job.objects.get().office_id == POIPET

    @pytest.mark.parametrize("actor", [DARA, NEXT_CLERK])
    def test_only_whoever_may_do_it_part_by_part_has_it_done(self, counting: Counting, actor: object) -> None:
        assert declined(start_job(new_id(), KIND, POIPET, {}, 5, actor, NOW)) is Ground.NOT_ALLOWED  # type: ignore[arg-type]
        assert not Job.objects.exists()


class TestRunning:
    def test_all_parts_are_done_in_the_name_of_whoever_began_it_and_the_file_is_kept(self, counting: Counting) -> None:
        job = begun()
        (finished,) = run_waiting_jobs(clock)
        assert finished.id == job.id
        assert (finished.state, finished.done, finished.failed) == (JobState.DONE, 5, 0)
        assert (finished.finished_at, finished.held_until) == (NOW, None)
        assert counting.actors == [BOPHA.name]
        assert bytes(JobResult.objects.get(job=job).octets) == b"all"

    def test_work_without_a_file_has_no_result(self, counting: Counting) -> None:
        counting.output = None
        begun()
        run_waiting_jobs(clock)
        assert not JobResult.objects.exists()

    def test_how_far_it_is_can_be_seen_meanwhile(self, counting: Counting) -> None:
        begun()
        run_waiting_jobs(clock)
        assert counting.seen == [(1, 0), (2, 0), (3, 0), (4, 0), (5, 0)]

    def test_of_very_many_parts_not_each_is_written_down_but_one_in_a_second_is(self, counting: Counting) -> None:
        job = begun(total=100_000)
        instant = [NOW]
        progress = Progress(done_claim(), lambda: instant[0], lambda: False)
        for _ in range(499):
            progress.step()
        assert Job.objects.get(id=job.id).done == 0
        progress.step()
        assert Job.objects.get(id=job.id).done == 500
        instant[0] += timedelta(seconds=1)
        progress.step()
        assert Job.objects.get(id=job.id).done == 501

    def test_what_cannot_be_done_is_told_and_the_rest_is_done(self, counting: Counting) -> None:
        begun(impossible=[1, 3])
        (finished,) = run_waiting_jobs(clock)
        assert (finished.state, finished.done, finished.failed) == (JobState.DONE, 5, 2)
        assert finished.troubles == [["part 1", "it is not there"], ["part 3", "it is not there"]]
        assert counting.did == [0, 2, 4]

    def test_the_oldest_comes_first(self, counting: Counting) -> None:
        later = begun(now=minutes_later(1))
        earlier = begun(now=NOW)
        assert [job.id for job in run_waiting_jobs(lambda: minutes_later(2))] == [earlier.id, later.id]

    def test_one_worker_gets_it(self, counting: Counting) -> None:
        job = begun()
        first = claim_job(NOW)
        assert first is not None
        assert first.id == job.id
        assert claim_job(NOW) is None


class TestWhatGoesWrong:
    def test_an_error_nobody_foresaw_ends_it_and_is_logged_in_full(
        self, counting: Counting, caplog: pytest.LogCaptureFixture
    ) -> None:
        counting.fails_at = 3
        begun()
        (finished,) = run_waiting_jobs(clock)
        assert (finished.state, finished.stopped_by, finished.done) == (JobState.FAILED, JobTrouble.ERROR, 3)
        assert "out of paper" in caplog.text
        assert str(finished.id) in caplog.text

    def test_after_a_power_cut_another_worker_goes_on_and_does_nothing_twice(self, counting: Counting) -> None:
        job = begun()
        counting.power_cut_at = 3
        with pytest.raises(PowerCutError):
            run_waiting_jobs(clock)
        counting.power_cut_at = -1
        assert counting.did == [0, 1, 2]
        assert run_waiting_jobs(lambda: NOW + HELD_FOR - timedelta(seconds=1)) == []
        (finished,) = run_waiting_jobs(lambda: NOW + HELD_FOR)
        assert (finished.id, finished.state, finished.done) == (job.id, JobState.DONE, 5)
        assert counting.did == [0, 1, 2, 3, 4]

    def test_what_takes_its_worker_down_every_time_is_given_up(
        self, counting: Counting, caplog: pytest.LogCaptureFixture
    ) -> None:
        counting.power_cut_at = 0
        begun()
        for run in range(RUNS_AT_MOST):
            with pytest.raises(PowerCutError):
                run_waiting_jobs(lambda run=run: NOW + run * HELD_FOR)
        (finished,) = run_waiting_jobs(lambda: NOW + RUNS_AT_MOST * HELD_FOR)
        assert (finished.state, finished.stopped_by) == (JobState.FAILED, JobTrouble.GIVEN_UP)
        assert "never finished" in caplog.text

    def test_a_worker_that_is_told_to_stop_puts_it_back_between_two_parts(self, counting: Counting) -> None:
        begun()
        claimed = done_claim()
        put_back = run_job(claimed, clock, stop=lambda: len(counting.did) == 2)
        assert (put_back.state, put_back.done, put_back.runs, put_back.held_until) == (JobState.WAITING, 2, 0, None)
        (finished,) = run_waiting_jobs(clock)
        assert (finished.state, finished.done, counting.did) == (JobState.DONE, 5, [0, 1, 2, 3, 4])

    def test_one_that_is_told_to_stop_at_the_very_end_is_done(self, counting: Counting) -> None:
        begun()
        assert run_job(done_claim(), clock, stop=lambda: len(counting.did) == 5).state == JobState.DONE

    def test_told_to_stop_it_takes_up_nothing_more(self, counting: Counting) -> None:
        begun()
        assert run_waiting_jobs(clock, stop=lambda: True) == []


def test_files_are_forgotten_after_a_week_and_the_job_is_not(counting: Counting) -> None:
    begun()
    run_waiting_jobs(clock)
    assert forget_results(NOW + RESULTS_KEPT_FOR) == 0
    assert forget_results(NOW + RESULTS_KEPT_FOR + timedelta(seconds=1)) == 1
    assert not JobResult.objects.exists()
    assert Job.objects.get().state == JobState.DONE


class TestChores:
    @pytest.fixture
    def times(self, db: None, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
        ran: list[datetime] = []
        for name in list(CHORES):
            monkeypatch.delitem(CHORES, name)
        monkeypatch.setitem(CHORES, "tidy", Chore(timedelta(minutes=5), ran.append))
        return ran

    def test_one_is_done_at_once_and_then_every_so_often(self, times: list[datetime]) -> None:
        for minutes in (0, 1, 4, 5, 6, 10):
            run_due_chores(minutes_later(minutes))
        assert times == [minutes_later(0), minutes_later(5), minutes_later(10)]

    def test_of_two_workers_one_does_it(self, times: list[datetime]) -> None:
        assert [run_due_chores(NOW), run_due_chores(NOW)] == [["tidy"], []]

    def test_one_that_fails_is_logged_and_tried_at_its_next_time(
        self, times: list[datetime], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fails(now: datetime) -> None:
            raise ValueError("the broom is broken")

        monkeypatch.setitem(CHORES, "sweep", Chore(timedelta(minutes=5), fails))
        assert run_due_chores(NOW) == ["tidy"]
        assert "the broom is broken" in caplog.text
        assert ChoreTime.objects.get(name="sweep").due_at == minutes_later(5)

    def test_files_of_jobs_are_forgotten_so(self) -> None:
        assert CHORES["forget_results"].run is forget_results


def done_claim() -> Job:
    claimed = claim_job(NOW)
    assert claimed is not None
    return claimed
