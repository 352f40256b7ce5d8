"""How do many passes become one PDF, and does a crash in between lose or double any of them?"""

from datetime import datetime
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from borderpass.domain.application import Event, State
from borderpass.domain.blanks import Blank, Lot, Outcome, PaperForm
from borderpass.domain.declined import Ground
from borderpass.domain.jobs import JobState
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.pictures.read_codes import read_codes
from borderpass.printing.print_sheet import Layout
from borderpass.services import print_sheet as module
from borderpass.services.change_status import change_status
from borderpass.services.count import find_imbalances
from borderpass.services.print_pass import print_pass
from borderpass.services.print_sheet import begin_sheet, sheet_events
from borderpass.services.receive_blanks import receive_blanks
from borderpass.services.run_job import HELD_FOR, claim_job, run_job, run_waiting_jobs
from borderpass.services.shift_blanks import shift_blanks
from borderpass.services.spoil_print import spoil_print
from borderpass.store.keys import new_id
from borderpass.store.models import ApplicationEvent, BlankUse, IssuedPass, Job, JobResult
from tests.cast import BOPHA, DARA, NEXT_CLERK, POIPET, SEREI
from tests.installation import NOW, Installation, approved, declined, done, fresh, signed


class PowerCutError(BaseException):
    """The machine went off: nothing of ours catches it."""


@pytest.fixture
def passes(installation: Installation) -> list[IssuedPass]:
    return [signed(installation, number) for number in range(1, 6)]


def begin(passes: list[IssuedPass], layout: Layout = Layout.A6, first: Blank | None = None) -> Job:
    ids = [one.application_id for one in passes]
    return done(begin_sheet(new_id(), POIPET, ids, layout, first, BOPHA, NOW))


def run(now: datetime = NOW) -> Job:
    [job] = run_waiting_jobs(lambda: now)
    return job


def codes_of(job: Job) -> list[str]:
    """The codes that a scanner reads off the pages, page by page."""
    texts: list[str] = []
    with pypdfium2.PdfDocument(bytes(JobResult.objects.get(job=job).octets)) as document:
        for page in document:
            octets = BytesIO()
            page.render(scale=3).to_pil().save(octets, "PNG")
            texts += read_codes(octets.getvalue())
    return texts


def prints() -> int:
    return ApplicationEvent.objects.filter(event=Event.PRINT).count()


def receive(first: int = 1, last: int = 20) -> None:
    done(receive_blanks(new_id(), POIPET, PaperForm.A6, Lot("PB", first, last), BOPHA, NOW))


def numbers(job: Job) -> list[int]:
    return [BlankUse.objects.get(print=event).number for event in sheet_events(job)]


class TestSheet:
    def test_a_pass_that_is_not_good_any_more_is_left_out_and_takes_no_blank(self, passes: list[IssuedPass]) -> None:
        receive()
        sheet = begin(passes[:2])
        done(change_status(passes[0].number, Status.REVOKED, "", DARA, NOW, StandingGround.COURT))
        job = run()
        assert [event.application_id for event in sheet_events(sheet)] == [passes[1].application_id]
        assert (codes_of(job), BlankUse.objects.count()) == ([passes[1].qr_text], 1)

    @pytest.mark.parametrize(("layout", "pages"), [(Layout.A6, 5), (Layout.A4, 2), (Layout.CARD, 10)])
    def test_every_code_can_be_scanned_off_the_sheet(
        self, passes: list[IssuedPass], layout: Layout, pages: int
    ) -> None:
        begin(passes, layout)
        job = run()
        assert (job.state, job.done, job.failed) == (JobState.DONE, 5, 0)
        assert sorted(codes_of(job)) == sorted(one.qr_text or "" for one in passes)
        with pypdfium2.PdfDocument(bytes(JobResult.objects.get(job=job).octets)) as document:
            assert len(document) == pages

    def test_each_print_is_recorded_with_the_sheet_in_its_order(self, passes: list[IssuedPass]) -> None:
        job = begin(list(reversed(passes)))
        run()
        events = sheet_events(job)
        assert [event.application_id for event in events] == [one.application_id for one in reversed(passes)]
        assert {(event.by, event.at, event.detail["form"]) for event in events} == {("bopha", NOW, "a6")}
        assert {fresh(one.application).state for one in passes} == {State.PRINTED}
        assert find_imbalances() == []

    def test_beginning_it_twice_is_once(self, passes: list[IssuedPass]) -> None:
        id_, ids = new_id(), [one.application_id for one in passes]
        for _ in range(2):
            done(begin_sheet(id_, POIPET, ids, Layout.A6, None, BOPHA, NOW))
        run()
        assert (Job.objects.count(), prints()) == (1, 5)

    def test_what_cannot_be_printed_is_told_and_the_others_are_printed(
        self, installation: Installation, passes: list[IssuedPass]
    ) -> None:
        unsigned = approved(9)
        ids = [*(one.application_id for one in passes), unsigned.id]
        done(print_pass(passes[0].application_id, PaperForm.A6, BOPHA, NOW))
        done(begin_sheet(new_id(), POIPET, ids, Layout.A6, None, BOPHA, NOW))
        job = run()
        assert job.troubles == [
            [passes[0].application.reference, Ground.WRONG_STATE],
            [unsigned.reference, Ground.WRONG_STATE],
        ]
        assert sorted(codes_of(job)) == sorted(one.qr_text or "" for one in passes[1:])

    def test_what_does_not_fit_on_paper_falls_out(self, passes: list[IssuedPass]) -> None:
        portrait = passes[2].application.portrait
        portrait.print_jpeg = b"no picture"
        portrait.save()
        begin(passes)
        job = run()
        assert job.troubles == [[passes[2].application.reference, Ground.NOT_PRINTABLE]]
        assert fresh(passes[2].application).state == State.APPROVED
        assert len(codes_of(job)) == 4

    def test_another_offices_is_no_part_of_it(self, installation: Installation, passes: list[IssuedPass]) -> None:
        other = signed(installation, 1, office=SEREI)
        begin([passes[0], other])
        assert codes_of(run()) == [passes[0].qr_text]
        assert fresh(other.application).state == State.APPROVED

    @pytest.mark.parametrize("actor", [DARA, NEXT_CLERK], ids=lambda one: one.name)
    def test_only_the_offices_clerk_begins_one(self, passes: list[IssuedPass], actor: Any) -> None:
        ids = [one.application_id for one in passes]
        assert declined(begin_sheet(new_id(), POIPET, ids, Layout.A6, None, actor, NOW)) is Ground.NOT_ALLOWED

    def test_nothing_and_too_much_are_refused(self, installation: Installation) -> None:
        for ids in ([], [new_id() for _ in range(module.SHEET_MAX + 1)]):
            assert declined(begin_sheet(new_id(), POIPET, ids, Layout.A6, None, BOPHA, NOW)) is Ground.BAD_FORM


