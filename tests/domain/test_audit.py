"""Does the chain of the audit trail show whatever was done to it, and where first?"""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest

from borderpass.domain.audit import (
    FIRST_PREVIOUS,
    Entry,
    Fault,
    Head,
    Somebody,
    canonical_bytes,
    digest_of,
    walk_chain,
)

CHAIN = UUID("01930000-0000-7000-8000-0000000000c1")
AT = datetime(2026, 11, 23, 2, 0, 0, 5, UTC)
Kept = list[tuple[Entry, str]]


def entry(seq: int = 1, previous: str = FIRST_PREVIOUS, **changes: Any) -> Entry:
    usual = Entry(seq, AT, "bopha", "clerk", "0110", "pay", "application", "A0110-26-000001-K", previous, {"riel": 1})
    return replace(usual, **changes)


def chain_of(length: int) -> Kept:
    kept: Kept = []
    previous = FIRST_PREVIOUS
    for seq in range(1, length + 1):
        one = entry(seq, previous, at=AT + timedelta(minutes=seq))
        previous = digest_of(CHAIN, one)
        kept.append((one, previous))
    return kept


def head_of(kept: Kept) -> Head:
    return Head(len(kept), kept[-1][1] if kept else FIRST_PREVIOUS)


class TestTheBytes:
    def test_they_are_one_json_array_in_ascii_with_sorted_keys(self) -> None:
        octets = canonical_bytes(CHAIN, entry(detail={"b": 2, "a": "ក"}))
        assert octets == (
            b'[1,"01930000-0000-7000-8000-0000000000c1",1,"2026-11-23T02:00:00.000005+00:00","bopha","clerk","0110",'
            b'"pay","application","A0110-26-000001-K",{"a":"\\u1780","b":2},"' + b"0" * 64 + b'"]'
        )

    def test_the_same_instant_in_another_zone_has_the_same_bytes(self) -> None:
        elsewhere = AT.astimezone(timezone(timedelta(hours=7)))
        assert digest_of(CHAIN, entry(at=elsewhere)) == digest_of(CHAIN, entry())

    @pytest.mark.parametrize(
        "changes",
        [
            {"seq": 2},
            {"at": AT + timedelta(microseconds=1)},
            {"actor": "dara"},
            {"role": "governor"},
            {"scope": "0106"},
            {"deed": "refuse"},
            {"kind": "pass"},
            {"about": "A0110-26-000002-K"},
            {"previous": "1" * 64},
            {"detail": {"riel": 2}},
            {"detail": {"riel": "1"}},
            {"actor": 'bopha","clerk', "role": "0110"},
        ],
    )
    def test_whatever_is_changed_changes_the_digest(self, changes: dict[str, Any]) -> None:
        assert digest_of(CHAIN, entry(**changes)) != digest_of(CHAIN, entry())

    def test_so_does_another_chain(self) -> None:
        assert digest_of(UUID(int=1), entry()) != digest_of(CHAIN, entry())

    @pytest.mark.parametrize("detail", [{}, {"a": None, "b": True, "c": [1, "x", {"d": 0}], "e": (1, 2)}])
    def test_what_is_plain_comes_back_as_it_was(self, detail: dict[str, Any]) -> None:
        back = json.loads(json.dumps(detail))
        assert digest_of(CHAIN, entry(detail=back)) == digest_of(CHAIN, entry(detail=detail))

    @pytest.mark.parametrize("detail", [{"a": 1.5}, {"a": AT}, {"a": b"x"}, {"a": [{"b": 0.1}]}, {1: "x"}, {"a": {1}}])
    def test_what_no_database_gives_back_is_not_taken(self, detail: dict[Any, Any]) -> None:
        with pytest.raises(TypeError):
            canonical_bytes(CHAIN, entry(detail=detail))

    def test_a_phone_or_nobody_is_an_author_too(self) -> None:
        assert Somebody("", "", "") == ("", "", "")


def alter(kept: Kept) -> None:
    kept[3] = (replace(kept[3][0], actor="nobody"), kept[3][1])


def alter_digest(kept: Kept) -> None:
    kept[3] = (kept[3][0], "f" * 64)


