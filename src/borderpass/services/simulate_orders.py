"""What would an order have changed? Recorded scans, decided again under it as if it had been in force."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from borderpass.domain.actors import Actor
from borderpass.domain.local_time import local_day
from borderpass.domain.orders import Order, as_if_from
from borderpass.domain.records import ScanRecord
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.verdict import Decision
from borderpass.services.compile_rules import enacted_orders, rules_from
from borderpass.services.load_bundle import load_bundle
from borderpass.services.verify_pass import verify_pass
from borderpass.store.queries.counts import Span, scans_with_last_action
from borderpass.wire.records import read_record


@dataclass(frozen=True, slots=True)
class Simulation:
    """How many scans were looked at, how many could not be, and how many change from one outcome to another.

    An outcome is a verdict and its reasons, such as "ADMIT" or "REFUSE OUTSIDE_HOURS".
    """

    scans: int
    left_out: int
    changes: Counter[tuple[str, str]]


def simulate_orders(
    drafts: Iterable[Order], actor: Actor, root_pem: bytes, first: date | None = None, last: date | None = None
) -> Simulation:
    """Replay the scans of some days under the enacted orders and the drafts. Raise OrdersRefused on a conflict.

    The drafts are tried as if they had been in force from the first of those scans on. Each scan keeps its own time,
    bundle and knowledge; only the rules are exchanged.
    """
    replayed = scans_with_last_action(actor).filter(Span(first, last).within("at")).order_by("at")
    begun_at = replayed.values_list("at", flat=True).first()
    tried = [order if begun_at is None else as_if_from(order, local_day(begun_at)) for order in drafts]
    now_law, draft_law = rules_from(enacted_orders()), rules_from((*enacted_orders(), *tried))
    scans = left_out = 0
    changes: Counter[tuple[str, str]] = Counter()
    for octets in replayed.values_list("octets", flat=True).iterator(chunk_size=1000):
        record = read_record(bytes(octets))
        before = _decide(record, now_law, root_pem) if isinstance(record, ScanRecord) else None
        after = _decide(record, draft_law, root_pem) if isinstance(record, ScanRecord) else None
        if before is None or after is None:
            left_out += 1
            continue
        scans += 1
        if (before.verdict, before.reasons) != (after.verdict, after.reasons):
            changes[_name(before), _name(after)] += 1
    return Simulation(scans, left_out, changes)


def _decide(record: ScanRecord, rules: Rulebook, root_pem: bytes) -> Decision | None:
    bundle = load_bundle(record.bundle_serial, root_pem)
    if bundle is None:
        return None
    return verify_pass(record.qr_text, record.scan, replace(bundle, rulebook=rules), record.scanned_at).decision


def _name(decision: Decision) -> str:
    return " ".join([decision.verdict.name, *(reason.value for reason in decision.reasons)])
