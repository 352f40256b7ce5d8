"""What is to be done with whoever shows this QR text here and now?

The straight line from text to decision, the same eight steps in every language. It needs no database and no network;
`docs/reference/verification.md` writes it down for other implementations.

1. `parse_qr`        text to COSE bytes, capped
2. `decode_sign1`    COSE bytes to parts, strict
3. `find_keys`       candidate signers by kid
4. `verify_sign1`    the first whose key made the signature
5. `read_claims`     the payload, now believed, to a pass
6. `find_status`     valid, revoked, suspended or never issued
7. `evaluate`        the rules
8. `decide`          the verdict
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from borderpass.domain.bundle import Bundle
from borderpass.domain.reasons import Reason
from borderpass.domain.rules import evaluate
from borderpass.domain.scan import Credential, Scan
from borderpass.domain.verdict import Decision, against, decide
from borderpass.domain.verdicts import ReasonClass
from borderpass.wire.claims import read_claims
from borderpass.wire.cose import decode_sign1, verify_sign1
from borderpass.wire.keys import load_point
from borderpass.wire.qr import parse_qr
from borderpass.wire.refusal import Refusal
from borderpass.wire.status import find_status
from borderpass.wire.trust import find_keys


@dataclass(frozen=True, slots=True)
class Outcome:
    """The decision on one text; `credential` is None when it is not an authentic pass, and `detail` says why."""

    decision: Decision
    credential: Credential | None
    detail: str = ""


def verify_pass(text: str, scan: Scan, bundle: Bundle, now: datetime) -> Outcome:
    """Return the outcome of showing a QR text under some circumstances at an aware instant. Never raises."""
    credential = authenticate(text, bundle)
    if isinstance(credential, Refusal):
        return Outcome(decide([against(credential.reason, scan.direction)]), None, credential.detail)
    return judge(credential, scan, bundle, now)


def judge(credential: Credential, scan: Scan, bundle: Bundle, now: datetime) -> Outcome:
    """Return the outcome for a pass whose signature holds (steps 7 and 8).

    A signature is not yet authenticity: a genuine key may have signed what it may not. Then the content is withheld.
    """
    decision = decide(evaluate(credential, scan, bundle, now))
    if any(reason.reason_class is ReasonClass.AUTHENTICITY for reason in decision.reasons):
        return Outcome(decision, None, "signed by a known key that may not sign this")
    return Outcome(decision, credential)


def authenticate(text: str, bundle: Bundle) -> Credential | Refusal:
    """Return the pass in a QR text if a trusted key signed it (steps 1 to 6), or the reason why not."""
    octets = parse_qr(text)
    if isinstance(octets, Refusal):
        return octets
    sign1 = decode_sign1(octets)
    if isinstance(sign1, Refusal):
        return sign1
    candidates = find_keys(bundle, sign1.kid)
    if not candidates:
        return Refusal(Reason.ISSUER_UNKNOWN, f"no pass signer has kid {sign1.kid.hex()}")
    for signer in candidates:
        if verify_sign1(sign1, load_point(signer.point)):
            break
    else:
        return Refusal(Reason.SIGNATURE_INVALID, f"kid {sign1.kid.hex()}")
    pass_ = read_claims(sign1.payload)
    if isinstance(pass_, Refusal):
        return pass_
    fingerprint = hashlib.sha256(sign1.payload).digest()
    return Credential(pass_, signer, fingerprint, find_status(bundle, pass_))
