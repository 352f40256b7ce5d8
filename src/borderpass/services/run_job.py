"""How is long work done? A worker claims a job, does its parts, and writes down how far it is.

1. `claim_job`: the oldest that waits, or whose worker is gone (it let its hold lapse). One worker gets it.
2. The kind's function does the parts. It finds out by itself which of them were done before a crash.
3. The result, and that it is finished, are stored together. A function that raises leaves the job failed.

A worker that is told to stop puts the job back between two parts.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from borderpass.domain.jobs import JobKind, JobOutput, JobState, JobTrouble, Trouble
from borderpass.services.check_old_book import check_old_book
from borderpass.services.import_old_book import import_old_book
from borderpass.services.print_sheet import run_print
from borderpass.services.run_approval import run_approval
from borderpass.store.models import Job, JobResult

HELD_FOR = timedelta(minutes=2)
RUNS_AT_MOST = 3
RESULTS_KEPT_FOR = timedelta(days=7)
_TROUBLES_KEPT = 500
_TIMES_WRITTEN = 200
_WRITTEN_EVERY = timedelta(seconds=1)
_CLAIMS_TRIED = 10
_log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Stop = Callable[[], bool]


class Stopped(Exception):  # noqa: N818  # nothing is wrong: the worker was told to stop
    """The worker was told to stop; what is left is done by the next."""


class Progress:
    """How far a job is. A kind's function calls `step` once for each part, whether it was done now or before."""

    def __init__(self, job: Job, clock: Clock, stop: Stop) -> None:
        self._job, self._clock, self._stop = job, clock, stop
        self._done, self._failed, self._troubles = 0, 0, list[Trouble]()
        self._each = max(1, job.total // _TIMES_WRITTEN)
        self._written_at = clock()

    def expect(self, total: int) -> None:
        """Say of how many parts the job is, where that is known only once it is under way."""
        self._job.total = max(1, total)
        self._each = max(1, self._job.total // _TIMES_WRITTEN)
        Job.objects.filter(id=self._job.id, state=JobState.RUNNING).update(total=self._job.total)

    def step(self, trouble: Trouble | None = None) -> None:
        """Say that one more part is finished, or that it could not be done and why. Raise Stopped between two parts."""
        self._done += 1
        if trouble is not None:
            self._failed += 1
            self._troubles.append(trouble)
        if self._done % self._each == 0 or self._clock() - self._written_at >= _WRITTEN_EVERY:
            self.write()
        if self._stop() and self._done < self._job.total:
            raise Stopped

    def write(self) -> None:
        """Write down how far it is, and hold the job for a while longer."""
        self._written_at = self._clock()
        Job.objects.filter(id=self._job.id, state=JobState.RUNNING).update(
            done=self._done,
            failed=self._failed,
            troubles=[list(one) for one in self._troubles[:_TROUBLES_KEPT]],
            held_until=self._written_at + HELD_FOR,
        )


Runner = Callable[[Job, Progress, datetime], JobOutput | None]
RUNNERS: dict[str, Runner] = {
    JobKind.APPROVE: run_approval,
    JobKind.PRINT: run_print,
    JobKind.CHECK_OLD_BOOK: check_old_book,
    JobKind.IMPORT_OLD_BOOK: import_old_book,
}
"""What does the work of each JobKind: (job, progress, the instant at which this run began) -> a file, or None."""


def claim_job(now: datetime) -> Job | None:
    """Return the oldest job that nobody does, held for the caller; None when there is nothing to do."""
    for job in _free_jobs(now):
        mine = Job.objects.filter(_free(now), id=job.id, runs=job.runs)
        if mine.update(state=JobState.RUNNING, held_until=now + HELD_FOR, runs=F("runs") + 1) == 1:
            job.refresh_from_db()
            return job
    return None


def _free(now: datetime) -> Q:
    return Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, held_until__lte=now)


def _free_jobs(now: datetime) -> list[Job]:
    return list(Job.objects.filter(_free(now)).order_by("made_at", "id")[:_CLAIMS_TRIED])


def run_job(job: Job, clock: Clock, stop: Stop = lambda: False) -> Job:
    """Do a claimed job to its end, or until told to stop; return it as it then is."""
    if job.runs > RUNS_AT_MOST:
        _log.error("job %s (%s) was begun %s times and never finished", job.id, job.kind, RUNS_AT_MOST)
        return _finish(job, JobState.FAILED, clock(), trouble=JobTrouble.GIVEN_UP)
    progress = Progress(job, clock, stop)
    try:
        output = RUNNERS[job.kind](job, progress, clock())
    except Stopped:
        return _put_back(job, progress)
    except Exception:
        # Whatever a kind's function did not foresee: the log has it in full, the page says that it was noted.
        _log.exception("job %s (%s) failed", job.id, job.kind)
        progress.write()
        return _finish(job, JobState.FAILED, clock(), trouble=JobTrouble.ERROR)
    progress.write()
    return _finish(job, JobState.DONE, clock(), output)


def _put_back(job: Job, progress: Progress) -> Job:
    progress.write()
    Job.objects.filter(id=job.id).update(state=JobState.WAITING, held_until=None, runs=F("runs") - 1)
    job.refresh_from_db()
    return job


def _finish(
    job: Job, state: JobState, now: datetime, output: JobOutput | None = None, trouble: JobTrouble | None = None
) -> Job:
    with transaction.atomic():
        if output is not None:
            values = {"file_name": output.file_name, "media_type": output.media_type, "octets": output.octets}
            JobResult.objects.update_or_create(job=job, defaults=values)
        stopped_by = trouble.value if trouble else ""
        Job.objects.filter(id=job.id).update(state=state, finished_at=now, held_until=None, stopped_by=stopped_by)
    job.refresh_from_db()
    return job


def run_waiting_jobs(clock: Clock, stop: Stop = lambda: False) -> list[Job]:
    """Do everything that waits, one after the other; return what was done."""
    finished = []
    while not stop() and (job := claim_job(clock())) is not None:
        finished.append(run_job(job, clock, stop))
    return finished


def forget_results(now: datetime) -> int:
    """Delete the files of jobs that ended more than a week ago; return how many. They hold people's names and faces."""
    old = JobResult.objects.filter(job__finished_at__lt=now - RESULTS_KEPT_FOR)
    return old.delete()[0]
