"""How does what the authority knows reach the gates? One bundle, every part signed by whom it is of.

1. The enacted orders are compiled at this instant and signed; each office's status list with its status key.
2. Keys past half their year are followed by new ones first, so that lists go on while passes live.
3. The trust list, with the allow-lists' digests of keys that fell, is signed by the root.
4. All of it is put together, signed by the publisher, numbered one higher than the last, read back, and kept.
"""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.bundle import BundleCheckpoint
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import to_timestamp
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.status import StatusList, pack_statuses
from borderpass.domain.trust import Names, Role, TrustEntry, TrustList
from borderpass.services.add_trusted_key import keep_key
from borderpass.services.compile_rules import compile_orders, enacted_orders
from borderpass.services.load_gazetteer import load_checkpoints
from borderpass.services.open_keystore import PUBLISHER_KEY, ROOT_KEY, RULEBOOK_KEY
from borderpass.signing.file_keystore import FileKeystore, FileSigner, read_public_pem
from borderpass.store.models import Office, PublishedBundle, TrustedKey
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.passes import fingerprints_of, statuses_of
from borderpass.wire.bundle import BundleParts, digest_of, read_bundle, write_allow_list, write_bundle
from borderpass.wire.rulebook import write_rulebook
from borderpass.wire.status import write_status_list
from borderpass.wire.trust import TRUST_LIST_VERSION, write_trust_list

STATUS_TTL = timedelta(hours=24)
STATUS_LIFE = timedelta(days=7)
TRUST_LIFE = timedelta(days=30)
COUNTRY = "KHM"
_NATION = Names("ក្រសួងមហាផ្ទៃ", "Ministry of Interior", "กระทรวงมหาดไทยกัมพูชา")


def publish_bundle(keystore: FileKeystore, actor: Actor, now: datetime) -> PublishedBundle | Declined:
    """Publish a new bundle; return it. Raise SigningError, or OrdersRefused."""
    if not actor.may(Act.PUBLISH):
        return Declined(Ground.NOT_ALLOWED, "only the national authority publishes bundles")
    now = now.replace(microsecond=0)
    with transaction.atomic():
        last = PublishedBundle.objects.aggregate(last=Max("serial"))["last"] or 0
        octets = _compose(keystore, last + 1, actor, now)
        read_bundle(octets, read_public_pem(keystore.open(ROOT_KEY).public_pem()))
        digest = hashlib.sha256(octets).hexdigest()
        published = PublishedBundle.objects.create(serial=last + 1, issued_at=now, octets=octets, digest=digest)
        write_audit(Deed.PUBLISH_BUNDLE, actor, now, "bundle", str(last + 1), digest=digest)
    return published


def _compose(keystore: FileKeystore, serial: int, actor: Actor, now: datetime) -> bytes:
    root = keystore.open(ROOT_KEY)
    publisher = _signer(keystore, PUBLISHER_KEY, Role.PUBLISHER, None, actor, now)
    rulebook = _rulebook(keystore, serial, actor, now)
    status_lists = _status_lists(keystore, actor, now)
    allow_lists = {
        bytes.fromhex(key.kid): write_allow_list(fingerprints_of(key.kid))
        for key in TrustedKey.objects.exclude(withdrawn_at=None).filter(role=Role.PASS_SIGNER)
    }
    parts = BundleParts(
        serial=serial,
        issued_at_s=to_timestamp(now),
        trust_list=write_trust_list(_trust_list(serial, allow_lists, now), root.kid, root.sign),
        status_lists=status_lists,
        rulebook=rulebook,
        checkpoints=[
            BundleCheckpoint(gate.id, Names(gate.label("km"), gate.label("en"), gate.label("th")), gate.district_code)
            for gate in load_checkpoints().values()
        ],
        allow_lists=allow_lists,
    )
    return write_bundle(parts, publisher.kid, publisher.sign)


def _trust_list(serial: int, allow_lists: dict[bytes, bytes], now: datetime) -> TrustList:
    keys = TrustedKey.objects.filter(verify_until_at__gt=now).select_related("office").order_by("kid")
    entries = tuple(_entry(key, allow_lists.get(bytes.fromhex(key.kid))) for key in keys)
    return TrustList(TRUST_LIST_VERSION, serial, now, now + TRUST_LIFE, COUNTRY, entries)


def _entry(key: TrustedKey, allow_list: bytes | None) -> TrustEntry:
    office = key.office
    return TrustEntry(
        kid=bytes.fromhex(key.kid),
        point=bytes.fromhex(key.point),
        role=Role(key.role),
        office=office.code if office else "",
        names=Names(office.name_km, office.name_en, office.name_th) if office else _NATION,
        prefixes=(office.prefix,) if office else (),
        sign_from_at=key.sign_from_at.replace(microsecond=0),
        sign_until_at=key.sign_until_at.replace(microsecond=0),
        verify_until_at=key.verify_until_at.replace(microsecond=0),
        issuer=office.issuer if office else "",
        status_uri=office.status_uri if office else "",
        withdrawn_at=key.withdrawn_at.replace(microsecond=0) if key.withdrawn_at else None,
        allow_list_digest=digest_of(allow_list) if allow_list is not None else None,
    )


def _status_lists(keystore: FileKeystore, actor: Actor, now: datetime) -> list[bytes]:
    tokens = []
    for office in Office.objects.order_by("code"):
        if not TrustedKey.objects.filter(office=office, role=Role.STATUS_SIGNER).exists():
            continue
        statuses, length = statuses_of(office.code)
        octets = pack_statuses(statuses, length)
        status_list = StatusList(office.status_uri, now, now + STATUS_LIFE, int(STATUS_TTL.total_seconds()), octets)
        signer = _signer(keystore, f"status-{office.code}", Role.STATUS_SIGNER, office, actor, now)
        tokens.append(write_status_list(status_list, signer.kid, signer.sign))
    return tokens


def _rulebook(keystore: FileKeystore, serial: int, actor: Actor, now: datetime) -> bytes:
    compiled = compile_orders(enacted_orders(), now, serial)
    signer = _signer(keystore, RULEBOOK_KEY, Role.RULEBOOK_SIGNER, None, actor, now)
    return write_rulebook(Rulebook(serial, now, compiled.provisions), signer.kid, signer.sign)


def _signer(
    keystore: FileKeystore, stem: str, role: Role, office: Office | None, actor: Actor, now: datetime
) -> FileSigner:
    """Return the key that signs now; one that is past half its year is followed by the next, in this very bundle."""
    return keystore.open(keep_key(keystore, stem, role, office, actor, now).keystore_name)