class TestCrash:
    def test_power_cut_between_two_prints_doubles_nothing(
        self, passes: list[IssuedPass], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        receive()
        job = begin(passes)
        done_so_far, original = iter(range(3)), module._record_one

        def cut(*arguments: Any) -> Any:
            if next(done_so_far, None) is None:
                raise PowerCutError
            return original(*arguments)

        monkeypatch.setattr(module, "_record_one", cut)
        claimed = claim_job(NOW)
        assert claimed is not None
        with pytest.raises(PowerCutError):
            run_job(claimed, lambda: NOW)
        assert (prints(), JobResult.objects.count()) == (3, 0)
        monkeypatch.setattr(module, "_record_one", original)
        finished = run(NOW + HELD_FOR)
        assert (finished.id, finished.done, finished.failed, prints()) == (job.id, 5, 0, 5)
        assert numbers(job) == [1, 2, 3, 4, 5]
        assert len(codes_of(finished)) == 5
        assert find_imbalances() == []

    def test_sheet_that_cannot_be_rendered_records_nothing(
        self, passes: list[IssuedPass], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def break_down(*_: Any) -> bytes:
            raise OSError("the disk is full")

        monkeypatch.setattr(module, "print_sheet", break_down)
        begin(passes)
        assert (run().state, prints()) == (JobState.FAILED, 0)


class TestBlanks:
    def test_they_are_taken_in_the_order_of_the_sheet_from_the_one_in_the_printer(
        self, passes: list[IssuedPass]
    ) -> None:
        receive()
        job = begin(passes, first=Blank("PB", 7))
        run()
        assert numbers(job) == [7, 8, 9, 10, 11]

    def test_too_few_begin_nothing(self, passes: list[IssuedPass]) -> None:
        receive(last=4)
        ids = [one.application_id for one in passes]
        assert declined(begin_sheet(new_id(), POIPET, ids, Layout.A4, None, BOPHA, NOW)) is Ground.WRONG_BLANK

    def test_number_that_is_used_or_was_never_delivered_is_refused(self, passes: list[IssuedPass]) -> None:
        receive()
        done(print_pass(passes[0].application_id, PaperForm.A6, BOPHA, NOW))
        for number in (1, 21):
            ids = [one.application_id for one in passes[1:]]
            answer = begin_sheet(new_id(), POIPET, ids, Layout.A6, Blank("PB", number), BOPHA, NOW)
            assert declined(answer) is Ground.WRONG_BLANK

    def test_printer_that_ate_one_shifts_those_after_it(self, passes: list[IssuedPass]) -> None:
        receive()
        job = begin(passes)
        run()
        for _ in range(2):
            eaten = done(shift_blanks(job, passes[2].application_id, Blank("PB", 3), BOPHA, NOW))
            assert (str(eaten), numbers(job)) == ("PB000003", [1, 2, 4, 5, 6])
        stale = shift_blanks(job, passes[3].application_id, Blank("PB", 4), BOPHA, NOW)
        assert declined(stale) is Ground.WRONG_BLANK
        assert BlankUse.objects.get(number=3).outcome == Outcome.VOID
        done(spoil_print(passes[4].application_id, "torn", BOPHA, NOW))
        assert BlankUse.objects.get(number=6).outcome == Outcome.SPOILED
        assert find_imbalances() == []

    def test_without_a_numbered_blank_nothing_is_shifted(self, passes: list[IssuedPass]) -> None:
        job = begin(passes)
        run()
        assert declined(shift_blanks(job, passes[2].application_id, Blank("PB", 3), BOPHA, NOW)) is Ground.WRONG_BLANK
        assert declined(shift_blanks(job, passes[2].application_id, Blank("PB", 3), DARA, NOW)) is Ground.NOT_ALLOWED
