"""What do forgers try in the demo? Other people's land, other people's names, and plain invention."""

import hashlib

from cryptography.hazmat.primitives.asymmetric import ec

from borderpass.cli.story.stage import Stage
from borderpass.domain.passes import Pass
from borderpass.domain.trust import Role
from borderpass.services.add_trusted_key import current_key
from borderpass.signing.file_keystore import FileSigner
from borderpass.wire.claims import read_claims, write_claims
from borderpass.wire.qr import build_qr
from borderpass.wire.refusal import Refusal
from borderpass.wire.signed import seal


def by_another_office(stage: Stage) -> str:
    """Return a pass for a resident of Poipet, signed with the real key of Serei Saophoan's office.

    All in it is that office's own (issuer, a valid index) but the holder's home.
    """
    poipet = _pass_of(stage, office="0110")
    theirs = _pass_of(stage, office="0106")
    forged = theirs._replace(holder=poipet.holder)
    key = current_key("0106", Role.PASS_SIGNER, stage.now)
    assert key is not None
    return _sign(forged, stage.keystore.open(key.keystore_name))


def of_an_index_never_issued(stage: Stage) -> str:
    """Return a pass signed with the right office's key for an index that the office never handed out."""
    real = _pass_of(stage, office="0110")
    used = {issued.status_index for issued in stage.passes.values() if issued.office_id == "0110"}
    key = current_key("0110", Role.PASS_SIGNER, stage.now)
    assert key is not None
    free = next(index for index in range(2, 1024) if index not in used)
    return _sign(real._replace(status_index=free), stage.keystore.open(key.keystore_name))


def with_an_invented_key(stage: Stage) -> str:
    """Return a real pass's content, signed with a key that nobody trusts."""
    return _sign(_pass_of(stage, office="0110"), FileSigner(ec.generate_private_key(ec.SECP256R1())))


def with_another_name(stage: Stage) -> str:
    """Return a real pass in which the name was changed after signing."""
    number = next(number for number, issued in stage.passes.items() if issued.office_id == "0110")
    issued, real = stage.passes[number], _pass_of(stage, office="0110")
    key = current_key("0110", Role.PASS_SIGNER, stage.now)
    assert key is not None
    signer = stage.keystore.open(key.keystore_name)
    honest = bytes(issued.payload)
    changed = write_claims(real._replace(holder=real.holder._replace(name_latin="SOMEBODY ELSE")))
    assert hashlib.sha256(honest).digest() != hashlib.sha256(changed).digest()
    return build_qr(seal(changed, None, signer.kid, lambda tbs: signer.sign(tbs.replace(changed, honest))))


def _pass_of(stage: Stage, office: str) -> Pass:
    payload = next(bytes(issued.payload) for issued in stage.passes.values() if issued.office_id == office)
    pass_ = read_claims(payload)
    assert not isinstance(pass_, Refusal)
    return pass_


def _sign(pass_: Pass, signer: FileSigner) -> str:
    return build_qr(seal(write_claims(pass_), None, signer.kid, signer.sign))
