"""What does `borderpass verify` say of a pass? With a bundle and a root alone: no installation, no database."""

import json
import os
from datetime import UTC, date, datetime, timedelta

import pytest

from borderpass.domain.local_time import start_of_day
from tests.cli.running import run_process

ANSWER = ["verdict", "reasons", "back_by", "order_ids", "checkpoint", "direction", "pass", "holder", "bundle"]
FIELDS = ["input", *ANSWER, "detail"]
FORGED = ["ISSUER_UNKNOWN", "NEVER_ISSUED", "NOT_A_PASS", "OUTSIDE_JURISDICTION", "SIGNATURE_INVALID"]
AT_THE_GATE = ["--checkpoint", "poipet", "--direction", "exit"]


@pytest.fixture
def verify(borderpass, demo):
    """Verify under the demo's bundle; return the exit status and the objects of --json."""

    def call(*words, stdin=b""):
        ran = borderpass("verify", "--json", *demo.with_what, *words, stdin=stdin)
        assert ran.err == ""
        return ran.status, [json.loads(line) for line in ran.out.splitlines()]

    return call


@pytest.fixture
def everyones_names(verify, demo):
    _, all_of_them = verify(*demo.texts)
    return [one["holder"][name] for one in all_of_them for name in ("name_latin", "name_khmer")]


def in_days(days):
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def test_a_good_pass_is_admitted_with_its_holder_in_each_form(verify, demo):
    forms = [demo.good.with_suffix(suffix) for suffix in (".txt", ".png", ".pdf")]
    status, answers = verify(*AT_THE_GATE, *forms)
    assert status == 0
    assert [one["input"] for one in answers] == list(map(str, forms))
    for one in answers:
        assert list(one) == FIELDS
        assert (one["verdict"], one["reasons"], one["detail"]) == ("ADMIT", [], "")
        assert one["pass"]["number"] == demo.good.stem
        assert f"{one['holder']['name_khmer']} · {one['holder']['name_latin']}" in demo.ran.out
        assert one["order_ids"]
        assert one["bundle"]["freshness"] == "green"
    assert {str({**one, "input": ""}) for one in answers} == {str({**answers[0], "input": ""})}


def test_every_pass_of_the_demo_but_the_revoked_one_is_good(verify, demo):
    status, answers = verify(*AT_THE_GATE, *demo.texts)
    assert status == 1
    refused = [one for one in answers if one["verdict"] != "ADMIT"]
    assert [(one["pass"]["number"], one["verdict"], one["reasons"]) for one in refused] == [
        (demo.revoked.stem, "REFUSE", ["REVOKED"])
    ]


def test_the_face_under_the_signature_is_given_too(verify, demo):
    _, [answer] = verify(demo.good)
    assert answer["holder"]["face"].startswith("UklGR")  # RIFF


def test_who_leaves_is_told_the_last_day_of_the_stay(verify, demo):
    _, [leaving] = verify(*AT_THE_GATE, demo.good)
    _, [coming] = verify("--checkpoint", "poipet", "--direction", "entry", demo.good)
    assert leaving["back_by"] in demo.ran.out
    assert coming["back_by"] is None


@pytest.mark.parametrize("direction", ["exit", "entry"])
@pytest.mark.parametrize("reason", FORGED)
def test_a_forgery_is_refused_for_its_reason_and_shows_nothing(verify, demo, everyones_names, reason, direction):
    status, [answer] = verify(
        "--checkpoint", "poipet", "--direction", direction, demo.home / "refused" / f"{reason}.txt"
    )
    assert (status, answer["verdict"], answer["reasons"]) == (1, "REFUSE", [reason])
    assert (answer["pass"], answer["holder"], answer["order_ids"]) == ({}, {}, [])
    assert answer["detail"]
    assert not [name for name in [*everyones_names, "SOMEBODY ELSE"] if name in json.dumps(answer, ensure_ascii=False)]


def test_the_demo_leaves_a_file_for_each_forgery(demo):
    assert sorted(path.stem for path in (demo.home / "refused").iterdir()) == FORGED


def test_a_changed_character_is_never_admitted_and_never_shows_a_name(verify, demo, everyones_names, tmp_path):
    text = demo.good.read_text("ascii").strip("\n")
    files = []
    for place in range(0, len(text), 7):
        changed = "A" if text[place] != "A" else "B"
        files.append(tmp_path / f"{place}.txt")
        files[-1].write_text(text[:place] + changed + text[place + 1 :], "ascii")
    status, answers = verify(*AT_THE_GATE, *files)
    assert status == 1
    assert len(answers) == len(files)
    for one in answers:
        assert one["verdict"] == "REFUSE"
        assert one["reasons"]
        assert (one["pass"], one["holder"], one["back_by"]) == ({}, {}, None)
    said = json.dumps(answers, ensure_ascii=False)
    assert not [name for name in everyones_names if name in said]


