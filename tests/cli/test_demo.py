"""Does the demo tell the main job to its end, and leave behind what it says?"""

import csv
import io
import json
import re
import shutil
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from borderpass.cli.demo import say_phone
from borderpass.domain.enrolment_code import digest_of_code
from borderpass.store.models import EnrolmentCode
from tests.architecture.source_files import PACKAGE
from tests.cli.demonstration import RESIDENTS
from tests.cli.running import run_process
from tests.cli.serving import free_port, serving
from tests.cli.test_device import read_terminal


def test_every_step_holds(demo):
    said = demo.ran.done()
    chapters = re.findall(r"^(\d)  \S", said, re.MULTILINE)
    assert chapters == list("1234567")
    assert "\nEvery step held. " in said
    assert "≠" not in said
    for verdict in ("✔ ADMIT", "▲ REFER", "⬣ REFUSE"):
        assert verdict in said


def test_the_story_ends_in_counts_that_equal_what_was_done(demo):
    figures = re.findall(r"^([a-z ]+?) +([\d,]+) +([\d,]+) +=$", demo.ran.out, re.MULTILINE)
    assert len(figures) == 28
    assert all(done == counted for _, done, counted in figures)
    by_name = {name: int(counted.replace(",", "")) for name, _, counted in figures}
    assert by_name["lodged"] == RESIDENTS
    assert by_name["issued"] == len(demo.texts)
    assert by_name["fee riel"] == 20_000 * by_name["paid"]
    assert by_name["scans"] == sum(by_name[name] for name in ("exits", "entries", "referred", "turned back"))
    assert run_process("counts", "--prove", home=demo.home).done().startswith("every figure is the sum of its records")
    ran = run_process("counts", "--json", home=demo.home)
    assert {name.replace("_", " "): figure for name, figure in json.loads(ran.done())[0].items()} == by_name


def test_offices_and_gates_add_up_to_the_whole(demo):
    whole = json.loads(run_process("counts", "--json", home=demo.home).done())[0]
    rows = list(csv.DictReader(io.StringIO(run_process("counts", "--by", "office", "--csv", home=demo.home).done())))
    assert [row["office"] for row in rows] == ["none", "0100", "0105", "0106", "0110", "0212"]
    gates = json.loads(run_process("counts", "--by", "checkpoint", "--json", home=demo.home).done())
    assert [row["checkpoint"] for row in gates] == ["poipet"]
    for name, figure in whole.items():
        assert sum(int(row[name]) for row in rows) == figure
        assert sum(row.get(name, figure) for row in gates) == figure


def test_each_pass_is_left_as_paper_picture_and_text(demo):
    numbers = [path.stem for path in demo.texts]
    assert len(numbers) == RESIDENTS - 2  # one does not pay, one withdraws
    assert all(re.fullmatch(r"\d{4}-\d{2}-\d{6}-[0-9A-Z]", number) for number in numbers)
    left = {path.name for path in (demo.home / "passes").iterdir()}
    assert left == {f"{number}.{form}" for number in numbers for form in ("pdf", "png", "txt")}


def test_what_scanners_and_the_other_side_need_is_left(demo):
    for name in ("bundle.cbor", "trust.cbor"):
        assert (demo.home / name).stat().st_size > 1_000
    publics = [demo.home / "root.pem", *(demo.home / "offices").iterdir()]
    assert sorted(path.stem for path in publics) == ["0100", "0105", "0106", "0110", "0212", "root"]
    for path in publics:
        load_pem_public_key(path.read_bytes())


def test_no_private_key_lies_open(demo):
    keys = list((demo.home / "keys").iterdir())
    assert len(keys) == 3 + 2 * 5
    passphrase = (demo.home / "passphrase").read_bytes()
    for path in keys:
        assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        load_pem_private_key(path.read_bytes(), passphrase)
    assert stat.S_IMODE((demo.home / "keys").stat().st_mode) == 0o700
    for secret in ("passphrase", "secret-key"):
        assert stat.S_IMODE((demo.home / secret).stat().st_mode) == 0o600
    with_a_key = [path for path in demo.home.rglob("*") if path.is_file() and b"PRIVATE KEY" in path.read_bytes()]
    assert sorted(with_a_key) == sorted(keys)


def test_the_private_keys_do_not_stand_in_the_database(demo):
    with sqlite3.connect(demo.home / "borderpass.sqlite3") as database:
        dump = "\n".join(database.iterdump())
    database.close()
    assert "PRIVATE" not in dump
    assert (demo.home / "passphrase").read_text("ascii") not in dump


