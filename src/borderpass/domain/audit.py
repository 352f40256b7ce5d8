"""What did somebody do, and has nobody changed afterwards what was written of it?

Every entry of the audit trail holds the SHA-256 of the entry before it, and its own. Whoever alters, removes or inserts
one breaks the chain at that place; whoever removes the last ones leaves a head that counts more than there are. Only
somebody who writes the whole chain anew from a place on, head and all, is not seen by the chain itself: against that a
number and its digest are noted elsewhere, and held against the chain later.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol
from uuid import UUID

FIRST_PREVIOUS = "0" * 64
_FORM = 1


class Deed(StrEnum):
    """What is written down. An application's events have the names of `domain.application.Event`."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    END_SESSIONS = "end_sessions"
    CHANGE_PASSWORD = "change_password"
    ADD_PASSKEY = "add_passkey"
    REMOVE_PASSKEY = "remove_passkey"
    USE_PASSKEY = "use_passkey"
    ADD_STAFF = "add_staff"
    RENAME_STAFF = "rename_staff"
    DEACTIVATE_STAFF = "deactivate_staff"
    REACTIVATE_STAFF = "reactivate_staff"
    RESET_STAFF = "reset_staff"
    LIFT_LOCK_OUT = "lift_lock_out"
    LODGE = "lodge"
    PAY = "pay"
    APPROVE = "approve"
    RETURN = "return"
    RESUBMIT = "resubmit"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    PRINT = "print"
    SPOIL = "spoil"
    HAND_OVER = "hand_over"
    SIGN_APPROVAL = "sign_approval"
    NAME_DEPUTY = "name_deputy"
    END_DEPUTY = "end_deputy"
    SIGN_PASS = "sign_pass"  # not a password
    CHANGE_STATUS = "change_status"
    LOOK_UP_PASS = "look_up_pass"  # not a password
    MAKE_CODE = "make_code"
    ENROL_DEVICE = "enrol_device"
    REVOKE_DEVICE = "revoke_device"
    RESOLVE_CASE = "resolve_case"
    SET_GATE = "set_gate"
    ADD_OFFICE = "add_office"
    MAKE_KEY = "make_key"
    WITHDRAW_KEY = "withdraw_key"
    ENACT_ORDER = "enact_order"
    PUBLISH_BUNDLE = "publish_bundle"
    OPEN_TILL = "open_till"
    CLOSE_TILL = "close_till"
    GIVE_BACK = "give_back"
    OWE_PAYMENT = "owe_payment"
    SET_ACCOUNT = "set_account"
    PRINT_AGAIN = "print_again"
    SET_CONTACT = "set_contact"
    SEND_AGAIN = "send_again"
    SEND_OLD_BOOK = "send_old_book"
    IMPORT_OLD_BOOK = "import_old_book"
    UNDO_OLD_BOOK = "undo_old_book"
    RECEIVE_BLANKS = "receive_blanks"
    VOID_BLANKS = "void_blanks"
    COUNT_BLANKS = "count_blanks"


class Author(Protocol):
    """Who did it: an Actor, or a Somebody."""

    @property
    def name(self) -> str:
        """The user name, or a device's id; empty where nobody is known."""

    @property
    def role(self) -> str:
        """One of StaffRole, `device`, `system`, or empty."""

    @property
    def scope(self) -> str:
        """An office code, a province's digits, a gate's id, `*`, or empty."""