def test_a_cut_text_is_refused(verify, demo, tmp_path):
    text = demo.good.read_text("ascii").strip("\n")
    for length in (0, 1, 4, 5, len(text) // 2, len(text) - 1):
        (tmp_path / "cut.txt").write_text(text[:length], "ascii")
        status, [answer] = verify(tmp_path / "cut.txt")
        assert (status, answer["verdict"], answer["holder"]) == (1, "REFUSE", {})


def test_nobody_with_a_genuine_pass_is_shut_out_of_the_country(verify, demo):
    for at in (in_days(-1000), in_days(-1), in_days(0), in_days(100), in_days(5000)):
        _, answers = verify("--checkpoint", "poipet", "--direction", "entry", "--at", at, demo.good, demo.revoked)
        assert "REFUSE" not in {one["verdict"] for one in answers}
        assert all(one["holder"] for one in answers)
    _, [revoked] = verify("--direction", "entry", demo.revoked)
    assert (revoked["verdict"], revoked["reasons"]) == ("REFER", ["REVOKED"])


def test_the_instant_decides_on_nbf_and_exp(verify, demo):
    _, [answer] = verify(demo.good)
    begins_at = datetime.fromisoformat(answer["pass"]["issued_at"])
    ends_at = start_of_day(date.fromisoformat(answer["pass"]["valid_until"])) + timedelta(days=1)
    for at, reason in (
        (begins_at - timedelta(seconds=301), "NOT_YET_VALID"),
        (begins_at - timedelta(seconds=300), None),  # so much a phone's clock may be slow
        (ends_at - timedelta(seconds=1), None),
        (ends_at, "EXPIRED"),
    ):
        _, [then] = verify("--at", at.isoformat(), demo.good)
        assert {"NOT_YET_VALID", "EXPIRED"} & set(then["reasons"]) == ({reason} if reason else set()), at


def test_a_gate_that_is_closed_at_this_hour_refuses_who_leaves(verify, demo):
    day = (datetime.now(UTC) + timedelta(days=1)).date()
    status, [night] = verify("--checkpoint", "stung_bot", "--at", f"{day}T23:30", demo.good)
    assert (status, night["verdict"]) == (1, "REFUSE")
    assert "OUTSIDE_HOURS" in night["reasons"]
    assert night["order_ids"]
    assert night["holder"]
    _, [morning] = verify("--checkpoint", "stung_bot", "--at", f"{day}T08:30", demo.good)
    assert morning["verdict"] == "ADMIT"


def test_an_instant_without_a_zone_is_of_phnom_penh(verify, demo):
    day = (datetime.now(UTC) + timedelta(days=1)).date()
    _, [local] = verify("--checkpoint", "stung_bot", "--at", f"{day}T08:30", demo.good)
    _, [zoned] = verify("--checkpoint", "stung_bot", "--at", f"{day}T01:30Z", demo.good)
    assert local == zoned


def test_a_bundle_too_old_refers(verify, demo):
    status, [answer] = verify("--at", in_days(60), demo.good)
    assert (status, answer["verdict"], answer["reasons"]) == (1, "REFER", ["BUNDLE_EXPIRED"])
    assert answer["bundle"]["freshness"] == "red"


def test_without_a_checkpoint_the_rules_of_gates_are_left_out(verify, demo):
    _, [answer] = verify("--at", in_days(1), demo.good)
    assert (answer["verdict"], answer["order_ids"]) == ("ADMIT", [])


def test_the_words_for_people_begin_with_the_verdict(borderpass, demo):
    said = borderpass("verify", *demo.with_what, demo.good).done().splitlines()
    assert said[0] == f"{demo.good}: ADMIT"
    assert any(f"pass {demo.good.stem}, valid until 20" in line for line in said)
    assert "green" in said[-1]
    refused = borderpass("verify", *demo.with_what, demo.revoked)
    assert refused.status == 1
    assert "  REVOKED: " in refused.out


def test_standard_input_is_an_input_too(verify, demo):
    for suffix in (".txt", ".png", ".pdf"):
        status, [answer] = verify("-", stdin=demo.good.with_suffix(suffix).read_bytes())
        assert (status, answer["input"], answer["verdict"]) == (0, "-", "ADMIT")


def test_the_strictest_of_several_inputs_is_the_exit_status(verify, demo):
    assert verify(demo.good, demo.good)[0] == 0
    assert verify(demo.good, demo.revoked)[0] == 1
    assert verify("--direction", "entry", demo.revoked)[0] == 1


@pytest.mark.parametrize("ends", ["\r\n", "\n\n", ""], ids=["CRLF", "blank line", "none"])
def test_line_ends_and_a_byte_order_mark_are_the_file_s(verify, demo, tmp_path, ends):
    text = demo.good.read_text("ascii").strip("\n")
    for mark in ("", "\ufeff"):
        (tmp_path / "a.txt").write_bytes(f"{mark}{text}{ends}".encode())
        assert verify(tmp_path / "a.txt")[0] == 0


def test_it_needs_no_installation_and_makes_none(demo, tmp_path):
    ran = run_process("verify", "--json", *demo.with_what, *AT_THE_GATE, demo.good, home=tmp_path / "home")
    assert json.loads(ran.done())["verdict"] == "ADMIT"
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_without_khmer_gets_numbers_for_letters(demo, tmp_path):
    words = ["verify", "--json", *demo.with_what, demo.good]
    narrow, wide = (run_process(*words, home=tmp_path, PYTHONIOENCODING=encoding) for encoding in ("ascii", "utf-8"))
    assert json.loads(narrow.done()) == json.loads(wide.done())


def test_a_file_name_that_is_no_text_is_shown_by_its_bytes(demo, tmp_path):
    odd = tmp_path / os.fsdecode(b"\xff.txt")
    odd.write_bytes(demo.good.read_bytes())
    ran = run_process("verify", *demo.with_what, odd, home=tmp_path, PYTHONIOENCODING="utf-8:strict")
    assert "\\udcff.txt: ADMIT" in ran.done()


def test_the_installation_s_own_bundle_is_used_when_none_is_given(demo):
    ran = run_process("verify", "--json", demo.good, home=demo.home)
    assert json.loads(ran.done())["verdict"] == "ADMIT"
