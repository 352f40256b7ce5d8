"""Which bytes must every verifier read alike? spec/vectors, written from the cases of the tests.

    python -m tools.build_vectors            writes spec/vectors
    python -m tools.build_vectors --check    exit 1 when a file there is not what it would write

The output depends on tests/cases alone: keys are fixed and signatures deterministic (RFC 6979).
"""

import argparse
import base64
import hashlib
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.cases.bad_bundles import BundleCase, bundle_cases
from tests.cases.bundles import BUNDLE_NAMES, bundle_bytes
from tests.cases.case import Case
from tests.cases.catalogue import all_cases
from tests.cases.keys import public_key, signer
from tests.cases.passes import cose_of_payload, make_pass, text_of
from tests.cases.records import DEVICE, RecordCase, batch_octets, record_cases

from borderpass.domain.pass_number import make_pass_number
from borderpass.domain.passes import Pass
from borderpass.domain.records import ActionRecord, DeviceRecord
from borderpass.domain.scan import LastCrossing, Scan
from borderpass.domain.status import Status, pack_statuses
from borderpass.wire.base45 import decode_base45, encode_base45
from borderpass.wire.bundle import read_bundle
from borderpass.wire.claims import write_claims
from borderpass.wire.cose import to_be_signed, write_header
from borderpass.wire.qr import inflate
from borderpass.wire.records import digest_of_record

TARGET = Path(__file__).resolve().parent.parent / "spec" / "vectors"

_GROUPS = {
    "malformed": "What is no pass, or one that breaks the profile. Nothing of it is shown.",
    "accepted": "What lies at the edge of the profile and inside it.",
    "authenticity": "What a known key may not sign: term, issuer, land, withdrawal, index, specimen.",
    "device": "Where the device is the trouble: its clock, the age of its lists.",
    "validity": "nbf, iat, exp, extension in bulk, the key's last day, the status list.",
    "gates": "Openings, closures, acceptance, quotas, unknown gates.",
    "sequence": "The last crossing, the stay, the day to be back.",
}


def render() -> dict[str, str]:
    """Return the text of each file by its path below spec/vectors."""
    files = {f"bundles/{name}.cbor.b64": _base64(bundle_bytes(name)) + "\n" for name in BUNDLE_NAMES}
    for group, cases in all_cases().items():
        files[f"{group}.json"] = _json(
            {"group": group, "description": _GROUPS[group], "vectors": [render_case(case) for case in cases]}
        )
    files["bundles.json"] = _json(
        {
            "group": "bundles",
            "description": "Which bundles are taken into use, read with which root.",
            "vectors": [_render_bundle(case) for case in bundle_cases()],
        }
    )
    files["records.json"] = _json(_render_records())
    files["roots.json"] = _json({name: _render_root(name) for name in ("root", "other-root")})
    files["parts.json"] = _json(_render_parts())
    return files


def render_case(case: Case) -> dict[str, Any]:
    """Return the vector of one case."""
    expected = case.expected
    return {
        "name": case.name,
        "description": case.description,
        "text": case.text,
        "bundle": case.bundle,
        "scan": _render_scan(case.scan),
        "now": _instant(case.now),
        "expect": {
            "verdict": expected.verdict.name,
            "reasons": [reason.value for reason in expected.reasons],
            "back_by": expected.back_by and expected.back_by.isoformat(),
            "order_ids": list(expected.order_ids),
            "pass": expected.shown and _render_pass(expected.shown),
        },
    }


def _render_scan(scan: Scan) -> dict[str, Any]:
    return {
        "checkpoint": scan.checkpoint,
        "direction": scan.direction.value,
        "category": scan.category.value,
        "clock_floor": scan.clock_floor_at and _instant(scan.clock_floor_at),
        "last_crossing": scan.last_crossing and _render_last_crossing(scan.last_crossing),
        "quota_used": dict(scan.quota_used),
    }


def _render_last_crossing(last: LastCrossing) -> dict[str, Any]:
    return {
        "direction": last.direction.value,
        "crossed_at": _instant(last.crossed_at),
        "back_by": last.back_by and last.back_by.isoformat(),
    }


def _render_pass(pass_: Pass) -> dict[str, Any]:
    holder = pass_.holder
    return {
        "number": pass_.number,
        "issuer": pass_.issuer,
        "issuing_country": pass_.issuing_country,
        "kind": int(pass_.kind),
        "valid_from": _instant(pass_.valid_from_at),
        "expires": _instant(pass_.expires_at),
        "issued": _instant(pass_.issued_at),
        "status_index": pass_.status_index,
        "status_uri": pass_.status_uri,
        "fingerprint": hashlib.sha256(write_claims(pass_)).hexdigest(),
        "holder": {
            "name_latin": holder.name_latin,
            "name_khmer": holder.name_khmer,
            "born_on": holder.born_on.isoformat(),
            "sex": int(holder.sex),
            "nationality": holder.nationality,
            "home_code": holder.home_code,
            "face_sha256": holder.face and hashlib.sha256(holder.face).hexdigest(),
        },
        "companions": [
            {"name": one.name, "born_on": one.born_on.isoformat(), "sex": int(one.sex)} for one in pass_.companions
        ],
    }


