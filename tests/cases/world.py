"""Who signs for which land in the cases?

| key | role | land | |
| --- | --- | --- | --- |
| poipet, poipet-status | pass, status signer | 0110 | the usual office |
| poipet-old | pass signer | 0110 | signed in 2024, checked until 2026-11-25 |
| serei, serei-status | pass, status signer | 0106 | list of a shorter ttl |
| malai, malai-status | pass, status signer | 0109 | its pass key was stolen: withdrawn, with an allow-list |
| specimen | specimen signer | 01 | |
| neighbour | foreign issuer | 27 | no status list of it is in the bundle |
| rulebook, publisher | | | |
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from borderpass.domain.bundle import BundleCheckpoint
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.status import Status, StatusList, pack_statuses
from borderpass.domain.trust import Names, Role, TrustEntry, TrustList
from borderpass.wire.bundle import BundleParts, digest_of, write_bundle
from borderpass.wire.rulebook import write_rulebook
from borderpass.wire.status import write_status_list
from borderpass.wire.trust import write_trust_list
from tests.cases.clock import local, seconds
from tests.cases.keys import signer
from tests.cases.orders import make_rulebook

POIPET_NAMES = Names("ប៉ោយប៉ែត", "Poipet", "ปอยเปต")
SEREI_NAMES = Names("សិរីសោភ័ណ", "Serei Saophoan", "ศรีโสภณ")
MALAI_NAMES = Names("ម៉ាឡៃ", "Malai", "มาลัย")
PROVINCE_NAMES = Names("បន្ទាយមានជ័យ", "Banteay Meanchey", "บันเตียเมียนเจย")
NATION_NAMES = Names("កម្ពុជា", "Cambodia", "กัมพูชา")
THAI_NAMES = Names("ស្រះកែវ", "Sa Kaeo", "สระแก้ว")

POIPET_URI, SEREI_URI, MALAI_URI = "kh-bp:0110/1", "kh-bp:0106/1", "kh-bp:0109/1"
VALID_INDEX, REVOKED_INDEX, SUSPENDED_INDEX, UNUSED_INDEX, LIST_LENGTH = 5, 6, 7, 9, 4096
LAST_INDEX = LIST_LENGTH - 1

CHECKPOINTS = (
    BundleCheckpoint("poipet", POIPET_NAMES, "0110"),
    BundleCheckpoint("malai", MALAI_NAMES, "0109"),
    BundleCheckpoint("ban_khao_din", Names("បានខៅឌីន", "Ban Khao Din", "บ้านเขาดิน"), ""),
)


def entry(name: str, role: Role, office: str, names: Names, prefixes: tuple[str, ...]) -> TrustEntry:
    """Return the trust list's entry of a test key, signing in 2026 and checked until the end of 2028."""
    signs_passes = role in (Role.PASS_SIGNER, Role.STATUS_SIGNER)
    return TrustEntry(
        kid=signer(name).kid,
        point=signer(name).point,
        role=role,
        office=office,
        names=names,
        prefixes=prefixes,
        sign_from_at=local("2026-01-01"),
        sign_until_at=local("2027-01-01"),
        verify_until_at=local("2029-01-01"),
        issuer=f"kh-bp:{office}" if signs_passes else "",
        status_uri=f"kh-bp:{office}/1" if signs_passes else "",
    )


