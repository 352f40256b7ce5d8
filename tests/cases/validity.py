"""From when until when is a pass good? nbf, iat and exp, extensions in bulk, the key's last day, the status list."""

from datetime import datetime

from borderpass.domain.passes import PassKind
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from tests.cases.case import ENTRY, HOME, NO_GATE, OUT, Case, Expected, admit, refer, refuse
from tests.cases.clock import local
from tests.cases.passes import make_pass, serei_pass, text_of
from tests.cases.world import REVOKED_INDEX, SUSPENDED_INDEX

COMING_HOME = Scan(None, ENTRY)


def cases() -> list[Case]:
    """Return the cases of time and of status."""
    return [*_not_yet(), *_expired(), *_extended(), *_key_checked_until(), *_status()]


def _not_yet() -> list[Case]:
    later = make_pass(valid_from_at=local("2026-11-24"))
    signed = make_pass(issued_at=local("2026-11-23 12:00:00"))
    text, signed_text = text_of(later), text_of(signed)
    early = Reason.NOT_YET_VALID

    def before(name: str, said: str, now: str, wanted: Expected, scan: Scan = NO_GATE) -> Case:
        return Case(name, said, text, wanted, scan, local(now))

    return [
        before("nbf-301-before", "301 seconds before nbf", "2026-11-23 23:54:59", refuse(later, early)),
        before("nbf-300-before", "300 seconds before nbf", "2026-11-23 23:55:00", admit(later)),
        before("nbf-reached", "the second of nbf", "2026-11-24 00:00:00", admit(later)),
        before(
            "nbf-301-before-home",
            "301 seconds before nbf, coming home",
            "2026-11-23 23:54:59",
            refer(later, early),
            COMING_HOME,
        ),
        Case(
            "iat-301-before",
            "301 seconds before the pass was signed",
            signed_text,
            refuse(signed, early),
            NO_GATE,
            local("2026-11-23 11:54:59"),
        ),
        Case(
            "iat-300-before",
            "300 seconds before the pass was signed",
            signed_text,
            admit(signed),
            NO_GATE,
            local("2026-11-23 11:55:00"),
        ),
    ]


def _expired() -> list[Case]:
    ending = serei_pass(expires_at=local("2026-11-24"))
    text = text_of(ending, "serei")
    last, over = local("2026-11-23 23:59:59"), local("2026-11-24")
    stale = Reason.BUNDLE_STALE
    return [
        Case(
            "exp-last-second",
            "the last second of the last day",
            text,
            admit(ending, notice=stale),
            NO_GATE,
            last,
        ),
        Case(
            "exp-reached",
            "the second of exp: no skew is allowed here",
            text,
            refuse(ending, Reason.EXPIRED, stale),
            NO_GATE,
            over,
        ),
        Case(
            "exp-reached-home",
            "the second of exp, coming home: referred, never refused",
            text,
            refer(ending, Reason.EXPIRED, stale),
            COMING_HOME,
            over,
        ),
        Case(
            "exp-at-gate",
            "expired, at an open gate",
            text,
            refuse(ending, Reason.EXPIRED, stale),
            now=local("2026-11-24 09:00:00"),
        ),
        Case(
            "exp-at-gate-home",
            "expired, at an open gate, coming home",
            text,
            refer(ending, Reason.EXPIRED, stale),
            HOME,
            local("2026-11-24 09:00:00"),
        ),
    ]


def _extended() -> list[Case]:
    """Order 60/26, from 2026-11-20: two-year passes of Poipet that expire in November 2026 hold to January 2027."""
    first = make_pass(expires_at=local("2026-11-01"), valid_from_at=local("2024-11-01"))
    too_early = make_pass(expires_at=local("2026-10-31 23:59:59"), valid_from_at=local("2024-11-01"))
    latest = make_pass(expires_at=local("2026-11-30 23:59:59"))
    too_late = make_pass(expires_at=local("2026-12-01"))
    extension = make_pass(expires_at=local("2026-11-23"), kind=PassKind.EXTENSION)
    elsewhere = serei_pass(expires_at=local("2026-11-23"))
    longer = make_pass(expires_at=local("2026-11-30"))
    orders = "20/25", "50/25"
    told = "2026-12-07"
    over = Reason.EXPIRED

    def at(name: str, said: str, wanted: Expected, pass_text: str, now: datetime, where: Scan = NO_GATE) -> Case:
        return Case(name, said, pass_text, wanted, where, now, "december")

    return [
        Case("bulk-first", "expired in the first second covered", text_of(first), admit(first, *orders, back_by=told)),
        Case("bulk-too-early", "expired one second before", text_of(too_early), refuse(too_early, over)),
        Case("bulk-kind", "a kind that the order does not name", text_of(extension), refuse(extension, over)),
        Case("bulk-land", "a land that the order does not name", text_of(elsewhere, "serei"), refuse(elsewhere, over)),
        Case(
            "bulk-not-in-force",
            "one second before the order is in force",
            text_of(first),
            refuse(first, over),
            NO_GATE,
            local("2026-11-19 23:59:59"),
        ),
        Case(
            "bulk-in-force",
            "the second in which the order comes into force",
            text_of(first),
            admit(first),
            NO_GATE,
            local("2026-11-20"),
        ),
        at("bulk-latest", "the last second covered", admit(latest), text_of(latest), local("2027-01-31 23:59:59")),
        at(
            "bulk-over",
            "the second in which the extension ends",
            refuse(latest, over),
            text_of(latest),
            local("2027-02-01"),
        ),
        at("bulk-too-late", "expires one second after", refuse(too_late, over), text_of(too_late), local("2026-12-01")),
        at(
            "bulk-back-by",
            "the day to be back is never after the extended last day",
            admit(longer, "20/25", "50/26", back_by="2027-01-31"),
            text_of(longer),
            local("2027-01-28 09:00:00"),
            OUT,
        ),
    ]


def _key_checked_until() -> list[Case]:
    old = make_pass(
        issued_at=local("2024-12-15 09:00:00"),
        valid_from_at=local("2024-12-16"),
        expires_at=local("2026-12-16"),
    )
    text, gone = text_of(old, "poipet-old"), Reason.ISSUER_EXPIRED
    last, over = local("2026-11-24 23:59:59"), local("2026-11-25")
    return [
        Case("key-last-second", "the last second the key is checked", text, admit(old), NO_GATE, last, "december"),
        Case("key-over", "the second in which it no longer is", text, refuse(old, gone), NO_GATE, over, "december"),
        Case("key-over-home", "the same, coming home", text, refer(old, gone), COMING_HOME, over, "december"),
    ]


def _status() -> list[Case]:
    revoked, suspended = make_pass(status_index=REVOKED_INDEX), make_pass(status_index=SUSPENDED_INDEX)
    new = make_pass(status_index=REVOKED_INDEX, issued_at=local("2026-11-23 06:00:00"))
    return [
        Case("revoked", "a revoked pass", text_of(revoked), refuse(revoked, Reason.REVOKED)),
        Case("revoked-home", "a revoked pass, coming home", text_of(revoked), refer(revoked, Reason.REVOKED), HOME),
        Case(
            "revoked-no-gate", "a revoked pass, at no gate", text_of(revoked), refuse(revoked, Reason.REVOKED), NO_GATE
        ),
        Case("revoked-new", "revoked and newer than the list", text_of(new), refuse(new, Reason.REVOKED)),
        Case("suspended", "a suspended pass", text_of(suspended), refuse(suspended, Reason.SUSPENDED)),
        Case("suspended-home", "the same, coming home", text_of(suspended), refer(suspended, Reason.SUSPENDED), HOME),
    ]
