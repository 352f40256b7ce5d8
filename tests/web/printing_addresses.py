"""What stands behind the addresses of an office's printing? For the walk of `test_office_urls.py`, made in Poipet."""

from collections.abc import Callable
from typing import Any

from borderpass.printing.print_sheet import Layout
from borderpass.services.print_sheet import begin_sheet
from borderpass.services.run_job import run_waiting_jobs
from borderpass.store.keys import new_id
from tests.cast import BOPHA, POIPET
from tests.installation import NOW, Installation, done, lodged, signed

Arguments = dict[str, Any]


def application(world: Installation) -> Arguments:
    return {"application_id": lodged(7).id}


def sheet(world: Installation) -> Arguments:
    ids = [signed(world, 7).application_id]
    job = done(begin_sheet(new_id(), POIPET, ids, Layout.CARD, None, BOPHA, NOW))
    run_waiting_jobs(lambda: NOW)
    return {"job_id": job.id}


PRINTING: dict[str, Callable[[Installation], Arguments]] = {
    **{f"printing_{one}": application for one in ("paper", "print", "spoil", "hand_over")},
    **{f"printing_{one}": sheet for one in ("sheet", "sheet_progress", "sheet_pdf")},
}