class Somebody(NamedTuple):
    """Who acts without being staff that is signed in: a phone, the system itself, or nobody who is known."""

    name: str
    role: str
    scope: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done: who, when, what, to what. `previous` is the digest of the entry before, in hex.

    `kind` and `about` name what it was done to as people name it: "application" and its reference, "pass" and its
    number. `detail` holds texts, whole numbers, truths, None, and lists and dicts of those.
    """

    seq: int
    at: datetime
    actor: str
    role: str
    scope: str
    deed: str
    kind: str
    about: str
    previous: str
    detail: Mapping[str, Any] = field(default_factory=dict)


class Head(NamedTuple):
    """How far a chain has come: the number and the digest (hex) of its last entry."""

    length: int
    digest: str


def canonical_bytes(chain: UUID, entry: Entry) -> bytes:
    """Return the one form of an entry that its digest is of: a JSON array in ASCII, keys sorted, no spaces.

    Raise TypeError where the detail holds what does not come back from every database as it went in.
    """
    _expect_plain(entry.detail)
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    who = [str(entry.actor), str(entry.role), str(entry.scope)]
    what = [str(entry.deed), str(entry.kind), str(entry.about), dict(entry.detail)]
    parts = [_FORM, str(chain), entry.seq, at, *who, *what, entry.previous]
    return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode("ascii")


def digest_of(chain: UUID, entry: Entry) -> str:
    """Return the SHA-256 of an entry's canonical bytes, in hex."""
    return hashlib.sha256(canonical_bytes(chain, entry)).hexdigest()


def _expect_plain(value: object) -> None:
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("the keys of an audit entry's detail are texts")
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            _expect_plain(one)
    elif value is not None and not isinstance(value, str | int):
        raise TypeError(f"an audit entry's detail holds no {type(value).__name__}: write it as a text")


class Fault(StrEnum):
    """What is wrong with a link."""

    ALTERED = "altered"
    MISSING = "missing"
    INSERTED = "inserted"


class BrokenLink(NamedTuple):
    """The first place where a chain does not hold, and how it shows."""

    seq: int
    fault: Fault
    how: str


class Walk(NamedTuple):
    """How many entries of a chain hold, counted from the first, and where it breaks (None: it is whole)."""

    entries: int
    broken: BrokenLink | None


def walk_chain(
    chain: UUID, kept: Iterable[tuple[Entry, str]], head: Head, noted: Mapping[int, str] | None = None
) -> Walk:
    """Walk the entries of a chain, with the digest that is kept of each, in the order of their numbers up to the head.

    Only one entry is looked at at a time. `noted` holds digests by number that were noted elsewhere earlier.
    """
    expected, previous = 1, FIRST_PREVIOUS
    for entry, digest in kept:
        fault = _test_link(chain, entry, digest, Head(expected, previous), (noted or {}).get(entry.seq))
        if fault is not None:
            return Walk(expected - 1, fault)
        expected, previous = expected + 1, digest
    if expected <= head.length:
        return Walk(expected - 1, BrokenLink(expected, Fault.MISSING, f"the head counts {head.length} entries"))
    if previous != head.digest:
        broken = BrokenLink(head.length, Fault.ALTERED, "its digest is not the one that the head holds")
        return Walk(head.length - 1, broken)
    beyond = [seq for seq in noted or {} if seq > head.length]
    if beyond:
        return Walk(head.length, BrokenLink(min(beyond), Fault.MISSING, "it was noted, and is not there any more"))
    return Walk(head.length, None)


def _test_link(chain: UUID, entry: Entry, digest: str, here: Head, noted: str | None) -> BrokenLink | None:
    """Return what is wrong with an entry where `here` is the number and the previous digest that it should have."""
    seq = here.length
    if entry.seq < seq:
        return BrokenLink(entry.seq, Fault.INSERTED, "a second entry stands under this number")
    if entry.seq > seq:
        return BrokenLink(seq, Fault.MISSING, f"the entry after {seq - 1} is {entry.seq}")
    if digest_of(chain, entry) != digest:
        return BrokenLink(seq, Fault.ALTERED, "it does not say what its digest was made of")
    if entry.previous != here.digest:
        return BrokenLink(seq, Fault.ALTERED, f"it does not follow from {seq - 1}: one of the two was written anew")
    if noted is not None and noted != digest:
        return BrokenLink(seq, Fault.ALTERED, "its digest is not the one that was noted")
    return None
