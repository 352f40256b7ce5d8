"""What do other people's libraries say of our bytes, and what do they write in our profile?

Run by the Python of .venv-oracles, which has claim169, cwt and pycose and nothing of ours. Reads one JSON object on
standard input and writes one on standard output; bytes are hex.
"""

import json
import sys
from typing import Any

import claim169
import cwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from pycose.algorithms import Es256
from pycose.headers import KID, Algorithm
from pycose.keys import EC2Key
from pycose.messages import Sign1Message

ES256 = -7


def read_all(asked: dict[str, Any], text: str, cose: bytes) -> dict[str, Any]:
    """Return what each library reads of one pass, or the name of the error it gives."""
    return {
        "claim169": attempt(lambda: read_with_claim169(asked, text)),
        "cwt": attempt(lambda: cwt.COSE.new().decode(cose, cwt_key(asked)).hex()),
        "cwt_claims": attempt(lambda: sorted(map(str, cwt.decode(cose, cwt_key(asked))))),
        "pycose": attempt(lambda: read_with_pycose(asked, cose)),
    }


def attempt(ask: Any) -> Any:
    """Return an answer, or {"error": ...}: libraries raise errors of many kinds."""
    try:
        return ask()
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def read_with_claim169(asked: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the identity and the times that claim169 reads."""
    result = claim169.decode_with_ecdsa_p256(text, b"\x04" + bytes.fromhex(asked["point"]))
    one, meta = result.claim169, result.cwt_meta
    return {
        "verified": result.is_verified(),
        "number": one.id,
        "name": one.full_name,
        "name_khmer": one.secondary_full_name,
        "born_on": one.date_of_birth,
        "sex": int(one.gender),
        "nationality": one.nationality,
        "home": one.location_code,
        "country": one.country_of_issuance,
        "face": one.face[0].data.hex() if one.face else None,
        "face_format": [one.face[0].format, one.face[0].sub_format] if one.face else None,
        "issuer": meta.issuer,
        "times": [meta.not_before, meta.expires_at, meta.issued_at],
        "kid": result.key_id.hex(),
    }


def read_with_pycose(asked: dict[str, Any], cose: bytes) -> str:
    """Return the payload if pycose finds the signature good."""
    message = Sign1Message.decode(cose)
    message.key = pycose_key(asked)
    if not message.verify_signature():
        raise ValueError("signature does not hold")
    payload: bytes = message.payload
    return payload.hex()


def cwt_key(asked: dict[str, Any], private: bool = False) -> Any:
    """Return our key as cwt has keys."""
    point = bytes.fromhex(asked["point"])
    params = {1: 2, 2: bytes.fromhex(asked["kid"]), 3: ES256, -1: 1, -2: point[:32], -3: point[32:]}
    if private:
        params[-4] = bytes.fromhex(asked["scalar"])
    return cwt.COSEKey.new(params)


def pycose_key(asked: dict[str, Any]) -> Any:
    """Return our key as pycose has keys."""
    point = bytes.fromhex(asked["point"])
    return EC2Key(crv="P_256", x=point[:32], y=point[32:], d=bytes.fromhex(asked["scalar"]))


def write_all(asked: dict[str, Any]) -> dict[str, Any]:
    """Return what each library signs: cwt and pycose any payload, claim169 only the claims that it knows."""
    payload, kid = bytes.fromhex(asked["payload"]), bytes.fromhex(asked["kid"])
    message = Sign1Message(phdr={Algorithm: Es256, KID: kid}, payload=payload)
    message.key = pycose_key(asked)
    return {
        "cwt": cwt.COSE.new().encode_and_sign(payload, cwt_key(asked, True), protected={1: ES256, 4: kid}).hex(),
        "pycose": message.encode().hex(),
        "claim169": write_with_claim169(asked["identity"], asked, kid),
    }


def write_with_claim169(identity: dict[str, Any], asked: dict[str, Any], kid: bytes) -> str:
    """Return the QR text that claim169 makes of an identity, signed by our key through its callback."""
    one = claim169.Claim169Input(id=identity["number"], full_name=identity["name"])
    one.language, one.secondary_language = "eng", "khm"
    one.date_of_birth, one.gender = identity["born_on"], identity["sex"]
    one.nationality, one.country_of_issuance = identity["nationality"], identity["country"]
    one.secondary_full_name, one.location_code = identity["name_khmer"], identity["home"]
    one.face = [claim169.Biometric(bytes.fromhex(identity["face"]), 0, 4)]
    meta = claim169.CwtMetaInput(issuer=identity["issuer"])
    meta.not_before, meta.expires_at, meta.issued_at = identity["times"]
    key = ec.derive_private_key(int(asked["scalar"], 16), ec.SECP256R1())

    def sign(_algorithm: str, _kid: bytes, message: bytes) -> bytes:
        r, s = decode_dss_signature(key.sign(message, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    text: str = claim169.encode_with_signer(one, meta, sign, "ES256", kid)
    return text


def main() -> None:
    """Answer the one question on standard input."""
    asked = json.load(sys.stdin)
    answer = {
        "read": {
            name: read_all(asked, one["text"], bytes.fromhex(one["cose"])) for name, one in asked["passes"].items()
        },
        "written": write_all(asked),
        "unsigned": attempt(lambda: sorted(map(str, cwt.decode(bytes.fromhex(asked["payload"]), cwt_key(asked))))),
    }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
