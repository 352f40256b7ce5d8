"""Do the vectors of a device's records hold? Read from spec/vectors/records.json alone."""

import base64
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

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
from borderpass.wire.records import digest_of_record, read_batch, read_record, write_record
from borderpass.wire.refusal import WireError

FILE = Path(__file__).resolve().parents[2] / "spec" / "vectors" / "records.json"
RECORDS = json.loads(FILE.read_text(encoding="utf-8"))
VECTORS = RECORDS["vectors"]
CHAIN = [vector for vector in VECTORS if vector["expect"]["read"]]


def octets_of(vector: dict[str, Any]) -> bytes:
    return base64.b64decode(vector["octets"], validate=True)


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def scan_of(given: dict[str, Any]) -> Scan:
    last = given["last_crossing"]
    return Scan(
        given["checkpoint"],
        Direction(given["direction"]),
        Category(given["category"]),
        given["clock_floor"] and datetime.fromisoformat(given["clock_floor"]),
        last
        and LastCrossing(
            Direction(last["direction"]), datetime.fromisoformat(last["crossed_at"]), day(last["back_by"])
        ),
        given["quota_used"],
    )


def record_of(given: dict[str, Any]) -> DeviceRecord:
    link = Link(
        UUID(given["record_id"]), UUID(given["device_id"]), given["device_seq"], bytes.fromhex(given["previous"])
    )
    if given["type"] == "action":
        return ActionRecord(
            link,
            UUID(given["scan_id"]),
            Action[given["action"]],
            datetime.fromisoformat(given["acted_at"]),
            ActedBy[given["acted_by"]],
            given["ground"],
        )
    said = given["decision"]
    return ScanRecord(
        link,
        scan_of(given["scan"]),
        datetime.fromisoformat(given["scanned_at"]),
        given["bundle_serial"],
        given["app_version"],
        given["text"],
        DeviceDecision(Verdict[said["verdict"]], tuple(Reason(code) for code in said["reasons"]), day(said["back_by"])),
    )


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_record_is_read_as_expected_and_written_alike(vector: dict[str, Any]) -> None:
    octets, expect = octets_of(vector), vector["expect"]
    if not expect["read"]:
        with pytest.raises(WireError):
            read_record(octets)
        return
    record = record_of(expect["record"])
    assert read_record(octets) == record
    assert write_record(record) == octets
    assert digest_of_record(octets).hex() == expect["digest"]


def test_records_form_one_chain_without_gaps() -> None:
    previous = FIRST_PREVIOUS
    for seq, vector in enumerate(CHAIN, 1):
        link = read_record(octets_of(vector)).link
        assert (link.device_seq, link.previous) == (seq, previous)
        previous = bytes.fromhex(vector["expect"]["digest"])


def test_batch_holds_the_chain_and_is_signed_by_the_device() -> None:
    batch, device = RECORDS["batch"], RECORDS["device"]
    assert batch["records"] == [vector["name"] for vector in CHAIN]
    point = bytes.fromhex(device["x"] + device["y"])
    octets = base64.b64decode(batch["octets"], validate=True)
    assert read_batch(octets, point) == [octets_of(vector) for vector in CHAIN]
    with pytest.raises(WireError):
        read_batch(octets[:-1] + bytes([octets[-1] ^ 1]), point)
