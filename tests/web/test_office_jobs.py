"""/office/<office>/jobs/: how far long work is, on a page that can be left, and what came of it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from django.test import Client

from borderpass.domain.actors import Act
from borderpass.domain.jobs import ACT_FOR, JobKind, JobOutput, JobState, Trouble
from borderpass.services.run_job import RUNNERS, RUNS_AT_MOST, Progress, claim_job, run_waiting_jobs
from borderpass.services.start_job import start_job
from borderpass.store.keys import new_id
from borderpass.store.models import Job
from borderpass.web.office.jobs.wording import FOLLOWED_BY, KINDS
from tests.cast import BOPHA, DARA, MALEE, POIPET, PROVINCE, RITH, SEREI
from tests.installation import Installation, done
from tests.web.conftest import NOW, sign_in

HOME = f"/office/{POIPET}/jobs/"


class Kind(StrEnum):
    """A kind of the tests' own."""

    COUNTING = "counting"


KIND: JobKind = Kind.COUNTING  # type: ignore[assignment]


def count(job: Job, progress: Progress, now: datetime) -> JobOutput:
    for part in range(job.total):
        progress.step(
            Trouble(f"A0110-26-00000{part}-X", "it is <b>returned</b>") if part in job.parameters["not"] else None
        )
    return JobOutput('ប័ណ្ណ "1".pdf', "application/pdf", b"%PDF-1.7")


@pytest.fixture(autouse=True)
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RUNNERS, KIND, count)
    monkeypatch.setitem(ACT_FOR, KIND, Act.PRINT)
    monkeypatch.setitem(KINDS, KIND, "Printing of passes")


@pytest.fixture
def clerk(client: Client, world: Installation) -> Client:
    return sign_in(client, BOPHA.name)


def begun(total: int = 3, now: datetime = NOW, leave_out: tuple[int, ...] = ()) -> Job:
    return done(start_job(new_id(), KIND, POIPET, {"not": list(leave_out)}, total, BOPHA, now))


def html_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


