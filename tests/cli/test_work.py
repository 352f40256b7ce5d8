"""Is long work taken up, by itself and beside the site, and does its process end when it should?"""

import os
import shutil
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from borderpass.domain.jobs import JobState
from borderpass.services.run_job import RUNNERS
from borderpass.store.keys import new_id
from borderpass.store.models import ChoreTime, Job
from tests.cli.running import ROOT, environment, run_process, words_of
from tests.cli.serving import PATIENCE_S, free_port, serving

PROMPTLY_S = 10
BEGIN = """
from borderpass.store.models import Job
from datetime import datetime, UTC
from borderpass.services.run_job import RUNNERS
from borderpass.store.keys import new_id
Job.objects.create(id=new_id(), kind="none", office_id="0110", made_by="b", role="clerk", scope="0110",
                   made_at=datetime.now(UTC), state="waiting", total=1)
"""
LOOK = "from borderpass.store.models import Job; print(Job.objects.latest('made_at').state)"


@pytest.fixture
def home_of_its_own(demo, tmp_path):
    return Path(shutil.copytree(demo.home, tmp_path / "home"))


def shell(home, code):
    return run_process("manage", "shell", "--verbosity", "0", "--command", code, home=home).done().strip()


def worker(home, *words):
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(words_of("work", *words), cwd=ROOT, env=environment(home), **streams)


def wait_until(told, seconds=PATIENCE_S):
    until = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < until
        with subprocess.Popen(["sleep", "0.2"]) as pause:
            pause.wait()


def workers_of(home):
    """Return how many processes do the long work of an installation."""
    found = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"BORDERPASS_HOME={home}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found += b"\0work\0" in (folder / "cmdline").read_bytes()
        except OSError:
            continue
    return found


def test_once_does_what_waits_and_the_chores_that_are_due(borderpass, office, monkeypatch):
    monkeypatch.setitem(RUNNERS, "none", lambda job, progress, now: progress.step())
    rest = {"made_by": "b", "role": "clerk", "scope": "0110", "made_at": datetime.now(UTC), "total": 1}
    Job.objects.create(id=new_id(), kind="none", office_id="0110", state=JobState.WAITING, **rest)
    assert borderpass("work", "--once").done() == ""
    assert (Job.objects.get().state, Job.objects.get().done) == (JobState.DONE, 1)
    assert ChoreTime.objects.filter(name="forget_results").exists()


def test_where_nothing_was_founded_it_says_so_in_one_line(tmp_path):
    assert "run borderpass init" in run_process("work", "--once", home=tmp_path).refusal()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it(home_of_its_own, number):
    with worker(home_of_its_own) as process:
        wait_until(lambda: shell(home_of_its_own, CHORES_DONE) == "True")
        process.send_signal(number)
        assert process.wait(PROMPTLY_S) == 0
        assert process.stderr.read() == b""


def test_it_ends_where_whoever_started_it_is_gone(home_of_its_own):
    with worker(home_of_its_own, "--beside", "1") as process:
        assert process.wait(PROMPTLY_S) == 0


def test_beside_a_site_that_was_not_founded_it_waits_and_says_so_once(tmp_path):
    with worker(tmp_path, "--beside", str(os.getpid())) as process:
        line = process.stderr.readline().decode()
        assert "the database cannot be used" in line
        process.terminate()
        assert process.wait(PROMPTLY_S) == 0
        assert process.stderr.read() == b""


def test_the_site_has_one_beside_it_which_ends_with_it(home_of_its_own):
    shell(home_of_its_own, BEGIN)  # nothing does work of this kind: whoever takes it up leaves it failed
    port = free_port()
    with serving(home_of_its_own, port, "serve", "--port", str(port)):
        wait_until(lambda: shell(home_of_its_own, LOOK) == "failed")
        assert workers_of(home_of_its_own) == 1
    wait_until(lambda: workers_of(home_of_its_own) == 0, PROMPTLY_S)


CHORES_DONE = "from borderpass.store.models import ChoreTime; print(ChoreTime.objects.exists())"