POIPET = entry("poipet", Role.PASS_SIGNER, "0110", POIPET_NAMES, ("0110",))
POIPET_STATUS = entry("poipet-status", Role.STATUS_SIGNER, "0110", POIPET_NAMES, ("0110",))
POIPET_OLD = replace(
    entry("poipet-old", Role.PASS_SIGNER, "0110", POIPET_NAMES, ("0110",)),
    sign_from_at=local("2024-01-01"),
    sign_until_at=local("2025-01-01"),
    verify_until_at=local("2026-11-25"),
)
SEREI = entry("serei", Role.PASS_SIGNER, "0106", SEREI_NAMES, ("0106",))
SEREI_STATUS = entry("serei-status", Role.STATUS_SIGNER, "0106", SEREI_NAMES, ("0106",))
MALAI_STATUS = entry("malai-status", Role.STATUS_SIGNER, "0109", MALAI_NAMES, ("0109",))
SPECIMEN = replace(
    entry("specimen", Role.SPECIMEN_SIGNER, "00", PROVINCE_NAMES, ("01",)),
    issuer="kh-bp:specimen",
    status_uri="kh-bp:specimen/1",
)
NEIGHBOUR = replace(
    entry("neighbour", Role.FOREIGN_ISSUER, "27", THAI_NAMES, ("27",)),
    issuer="th-bp:27",
    status_uri="th-bp:27/1",
)
RULEBOOK = entry("rulebook", Role.RULEBOOK_SIGNER, "00", NATION_NAMES, ())
PUBLISHER = entry("publisher", Role.PUBLISHER, "00", NATION_NAMES, ())


def malai_entry(allow_list: bytes | None) -> TrustEntry:
    """Return the entry of the stolen key, naming its allow-list if there is one."""
    return replace(
        entry("malai", Role.PASS_SIGNER, "0109", MALAI_NAMES, ("0109",)),
        withdrawn_at=local("2026-09-01"),
        allow_list_digest=None if allow_list is None else digest_of(allow_list),
    )


def make_trust_list(entries: Iterable[TrustEntry]) -> TrustList:
    """Return a trust list of November 2026, good until March 2027."""
    return TrustList(1, 41, local("2026-11-01"), local("2027-03-01"), "KHM", tuple(entries))


def make_status_list(uri: str, ttl_s: int = 86_400) -> StatusList:
    """Return an office's list of 2026-11-23 06:00, good for a week."""
    statuses = {
        VALID_INDEX: Status.VALID,
        REVOKED_INDEX: Status.REVOKED,
        SUSPENDED_INDEX: Status.SUSPENDED,
        LAST_INDEX: Status.VALID,
    }
    issued_at = local("2026-11-23 06:00:00")
    return StatusList(uri, issued_at, issued_at + timedelta(days=7), ttl_s, pack_statuses(statuses, LIST_LENGTH))


def seal_trust_list(trust: TrustList, by: str = "root") -> bytes:
    """Return a trust list signed by a test key."""
    return write_trust_list(trust, signer(by).kid, signer(by).sign)


def seal_status_list(status_list: StatusList, by: str) -> bytes:
    """Return a status list token signed by a test key."""
    return write_status_list(status_list, signer(by).kid, signer(by).sign)


def seal_rulebook(rulebook: Rulebook, by: str = "rulebook") -> bytes:
    """Return a rulebook signed by a test key."""
    return write_rulebook(rulebook, signer(by).kid, signer(by).sign)


def seal_bundle(parts: BundleParts, by: str = "publisher") -> bytes:
    """Return a bundle signed by a test key."""
    return write_bundle(parts, signer(by).kid, signer(by).sign)


def make_parts(allow_list: bytes | None = None) -> BundleParts:
    """Return the parts of the bundle `usual`; `allow_list` is that of the stolen key of Malai."""
    trust = make_trust_list(
        (
            POIPET,
            POIPET_STATUS,
            POIPET_OLD,
            SEREI,
            SEREI_STATUS,
            malai_entry(allow_list),
            MALAI_STATUS,
            SPECIMEN,
            NEIGHBOUR,
            RULEBOOK,
            PUBLISHER,
        )
    )
    return BundleParts(
        serial=7,
        issued_at_s=seconds("2026-11-23 06:05:00"),
        trust_list=seal_trust_list(trust),
        status_lists=[
            seal_status_list(make_status_list(POIPET_URI), "poipet-status"),
            seal_status_list(make_status_list(SEREI_URI, ttl_s=43_200), "serei-status"),
            seal_status_list(make_status_list(MALAI_URI), "malai-status"),
        ],
        rulebook=seal_rulebook(make_rulebook()),
        checkpoints=list(CHECKPOINTS),
        allow_lists={} if allow_list is None else {signer("malai").kid: allow_list},
    )
