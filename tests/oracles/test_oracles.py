"""Do independent libraries read what we sign, and do we read what they sign in our profile?

Each is an oracle and never the verifier: see docs/reference/divergences.md for what they do not check.
"""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from borderpass.domain.passes import Pass
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Verdict
from borderpass.services.verify_pass import Outcome, verify_pass
from borderpass.wire.cbor import decode_strict, encode
from borderpass.wire.claims import write_claims
from borderpass.wire.cose import Sign1, decode_sign1, to_be_signed, verify_sign1
from borderpass.wire.qr import build_qr, parse_qr
from tests.cases.bundles import bundle
from tests.cases.clock import MONDAY, local
from tests.cases.corpus_cose import ES256, sign1
from tests.cases.keys import high_s, public_key, scalar_of, signer
from tests.cases.passes import DARA_CHILD, SOKHA, cose_of_payload, make_pass, text_of
from tests.cases.raw_cbor import array, integer, mapping, octets, tagged, text

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-oracles" / "bin" / "python"
POIPET = signer("poipet")
FACE = b"RIFF" + bytes(range(200))

# Valid whatever the clock of the machine says: the oracles read it and cannot be told another time.
PASS = make_pass(
    valid_from_at=datetime(1971, 1, 1, tzinfo=UTC),
    expires_at=local("2200-01-01"),
    companions=(DARA_CHILD,),
    holder=SOKHA._replace(face=FACE),
)


def _crit(pass_payload: bytes, label: bytes) -> bytes:
    """Return a pass whose header says that a label nobody knows must be understood, signed over just that."""
    kid = (integer(4), octets(POIPET.kid))
    protected = mapping(ES256, (integer(2), array(label)), kid, (label, integer(1)))
    signature = POIPET.sign(to_be_signed(protected, pass_payload))
    return sign1(octets(protected), mapping(), octets(pass_payload), octets(signature))


