"""Which messages is an applicant sent, by what, when again after a failure, and is it still worth sending?"""

import re
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from borderpass.domain.application import State
from borderpass.domain.local_time import PHNOM_PENH, local_day


class NoticeKind(StrEnum):
    """What is told."""

    PAID = "paid"
    RETURNED = "returned"
    READY = "ready"
    REFUSED = "refused"
    EXPIRING = "expiring"
    LINKED = "linked"


class Channel(StrEnum):
    """By what it is told. NONE: who asked to be told nothing."""

    SMS = "sms"
    TELEGRAM = "telegram"
    EMAIL = "email"
    NONE = "none"


class Language(StrEnum):
    """In which language."""

    KHMER = "km"
    THAI = "th"
    ENGLISH = "en"


class Wanted(NamedTuple):
    """How somebody wants to be told: by what, where to (as `tidy_address` returns it), in which language."""

    channel: Channel
    address: str
    language: Language


class NoticeState(StrEnum):
    """Where a message stands. UNNEEDED: before it was sent, it was no longer so."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"
    UNNEEDED = "unneeded"


class Failure(StrEnum):
    """Why a try failed. REFUSED: the gateway answered, and did not take it; WRONG_GATEWAY: the fault is ours."""

    UNREACHED = "unreached"
    REFUSED = "refused"
    WRONG_GATEWAY = "wrong_gateway"


class Standing(StrEnum):
    """Is a message that is due still true?"""

    SEND = "send"
    HOLD = "hold"
    DROP = "drop"


ONCE = 0
"""The occasion of what is told once for an application; what can happen again has the number of its event."""
WARNING_DAYS = 30
READY_WAITS = timedelta(minutes=10)
"""A paper that was printed while its holder stands at the counter needs no message."""
AGAIN_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""How long after the first, the second ... failure it is tried again. After the last of them it is given up."""
_DAY_BEGINS, _DAY_ENDS = time(8), time(18)
_TRUE_IN = {NoticeKind.RETURNED: State.RETURNED, NoticeKind.READY: State.PRINTED}
_BETWEEN = re.compile(r"[\s().-]")
_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")
_CHAT = re.compile(r"[1-9][0-9]{4,15}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}")
_EMAIL_MAX = 120
_SHOWN = 3
_CAMBODIA = "+855"


def try_again_at(tries: int, now: datetime) -> datetime | None:
    """Return when a message that failed so many times is tried again, or None when it is given up."""
    return now + AGAIN_AFTER[tries - 1] if tries <= len(AGAIN_AFTER) else None


def standing_of(kind: NoticeKind, state: State) -> Standing:
    """Tell whether a message is still true of an application in a state.

    What was mended meanwhile, or fetched, needs no message; one on a spoiled paper waits for the next paper.
    """
    true_in = _TRUE_IN.get(kind, state)
    if state is true_in:
        return Standing.SEND
    return Standing.HOLD if kind is NoticeKind.READY and state is State.SPOILED else Standing.DROP


def first_daytime(instant: datetime) -> datetime:
    """Return the instant itself by day, else eight o'clock of the next morning in Phnom Penh: nobody is woken."""
    local = instant.astimezone(PHNOM_PENH)
    if _DAY_BEGINS <= local.time() < _DAY_ENDS:
        return instant
    day = local_day(instant) + timedelta(days=local.time() >= _DAY_ENDS)
    return datetime.combine(day, _DAY_BEGINS, PHNOM_PENH).astimezone(instant.tzinfo)


def tidy_address(channel: Channel, typed: str) -> str | None:
    """Return an address as its channel takes it, or None when it can be none.

    A telephone number without a country is one of Cambodia: `012 345 678` is `+85512345678`.
    """
    plain = typed.strip().translate(_KHMER_DIGITS)
    if channel is Channel.NONE:
        return ""
    if channel is Channel.EMAIL:
        return plain if _EMAIL.fullmatch(plain) and len(plain) <= _EMAIL_MAX else None
    digits = _BETWEEN.sub("", plain)
    if channel is Channel.TELEGRAM:
        return digits if _CHAT.fullmatch(digits) else None
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif not digits.startswith("+"):
        digits = _CAMBODIA + digits.removeprefix("0")
    return digits if _PHONE.fullmatch(digits) else None


def read_wanted(channel: str, typed: str, language: str, phone: str) -> Wanted | None:
    """Return how somebody wants to be told who chose it on a form; None where an address is none of its channel.

    By SMS without a number of its own it goes to the telephone of the form. Raise ValueError for what cannot be chosen.
    """
    by = Channel(channel)
    address = tidy_address(by, typed if typed.strip() or by is not Channel.SMS else phone)
    return None if address is None else Wanted(by, address, Language(language))


def mask_address(channel: Channel, address: str) -> str:
    """Return as much of an address as tells two apart on a screen that others see."""
    if channel is Channel.EMAIL:
        name, _, host = address.partition("@")
        return f"{name[:1]}…@{host}"
    return f"…{address[-_SHOWN:]}" if address else ""
