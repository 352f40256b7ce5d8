"""What may everybody know? Sums, and nothing about anybody."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache

from borderpass.domain.actors import EVERYWHERE, Actor, StaffRole
from borderpass.domain.bundle import Bundle
from borderpass.domain.local_time import local_day
from borderpass.domain.trust import Role
from borderpass.services.count import count

EVERYBODY = Actor("everybody", StaffRole.AUDITOR, EVERYWHERE)
_TODAY_S, _BEFORE_S = 4, 600
"""For how many seconds figures are kept: however many people watch, today is added up once in a while, the past
seldom. What was issued before today does not change any more."""


@dataclass(frozen=True, slots=True)
class LiveCounts:
    """The figures of the front page, as of an aware instant."""

    issued_today: int
    issued: int
    crossings_today: int
    exits_today: int
    entries_today: int
    offices: int
    counted_at: datetime


def count_live(bundle: Bundle | None, now: datetime) -> LiveCounts:
    """Return what everybody may know at an aware instant."""
    today = local_day(now)
    figures = cache.get(f"today-{today}")
    if figures is None:
        figures = {**count(EVERYBODY, today, today)[0].figures, "counted_at": now}
        cache.set(f"today-{today}", figures, _TODAY_S)
    return LiveCounts(
        issued_today=figures["issued"],
        issued=_issued_before(today) + figures["issued"],
        crossings_today=figures["exits"] + figures["entries"],
        exits_today=figures["exits"],
        entries_today=figures["entries"],
        offices=_offices_with_keys(bundle, now),
        counted_at=figures["counted_at"],
    )


def _issued_before(today: date) -> int:
    issued: int | None = cache.get(f"before-{today}")
    if issued is None:
        issued = count(EVERYBODY, None, today - timedelta(days=1))[0].figures["issued"]
        cache.set(f"before-{today}", issued, _BEFORE_S)
    return issued


def _offices_with_keys(bundle: Bundle | None, now: datetime) -> int:
    entries = bundle.trust.entries if bundle else ()
    return len(
        {
            entry.office
            for entry in entries
            if entry.role is Role.PASS_SIGNER
            and entry.withdrawn_at is None
            and entry.sign_from_at <= now < entry.sign_until_at
        }
    )
