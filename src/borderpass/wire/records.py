"""How does a device's chain travel? Each record deterministic CBOR, many in a batch signed by the device.

The digest that the next record names is SHA-256 over a record's bytes, so a record is stored and sent as the bytes
that were first written. A batch is a COSE_Sign1 of an array of byte strings; one that cannot be read does not
spoil its neighbours.
"""

import hashlib
import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from borderpass.domain.local_time import to_timestamp
from borderpass.domain.provisions import Category
from borderpass.domain.reasons import Reason
from borderpass.domain.records import (
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
from borderpass.wire.bundle import CHECKPOINT_MAX_CHARACTERS
from borderpass.wire.cbor import BUNDLE_LIMITS, CborMap, decode_strict, encode
from borderpass.wire.cose import verify_sign1
from borderpass.wire.keys import load_point
from borderpass.wire.qr import TEXT_MAX_CHARACTERS
from borderpass.wire.refusal import WireError
from borderpass.wire.signed import BATCH_TYP, SignBytes, expect, expect_keys, open_sealed, read_instant, seal

BATCH_MAX_RECORDS = 1_000
RECORD_MAX_BYTES = 8_192
_SCAN, _ACTION = 1, 2
_WHAT = "record"
_DIRECTIONS = {1: Direction.EXIT, 2: Direction.ENTRY}
_DIRECTION_NUMBERS = {direction: number for number, direction in _DIRECTIONS.items()}
_VERDICTS = {0: Verdict.ADMIT, 1: Verdict.REFER, 2: Verdict.REFUSE}
_ACTIONS = {one.value: one for one in Action}
_ACTED_BY = {one.value: one for one in ActedBy}
_REASONS = {one.value: one for one in Reason}
_CATEGORIES = {one.value: one for one in Category if one is not Category.ORDINARY}
_SCAN_KEYS, _SCAN_OPTIONAL = frozenset(range(1, 14)), frozenset({14, 15, 16})
_ACTION_KEYS, _ACTION_OPTIONAL = frozenset(range(1, 10)), frozenset({10})
_SHORT_TEXT = 300
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT_LIMIT = 2**53


def digest_of_record(octets: bytes) -> bytes:
    """Return what the next record of the chain names as `previous`."""
    return hashlib.sha256(octets).digest()


def write_batch(records: list[bytes], kid: bytes, sign: SignBytes) -> bytes:
    """Return a batch of record bytes signed by the device."""
    return seal(encode(records), BATCH_TYP, kid, sign)


def read_batch(octets: bytes, device_point: bytes) -> list[bytes]:
    """Return the bytes of each record of a batch that the device signed. Raise WireError otherwise."""
    sign1 = open_sealed(octets, BATCH_TYP, "batch")
    if not verify_sign1(sign1, load_point(device_point)):
        raise WireError("batch: not signed by the device")
    records = expect(decode_strict(sign1.payload, BUNDLE_LIMITS), list, "batch")
    if not 0 < len(records) <= BATCH_MAX_RECORDS:
        raise WireError(f"batch: {len(records)} records; send 1 to {BATCH_MAX_RECORDS}")
    return [expect(record, bytes, "batch") for record in records]


def write_record(record: DeviceRecord) -> bytes:
    """Return the bytes of a record, to be stored and sent as they are."""
    link = record.link
    head: CborMap = {2: link.record_id.bytes, 3: link.device_id.bytes, 4: link.device_seq, 5: link.previous}
    if isinstance(record, ActionRecord):
        written: CborMap = head | {
            1: _ACTION,
            6: record.scan_id.bytes,
            7: int(record.action),
            8: to_timestamp(record.acted_at),
            9: int(record.acted_by),
        }
        if record.ground:
            written[10] = record.ground
        return encode(written)
    return encode(head | _write_scan(record))


def _write_scan(record: ScanRecord) -> CborMap:
    scan, floor = record.scan, record.scan.clock_floor_at
    decision: CborMap = {1: int(record.decision.verdict), 2: [reason.value for reason in record.decision.reasons]}
    if record.decision.back_by is not None:
        decision[3] = record.decision.back_by.isoformat()
    written: CborMap = {
        1: _SCAN,
        6: record.checkpoint,
        7: _DIRECTION_NUMBERS[scan.direction],
        8: to_timestamp(record.scanned_at),
        9: to_timestamp(floor) if floor is not None else 0,
        10: record.bundle_serial,
        11: record.app_version,
        12: record.qr_text,
        13: decision,
    }
    if scan.category is not Category.ORDINARY:
        written[14] = scan.category.value
    if scan.last_crossing is not None:
        last = scan.last_crossing
        written[15] = {1: _DIRECTION_NUMBERS[last.direction], 2: to_timestamp(last.crossed_at)}
        if last.back_by is not None:
            written[15][3] = last.back_by.isoformat()
    if scan.quota_used:
        written[16] = dict(scan.quota_used)
    return written


def read_record(octets: bytes) -> DeviceRecord:
    """Return the record in some bytes. Raise WireError saying what is wrong with them."""
    if len(octets) > RECORD_MAX_BYTES:
        raise WireError(f"{_WHAT}: more than {RECORD_MAX_BYTES} bytes")
    value = decode_strict(octets)
    kind = value.get(1) if isinstance(value, dict) else None
    if kind == _SCAN:
        return _read_scan(expect_keys(value, _SCAN_KEYS, _SCAN_OPTIONAL, _WHAT))
    if kind == _ACTION:
        return _read_action(expect_keys(value, _ACTION_KEYS, _ACTION_OPTIONAL, _WHAT))
    raise WireError(f"{_WHAT}: neither a scan nor an action")


def _read_link(value: CborMap) -> Link:
    if value[4] == 0:
        raise WireError(f"{_WHAT}: a device_seq that does not count from 1")
    return Link(_uuid(value[2]), _uuid(value[3]), _count(value[4]), _octets(value[5], 32))


def _read_action(value: CborMap) -> ActionRecord:
    return ActionRecord(
        link=_read_link(value),
        scan_id=_uuid(value[6]),
        action=_one_of(value[7], _ACTIONS),
        acted_at=read_instant(value[8], _WHAT),
        acted_by=_one_of(value[9], _ACTED_BY),
        ground=_text(value.get(10, "")),
    )


def _read_scan(value: CborMap) -> ScanRecord:
    floor = read_instant(value[9], _WHAT)
    scan = Scan(
        checkpoint=_text(value[6], CHECKPOINT_MAX_CHARACTERS),
        direction=_one_of(value[7], _DIRECTIONS),
        category=_one_of(value[14], _CATEGORIES) if 14 in value else Category.ORDINARY,
        clock_floor_at=floor if value[9] else None,
        last_crossing=_read_last_crossing(value[15]) if 15 in value else None,
        quota_used=_read_quota(value[16]) if 16 in value else {},
    )
    return ScanRecord(
        link=_read_link(value),
        scan=scan,
        scanned_at=read_instant(value[8], _WHAT),
        bundle_serial=_count(value[10]),
        app_version=_text(value[11]),
        qr_text=_text(value[12], TEXT_MAX_CHARACTERS),
        decision=_read_decision(value[13]),
    )


def _read_decision(value: Any) -> DeviceDecision:
    parts = expect_keys(value, {1, 2}, {3}, _WHAT)
    reasons = tuple(_one_of(reason, _REASONS) for reason in expect(parts[2], list, _WHAT))
    return DeviceDecision(_one_of(parts[1], _VERDICTS), reasons, _day(parts[3]) if 3 in parts else None)


def _read_last_crossing(value: Any) -> LastCrossing:
    parts = expect_keys(value, {1, 2}, {3}, _WHAT)
    crossed_at: datetime = read_instant(parts[2], _WHAT)
    return LastCrossing(_one_of(parts[1], _DIRECTIONS), crossed_at, _day(parts[3]) if 3 in parts else None)


def _read_quota(value: Any) -> dict[str, int]:
    quota = expect(value, dict, _WHAT)
    if not quota:
        raise WireError(f"{_WHAT}: a map of quotas that is there and empty")
    return {_text(provision): _count(used) for provision, used in quota.items()}


def _one_of(value: Any, members: dict[Any, Any]) -> Any:
    if type(value) not in (int, str) or value not in members:
        raise WireError(f"{_WHAT}: {value!r} is not known here")
    return members[value]


def _count(value: Any) -> int:
    """Return a number that counts something: every language and database holds it exactly."""
    if type(value) is not int or not 0 <= value < _COUNT_LIMIT:
        raise WireError(f"{_WHAT}: a number that counts nothing")
    return value


def _uuid(value: Any) -> UUID:
    return UUID(bytes=_octets(value, 16))


def _octets(value: Any, size: int) -> bytes:
    octets = expect(value, bytes, _WHAT)
    if len(octets) != size:
        raise WireError(f"{_WHAT}: {len(octets)} bytes where {size} belong")
    return octets


def _text(value: Any, max_characters: int = _SHORT_TEXT) -> str:
    text = expect(value, str, _WHAT)
    if len(text) > max_characters or "\x00" in text:
        raise WireError(f"{_WHAT}: a text that is too long, or has a NUL")
    return text


def _day(value: Any) -> date:
    text = expect(value, str, _WHAT)
    if not _DAY.fullmatch(text):
        raise WireError(f"{_WHAT}: a day that is not YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WireError(f"{_WHAT}: {text} is no day of the calendar") from None