def test_the_command_it_suggests_works(demo):
    [line] = [line for line in demo.ran.out.splitlines() if line.startswith("Try:")]
    words = line.split()[2:]
    assert " ADMIT" in run_process(*words, home=demo.home / "not looked at").out.replace(":", " ")


def test_without_serving_nobody_is_let_in(demo):
    with sqlite3.connect(demo.home / "borderpass.sqlite3") as database:
        codes = database.execute("SELECT count(*) FROM store_enrolmentcode").fetchone()
    database.close()
    assert codes == (0,)
    assert "/gate/" not in demo.ran.out
    assert "phone's apps" not in demo.ran.out


def test_a_phone_is_let_in_with_a_code_as_text_and_as_a_qr_code(home, tmp_path, settings):
    settings.WHITENOISE_ROOT = tmp_path
    for app in ("gate", "check"):
        (tmp_path / app).mkdir()
        (tmp_path / app / "index.html").touch()
    now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    said = say_phone("http://127.0.0.1:8123", Path("var/demo"), now)
    kept = EnrolmentCode.objects.get()
    assert (kept.checkpoint, kept.lane, kept.direction) == ("poipet", "1", "exit")
    assert "http://127.0.0.1:8123/gate/ - it asks for this code, good for 10 minutes:" in said
    assert "poipet, lane 1, exit: good once, until 09:10:00" in said
    [code] = re.findall(r"^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$", said, re.MULTILINE)
    assert kept.digest == digest_of_code(code)
    assert read_terminal(said) == [f"BP-ENROL:{code}"]
    assert "BORDERPASS_HOME=var/demo .venv/bin/borderpass device code poipet 1 exit" in said
    assert "commander-poipet on http://127.0.0.1:8123/gate-office/poipet/" in said
    assert "http://127.0.0.1:8123/check/" in said


@pytest.mark.parametrize("apps", [(), ("gate",), ("check",)], ids=["none", "gate", "check"])
def test_where_the_apps_were_not_built_one_line_says_what_to_run(home, tmp_path, settings, apps):
    settings.WHITENOISE_ROOT = tmp_path if apps else None
    for app in apps:
        (tmp_path / app).mkdir()
        (tmp_path / app / "index.html").touch()
    said = say_phone("http://127.0.0.1:8123", Path("var/demo"), datetime(2026, 11, 23, tzinfo=UTC))
    assert said == "The phone's apps were not built here: run make phone, then the demo again\n"
    assert not EnrolmentCode.objects.exists()


def test_a_folder_that_is_not_the_demo_s_is_left_alone(tmp_path):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "thesis.txt").write_text("years of work", "utf-8")
    line = run_process("demo", "--no-serve", home=tmp_path).refusal()
    assert "holds something that is not the demo's: move it away, or set BORDERPASS_HOME" in line
    assert (tmp_path / "demo" / "thesis.txt").read_text("utf-8") == "years of work"


def test_a_file_in_its_place_is_left_alone(tmp_path):
    (tmp_path / "demo").write_bytes(b"")
    assert "Not a directory" in run_process("demo", "--no-serve", home=tmp_path).refusal()


@pytest.mark.parametrize("residents", ["5", "-1", "5001"])
def test_too_few_and_too_many_residents_are_bad_usage(tmp_path, residents):
    line = run_process("demo", "--no-serve", "--residents", residents, home=tmp_path).refusal(2)
    assert line == "borderpass demo: --residents is from 10 to 5000"
    assert list(tmp_path.iterdir()) == []


def test_it_is_told_again_in_the_same_folder_and_then_served(demo, tmp_path):
    shutil.copytree(demo.home.parent, tmp_path, dirs_exist_ok=True)
    (tmp_path / "demo" / "passes" / "left-over.txt").write_text("of the first time", "utf-8")
    port = free_port()
    with serving(tmp_path, port, "demo", "--residents", str(RESIDENTS), "--port", str(port)) as site:
        assert site.get("/healthz")[0] == 200
        said = site.stop().done()
    assert "\nEvery step held. " in said
    assert "\nSign in as\n" in said
    assert re.search(r"^  governor-0110 +password \S+$", said, re.MULTILINE)
    apps = [(PACKAGE / "web" / "phone" / app / "index.html").exists() for app in ("gate", "check")]
    assert (f"Scanner of an officer: http://localhost:{port}/gate/" in said) is all(apps)
    assert ("The phone's apps were not built here" in said) is not all(apps)
    again = [path.name for path in (tmp_path / "demo" / "passes").glob("*.txt")]
    assert sorted(again) == [path.name for path in demo.texts]
    assert (tmp_path / "demo" / "root.pem").read_bytes() != (demo.home / "root.pem").read_bytes()
