"""Do the vectors of spec/ hold? Read from spec/vectors alone, as a verifier in another language would."""

import base64
import hashlib
import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from tools.build_vectors import main, out_of_date

from borderpass.domain.bundle import Bundle
from borderpass.domain.pass_number import parse_pass_number
from borderpass.domain.passes import Pass
from borderpass.domain.provisions import Category
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import LastCrossing, Scan
from borderpass.domain.status import StatusList
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.verify_pass import verify_pass
from borderpass.wire.base45 import decode_base45, encode_base45
from borderpass.wire.bundle import read_bundle
from borderpass.wire.cose import Sign1, decode_sign1, to_be_signed
from borderpass.wire.qr import parse_qr
from borderpass.wire.refusal import WireError

VECTORS = Path(__file__).resolve().parents[2] / "spec" / "vectors"
GROUPS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(VECTORS.glob("*.json"))}
ROOTS, PARTS, BUNDLES = GROUPS.pop("roots"), GROUPS.pop("parts"), GROUPS.pop("bundles")
DECISIONS = [vector for group in GROUPS.values() for vector in group.get("vectors", ()) if "text" in vector]


def root(name: str = "root") -> Any:
    return load_pem_public_key(ROOTS[name]["pem"].encode())


def octets_of(name: str) -> bytes:
    return base64.b64decode((VECTORS / "bundles" / f"{name}.cbor.b64").read_text(encoding="ascii"), validate=False)


@cache
def bundle(name: str) -> Bundle:
    return read_bundle(octets_of(name), root())


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def scan_of(given: dict[str, Any]) -> Scan:
    last = given["last_crossing"]
    return Scan(
        checkpoint=given["checkpoint"],
        direction=Direction(given["direction"]),
        category=Category(given["category"]),
        clock_floor_at=given["clock_floor"] and instant(given["clock_floor"]),
        last_crossing=last
        and LastCrossing(Direction(last["direction"]), instant(last["crossed_at"]), day(last["back_by"])),
        quota_used=given["quota_used"],
    )


def shown(pass_: Pass, fingerprint: bytes) -> dict[str, Any]:
    holder = pass_.holder
    return {
        "number": pass_.number,
        "issuer": pass_.issuer,
        "issuing_country": pass_.issuing_country,
        "kind": pass_.kind.value,
        "valid_from": pass_.valid_from_at,
        "expires": pass_.expires_at,
        "issued": pass_.issued_at,
        "status_index": pass_.status_index,
        "status_uri": pass_.status_uri,
        "fingerprint": fingerprint.hex(),
        "holder": {
            "name_latin": holder.name_latin,
            "name_khmer": holder.name_khmer,
            "born_on": holder.born_on,
            "sex": holder.sex.value,
            "nationality": holder.nationality,
            "home_code": holder.home_code,
            "face_sha256": holder.face and hashlib.sha256(holder.face).hexdigest(),
        },
        "companions": [{"name": one.name, "born_on": one.born_on, "sex": one.sex.value} for one in pass_.companions],
    }


def expected_pass(written: dict[str, Any]) -> dict[str, Any]:
    times = {key: instant(written[key]) for key in ("valid_from", "expires", "issued")}
    holder = {**written["holder"], "born_on": day(written["holder"]["born_on"])}
    companions = [{**one, "born_on": day(one["born_on"])} for one in written["companions"]]
    return {**written, **times, "holder": holder, "companions": companions}


@pytest.mark.parametrize("vector", DECISIONS, ids=lambda vector: vector["name"])
def test_decision_is_the_expected_one(vector: dict[str, Any]) -> None:
    expect = vector["expect"]
    outcome = verify_pass(vector["text"], scan_of(vector["scan"]), bundle(vector["bundle"]), instant(vector["now"]))
    decision = outcome.decision
    assert decision.verdict is Verdict[expect["verdict"]]
    assert decision.reasons == tuple(Reason(code) for code in expect["reasons"])
    assert decision.back_by == day(expect["back_by"])
    assert list(decision.order_ids) == expect["order_ids"]
    if expect["pass"] is None:
        assert outcome.credential is None
    else:
        assert outcome.credential is not None
        seen = shown(outcome.credential.pass_, outcome.credential.fingerprint)
        assert seen == expected_pass(expect["pass"])


