"""How much does a verdict cost beyond the signature that has to be checked? Text to decision, one core.

Measured as a server decides, many at once (`verify_passes`); the figure for one at a time is told beside it. The
limit is bare ES256 verification by `cryptography` of the same signatures, the key objects reused and
the messages and DER signatures ready made: nothing can decide on a pass faster than that.
"""

from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from bench.measure import Result, in_turns
from bench.world import NOON, World, make_texts
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.verify_pass import Look, verify_pass, verify_passes
from borderpass.wire.bundle import read_bundle
from borderpass.wire.cose import decode_sign1, to_be_signed
from borderpass.wire.keys import load_point
from borderpass.wire.qr import parse_qr
from borderpass.wire.refusal import Refusal

PASSES, ROUNDS = 400, 25


def bare_checks(world: World, texts: list[str]) -> list[tuple[ec.EllipticCurvePublicKey, bytes, bytes]]:
    """Return key, DER signature and message of each pass, ready to be verified."""
    points = {signer.kid: signer.point for signer in world.signers.values()}
    checks = []
    for text in texts:
        octets = parse_qr(text)
        sign1 = decode_sign1(octets) if isinstance(octets, bytes) else octets
        assert not isinstance(sign1, Refusal)
        r, s = int.from_bytes(sign1.signature[:32], "big"), int.from_bytes(sign1.signature[32:], "big")
        message = to_be_signed(sign1.protected, sign1.payload)
        checks.append((load_point(points[sign1.kid]), encode_dss_signature(r, s), message))
    return checks


def run_bare(checks: list[tuple[ec.EllipticCurvePublicKey, bytes, bytes]]) -> None:
    """Verify the signatures and nothing else."""
    algorithm = ec.ECDSA(SHA256())
    for key, signature, message in checks:
        key.verify(signature, message, algorithm)


def measure_verify(world: World, name: str, aim: float, *, face: bool) -> Result:
    """Return verdicts a second against bare verifications a second."""
    texts = make_texts(world, PASSES, face=face)
    bundle = read_bundle(world.octets, world.root)
    scan = Scan("poipet", Direction.EXIT, clock_floor_at=NOON - timedelta(minutes=1))
    checks = bare_checks(world, texts)

    looks = [Look(text, scan, bundle, NOON) for text in texts]
    assert all(outcome.decision.verdict is Verdict.ADMIT for outcome in verify_passes(looks))

    def one_by_one() -> None:
        for look in looks:
            verify_pass(*look)

    bare, ours = in_turns(lambda: run_bare(checks), lambda: verify_passes(looks), ROUNDS)
    bare_again, single = in_turns(lambda: run_bare(checks), one_by_one, ROUNDS)
    note = f"one by one {PASSES / single:,.0f} passes/s, ratio {bare_again / single:.2f}"
    return Result(name, PASSES / ours, PASSES / bare, bare / ours, "passes/s", aim, note)