def write_anew(kept: Kept) -> None:
    """Alter an entry and give it the digest that it should have then."""
    altered = replace(kept[3][0], actor="nobody")
    kept[3] = (altered, digest_of(CHAIN, altered))


def remove(kept: Kept) -> None:
    del kept[3]


def remove_first(kept: Kept) -> None:
    del kept[0]


def remove_last(kept: Kept) -> None:
    del kept[-1]


def insert_second(kept: Kept) -> None:
    twin = replace(kept[3][0], actor="nobody")
    kept.insert(4, (twin, digest_of(CHAIN, twin)))


def insert_before_all(kept: Kept) -> None:
    kept.insert(0, (entry(0), "0" * 64))


def swap(kept: Kept) -> None:
    kept[3], kept[4] = kept[4], kept[3]


class TestTheWalk:
    @pytest.mark.parametrize("length", [0, 1, 2, 50])
    def test_a_chain_as_it_was_written_is_whole(self, length: int) -> None:
        kept = chain_of(length)
        assert walk_chain(CHAIN, iter(kept), head_of(kept)) == (length, None)

    @pytest.mark.parametrize(
        ("harm", "seq", "fault"),
        [
            (alter, 4, Fault.ALTERED),
            (alter_digest, 4, Fault.ALTERED),
            (write_anew, 5, Fault.ALTERED),
            (remove, 4, Fault.MISSING),
            (remove_first, 1, Fault.MISSING),
            (remove_last, 8, Fault.MISSING),
            (insert_second, 4, Fault.INSERTED),
            (insert_before_all, 0, Fault.INSERTED),
            (swap, 4, Fault.MISSING),
        ],
    )
    def test_the_first_place_that_does_not_hold_is_named(
        self, harm: Callable[[Kept], None], seq: int, fault: Fault
    ) -> None:
        kept = chain_of(8)
        head = head_of(kept)
        harm(kept)
        entries, broken = walk_chain(CHAIN, kept, head)
        assert broken is not None
        assert (broken.seq, broken.fault) == (seq, fault)
        assert entries <= max(seq, 1)
        assert broken.how

    def test_everything_removed_is_missing_from_the_first_on(self) -> None:
        _, broken = walk_chain(CHAIN, [], Head(8, "a" * 64))
        assert broken is not None
        assert (broken.seq, broken.fault) == (1, Fault.MISSING)

    def test_a_last_entry_written_anew_is_not_what_the_head_holds(self) -> None:
        kept = chain_of(4)
        head = head_of(kept)
        write_anew(kept)
        _, broken = walk_chain(CHAIN, kept, head)
        assert broken is not None
        assert (broken.seq, broken.fault) == (4, Fault.ALTERED)

    def test_one_that_was_moved_from_another_chain_is_altered(self) -> None:
        kept = chain_of(3)
        _, broken = walk_chain(UUID(int=1), kept, head_of(kept))
        assert broken is not None
        assert broken.seq == 1


class TestWhatWasNoted:
    """Against whoever can write everything: the chain anew, and its head."""

    def test_what_was_noted_and_still_stands_is_whole(self) -> None:
        kept = chain_of(8)
        assert walk_chain(CHAIN, kept, head_of(kept), {3: kept[2][1], 8: kept[7][1]}).broken is None

    def test_a_whole_chain_written_anew_is_found_by_it(self) -> None:
        noted = {3: chain_of(8)[2][1]}
        forged: Kept = []
        previous = FIRST_PREVIOUS
        for seq in range(1, 9):
            one = entry(seq, previous, actor="nobody")
            previous = digest_of(CHAIN, one)
            forged.append((one, previous))
        assert walk_chain(CHAIN, forged, head_of(forged)).broken is None
        _, broken = walk_chain(CHAIN, forged, head_of(forged), noted)
        assert broken is not None
        assert (broken.seq, broken.fault) == (3, Fault.ALTERED)

    def test_so_are_last_entries_removed_with_the_head_set_back(self) -> None:
        kept = chain_of(8)
        noted = {8: kept[7][1]}
        _, broken = walk_chain(CHAIN, kept[:6], head_of(kept[:6]), noted)
        assert broken is not None
        assert (broken.seq, broken.fault) == (8, Fault.MISSING)