def _passes() -> dict[str, bytes]:
    content = write_claims(PASS)
    ours = cose_of_payload(content)
    sign = decode_sign1(ours)
    assert isinstance(sign, Sign1)
    return {
        "ours": ours,
        "ours-tag-61": tagged(61, ours),
        "ours-high-s": sign1(octets(sign.protected), mapping(), octets(content), octets(high_s(sign.signature))),
        "ours-without-face": cose_of_payload(write_claims(PASS._replace(holder=SOKHA))),
        "flipped": ours[:-1] + bytes([ours[-1] ^ 1]),
        "other-key": cose_of_payload(content, "serei", POIPET.kid),
        "crit-text": _crit(content, text("unheard")),
        "crit-integer": _crit(content, integer(99)),
    }


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    if not PYTHON.exists():
        pytest.fail("the oracles are not installed in .venv-oracles: run `make test`, which installs them")
    asked = {
        "point": POIPET.point.hex(),
        "scalar": f"{scalar_of('poipet'):064x}",
        "kid": POIPET.kid.hex(),
        "payload": write_claims(PASS).hex(),
        "passes": {name: {"text": build_qr(cose), "cose": cose.hex()} for name, cose in _passes().items()},
        "identity": _identity(PASS),
    }
    done = subprocess.run(
        [PYTHON, Path(__file__).with_name("ask_oracles.py")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _identity(pass_: Pass) -> dict[str, Any]:
    holder = pass_.holder
    instants = (pass_.valid_from_at, pass_.expires_at, pass_.issued_at)
    return {
        "number": pass_.number,
        "name": holder.name_latin,
        "name_khmer": holder.name_khmer,
        "born_on": holder.born_on.strftime("%Y%m%d"),
        "sex": int(holder.sex),
        "nationality": holder.nationality,
        "home": holder.home_code,
        "country": pass_.issuing_country,
        "face": holder.face and holder.face.hex(),
        "issuer": pass_.issuer,
        "times": [int(at.timestamp()) for at in instants],
    }


def look(text: str) -> Outcome:
    return verify_pass(text, Scan(None), bundle(), MONDAY)


@pytest.mark.parametrize("name", ["ours", "ours-high-s", "ours-without-face"])
def test_claim169_verifies_and_reads_what_we_sign(answer: dict[str, Any], name: str) -> None:
    read = answer["read"][name]["claim169"]
    face = None if name == "ours-without-face" else FACE
    expected = _identity(PASS._replace(holder=PASS.holder._replace(face=face)))
    form = {"verified": True, "kid": POIPET.kid.hex(), "face_format": [0, 4] if face else None}
    assert read == {**expected, **form}


@pytest.mark.parametrize("name", ["ours", "ours-high-s", "ours-tag-61"])
def test_cwt_verifies_what_we_sign(answer: dict[str, Any], name: str) -> None:
    read = answer["read"][name]
    assert read["cwt_claims"] == sorted(["1", "4", "5", "6", "169", "65535", "-70169"])
    if name != "ours-tag-61":  # its COSE layer knows no CWT tag
        assert read["cwt"] == write_claims(PASS).hex()


def test_tag_61_is_why_a_pass_has_none(answer: dict[str, Any]) -> None:
    """It is optional in RFC 8392 and takes two octets; only the CWT layer of cwt reads it."""
    read = answer["read"]["ours-tag-61"]
    assert all("error" in read[oracle] for oracle in ("claim169", "cwt", "pycose"))
    assert look(build_qr(_passes()["ours-tag-61"])).decision.verdict is Verdict.ADMIT


@pytest.mark.parametrize("name", ["ours", "ours-high-s"])
def test_pycose_verifies_what_we_sign(answer: dict[str, Any], name: str) -> None:
    assert answer["read"][name]["pycose"] == write_claims(PASS).hex()


@pytest.mark.parametrize("name", ["flipped", "other-key"])
@pytest.mark.parametrize("oracle", ["claim169", "cwt", "cwt_claims", "pycose"])
def test_oracles_refuse_what_we_refuse(answer: dict[str, Any], name: str, oracle: str) -> None:
    assert "error" in answer["read"][name][oracle]
    assert look(build_qr(_passes()[name])).decision.reasons == (Reason.SIGNATURE_INVALID,)


@pytest.mark.parametrize("oracle", ["cwt", "pycose"])
def test_pass_signed_by_an_oracle_verifies_here(answer: dict[str, Any], oracle: str) -> None:
    outcome = look(build_qr(bytes.fromhex(answer["written"][oracle])))
    assert (outcome.decision.verdict, outcome.decision.reasons) == (Verdict.ADMIT, ())
    assert outcome.credential is not None
    assert outcome.credential.pass_ == PASS


def test_claim169_writes_the_same_identity_and_header_and_a_signature_that_holds(answer: dict[str, Any]) -> None:
    """claim169 cannot write claims 65535 and -70169: all else of its pass is ours, octet for octet."""
    cose = parse_qr(answer["written"]["claim169"])
    assert isinstance(cose, bytes)
    theirs, ours = decode_sign1(cose), decode_sign1(_passes()["ours"])
    assert isinstance(theirs, Sign1)
    assert isinstance(ours, Sign1)
    assert theirs.protected == ours.protected
    assert verify_sign1(theirs, public_key("poipet"))
    their_claims, our_claims = decode_strict(theirs.payload), decode_strict(ours.payload)
    assert their_claims == {key: our_claims[key] for key in (1, 4, 5, 6, 169)}
    assert encode(their_claims[169]) in theirs.payload
    assert encode(their_claims[169]) in ours.payload


def test_claim169_pass_is_no_border_pass(answer: dict[str, Any]) -> None:
    assert look(answer["written"]["claim169"]).decision.reasons == (Reason.MALFORMED,)


def test_crit_is_refused_here_and_ignored_by_the_oracles(answer: dict[str, Any]) -> None:
    """RFC 9052 section 3.1: a label in crit that is not understood is a fatal error. Why they are not the verifier."""
    as_text, as_integer = answer["read"]["crit-text"], answer["read"]["crit-integer"]
    assert "error" not in as_text["claim169"]
    assert "error" in as_integer["claim169"]
    for crit in (as_text, as_integer):
        assert crit["cwt"] == crit["pycose"] == write_claims(PASS).hex()
    for name in ("crit-text", "crit-integer"):
        assert look(build_qr(_passes()[name])).decision.reasons == (Reason.MALFORMED,)


def test_cwt_gives_out_the_claims_of_unsigned_data_and_we_do_not(answer: dict[str, Any]) -> None:
    assert answer["unsigned"] == sorted(["1", "4", "5", "6", "169", "65535", "-70169"])
    assert look(build_qr(write_claims(PASS))).decision.reasons == (Reason.MALFORMED,)


def test_pass_of_the_vectors_is_the_pass_of_the_oracles() -> None:
    assert build_qr(_passes()["ours"]) == text_of(PASS)