def _render_bundle(case: BundleCase) -> dict[str, Any]:
    name = case.name.removeprefix("bundle-")
    kept = name in BUNDLE_NAMES and bundle_bytes(name) == case.octets
    vector: dict[str, Any] = {
        "name": case.name,
        "description": case.description,
        "root": case.root,
        "bundle": name if kept else None,
        "octets": None if kept else _base64(case.octets),
        "expect": {"taken": case.taken},
    }
    if case.taken:
        bundle = read_bundle(case.octets, public_key(case.root))
        vector["expect"] |= {
            "serial": bundle.serial,
            "issued": _instant(bundle.issued_at),
            "trust_serial": bundle.trust.serial,
            "trust_expires": _instant(bundle.trust.expires_at),
            "kids": [entry.kid.hex() for entry in bundle.trust.entries],
            "status_uris": sorted(bundle.status_lists),
            "rulebook_serial": bundle.rulebook.serial,
            "provisions": [one.term.provision_id for one in bundle.rulebook.provisions],
            "checkpoints": sorted(bundle.checkpoints),
            "allow_lists": {kid.hex(): len(prefixes) for kid, prefixes in bundle.allow_lists.items()},
        }
    return vector


def _render_records() -> dict[str, Any]:
    """Return a device's chain, what is no record, and the chain as a batch."""
    cases, device = record_cases(), signer(DEVICE)
    return {
        "group": "records",
        "description": "What a device writes down and sends: a chain of records, bytes that are none, a batch.",
        "vectors": [_render_record_case(case) for case in cases],
        "device": {"x": device.point[:32].hex(), "y": device.point[32:].hex(), "kid": device.kid.hex()},
        "batch": {
            "octets": _base64(batch_octets()),
            "records": [case.name for case in cases if case.record is not None],
        },
    }


def _render_record_case(case: RecordCase) -> dict[str, Any]:
    expect: dict[str, Any] = {"read": case.record is not None}
    if case.record is not None:
        expect |= {"digest": digest_of_record(case.octets).hex(), "record": _render_record(case.record)}
    return {
        "name": case.name,
        "description": case.description,
        "octets": _base64(case.octets),
        "expect": expect,
    }


def _render_record(record: DeviceRecord) -> dict[str, Any]:
    link = record.link
    head = {
        "record_id": str(link.record_id),
        "device_id": str(link.device_id),
        "device_seq": link.device_seq,
        "previous": link.previous.hex(),
    }
    if isinstance(record, ActionRecord):
        return head | {
            "type": "action",
            "scan_id": str(record.scan_id),
            "action": record.action.name,
            "acted_at": _instant(record.acted_at),
            "acted_by": record.acted_by.name,
            "ground": record.ground,
        }
    decision = record.decision
    return head | {
        "type": "scan",
        "scan": _render_scan(record.scan),
        "scanned_at": _instant(record.scanned_at),
        "bundle_serial": record.bundle_serial,
        "app_version": record.app_version,
        "text": record.qr_text,
        "decision": {
            "verdict": decision.verdict.name,
            "reasons": [reason.value for reason in decision.reasons],
            "back_by": decision.back_by and decision.back_by.isoformat(),
        },
    }


def _render_root(name: str) -> dict[str, str]:
    one = signer(name)
    return {
        "pem": one.public_pem().decode(),
        "x": one.point[:32].hex(),
        "y": one.point[32:].hex(),
        "kid": one.kid.hex(),
    }


def _render_parts() -> dict[str, Any]:
    """Return the steps of one pass, byte for byte, and small tables for who builds a reader from below."""
    pass_ = make_pass()
    text, payload = text_of(pass_), write_claims(pass_)
    protected = write_header(signer("poipet").kid)
    statuses = {2: Status.VALID, 3: Status.SUSPENDED, 5: Status.REVOKED, 6: Status.VALID}
    numbers = ((office, 2026, serial) for office in ("0110", "0106", "2204") for serial in (1, 123, 999_999))
    return {
        "description": "One pass taken apart, and tables of Base45 (RFC 9285), pass numbers and status packing.",
        "pass": {
            "text": text,
            "compressed": decode_base45(text).hex(),
            "cose": inflate(decode_base45(text), 8_192).hex(),
            "protected": protected.hex(),
            "kid": signer("poipet").kid.hex(),
            "key": signer("poipet").point.hex(),
            "payload": payload.hex(),
            "to_be_signed": to_be_signed(protected, payload).hex(),
            "signature": cose_of_payload(payload)[-64:].hex(),
            "fingerprint": hashlib.sha256(payload).hexdigest(),
        },
        "base45": [
            {"octets": octets.hex(), "text": encode_base45(octets)}
            for octets in (b"", b"\x00", b"\xff", b"\xff\xff", b"AB", b"Hello!!", b"base-45", b"ietf!")
        ],
        "pass_numbers": [make_pass_number(*parts) for parts in numbers],
        "status_list": {
            "octets": pack_statuses(statuses, 12).hex(),
            "statuses": {str(index): int(statuses.get(index, Status.NEVER_ISSUED)) for index in range(2, 14)},
        },
    }


def _instant(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at.year >= 1000 else at.isoformat().replace("+00:00", "Z")


def _base64(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def out_of_date(target: Path = TARGET) -> list[str]:
    """Return the names of files that are missing, different, or that nothing writes any more."""
    wanted = render()
    there = {
        path.relative_to(target).as_posix(): path.read_text(encoding="utf-8")
        for pattern in ("*.json", "bundles/*.b64")
        for path in target.glob(pattern)
    }
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main(arguments: Sequence[str] | None = None, target: Path = TARGET) -> int:
    """Write the vectors, or with --check only compare; gives the exit code."""
    parser = argparse.ArgumentParser(description="Write spec/vectors from the cases of the tests.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if out of date")
    if parser.parse_args(arguments).check:
        names = out_of_date(target)
        if names:
            print(f"out of date: {', '.join(names)}; run python -m tools.build_vectors", file=sys.stderr)
        return 1 if names else 0
    for name, text in render().items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
