"""How old is what a decision rests on?"""

from dataclasses import replace

import pytest

from borderpass.domain.bundle import Freshness
from tests.cases.bundles import bundle
from tests.cases.clock import local
from tests.cases.world import POIPET_URI, SEREI_URI

GREEN, AMBER, RED = Freshness.GREEN, Freshness.AMBER, Freshness.RED


@pytest.mark.parametrize(
    ("now", "uri", "grade"),
    [
        ("2026-11-20 00:00:00", POIPET_URI, GREEN),
        ("2026-11-24 06:00:00", POIPET_URI, GREEN),
        ("2026-11-24 06:00:01", POIPET_URI, AMBER),
        ("2026-11-30 05:59:59", POIPET_URI, AMBER),
        ("2026-11-30 06:00:00", POIPET_URI, RED),
        ("2026-11-23 18:00:00", SEREI_URI, GREEN),
        ("2026-11-23 18:00:01", SEREI_URI, AMBER),
        ("2026-11-23 18:00:01", None, AMBER),
        ("2026-11-30 06:00:00", None, RED),
        ("2027-02-28 23:59:59", "no such list", GREEN),
        ("2027-03-01 00:00:00", "no such list", RED),
    ],
)
def test_age_is_graded(now: str, uri: str | None, grade: Freshness) -> None:
    assert bundle().freshness(local(now), uri) is grade


def test_trust_list_that_ends_first_is_red_though_a_list_is_stale() -> None:
    ended = replace(bundle(), trust=replace(bundle().trust, expires_at=local("2026-11-25")))
    assert ended.freshness(local("2026-11-25"), POIPET_URI) is RED


def test_trust_list_finds_every_entry_of_a_kid() -> None:
    trust = bundle("twins").trust
    assert [len(entries) for entries in trust.by_kid.values()] == [2, 1, 1, 1, 1]
