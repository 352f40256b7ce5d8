"""How does an operator check, try and enact a legal order?"""

import pytest

from tests.cli.running import ROOT

SHIPPED = sorted((ROOT / "orders").glob("*.yaml"))
ORDER = """
number: {number}
title: {{km: បទបញ្ជា, en: Order, th: คำสั่ง}}
authority: {{km: រាជរដ្ឋាភិបាលកម្ពុជា, en: Royal Government of Cambodia, th: รัฐบาลกัมพูชา}}
evidence: assumed
source: a test
signed_on: 2026-12-01
in_force_on: 2027-01-01
provisions:
  - id: night
    kind: closure
    checkpoints: [{gate}]
    from: 2027-02-01
    until: 2027-02-03
"""


@pytest.fixture
def order(tmp_path):
    def write(name="order.yaml", number="BP-2027-01", gate="poipet", text=ORDER):
        path = tmp_path / name
        path.write_text(text.format(number=number, gate=gate), "utf-8")
        return path

    return write


@pytest.fixture
def not_read(borderpass, order):
    """Check a file that is refused; return the lines that say where and why."""

    def call(path, *words):
        ran = borderpass("orders", "check", *words, path)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err.startswith(f"borderpass orders: {path}, line ")
        return ran.err.removeprefix("borderpass orders: ").splitlines()

    return call


def test_the_orders_that_ship_are_sound(borderpass):
    said = borderpass("orders", "check", "--alone", *SHIPPED).done()
    assert said.startswith(f"{len(SHIPPED)} orders with ")
    assert said.endswith(": no overlap, no gap, no unknown place\n")
    assert borderpass("orders", "check", *SHIPPED).done() == said


def test_a_good_draft_is_checked_against_them(borderpass, order):
    said = borderpass("orders", "check", order()).done()
    assert said == "1 orders with 1 provisions: no overlap, no gap, no unknown place\n"


def test_a_bad_line_is_named_by_file_and_line(not_read, order):
    [line] = not_read(order(text=ORDER.replace("closure", "holiday")))
    assert "order.yaml, line 11: " in line
    assert "holiday" in line


def test_every_problem_of_every_file_is_said_at_once(borderpass, order):
    first = order("a.yaml", text="number: [")
    second = order("b.yaml", text="colour: blue")
    ran = borderpass("orders", "check", first, second)
    assert ran.status == 1
    assert f"{first}, line 1: not YAML" in ran.err
    assert f"{second}, line 1: number is missing; add it" in ran.err


def test_an_unknown_gate_is_named(not_read, order):
    assert "no checkpoint narnia" in not_read(order(gate="narnia"))[0]


def test_two_drafts_that_contradict_each_other_are_named(borderpass, order):
    twice = [order("a.yaml"), order("b.yaml")]
    assert borderpass("orders", "check", "--alone", *twice).status == 1


def test_alone_leaves_the_shipped_orders_out(borderpass, tmp_path):
    hours = next(path for path in SHIPPED if "stung-bot" in path.name).read_text("utf-8")
    (tmp_path / "other.yaml").write_text(hours.replace("BP-2024-05", "BP-2027-02"), "utf-8")
    borderpass("orders", "check", "--alone", tmp_path / "other.yaml").done()
    ran = borderpass("orders", "check", tmp_path / "other.yaml")
    assert ran.status == 1
    assert "other.yaml, line " in ran.err


@pytest.mark.parametrize("action", ["check", "simulate", "enact"])
def test_a_file_that_cannot_be_read_is_bad_usage(borderpass, tmp_path, action):
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    assert "cannot read" in borderpass("orders", action, tmp_path / "missing").refusal(2)
    assert "cannot read" in borderpass("orders", action, tmp_path).refusal(2)
    assert borderpass("orders", action, tmp_path / "bytes").refusal(2).endswith("bytes is not text in UTF-8")


def test_an_order_is_enacted_once(home, borderpass, order):
    path = order()
    said = borderpass("orders", "enact", path).done()
    assert said == "order BP-2027-01 is enacted; the next bundle carries it to the gates\n"
    assert borderpass("orders", "enact", path).done() == said


def test_another_text_under_the_same_number_is_refused(home, borderpass, order):
    borderpass("orders", "enact", order()).done()
    line = borderpass("orders", "enact", order("changed.yaml", gate="malai")).refusal()
    assert "order BP-2027-01 was enacted with another text; make a new order that supersedes it" in line


def test_several_orders_are_enacted_together_or_not_at_all(home, borderpass, order):
    good, bad = order("good.yaml"), order("bad.yaml", "BP-2027-02", gate="narnia")
    assert "narnia" in borderpass("orders", "enact", good, bad).refusal()
    changed = order("good.yaml", gate="malai")  # the number is still free
    assert borderpass("orders", "enact", changed).done().startswith("order BP-2027-01 is enacted")


def test_an_order_is_tried_on_what_was_scanned(home, borderpass, order):
    said = borderpass("orders", "simulate", "--from", "2026-11-01", "--to", "2026-11-30", order()).done()
    assert said == "0 scans replayed, 0 would have come out otherwise\n"


def test_an_order_that_is_unsound_is_not_tried(home, borderpass, order):
    assert "line 1: " in borderpass("orders", "simulate", order(text="colour: blue")).err


def test_days_in_the_wrong_order_are_bad_usage(borderpass, order):
    words = ["--from", "2026-11-30", "--to", "2026-11-01"]
    assert borderpass("orders", "simulate", *words, order()).refusal(2) == "borderpass orders: --from is after --to"
    assert "is not a day" in borderpass("orders", "simulate", "--to", "soon", order()).refusal(2)