@pytest.mark.parametrize("vector", BUNDLES["vectors"], ids=lambda vector: vector["name"])
def test_bundle_is_taken_into_use_or_not(vector: dict[str, Any]) -> None:
    octets = octets_of(vector["bundle"]) if vector["bundle"] else base64.b64decode(vector["octets"])
    expect = vector["expect"]
    if not expect["taken"]:
        with pytest.raises(WireError):
            read_bundle(octets, root(vector["root"]))
        return
    read = read_bundle(octets, root(vector["root"]))
    assert {
        "taken": True,
        "serial": read.serial,
        "issued": read.issued_at,
        "trust_serial": read.trust.serial,
        "trust_expires": read.trust.expires_at,
        "kids": [entry.kid.hex() for entry in read.trust.entries],
        "status_uris": sorted(read.status_lists),
        "rulebook_serial": read.rulebook.serial,
        "provisions": [one.term.provision_id for one in read.rulebook.provisions],
        "checkpoints": sorted(read.checkpoints),
        "allow_lists": {kid.hex(): len(prefixes) for kid, prefixes in read.allow_lists.items()},
    } == {**expect, "issued": instant(expect["issued"]), "trust_expires": instant(expect["trust_expires"])}


def test_pass_taken_apart_agrees_step_by_step() -> None:
    steps = PARTS["pass"]
    assert decode_base45(steps["text"]).hex() == steps["compressed"]
    cose = parse_qr(steps["text"])
    assert isinstance(cose, bytes)
    assert cose.hex() == steps["cose"]
    sign1 = decode_sign1(cose)
    assert isinstance(sign1, Sign1)
    assert (sign1.protected.hex(), sign1.payload.hex()) == (steps["protected"], steps["payload"])
    assert (sign1.kid.hex(), sign1.signature.hex()) == (steps["kid"], steps["signature"])
    assert to_be_signed(sign1.protected, sign1.payload).hex() == steps["to_be_signed"]
    assert hashlib.sha256(sign1.payload).hexdigest() == steps["fingerprint"]


def test_small_tables_hold() -> None:
    for pair in PARTS["base45"]:
        assert decode_base45(pair["text"]).hex() == pair["octets"]
        assert encode_base45(bytes.fromhex(pair["octets"])) == pair["text"]
    assert all(str(parse_pass_number(number)) == number for number in PARTS["pass_numbers"])
    table = PARTS["status_list"]
    at = instant("2026-11-23T00:00:00Z")
    status_list = StatusList("x", at, at, 0, bytes.fromhex(table["octets"]))
    assert status_list.canaries_sing()
    assert {index: status_list.look_up(int(index)).value for index in table["statuses"]} == table["statuses"]


def test_there_are_vectors_enough_for_every_reason() -> None:
    told = {code for vector in DECISIONS for code in vector["expect"]["reasons"]}
    assert told == {reason.value for reason in Reason}
    assert len(DECISIONS) + len(BUNDLES["vectors"]) >= 120


def test_names_of_vectors_are_unique() -> None:
    names = [vector["name"] for vector in [*DECISIONS, *BUNDLES["vectors"]]]
    assert sorted(set(names)) == sorted(names)


def test_nothing_of_a_person_is_in_a_vector_that_withholds_the_pass() -> None:
    assert all(vector["expect"]["pass"] is None for vector in GROUPS["malformed"]["vectors"])


def test_vectors_are_what_the_cases_write() -> None:
    assert out_of_date() == []


def test_check_names_what_is_out_of_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    (tmp_path / "gates.json").write_text("{}", encoding="utf-8")
    (tmp_path / "left-over.json").write_text("{}", encoding="utf-8")
    assert main(["--check"], tmp_path) == 1
    assert "gates.json, left-over.json" in capsys.readouterr().err
