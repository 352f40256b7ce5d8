"""How much processor time does a pass take when 200 are printed as one PDF? From the click to the file, in one job.

The limit is that of one pass (bench/issue.py): a sheet of many may not cost more than as many single ones. Printed are
the passes that `measure_approve` had signed, onto numbered blanks, four to an A4 sheet.
"""

from datetime import datetime
from time import perf_counter, process_time
from unittest.mock import patch

from bench.measure import Result
from borderpass.cli.installation import done
from borderpass.cli.story.stage import clerk
from borderpass.domain.application import State
from borderpass.domain.blanks import Lot, PaperForm
from borderpass.printing import print_sheet as drawing_module
from borderpass.printing.print_sheet import Layout
from borderpass.services import print_sheet as sheet_module
from borderpass.services.print_sheet import begin_sheet
from borderpass.services.receive_blanks import receive_blanks
from borderpass.services.run_job import run_waiting_jobs
from borderpass.store.keys import new_id
from borderpass.store.models import Application, JobResult

LIMIT_MS = 40.0
MANY = 200
OFFICE = "0110"


def measure_print_sheet(now: datetime) -> Result:
    """Return milliseconds a pass; the drawing, and the time on the clock, are in the note."""
    actor = clerk(OFFICE)
    waiting = Application.objects.filter(office_id=OFFICE, state=State.APPROVED, issued_pass__qr_text__isnull=False)
    ids = list(waiting.order_by("lodged_at", "id").values_list("id", flat=True)[:MANY])
    assert len(ids) == MANY, f"{len(ids)} passes wait: run measure_approve first"
    done(receive_blanks(new_id(), OFFICE, PaperForm.A6, Lot("PB", 1, MANY), actor, now))
    drawn: list[float] = []

    def timed(*arguments: object) -> bytes:
        begun = process_time()
        pdf = drawing_module.print_sheet(*arguments)  # type: ignore[arg-type]
        drawn.append(process_time() - begun)
        return pdf

    with patch.object(sheet_module, "print_sheet", timed):
        begun, on_the_clock = process_time(), perf_counter()
        done(begin_sheet(new_id(), OFFICE, ids, Layout.A4, None, actor, now))
        [job] = run_waiting_jobs(lambda: now)
        each, waited = (process_time() - begun) / MANY * 1000, perf_counter() - on_the_clock
    assert (job.done, job.failed) == (MANY, 0), job.troubles
    octets = len(bytes(JobResult.objects.get(job=job).octets))
    draw = sum(drawn) / MANY * 1000
    note = (
        f"{MANY} as one PDF of {octets / 1e6:.1f} MB in {waited:.1f} s; draw {draw:.1f} ms, record {each - draw:.1f} ms"
    )
    return Result("print_sheet", each, LIMIT_MS, LIMIT_MS / each, "ms/pass", 1.0, note)
