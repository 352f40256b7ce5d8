"""How does a page say how far long work is?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from borderpass.domain.jobs import JobKind, JobState
from borderpass.store.models import Job, JobResult
from borderpass.web.office.access import Here
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.governor.wording import say_why
from borderpass.web.office.imports.wording import say_short_fault
from borderpass.web.office.printing.wording import say_not_printed
from borderpass.web.wording import say_number

KINDS: dict[str, Promise] = {
    JobKind.APPROVE: gettext_lazy("Approve and sign"),
    JobKind.PRINT: gettext_lazy("Print passes"),
    JobKind.CHECK_OLD_BOOK: gettext_lazy("Check an old book"),
    JobKind.IMPORT_OLD_BOOK: gettext_lazy("Import an old book"),
}
"""What each kind of work is called, as a heading. Every JobKind has its words."""
FOLLOWED_BY: dict[str, str] = {
    JobKind.APPROVE: "governor",
    JobKind.PRINT: "printing_sheets",
}
"""Where one goes on when work of a kind is done: the name of an address that the office alone completes."""
_ABOUT_ONE: dict[str, tuple[str, str]] = {
    JobKind.CHECK_OLD_BOOK: ("imports_one", "import"),
    JobKind.IMPORT_OLD_BOOK: ("imports_one", "import"),
}
"""The same where the office and one parameter of the job complete it: its name, and that of the parameter."""
_SAYS_WHY: dict[str, Callable[[str], str]] = {
    JobKind.APPROVE: say_why,
    JobKind.PRINT: say_not_printed,
    JobKind.CHECK_OLD_BOOK: say_short_fault,
    JobKind.IMPORT_OLD_BOOK: say_short_fault,
}
"""Kinds whose troubles are kept as codes, and what says them."""
STATES: dict[JobState, Promise] = {
    JobState.WAITING: gettext_lazy("Waits for its turn"),
    JobState.RUNNING: gettext_lazy("Is being done"),
    JobState.DONE: gettext_lazy("Done"),
    JobState.FAILED: gettext_lazy("Stopped by an error"),
}
_LONG = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class JobWords:
    """A job as a page shows it."""

    url: str
    progress_url: str
    title: str
    state: str
    is_over: bool
    has_failed: bool
    done: int
    total: int
    said: str
    made: str
    made_by: str
    troubles: list[tuple[str, str]]
    failed: int
    more_troubles: int
    result_url: str
    goes_on_at: str
    outcome: str
    waits_long: bool


def say_job(here: Here, job: Job) -> JobWords:
    """Return a job in words."""
    at = [here.office.code, job.id]
    has_result = job.state == JobState.DONE and JobResult.objects.filter(job=job).exists()
    return JobWords(
        url=reverse("office_job", args=at),
        progress_url=reverse("office_job_progress", args=at),
        title=str(KINDS.get(job.kind, job.kind)),
        state=str(STATES[JobState(job.state)]),
        is_over=job.state in (JobState.DONE, JobState.FAILED),
        has_failed=job.state == JobState.FAILED,
        done=job.done,
        total=job.total,
        said=gettext("%(done)s of %(total)s") % {"done": say_number(job.done), "total": say_number(job.total)},
        made=say_instant(job.made_at),
        made_by=job.made_by,
        troubles=[(about, _SAYS_WHY.get(job.kind, str)(why)) for about, why in job.troubles],
        failed=job.failed,
        more_troubles=max(0, job.failed - len(job.troubles)),
        result_url=reverse("office_job_result", args=at) if has_result else "",
        goes_on_at=_goes_on_at(here, job),
        outcome=_say_outcome(job),
        waits_long=job.state == JobState.WAITING and here.now - job.made_at > _LONG,
    )


def _goes_on_at(here: Here, job: Job) -> str:
    if job.state == JobState.DONE and job.kind in _ABOUT_ONE:
        name, parameter = _ABOUT_ONE[job.kind]
        return reverse(name, args=[here.office.code, job.parameters[parameter]])
    if job.state != JobState.DONE or job.kind not in FOLLOWED_BY:
        return ""
    return reverse(FOLLOWED_BY[job.kind], args=[here.office.code])


def _say_outcome(job: Job) -> str:
    """Return how many parts were done and how many not."""
    done = job.done - job.failed
    said = ngettext("%(count)s done", "%(count)s done", done) % {"count": say_number(done)}
    if not job.failed:
        return said
    return f"{said}, " + ngettext("%(count)s not", "%(count)s not", job.failed) % {"count": say_number(job.failed)}
