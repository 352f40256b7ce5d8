"""Are orders that do not fit each other or the gazetteer kept out of a new installation?"""

import pytest

from borderpass.orders.read_orders import read_order
from borderpass.services import load_orders as loading
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.load_orders import OrdersRefused, find_unknown_places, load_orders, read_shipped_orders

ORDER = """
number: BP-2027-01
title: {{km: បទបញ្ជា, en: Order, th: คำสั่ง}}
authority: {{km: រាជរដ្ឋាភិបាលកម្ពុជា, en: Royal Government of Cambodia, th: รัฐบาลกัมพูชา}}
evidence: assumed
source: a test
signed_on: 2026-12-01
in_force_on: 2027-01-01
supersedes: {supersedes}
provisions: {provisions}
"""


def refused_with(monkeypatch, tmp_path, **texts):
    folder = tmp_path / "data" / "orders"
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    (folder / "README.md").write_text("not an order", encoding="utf-8")
    monkeypatch.setattr(loading, "files", lambda package: tmp_path)
    with pytest.raises(OrdersRefused) as refused:
        read_shipped_orders.__wrapped__()
    return refused.value


def test_orders_that_cannot_be_read_are_refused_with_a_line_for_each_problem(monkeypatch, tmp_path):
    refused = refused_with(monkeypatch, tmp_path, a="number: [", b="colour: blue", c=b"\xff")
    lines = str(refused).splitlines()
    assert lines[0].startswith("orders/a.yaml, line 1: not YAML")
    assert "orders/b.yaml, line 1: number is missing; add it" in lines
    assert lines[-1] == "orders/c.yaml, line 1: not UTF-8; save the file as UTF-8"
    assert len(lines) == len(refused.problems)


def test_orders_that_contradict_each_other_or_the_gazetteer_are_refused(monkeypatch, tmp_path):
    text = ORDER.format(
        supersedes="[BP-2024-01]",
        provisions="[{id: a, kind: closure, checkpoints: [poipet, atlantis]}, "
        "{id: b, kind: closure, checkpoints: all}, {id: c, kind: eligibility, residents_of: ['99']}]",
    )
    refused = refused_with(monkeypatch, tmp_path, a=text)
    assert [problem.line for problem in refused.problems] == [9, 10, 10]
    assert "no such order" in str(refused)
    assert "there is no checkpoint atlantis" in str(refused)
    assert "there is no place with code 99" in str(refused)


def test_every_place_that_ships_is_known():
    assert find_unknown_places(load_orders(), load_gazetteer()) == []


def test_every_order_that_ships_comes_with_the_text_it_was_read_from():
    for shipped in read_shipped_orders():
        assert read_order(shipped.text, shipped.order.file_name) == shipped.order
