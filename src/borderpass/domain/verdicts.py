"""Which verdicts are there, which ways lead through a gate, and which kinds of reason?

`domain.reasons` (generated from spec/reasons.yaml) ties each reason code to them; `tools/build_reasons.py`
takes the names that the YAML may use from here.
"""

from enum import IntEnum, StrEnum


class Verdict(IntEnum):
    """What the gate advises the officer; higher is stricter, so `max()` of several is the strictest."""

    ADMIT = 0
    REFER = 1
    REFUSE = 2


class Direction(StrEnum):
    """Which way the traveller goes, seen from Cambodia."""

    EXIT = "exit"
    ENTRY = "entry"


class ReasonClass(StrEnum):
    """What kind of matter a reason is: it limits which verdicts the reason may lead to."""

    AUTHENTICITY = "authenticity"
    RULE = "rule"
    DEVICE = "device"
    NOTICE = "notice"
