"""How do many passes become one PDF, and what is recorded of it? In a job that can be taken up again at any place.

1. The PDF of all passes that can be printed is made first: what cannot be rendered is not recorded as printed.
2. Each print is recorded by itself, with this sheet's id and the number of its blank, in the order of the sheet.
3. What fell out in the meantime (somebody else printed it) is left out of the PDF too.

A run after a crash finds by the sheet's id what was recorded: that keeps its number, and is not printed twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State, next_state
from borderpass.domain.blanks import Blank, PaperForm, read_blank
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.jobs import JobKind, JobOutput, Trouble
from borderpass.domain.notices import NoticeKind
from borderpass.printing.papers import PaperError, PassPaper
from borderpass.printing.print_sheet import Layout, check_paper_fits, print_sheet
from borderpass.printing.qr_symbol import SymbolError
from borderpass.services.describe_paper import describe_pass
from borderpass.services.job_actor import actor_of
from borderpass.services.queue_notice import queue_notice
from borderpass.services.start_job import start_job
from borderpass.services.supersede_old_pass import find_not_good
from borderpass.services.use_blanks import find_used, hold_blank, keep_blank, plan_blanks, said_of
from borderpass.store.models import Application, ApplicationEvent, IssuedPass, Job
from borderpass.store.queries.applications import applications_for, move

if TYPE_CHECKING:  # which calls us
    from borderpass.services.run_job import Progress

SHEET_MAX = 200
FORM_OF = {Layout.A6: PaperForm.A6, Layout.A4: PaperForm.A6, Layout.CARD: PaperForm.CARD}


@dataclass(slots=True)
class _Part:
    """One pass of a sheet: what it says, whether an earlier run recorded it, or why it is not printed."""

    application: Application
    paper: PassPaper | None = None
    recorded: bool = False
    why: Ground | None = None


def begin_sheet(
    job_id: UUID,
    office_code: str,
    application_ids: Sequence[UUID],
    layout: Layout,
    first: Blank | None,
    actor: Actor,
    now: datetime,
) -> Job | Declined:
    """Have passes of an office printed as one PDF, in the order given; return the job, or why there is none.

    `first` is the number that lies on top in the printer, where blanks are numbered; None: the next unused one.
    """
    ids = list(dict.fromkeys(application_ids))
    already = Job.objects.filter(id=job_id).exists()
    if not already:
        if not ids or len(ids) > SHEET_MAX:
            return Declined(Ground.BAD_FORM, f"choose from 1 to {SHEET_MAX} passes")
        if not actor.may_at_office(Act.PRINT, office_code):
            return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) does not print at office {office_code}")
        planned = plan_blanks(office_code, FORM_OF[layout], len(ids), first)
        if isinstance(planned, Declined):
            return planned
        if (problem := find_used(office_code, FORM_OF[layout], first)) is not None:
            return problem
    said = {"ids": [str(one) for one in ids], "layout": layout.value, "first": str(first) if first else ""}
    return start_job(job_id, JobKind.PRINT, office_code, said, len(ids), actor, now)


def run_print(job: Job, progress: "Progress", now: datetime) -> JobOutput | None:
    """Print the passes of a sheet; what could not be printed is told by its Ground."""
    layout, actor = Layout(job.parameters["layout"]), actor_of(job)
    parts = _look(job, actor)
    pdf = _typeset(parts, layout)
    in_the_pdf = sum(part.why is None for part in parts)
    _record(parts, job, actor, now, progress)
    printed = [part for part in parts if part.why is None]
    if not printed:
        return None
    if len(printed) != in_the_pdf:
        pdf = _typeset(printed, layout)
    return JobOutput(f"passes-{job.office_id}-{now:%Y%m%d}-{len(printed)}.pdf", "application/pdf", pdf)


def sheet_events(job: Job) -> list[ApplicationEvent]:
    """Return the prints of a sheet in its order."""
    ids = [UUID(one) for one in job.parameters["ids"]]
    prints = ApplicationEvent.objects.filter(event=Event.PRINT, application__in=ids, detail__sheet=str(job.id))
    place = {one: at for at, one in enumerate(ids)}
    return sorted(prints.select_related("application"), key=lambda event: place[event.application_id])


def draw_recorded(job: Job) -> bytes:
    """Return the PDF of what a sheet that failed had recorded until then, so that no recorded print lacks its paper.

    Empty where nothing of it stands printed any more.
    """
    parts = [part for part in _look(job, actor_of(job)) if part.recorded]
    return _typeset(parts, Layout(job.parameters["layout"]))


def _look(job: Job, actor: Actor) -> list[_Part]:
    """Return the parts in their order; an application of another office is as unknown as none, and no part."""
    ids = [UUID(one) for one in job.parameters["ids"]]
    found = applications_for(actor).filter(office_id=job.office_id).select_related("office").in_bulk(ids)
    signed = IssuedPass.objects.filter(application__in=ids, qr_text__isnull=False)
    passes = {one.application_id: one for one in signed.select_related("office", "application__portrait")}
    recorded = {event.application_id: event.seq for event in sheet_events(job)}
    parts = []
    for one in ids:
        if (application := found.get(one)) is None:
            continue
        part = _Part(application, recorded=recorded.get(one) == application.events)
        if one not in passes or not (part.recorded or _can_be_printed(application, passes[one])):
            part.why = Ground.WRONG_STATE
        else:
            part.paper = describe_pass(passes[one])
        parts.append(part)
    return parts


def _can_be_printed(application: Application, issued: IssuedPass) -> bool:
    return next_state(State(application.state), Event.PRINT) is not None and find_not_good(issued) is None


def _typeset(parts: Sequence[_Part], layout: Layout) -> bytes:
    """Return the PDF of those parts that can be printed; mark those that cannot."""
    papers = [part.paper for part in parts if part.paper is not None and part.why is None]
    try:
        return print_sheet(papers, layout) if papers else b""
    except (PaperError, SymbolError):
        for part in parts:
            if part.paper is not None and not _fits(part.paper, layout):
                part.why = Ground.NOT_PRINTABLE
    papers = [part.paper for part in parts if part.paper is not None and part.why is None]
    return print_sheet(papers, layout) if papers else b""


def _fits(paper: PassPaper, layout: Layout) -> bool:
    try:
        check_paper_fits(paper, layout)
    except (PaperError, SymbolError):
        return False
    return True


def _record(parts: Sequence[_Part], job: Job, actor: Actor, now: datetime, progress: "Progress") -> None:
    """Record each print, in the order in which the papers leave the printer."""
    form = FORM_OF[Layout(job.parameters["layout"])]
    to_record = sum(part.why is None and not part.recorded for part in parts)
    planned = plan_blanks(job.office_id, form, to_record, read_blank(job.parameters["first"]))
    blanks = [] if isinstance(planned, Declined) else list(planned)
    for part in parts:
        if part.why is None and not part.recorded:
            part.why = _record_one(part.application, blanks, form, job, actor, now)
        progress.step(None if part.why is None else Trouble(part.application.reference, part.why.value))


def _record_one(
    application: Application,
    blanks: list[Blank] | list[Blank | None],
    form: PaperForm,
    job: Job,
    actor: Actor,
    now: datetime,
) -> Ground | None:
    if not blanks:
        return Ground.WRONG_BLANK
    blank = blanks[0]
    with transaction.atomic():
        if hold_blank(job.office_id, blank) is not None:
            blanks.pop(0)
            return Ground.WRONG_BLANK
        said: dict[str, Any] = {"form": form.value, "sheet": str(job.id), **said_of(blank)}
        if move(application, Event.PRINT, actor, now, **said) is None:
            return Ground.WRONG_STATE
        keep_blank(application, blank, form, actor, now)
        queue_notice(application, NoticeKind.READY, now)
    blanks.pop(0)
    return None
