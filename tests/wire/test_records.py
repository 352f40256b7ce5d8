"""Does a record come back as it was written, is everything else refused, and is a batch only its device's?"""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.provisions import Category
from borderpass.domain.reasons import Reason
from borderpass.domain.records import (
    FIRST_PREVIOUS,
    ActedBy,
    Action,
    ActionRecord,
    DeviceDecision,
    DeviceRecord,
    Link,
    ScanRecord,
)
from borderpass.domain.scan import LastCrossing, Scan
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.wire.cbor import decode_strict, encode
from borderpass.wire.qr import TEXT_MAX_CHARACTERS
from borderpass.wire.records import (
    BATCH_MAX_RECORDS,
    RECORD_MAX_BYTES,
    digest_of_record,
    read_batch,
    read_record,
    write_batch,
    write_record,
)
from borderpass.wire.refusal import WireError
from borderpass.wire.signed import BATCH_TYP, seal
from tests.cases.keys import signer
from tests.wire.strategies import FEW, instants

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
LINK = Link(UUID(int=7), UUID(int=8), 1, FIRST_PREVIOUS)
SCAN = ScanRecord(
    LINK,
    Scan("poipet", Direction.EXIT),
    NOON,
    4,
    "1.0",
    "QR TEXT",
    DeviceDecision(Verdict.ADMIT, (), date(2026, 11, 30)),
)
ACTION = ActionRecord(LINK, UUID(int=9), Action.ADMIT, NOON, ActedBy.CLOCK, "")

shorts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=30)
counts = st.integers(0, 2**53 - 1)
days = st.none() | st.dates()
links = st.builds(Link, st.uuids(), st.uuids(), st.integers(1, 2**53 - 1), st.binary(min_size=32, max_size=32))
scans = st.builds(
    Scan,
    checkpoint=shorts,
    direction=st.sampled_from(Direction),
    category=st.sampled_from(Category),
    clock_floor_at=st.none() | instants.filter(lambda at: at.timestamp() > 0),
    last_crossing=st.none() | st.builds(LastCrossing, st.sampled_from(Direction), instants, days),
    quota_used=st.dictionaries(shorts, counts, max_size=3),
)
decisions = st.builds(
    DeviceDecision, st.sampled_from(Verdict), st.lists(st.sampled_from(Reason), max_size=4).map(tuple), days
)
records: st.SearchStrategy[DeviceRecord] = st.one_of(
    st.builds(ScanRecord, links, scans, instants, counts, shorts, shorts, decisions),
    st.builds(ActionRecord, links, st.uuids(), st.sampled_from(Action), instants, st.sampled_from(ActedBy), shorts),
)


@FEW
@given(records)
def test_record_comes_back_as_it_was_written(record: DeviceRecord) -> None:
    octets = write_record(record)
    assert read_record(octets) == record
    assert write_record(read_record(octets)) == octets


@FEW
@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_fail_in_any_other_way(octets: bytes) -> None:
    with pytest.raises(WireError):
        read_record(octets)


def test_what_is_left_out_is_what_is_usual() -> None:
    assert set(decode_strict(write_record(SCAN))) == set(range(1, 14))
    assert set(decode_strict(write_record(ACTION))) == set(range(1, 10))