class TestThePage:
    def test_while_it_waits_it_asks_again_each_second_and_says_that_it_can_be_left(self, clerk: Client) -> None:
        job = begun()
        html = html_of(clerk, f"{HOME}{job.id}/")
        assert "Printing of passes" in html
        assert f'hx-get="{HOME}{job.id}/progress/" hx-trigger="every 1s"' in html
        assert "Waits for its turn" in html
        assert "0 of 3" in html
        assert "You can leave this page" in html
        assert "Nobody has taken this up yet." not in html

    def test_without_scripts_it_is_loaded_again(self, clerk: Client) -> None:
        job = begun()
        assert f'<a href="{HOME}{job.id}/">Load again</a>' in html_of(clerk, f"{HOME}{job.id}/")

    def test_where_no_worker_comes_it_says_so(self, clerk: Client) -> None:
        job = begun(now=NOW - timedelta(seconds=31))
        assert "Nobody has taken this up yet." in html_of(clerk, f"{HOME}{job.id}/")

    def test_while_it_is_done_its_bar_has_words(self, clerk: Client) -> None:
        job = claim_job_of(begun(total=200))
        Job.objects.filter(id=job.id).update(done=57)
        html = html_of(clerk, f"{HOME}{job.id}/progress/")
        assert '<progress value="57" max="200" aria-label="How far it is">57 of 200</progress>' in html
        assert "Is being done" in html
        assert "<html" not in html

    def test_when_it_is_done_it_asks_no_more_and_leads_to_the_file(self, clerk: Client) -> None:
        job = begun()
        run_waiting_jobs(lambda: NOW)
        fragment = html_of(clerk, f"{HOME}{job.id}/progress/", 286)
        assert "3 done" in fragment
        assert f'href="{HOME}{job.id}/result/"' in fragment
        html = html_of(clerk, f"{HOME}{job.id}/")
        assert "hx-get" not in html
        assert "You can leave this page" not in html

    def test_what_could_not_be_done_is_listed_with_why(self, clerk: Client) -> None:
        job = begun(leave_out=(1,))
        run_waiting_jobs(lambda: NOW)
        html = html_of(clerk, f"{HOME}{job.id}/")
        assert "2 done, 1 not" in html
        assert "A0110-26-000001-X" in html
        assert "it is &lt;b&gt;returned&lt;/b&gt;" in html

    def test_one_that_failed_says_that_it_was_noted(self, clerk: Client, caplog: Any) -> None:
        job = begun()
        Job.objects.filter(id=job.id).update(parameters={})
        run_waiting_jobs(lambda: NOW)
        html = html_of(clerk, f"{HOME}{job.id}/progress/", 286)
        assert "Stopped by an error" in html
        assert "It was noted." in html
        assert "KeyError" not in html
        assert "KeyError" in caplog.text

    def test_one_that_was_given_up_says_so_too(self, clerk: Client, caplog: Any) -> None:
        job = begun()
        Job.objects.filter(id=job.id).update(runs=RUNS_AT_MOST)
        run_waiting_jobs(lambda: NOW)
        assert "Stopped by an error" in html_of(clerk, f"{HOME}{job.id}/")

    def test_where_it_goes_on_is_shown(self, clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(FOLLOWED_BY, KIND, "office")
        job = begun()
        assert "Go on" not in html_of(clerk, f"{HOME}{job.id}/")
        run_waiting_jobs(lambda: NOW)
        assert f'href="/office/{POIPET}/">Go on</a>' in html_of(clerk, f"{HOME}{job.id}/")


class TestTheFile:
    def test_it_is_downloaded_under_its_name_and_no_browser_keeps_it(self, clerk: Client) -> None:
        job = begun()
        assert clerk.get(f"{HOME}{job.id}/result/").status_code == 404
        run_waiting_jobs(lambda: NOW)
        response = clerk.get(f"{HOME}{job.id}/result/")
        assert response.content == b"%PDF-1.7"
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
        assert "no-store" in response.headers["Cache-Control"]


class TestTheList:
    def test_the_latest_come_first_a_page_at_a_time(self, clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("borderpass.web.office.jobs.views.PAGE_LINES", 2)
        jobs = [begun(now=NOW + timedelta(minutes=at)) for at in range(3)]
        html = html_of(clerk, HOME)
        assert html.index(str(jobs[2].id)) < html.index(str(jobs[1].id))
        assert str(jobs[0].id) not in html
        assert str(jobs[0].id) in html_of(clerk, f"{HOME}?page=2")

    def test_at_first_there_is_none(self, clerk: Client) -> None:
        assert "There is none." in html_of(clerk, HOME)


class TestWhoSeesIt:
    def test_whoever_may_begin_such_work_here_or_reads_several_offices(
        self, client: Client, world: Installation
    ) -> None:
        job = begun()
        for actor in (BOPHA, PROVINCE, RITH):
            html_of(sign_in(client, actor.name), f"{HOME}{job.id}/")

    @pytest.mark.parametrize("rest", ["", "progress/", "result/"])
    def test_for_others_of_the_office_it_is_not_there(self, client: Client, world: Installation, rest: str) -> None:
        job = begun()
        run_waiting_jobs(lambda: NOW)
        assert sign_in(client, DARA.name).get(f"{HOME}{job.id}/{rest}").status_code == 404
        assert sign_in(client, MALEE.name).get(f"{HOME}{job.id}/{rest}").status_code == 403
        assert sign_in(client, PROVINCE.name).get(f"/office/{SEREI}/jobs/{job.id}/{rest}").status_code == 404
        assert Client().get(f"{HOME}{job.id}/{rest}").status_code == 302

    def test_nothing_takes_a_post(self, clerk: Client) -> None:
        job = begun()
        for rest in ("", "progress/", "result/"):
            assert Client().post(f"{HOME}{job.id}/{rest}").status_code == 405


def test_every_kind_of_work_is_complete() -> None:
    for kind in JobKind:
        assert kind in ACT_FOR, f"who may begin {kind}? add it to ACT_FOR in domain/jobs.py"
        assert kind in RUNNERS, f"what does {kind}? add it to RUNNERS in services/run_job.py"
        assert kind in KINDS, f"what is {kind} called? add it to KINDS in web/office/jobs/wording.py"


def test_every_state_can_be_said(clerk: Client) -> None:
    job = begun()
    for state in JobState:
        Job.objects.filter(id=job.id).update(state=state)
        html_of(clerk, f"{HOME}{job.id}/")


def claim_job_of(job: Job) -> Job:
    claimed = claim_job(NOW)
    assert claimed is not None
    assert claimed.id == job.id
    return claimed
