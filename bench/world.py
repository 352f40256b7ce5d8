"""What do the benchmarks run on? A country of offices with real orders, and as many people as are asked for."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from borderpass.domain.bundle import BundleCheckpoint
from borderpass.domain.local_time import end_of_day, local_day, start_of_day
from borderpass.domain.orders import compile_rulebook
from borderpass.domain.pass_number import make_pass_number
from borderpass.domain.passes import Holder, Pass, PassKind, Sex
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.status import Status, StatusList, pack_statuses
from borderpass.domain.trust import Names, Role, TrustEntry, TrustList
from borderpass.services.load_gazetteer import load_checkpoints, load_gazetteer
from borderpass.services.load_orders import load_orders
from borderpass.signing.file_keystore import FileSigner
from borderpass.wire.bundle import BundleParts, write_bundle
from borderpass.wire.claims import write_claims
from borderpass.wire.qr import build_qr
from borderpass.wire.rulebook import write_rulebook
from borderpass.wire.signed import seal
from borderpass.wire.status import write_status_list
from borderpass.wire.trust import write_trust_list

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
FACE_BYTES = 596
PASSES_AN_OFFICE = 1_000


@dataclass(frozen=True)
class World:
    """A bundle as a gate has it, as bytes too, with the keys behind it."""

    octets: bytes
    root: ec.EllipticCurvePublicKey
    signers: dict[str, FileSigner]
    offices: list[str]


def new_signer() -> FileSigner:
    """Return a new key, in memory only."""
    return FileSigner(ec.generate_private_key(ec.SECP256R1()))


def make_world() -> World:
    """Return a country in which all 52 border districts issue passes."""
    offices = [
        place.code
        for province in ("01", "02", "09", "13", "15", "22", "24")
        for place in load_gazetteer().children(province)
    ]
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = FileSigner(root_key)
    signers = {name: new_signer() for name in ("rulebook", "publisher", *offices, *(f"s{one}" for one in offices))}
    entries = [_entry(signers["rulebook"], Role.RULEBOOK_SIGNER, ""), _entry(signers["publisher"], Role.PUBLISHER, "")]
    tokens = []
    statuses = pack_statuses(dict.fromkeys(range(2, PASSES_AN_OFFICE), Status.VALID), 1024)
    for office in offices:
        entries += [
            _entry(signers[office], Role.PASS_SIGNER, office),
            _entry(signers[f"s{office}"], Role.STATUS_SIGNER, office),
        ]
        status_list = StatusList(f"kh-bp:{office}/status", NOON, NOON + timedelta(days=7), 86_400, statuses)
        signer = signers[f"s{office}"]
        tokens.append(write_status_list(status_list, signer.kid, signer.sign))
    rulebook = compile_rulebook(load_orders(), NOON, 1, NOON)
    assert isinstance(rulebook, Rulebook)
    trust = TrustList(1, 1, NOON, NOON + timedelta(days=30), "KHM", tuple(entries))
    gates = [
        BundleCheckpoint(gate.id, Names(gate.label("km"), gate.label("en"), gate.label("th")), gate.district_code)
        for gate in load_checkpoints().values()
    ]
    rules, publisher = signers["rulebook"], signers["publisher"]
    parts = BundleParts(
        serial=1,
        issued_at_s=int(NOON.timestamp()),
        trust_list=write_trust_list(trust, root.kid, root.sign),
        status_lists=tokens,
        rulebook=write_rulebook(rulebook, rules.kid, rules.sign),
        checkpoints=gates,
        allow_lists={},
    )
    return World(write_bundle(parts, publisher.kid, publisher.sign), root_key.public_key(), signers, offices)


def _entry(signer: FileSigner, role: Role, office: str) -> TrustEntry:
    return TrustEntry(
        kid=signer.kid,
        point=signer.point,
        role=role,
        office=office,
        names=Names("ការិយាល័យ", "Office", "สำนักงาน"),
        prefixes=(office,) if office else (),
        sign_from_at=NOON - timedelta(days=30),
        sign_until_at=NOON + timedelta(days=335),
        verify_until_at=NOON + timedelta(days=1400),
        issuer=f"kh-bp:{office}" if office else "",
        status_uri=f"kh-bp:{office}/status" if office else "",
    )


def make_texts(world: World, count: int, *, face: bool) -> list[str]:
    """Return the QR texts of so many different people of different offices."""
    chance = random.Random(count)  # the same people every time
    return [_make_text(world, number, chance, face=face) for number in range(count)]


def _make_text(world: World, number: int, chance: random.Random, *, face: bool) -> str:
    office = world.offices[number % len(world.offices)]
    index = 2 + number // len(world.offices) + chance.randrange(50)
    issued_at = NOON - timedelta(days=chance.randrange(1, 29), seconds=chance.randrange(20_000))
    first_day = local_day(issued_at)
    pass_ = Pass(
        number=make_pass_number(office, 26, number + 1),
        issuer=f"kh-bp:{office}",
        issuing_country="KHM",
        kind=PassKind.TWO_YEAR,
        valid_from_at=start_of_day(first_day),
        expires_at=end_of_day(first_day.replace(year=first_day.year + 2)),
        issued_at=issued_at,
        status_index=index,
        status_uri=f"kh-bp:{office}/status",
        holder=Holder(
            name_latin=f"CHANRASMEY {chance.choice('ABCDEFG')}{chance.choice('AEIOU')}N{number % 97}".rstrip(
                "0123456789"
            ),
            name_khmer=f"ច័ន្ទរស្មី {chance.choice(['សុខា', 'បុប្ផា', 'ដារ៉ា', 'វិជ្ជា'])}",
            born_on=date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)),
            sex=chance.choice([Sex.FEMALE, Sex.MALE]),
            nationality="KHM",
            home_code=f"{office}01",
            face=chance.randbytes(FACE_BYTES) if face else None,
        ),
    )
    signer = world.signers[office]
    return build_qr(seal(write_claims(pass_), None, signer.kid, signer.sign))
