"""Which rules speak for and against a crossing?

Small named rules, each a function of the credential, the circumstances, the bundle and the instant, evaluated in
one order in every language. The rules of authenticity come first: when one of them speaks, nothing else is said,
for what a forged pass says is worth nothing.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from borderpass.domain.bundle import Bundle, Freshness
from borderpass.domain.local_time import PHNOM_PENH, last_valid_day, local_day
from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import (
    Acceptance,
    BulkExtension,
    Closure,
    Opening,
    Quota,
    Stay,
    falls_under,
)
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Credential, Scan
from borderpass.domain.status import Status
from borderpass.domain.trust import Role
from borderpass.domain.verdict import Finding, against, permits
from borderpass.domain.verdicts import Direction

CLOCK_SKEW_S = 300
_SKEW = timedelta(seconds=CLOCK_SKEW_S)
ALLOW_LIST_PREFIX_BYTES = 8


def evaluate(credential: Credential, scan: Scan, bundle: Bundle, now: datetime) -> list[Finding]:
    """Return all findings about a crossing at an aware instant.

    Time never runs backwards: the rules use the later of `now` and the device's clock floor, and a clock below the
    floor is a finding of its own, about the device. At a gate that the bundle does not know no order of a gate is
    applied: what is unknown is referred, not refused.
    """
    forged = [
        *_signed_in_term(credential, scan),
        *_issuer_is_signer(credential, scan),
        *_within_jurisdiction(credential, scan),
        *_signer_not_withdrawn(credential, scan, bundle),
        *_was_issued(credential, scan),
        *_no_specimen(credential, scan),
    ]
    if forged:
        return forged
    at = now if scan.clock_floor_at is None else max(now, scan.clock_floor_at)
    expires_at = _expires_at(credential, bundle, at)
    findings = [
        *_clock(scan, now),
        *_freshness(credential, scan, bundle, at),
        *_not_revoked(credential, scan),
        *_signer_still_checked(credential, scan, at),
        *_within_validity(credential, scan, at, expires_at),
    ]
    if scan.checkpoint is None:
        return [*findings, permits()]
    if scan.checkpoint not in bundle.checkpoints:
        return [
            *findings,
            against(Reason.CHECKPOINT_UNKNOWN, scan.direction),
            *_sequence(scan, at),
            *_stay(credential, scan, bundle, at, expires_at),
        ]
    return [
        *findings,
        *_gate_open(scan, bundle, at, scan.checkpoint),
        *_accepted_here(credential, scan, bundle, at, scan.checkpoint),
        *_within_quota(scan, bundle, at, scan.checkpoint),
        *_sequence(scan, at),
        *_stay(credential, scan, bundle, at, expires_at),
    ]


def _signed_in_term(credential: Credential, scan: Scan) -> Iterator[Finding]:
    signer = credential.signer
    if not signer.sign_from_at <= credential.pass_.issued_at < signer.sign_until_at:
        yield against(Reason.SIGNED_OUT_OF_TERM, scan.direction)


def _issuer_is_signer(credential: Credential, scan: Scan) -> Iterator[Finding]:
    pass_, signer = credential.pass_, credential.signer
    if pass_.issuer != signer.issuer or pass_.status_uri != signer.status_uri:
        yield against(Reason.ISSUER_MISMATCH, scan.direction)


def _within_jurisdiction(credential: Credential, scan: Scan) -> Iterator[Finding]:
    if not falls_under(credential.pass_.holder.home_code, credential.signer.prefixes):
        yield against(Reason.OUTSIDE_JURISDICTION, scan.direction)


def _signer_not_withdrawn(credential: Credential, scan: Scan, bundle: Bundle) -> Iterator[Finding]:
    """A key that fell signs nothing any more; what it honestly signed is on its allow-list.

    Dates do not help: whoever holds the key also writes `iat`.
    """
    signer = credential.signer
    if signer.withdrawn_at is None:
        return
    allowed = bundle.allow_lists.get(signer.kid, frozenset())
    if credential.fingerprint[:ALLOW_LIST_PREFIX_BYTES] not in allowed:
        yield against(Reason.ISSUER_WITHDRAWN, scan.direction)


def _was_issued(credential: Credential, scan: Scan) -> Iterator[Finding]:
    if credential.status is Status.NEVER_ISSUED:
        yield against(Reason.NEVER_ISSUED, scan.direction)


def _no_specimen(credential: Credential, scan: Scan) -> Iterator[Finding]:
    if credential.pass_.kind is PassKind.SPECIMEN or credential.signer.role is Role.SPECIMEN_SIGNER:
        yield against(Reason.SPECIMEN, scan.direction)


def _clock(scan: Scan, now: datetime) -> Iterator[Finding]:
    if scan.clock_floor_at is not None and now + _SKEW < scan.clock_floor_at:
        yield against(Reason.CLOCK_WRONG, scan.direction)


def _freshness(credential: Credential, scan: Scan, bundle: Bundle, at: datetime) -> Iterator[Finding]:
    if credential.status is None:
        yield against(Reason.STATUS_UNKNOWN, scan.direction)
    freshness = bundle.freshness(at, credential.pass_.status_uri)
    if freshness is Freshness.RED:
        yield against(Reason.BUNDLE_EXPIRED, scan.direction)
    elif freshness is Freshness.AMBER:
        yield against(Reason.BUNDLE_STALE, scan.direction)


def _not_revoked(credential: Credential, scan: Scan) -> Iterator[Finding]:
    if credential.status is Status.REVOKED:
        yield against(Reason.REVOKED, scan.direction)
    elif credential.status is Status.SUSPENDED:
        yield against(Reason.SUSPENDED, scan.direction)


def _signer_still_checked(credential: Credential, scan: Scan, at: datetime) -> Iterator[Finding]:
    if at >= credential.signer.verify_until_at:
        yield against(Reason.ISSUER_EXPIRED, scan.direction)


def _expires_at(credential: Credential, bundle: Bundle, at: datetime) -> datetime:
    """Return when the pass expires, as printed or as an order extended it in bulk."""
    pass_ = credential.pass_
    expires_at = pass_.expires_at
    for provision in bundle.rulebook.in_force(BulkExtension, at):
        if (
            pass_.kind in provision.pass_kinds
            and falls_under(pass_.holder.home_code, provision.prefixes)
            and provision.expires_from_at <= pass_.expires_at < provision.expires_until_at
        ):
            expires_at = max(expires_at, provision.extended_until_at)
    return expires_at


def _within_validity(credential: Credential, scan: Scan, at: datetime, expires_at: datetime) -> Iterator[Finding]:
    """RFC 8392 section 3.1.4 and 3.1.5: from nbf on (with skew), and not on or after exp (without)."""
    pass_ = credential.pass_
    if at + _SKEW < pass_.valid_from_at or at + _SKEW < pass_.issued_at:
        yield against(Reason.NOT_YET_VALID, scan.direction)
    if at >= expires_at:
        yield against(Reason.EXPIRED, scan.direction)


def _gate_open(scan: Scan, bundle: Bundle, at: datetime, checkpoint: str) -> Iterator[Finding]:
    """A closure wins over hours; a gate for which no order names hours is not open."""
    closed = False
    for closure in bundle.rulebook.in_force_at_gate(Closure, checkpoint, at):
        if closure.case.covers(checkpoint, scan.direction, scan.category):
            closed = True
            yield against(Reason.CHECKPOINT_CLOSED, scan.direction, closure.term.order_number)
    if closed:
        return
    local = at.astimezone(PHNOM_PENH)
    weekday, minute = local.isoweekday(), local.hour * 60 + local.minute
    orders = []
    for opening in bundle.rulebook.in_force_at_gate(Opening, checkpoint, at):
        if opening.case.covers(checkpoint, scan.direction, scan.category):
            if opening.hours.include(weekday, minute):
                yield permits(opening.term.order_number)
                return
            orders.append(opening.term.order_number)
    yield against(Reason.OUTSIDE_HOURS, scan.direction, *orders)


def _accepted_here(
    credential: Credential, scan: Scan, bundle: Bundle, at: datetime, checkpoint: str
) -> Iterator[Finding]:
    pass_ = credential.pass_
    orders = []
    for acceptance in bundle.rulebook.in_force_at_gate(Acceptance, checkpoint, at):
        if acceptance.case.covers(checkpoint, scan.direction, scan.category):
            if pass_.kind in acceptance.pass_kinds and falls_under(pass_.holder.home_code, acceptance.prefixes):
                yield permits(acceptance.term.order_number)
                return
            orders.append(acceptance.term.order_number)
    yield against(Reason.PASS_NOT_ACCEPTED_HERE, scan.direction, *orders)


def _within_quota(scan: Scan, bundle: Bundle, at: datetime, checkpoint: str) -> Iterator[Finding]:
    local = at.astimezone(PHNOM_PENH)
    weekday, minute = local.isoweekday(), local.hour * 60 + local.minute
    for quota in bundle.rulebook.in_force_at_gate(Quota, checkpoint, at):
        if quota.case.covers(checkpoint, scan.direction, scan.category) and quota.hours.include(weekday, minute):
            used = scan.quota_used.get(quota.term.provision_id)
            if used is not None and used >= quota.limit:
                yield against(Reason.QUOTA_REACHED, scan.direction, quota.term.order_number)


def _sequence(scan: Scan, at: datetime) -> Iterator[Finding]:
    """Compare with the last crossing known; where nothing is known, nothing is held against the holder."""
    last = scan.last_crossing
    if last is None:
        return
    if last.direction is scan.direction:
        out = scan.direction is Direction.EXIT
        yield against(Reason.ALREADY_ACROSS if out else Reason.NOT_ACROSS, scan.direction)
    elif last.direction is Direction.EXIT and last.back_by is not None and local_day(at) > last.back_by:
        yield against(Reason.STAY_EXCEEDED, scan.direction)


def _stay(credential: Credential, scan: Scan, bundle: Bundle, at: datetime, expires_at: datetime) -> Iterator[Finding]:
    """Tell who leaves by which day to be back: the order's days, but never after the pass ends."""
    if scan.direction is not Direction.EXIT:
        return
    for stay in bundle.rulebook.in_force(Stay, at):
        if credential.pass_.kind in stay.pass_kinds:
            back_by = local_day(at) + timedelta(days=stay.days)
            yield permits(stay.term.order_number, back_by=min(back_by, last_valid_day(expires_at)))
