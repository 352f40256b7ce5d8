"""Which cases are there? All of them, by the group that becomes one file of spec/vectors."""

from functools import cache

from borderpass.domain.verdicts import Verdict
from tests.cases import accepted, authenticity, device, gates, sequence, validity
from tests.cases.case import HOME, OUT, Case, Expected
from tests.cases.corpus import bad_inputs


@cache
def all_cases() -> dict[str, tuple[Case, ...]]:
    """Return the cases by group, in a fixed order."""
    return {
        "malformed": tuple(malformed_cases()),
        "accepted": tuple(accepted.cases()),
        "authenticity": tuple(authenticity.cases()),
        "device": tuple(device.cases()),
        "validity": tuple(validity.cases()),
        "gates": tuple(gates.cases()),
        "sequence": tuple(sequence.cases()),
    }


def malformed_cases() -> list[Case]:
    """Return the corpus as cases; every tenth is shown on the way home, where it is refused no less."""
    return [
        Case(
            bad.name,
            bad.wrong,
            bad.text,
            Expected(Verdict.REFUSE, (bad.reason,)),
            HOME if place % 10 == 9 else OUT,
        )
        for place, bad in enumerate(bad_inputs())
    ]


def every_case() -> list[Case]:
    """Return all cases in one list."""
    return [case for group in all_cases().values() for case in group]