@pytest.mark.parametrize(
    ("record", "changes"),
    [
        *[(SCAN, change) for change in ({1: 3}, {1: 0}, {1: "scan"}, {1: [1]})],
        *[(SCAN, {2: value}) for value in (b"", b"x" * 15, "x" * 16, 7)],
        *[(SCAN, {4: value}) for value in (0, -1, 2**53, "1")],
        *[(SCAN, {5: value}) for value in (b"", bytes(31), bytes(33))],
        *[(SCAN, {6: value}) for value in ("x" * 33, "a\x00", 7, b"poipet")],
        *[(SCAN, {7: value}) for value in (0, 3, "exit")],
        *[(SCAN, {8: value}) for value in (-1, 2**63, "now")],
        *[(SCAN, {9: value}) for value in (-1, 2**63)],
        *[(SCAN, {10: value}) for value in (-1, 2**53, 2**64 - 1, "1")],
        *[(SCAN, {12: value}) for value in ("A" * (TEXT_MAX_CHARACTERS + 1), "a\x00", b"A")],
        *[(SCAN, {13: value}) for value in ({}, {1: 0}, {1: 3, 2: []}, {1: 0, 2: "x"}, {1: 0, 2: ["X"]}, [])],
        *[(SCAN, {13: {1: 0, 2: [], 3: day}}) for day in ("20261130", "2026-W48-1", "2026-02-30", "", 7)],
        *[(SCAN, {14: value}) for value in ("nobody", 1)],
        *[(SCAN, {15: value}) for value in ({}, {1: 1}, {1: 3, 2: 0}, {1: 1, 2: -1}, 5)],
        *[(SCAN, {16: value}) for value in ({"x": -1}, {"x": "1"}, {1: 1}, {"x": 2**53}, [])],
        (SCAN, {17: 0}),
        (SCAN, {0: 0}),
        *[(ACTION, {7: value}) for value in (0, 4, "admit")],
        *[(ACTION, {9: value}) for value in (0, 3)],
        *[(ACTION, {10: value}) for value in ("x" * 301, "a\x00", 1)],
        (ACTION, {11: 0}),
    ],
    ids=str,
)
def test_record_with_a_value_that_cannot_be_is_refused(record: DeviceRecord, changes: dict[int, Any]) -> None:
    octets = encode(decode_strict(write_record(record)) | changes)
    with pytest.raises(WireError, match="record"):
        read_record(octets)


@pytest.mark.parametrize("record", [SCAN, ACTION], ids=["scan", "action"])
def test_record_that_lacks_anything_is_refused(record: DeviceRecord) -> None:
    whole = decode_strict(write_record(record))
    for key in whole:
        with pytest.raises(WireError):
            read_record(encode({other: value for other, value in whole.items() if other != key}))


def test_record_longer_than_any_honest_one_is_refused_unread() -> None:
    with pytest.raises(WireError, match=f"more than {RECORD_MAX_BYTES} bytes"):
        read_record(bytes(RECORD_MAX_BYTES + 1))


def test_longest_text_that_a_code_holds_fits_into_a_record() -> None:
    longest = ScanRecord(LINK, SCAN.scan, NOON, 4, "v" * 300, "A" * TEXT_MAX_CHARACTERS, SCAN.decision)
    assert read_record(write_record(longest)) == longest


def test_digest_is_sha_256_of_the_bytes() -> None:
    assert digest_of_record(b"").hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class TestBatch:
    phone = signer("phone")

    def batch(self, records_: object) -> bytes:
        return seal(encode(records_), BATCH_TYP, self.phone.kid, self.phone.sign)

    def test_it_gives_the_bytes_of_each_record_whatever_they_are(self) -> None:
        written = [write_record(SCAN), b"", b"no record at all"]
        assert read_batch(write_batch(written, self.phone.kid, self.phone.sign), self.phone.point) == written

    @pytest.mark.parametrize("number", [1, BATCH_MAX_RECORDS])
    def test_it_holds_one_to_a_thousand(self, number: int) -> None:
        assert len(read_batch(self.batch([b"x"] * number), self.phone.point)) == number

    @pytest.mark.parametrize("contents", [[], [b"x"] * (BATCH_MAX_RECORDS + 1), ["x"], [b"x", 1], {}, b"x", 7, "x"])
    def test_it_holds_nothing_else(self, contents: object) -> None:
        with pytest.raises(WireError, match="batch"):
            read_batch(self.batch(contents), self.phone.point)

    def test_another_key_did_not_sign_it(self) -> None:
        with pytest.raises(WireError, match="not signed by the device"):
            read_batch(self.batch([b"x"]), signer("another phone").point)

    def test_signature_covers_every_byte(self) -> None:
        octets = self.batch([b"honest"])
        changed = octets.replace(b"honest", b"forged")
        with pytest.raises(WireError, match="not signed by the device"):
            read_batch(changed, self.phone.point)

    @pytest.mark.parametrize("typ", [None, "application/bp-bundle+cbor", "application/statuslist+cwt"])
    def test_something_else_that_the_device_signed_is_no_batch(self, typ: str | None) -> None:
        octets = seal(encode([b"x"]), typ, self.phone.kid, self.phone.sign)
        with pytest.raises(WireError, match="batch"):
            read_batch(octets, self.phone.point)

    @FEW
    @given(st.binary(max_size=200))
    def test_no_bytes_make_the_reader_fail_in_any_other_way(self, octets: bytes) -> None:
        with pytest.raises(WireError):
            read_batch(octets, self.phone.point)
