"""Does the site come up, answer, and stop when it is told to?"""

import json
import socket
import time

import pytest

from tests.cli.running import run_process
from tests.cli.serving import free_port, serving

PROMPTLY_S = 10


def test_the_site_answers_and_stops_when_told(demo):
    port = free_port()
    with serving(demo.home, port, "serve", "--port", str(port)) as site:
        status, health = site.get("/healthz")
        assert status == 200
        assert isinstance(json.loads(health), dict)
        status, page = site.get("/")
        assert status == 200
        assert b"<html" in page
        assert site.get("/api/v1/bundle") == (200, (demo.home / "bundle.cbor").read_bytes())
        assert site.get("/nowhere")[0] == 404
        told_at = time.monotonic()
        ran = site.stop()
        assert time.monotonic() - told_at < PROMPTLY_S
    assert ran.done() == f"serving http://localhost:{port}/ - stop it with Ctrl-C\n"


def test_a_busy_port_is_one_line(demo):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        line = run_process("serve", "--port", str(port), home=demo.home).refusal()
        assert line.startswith(f"borderpass serve: cannot listen on 127.0.0.1:{port} (")
        assert line.endswith("choose another with --port")


def test_the_demo_looks_for_a_free_port_before_it_tells_anything(tmp_path):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        line = run_process("demo", "--port", str(busy.getsockname()[1]), home=tmp_path).refusal()
    assert "cannot listen on" in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["--port", "99999"], ["--port", "-1"], ["--host", "192.0.2.1"]], ids=" ".join)
def test_an_address_that_is_none_of_ours_is_one_line(demo, words):
    assert "cannot listen on" in run_process("serve", *words, home=demo.home).refusal()


@pytest.mark.parametrize(
    ("workers", "says"), [("0", "at least 1"), ("-1", "at least 1"), ("2", "serve with one worker")]
)
def test_sqlite_is_served_by_one_worker(demo, workers, says):
    assert says in run_process("serve", "--workers", workers, home=demo.home).refusal(2)
