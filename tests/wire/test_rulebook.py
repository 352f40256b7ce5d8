"""Does a rulebook come back, each kind of provision with its numbered fields?"""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.provisions import Kind, Provision
from borderpass.domain.rulebook import Rulebook
from borderpass.wire.refusal import WireError
from borderpass.wire.rulebook import read_provision, read_rulebook, write_provision
from tests.cases import world
from tests.cases.orders import GATES, OFFICES, STAYS, make_rulebook
from tests.wire.strategies import FEW, provisions, rulebooks

TRUST = world.make_trust_list((world.RULEBOOK, world.PUBLISHER))
ALL = (*OFFICES, *GATES, *STAYS)


@FEW
@given(rulebooks)
def test_any_rulebook_comes_back(rulebook: Rulebook) -> None:
    assert read_rulebook(world.seal_rulebook(rulebook), TRUST) == rulebook


@FEW
@given(provisions)
def test_any_provision_comes_back(provision: Provision) -> None:
    assert read_provision(write_provision(provision)) == provision


@FEW
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_any_octet_changed_is_refused(place: int, mask: int) -> None:
    octets = bytearray(world.seal_rulebook(make_rulebook()))
    octets[place % len(octets)] ^= mask
    with pytest.raises(WireError):
        read_rulebook(bytes(octets), TRUST)


@FEW
@given(st.binary(max_size=200))
def test_any_octets_are_refused(octets: bytes) -> None:
    with pytest.raises(WireError):
        read_rulebook(octets, TRUST)


def test_cases_have_a_provision_of_every_kind() -> None:
    assert {provision.kind for provision in ALL} == set(Kind)
    assert {kind.kind for kind in get_args(Provision)} == set(Kind)


# The numbers of spec/bundle.cddl, written out once more.
FIELDS = {
    Kind.FEE: {1: "new", 2: 20_000},
    Kind.VALIDITY: {1: 1, 2: 2, 3: 0},
    Kind.PROCESSING_TIME: {1: 5, 2: 2, 3: "working"},
    Kind.DELEGATION: {1: "district", 2: ["01"]},
    Kind.ELIGIBILITY: {1: ["01", "02", "09", "13", "15", "22", "24"]},
    Kind.COMPANIONS: {1: 12, 2: 4},
    Kind.REVENUE_SPLIT: {1: 85, 2: 15},
    Kind.ACCEPTANCE: {
        1: ["poipet"],
        2: ["exit", "entry"],
        3: ["ordinary", "student", "medical"],
        4: [1, 2],
        5: ["01"],
    },
    Kind.OPENING: {
        1: ["poipet"],
        2: ["exit", "entry"],
        3: ["ordinary", "student", "medical"],
        4: [1, 2, 3, 4, 5, 6, 7],
        5: 360,
        6: 1320,
    },
    Kind.CLOSURE: {1: ["poipet"], 2: ["exit"], 3: ["ordinary", "medical"]},
    Kind.QUOTA: {1: ["poipet"], 2: ["exit"], 3: ["ordinary"], 4: [1, 2, 3, 4, 5], 5: 600, 6: 720, 7: 300},
    Kind.STAY: {1: [1, 2], 2: 14},
    Kind.AREA: {1: ["Aranyaprathet", "อรัญประเทศ"]},
    Kind.BULK_EXTENSION: {1: [1], 2: ["0110"], 3: 1793466000, 4: 1796058000, 5: 1801414800},
    Kind.REFUND: {1: "refused", 2: 100},
}


@pytest.mark.parametrize("kind", Kind)
def test_fields_stand_under_the_numbers_of_the_contract(kind: Kind) -> None:
    first = next(provision for provision in ALL if provision.kind is kind)
    written = write_provision(first)
    assert (written[1], written[2], written[3]) == (int(kind), first.term.provision_id, first.term.order_number)
    assert written[6] == FIELDS[kind]


def test_end_of_a_term_is_written_only_where_there_is_one() -> None:
    ended, open_ended = STAYS[0], STAYS[1]
    assert list(write_provision(ended)) == [1, 2, 3, 4, 5, 6]
    assert list(write_provision(open_ended)) == [1, 2, 3, 4, 6]


@pytest.mark.parametrize("kind", Kind)
def test_field_missing_extra_or_of_another_type_is_refused(kind: Kind) -> None:
    written = write_provision(next(provision for provision in ALL if provision.kind is kind))
    inner = written[6]
    for number in inner:
        with pytest.raises(WireError):
            read_provision({**written, 6: {k: v for k, v in inner.items() if k != number}})
        for other in (None, -1, 3.5, b"", {}, [None], True, "\x00", [[]]):
            with pytest.raises(WireError):
                read_provision({**written, 6: {**inner, number: other}})
    with pytest.raises(WireError):
        read_provision({**written, 6: {**inner, len(inner) + 1: 0}})
