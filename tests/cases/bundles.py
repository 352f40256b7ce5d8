"""Which bundles do the cases run on?

| name | |
| --- | --- |
| usual | everything, the stolen key of Malai with its allow-list |
| no-allow-list | the same, without any allow-list |
| no-status-lists | the same as that, without any status list |
| trust-ends-soon | the trust list ends at noon of 2026-11-23, before any status list |
| twins | two keys under one kid |
| december | status lists of 2026-12-01 that stay fresh for 75 days |
| no-orders | a rulebook without provisions |
| two-stays | two orders on the length of a stay at once |
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from borderpass.domain.bundle import Bundle
from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import Stay, Term
from borderpass.wire.bundle import read_bundle
from tests.cases.clock import local
from tests.cases.keys import public_key
from tests.cases.orders import GATES, STAYS, make_rulebook
from tests.cases.passes import honest_allow_list
from tests.cases.world import (
    MALAI_URI,
    POIPET,
    POIPET_STATUS,
    POIPET_URI,
    PUBLISHER,
    RULEBOOK,
    SEREI,
    SEREI_STATUS,
    SEREI_URI,
    make_parts,
    make_status_list,
    make_trust_list,
    seal_bundle,
    seal_rulebook,
    seal_status_list,
    seal_trust_list,
)


def _without_lists() -> bytes:
    return seal_bundle(make_parts()._replace(status_lists=[]))


def _trust_ends_soon() -> bytes:
    trust = replace(
        make_trust_list((POIPET, POIPET_STATUS, RULEBOOK, PUBLISHER)), expires_at=local("2026-11-23 12:00:00")
    )
    lists = [seal_status_list(make_status_list(POIPET_URI), "poipet-status")]
    return seal_bundle(make_parts()._replace(trust_list=seal_trust_list(trust), status_lists=lists))


def _twins() -> bytes:
    """Two keys under one kid: Serei Saophoan's entry claims the kid of Poipet's, and stands first."""
    twin = replace(SEREI, kid=POIPET.kid)
    trust = make_trust_list((twin, POIPET, POIPET_STATUS, SEREI_STATUS, RULEBOOK, PUBLISHER))
    lists = make_parts().status_lists[:2]
    return seal_bundle(make_parts()._replace(trust_list=seal_trust_list(trust), status_lists=lists))


def _usual() -> bytes:
    return seal_bundle(make_parts(honest_allow_list()))


def _december() -> bytes:
    issued_at = local("2026-12-01 06:00:00")
    lists = [
        seal_status_list(
            replace(
                make_status_list(uri, ttl_s=75 * 86_400),
                issued_at=issued_at,
                expires_at=local("2027-02-15 06:00:00"),
            ),
            by,
        )
        for uri, by in ((POIPET_URI, "poipet-status"), (SEREI_URI, "serei-status"), (MALAI_URI, "malai-status"))
    ]
    return seal_bundle(make_parts(honest_allow_list())._replace(status_lists=lists))


def _no_orders() -> bytes:
    return seal_bundle(make_parts()._replace(rulebook=seal_rulebook(replace(make_rulebook(), provisions=()))))


def _two_stays() -> bytes:
    term = Term("52-26/1", "52/26", local("2026-11-01"))
    rulebook = make_rulebook(*GATES, *STAYS, Stay(term, (PassKind.TWO_YEAR,), 10))
    return seal_bundle(make_parts()._replace(rulebook=seal_rulebook(rulebook)))


_BUNDLES: dict[str, Callable[[], bytes]] = {
    "usual": _usual,
    "no-allow-list": lambda: seal_bundle(make_parts()),
    "no-status-lists": _without_lists,
    "trust-ends-soon": _trust_ends_soon,
    "twins": _twins,
    "december": _december,
    "no-orders": _no_orders,
    "two-stays": _two_stays,
}
BUNDLE_NAMES = tuple(_BUNDLES)


@cache
def bundle_bytes(name: str = "usual") -> bytes:
    """Return a bundle of the world by name, signed."""
    return _BUNDLES[name]()


@cache
def bundle(name: str = "usual") -> Bundle:
    """Return the same bundle as a device reads it."""
    return read_bundle(bundle_bytes(name), public_key("root"))
