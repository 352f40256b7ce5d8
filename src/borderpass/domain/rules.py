"""Which rules speak for and against a crossing?

Small named rules, each a question about one look at a pass, asked in one order in every language. The rules of
authenticity come first: when one of them speaks, nothing else is said, for what a forged pass says is worth nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from borderpass.domain.bundle import Bundle, Freshness
from borderpass.domain.local_time import PHNOM_PENH, last_valid_day, local_day
from borderpass.domain.passes import Pass, PassKind
from borderpass.domain.provisions import falls_under
from borderpass.domain.reasons import Reason
from borderpass.domain.rulebook import GateProvision, RulesInForce
from borderpass.domain.scan import Credential, Scan
from borderpass.domain.status import Status
from borderpass.domain.trust import Role
from borderpass.domain.verdict import Finding, against, permits
from borderpass.domain.verdicts import Direction

CLOCK_SKEW_S = 300
_SKEW = timedelta(seconds=CLOCK_SKEW_S)
ALLOW_LIST_PREFIX_BYTES = 8


@dataclass(slots=True)
class _Look:
    """One look at a pass. `at` is `now`, or the clock floor where that is later: time never runs backwards."""

    credential: Credential
    scan: Scan
    bundle: Bundle
    now: datetime
    at: datetime
    expires_at: datetime
    weekday: int
    minute: int
    freshness: Freshness
    rules: RulesInForce


def evaluate(credential: Credential, scan: Scan, bundle: Bundle, now: datetime) -> list[Finding]:
    """Return all findings about a crossing at an aware instant.

    Time never runs backwards: the rules use the later of `now` and the device's clock floor, and a clock below the
    floor is a finding of its own, about the device.
    """
    now = now.replace(microsecond=0)  # every instant of the contract is a whole second
    floor = scan.clock_floor_at
    at = now if floor is None or now > floor else floor
    local = at.astimezone(PHNOM_PENH)
    rules = bundle.rulebook.rules_for(scan.checkpoint or "", scan.direction, scan.category, at)
    look = _Look(
        credential=credential,
        scan=scan,
        bundle=bundle,
        now=now,
        at=at,
        expires_at=_expires_at(credential.pass_, rules),
        weekday=local.isoweekday(),
        minute=local.hour * 60 + local.minute,
        freshness=bundle.freshness(at, credential.pass_.status_uri),
        rules=rules,
    )
    findings = [against(reason, scan.direction) for reason, speaks in _AUTHENTICITY if speaks(look)]
    if findings:
        return findings
    findings = [against(reason, scan.direction) for reason, speaks in _STANDING if speaks(look)]
    if scan.checkpoint is None:
        return [*findings, permits()]
    for ask in _GATE if scan.checkpoint in bundle.checkpoints else _UNKNOWN_GATE:
        finding = ask(look, scan.checkpoint)
        if finding is not None:
            findings.append(finding)
    return findings


def _expires_at(pass_: Pass, rules: RulesInForce) -> datetime:
    """Return when the pass expires, as printed or as an order extended it in bulk."""
    expires_at = pass_.expires_at
    for provision in rules.bulk_extensions:
        if (
            pass_.kind in provision.pass_kinds
            and falls_under(pass_.holder.home_code, provision.prefixes)
            and provision.expires_from_at <= pass_.expires_at < provision.expires_until_at
        ):
            expires_at = max(expires_at, provision.extended_until_at)
    return expires_at


def _signed_out_of_term(look: _Look) -> bool:
    signer = look.credential.signer
    return not signer.sign_from_at <= look.credential.pass_.issued_at < signer.sign_until_at


def _issuer_is_not_signer(look: _Look) -> bool:
    pass_, signer = look.credential.pass_, look.credential.signer
    return pass_.issuer != signer.issuer or pass_.status_uri != signer.status_uri


def _outside_jurisdiction(look: _Look) -> bool:
    return not falls_under(look.credential.pass_.holder.home_code, look.credential.signer.prefixes)


def _signer_withdrawn(look: _Look) -> bool:
    """A key that fell signs nothing any more; what it honestly signed is on its allow-list.

    Dates do not help: whoever holds the key also writes `iat`.
    """
    signer = look.credential.signer
    if signer.withdrawn_at is None:
        return False
    allowed = look.bundle.allow_lists.get(signer.kid, frozenset())
    return look.credential.fingerprint[:ALLOW_LIST_PREFIX_BYTES] not in allowed


def _never_issued(look: _Look) -> bool:
    return look.credential.status is Status.NEVER_ISSUED


def _is_specimen(look: _Look) -> bool:
    credential = look.credential
    return credential.pass_.kind is PassKind.SPECIMEN or credential.signer.role is Role.SPECIMEN_SIGNER


def _clock_is_wrong(look: _Look) -> bool:
    floor = look.scan.clock_floor_at
    return floor is not None and look.now + _SKEW < floor


def _status_unknown(look: _Look) -> bool:
    return look.credential.status is None


def _bundle_expired(look: _Look) -> bool:
    return look.freshness is Freshness.RED


def _bundle_stale(look: _Look) -> bool:
    return look.freshness is Freshness.AMBER


def _revoked(look: _Look) -> bool:
    return look.credential.status is Status.REVOKED


def _suspended(look: _Look) -> bool:
    return look.credential.status is Status.SUSPENDED


def _signer_no_longer_checked(look: _Look) -> bool:
    return look.at >= look.credential.signer.verify_until_at


def _not_yet_valid(look: _Look) -> bool:
    """RFC 8392 section 3.1.5, with the skew allowed; a pass signed in the future is not valid yet either."""
    begins_at = max(look.credential.pass_.valid_from_at, look.credential.pass_.issued_at)
    return look.at + _SKEW < begins_at


def _expired(look: _Look) -> bool:
    """RFC 8392 section 3.1.4: not on or after exp. No skew: the last day is over for everybody at once."""
    return look.at >= look.expires_at


_AUTHENTICITY: tuple[tuple[Reason, Callable[[_Look], bool]], ...] = (
    (Reason.SIGNED_OUT_OF_TERM, _signed_out_of_term),
    (Reason.ISSUER_MISMATCH, _issuer_is_not_signer),
    (Reason.OUTSIDE_JURISDICTION, _outside_jurisdiction),
    (Reason.ISSUER_WITHDRAWN, _signer_withdrawn),
    (Reason.NEVER_ISSUED, _never_issued),
    (Reason.SPECIMEN, _is_specimen),
)
_STANDING: tuple[tuple[Reason, Callable[[_Look], bool]], ...] = (
    (Reason.CLOCK_WRONG, _clock_is_wrong),
    (Reason.STATUS_UNKNOWN, _status_unknown),
    (Reason.BUNDLE_EXPIRED, _bundle_expired),
    (Reason.BUNDLE_STALE, _bundle_stale),
    (Reason.REVOKED, _revoked),
    (Reason.SUSPENDED, _suspended),
    (Reason.ISSUER_EXPIRED, _signer_no_longer_checked),
    (Reason.NOT_YET_VALID, _not_yet_valid),
    (Reason.EXPIRED, _expired),
)


def _gate_unknown(look: _Look, _checkpoint: str) -> Finding:
    """What is unknown is referred, not refused: no order of a gate is applied to a gate that the bundle lacks."""
    return against(Reason.CHECKPOINT_UNKNOWN, look.scan.direction)


def _gate_open(look: _Look, _checkpoint: str) -> Finding | None:
    """A closure wins over hours; a gate for which no order names hours is not open."""
    direction, rules = look.scan.direction, look.rules
    if rules.closures:
        return against(Reason.CHECKPOINT_CLOSED, direction, *_orders_of(rules.closures))
    for opening in rules.openings:
        if opening.hours.include(look.weekday, look.minute):
            return permits(opening.term.order_number)
    return against(Reason.OUTSIDE_HOURS, direction, *_orders_of(rules.openings))


def _accepted_here(look: _Look, _checkpoint: str) -> Finding | None:
    pass_, acceptances = look.credential.pass_, look.rules.acceptances
    for acceptance in acceptances:
        if pass_.kind in acceptance.pass_kinds and falls_under(pass_.holder.home_code, acceptance.prefixes):
            return permits(acceptance.term.order_number)
    return against(Reason.PASS_NOT_ACCEPTED_HERE, look.scan.direction, *_orders_of(acceptances))


def _orders_of(provisions: Sequence[GateProvision]) -> list[str]:
    return [provision.term.order_number for provision in provisions]


def _within_quota(look: _Look, _checkpoint: str) -> Finding | None:
    """A quota counts where the count is known; nobody is held back for a number that the device has not."""
    for quota in look.rules.quotas:
        used = look.scan.quota_used.get(quota.term.provision_id)
        if used is not None and used >= quota.limit and quota.hours.include(look.weekday, look.minute):
            return against(Reason.QUOTA_REACHED, look.scan.direction, quota.term.order_number)
    return None


def _in_sequence(look: _Look, _checkpoint: str) -> Finding | None:
    """Compare with the last crossing known; where nothing is known, nothing is held against the holder."""
    last, direction = look.scan.last_crossing, look.scan.direction
    if last is None:
        return None
    if last.direction is direction:
        return against(Reason.ALREADY_ACROSS if direction is Direction.EXIT else Reason.NOT_ACROSS, direction)
    if last.direction is Direction.EXIT and last.back_by is not None and local_day(look.at) > last.back_by:
        return against(Reason.STAY_EXCEEDED, direction)
    return None


def _stay(look: _Look, _checkpoint: str) -> Finding | None:
    """Tell who leaves by which day to be back: the order's days, but never after the pass ends."""
    if look.scan.direction is not Direction.EXIT:
        return None
    for stay in look.rules.stays:
        if look.credential.pass_.kind in stay.pass_kinds:
            today, last = local_day(look.at), last_valid_day(look.expires_at)
            back_by = last if (last - today).days <= stay.days else today + timedelta(days=stay.days)
            return permits(stay.term.order_number, back_by=back_by)
    return None


_GATE: tuple[Callable[[_Look, str], Finding | None], ...] = (
    _gate_open,
    _accepted_here,
    _within_quota,
    _in_sequence,
    _stay,
)
_UNKNOWN_GATE: tuple[Callable[[_Look, str], Finding | None], ...] = (_gate_unknown, _in_sequence, _stay)
