"""What do we say of a scan that a device decided? The same steps, at its own time, with its own bundle and memory."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from borderpass.domain.bundle import Bundle
from borderpass.domain.records import ScanRecord
from borderpass.domain.verdicts import Verdict
from borderpass.services.load_bundle import load_bundle
from borderpass.services.verify_pass import Look, Outcome, verify_passes


class OwnDecision(NamedTuple):
    """Our decision on a scan; `verdict` is None where the scan's bundle is not known.

    `pass_key` names the pass to machines (issuer and index), `pass_number` to people; both are empty when the text is
    not an authentic pass.
    """

    verdict: Verdict | None
    reasons: str = ""
    back_by: date | None = None
    pass_key: str = ""
    pass_number: str = ""


_UNDECIDED = OwnDecision(None)


def decide_again(records: Sequence[ScanRecord], root_pem: bytes) -> list[OwnDecision]:
    """Return our decision on each scan, in order."""
    bundles = _load(sorted({record.bundle_serial for record in records}), root_pem)
    known = [record for record in records if record.bundle_serial in bundles]
    outcomes = verify_passes(
        [Look(record.qr_text, record.scan, bundles[record.bundle_serial], record.scanned_at) for record in known]
    )
    ours = iter(outcomes)
    return [_own(next(ours)) if record.bundle_serial in bundles else _UNDECIDED for record in records]


def _load(serials: Iterable[int], root_pem: bytes) -> dict[int, Bundle]:
    found = {serial: load_bundle(serial, root_pem) for serial in serials}
    return {serial: bundle for serial, bundle in found.items() if bundle is not None}


def _own(outcome: Outcome) -> OwnDecision:
    verdict, reasons, back_by, _ = outcome.decision
    words = " ".join([reason.value for reason in reasons])
    if outcome.credential is None:
        return OwnDecision(verdict, words, back_by)
    pass_ = outcome.credential.pass_
    return OwnDecision(verdict, words, back_by, f"{pass_.issuer}#{pass_.status_index}", pass_.number)
