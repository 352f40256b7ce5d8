"""Is a bundle taken into use only when all in it is signed by whom it should be?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.rulebook import Rulebook
from borderpass.domain.status import StatusList
from borderpass.domain.trust import TrustEntry
from borderpass.wire.bundle import digest_of, read_bundle, write_allow_list
from borderpass.wire.refusal import WireError
from tests.cases import world
from tests.cases.bad_bundles import BundleCase, base, bundle_cases
from tests.cases.bundles import bundle, bundle_bytes
from tests.cases.keys import public_key, signer
from tests.wire.strategies import FEW, entries, rulebooks, status_lists

ROOT = public_key("root")
CASES = bundle_cases()
SMALL = world.seal_bundle(base())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_is_taken_or_refused_as_expected(case: BundleCase) -> None:
    if case.taken:
        assert read_bundle(case.octets, public_key(case.root)).trust.country == "KHM"
    else:
        with pytest.raises(WireError):
            read_bundle(case.octets, public_key(case.root))


def test_names_of_cases_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_usual_bundle_says_what_was_put_in() -> None:
    read = bundle()
    assert read.serial == 7
    assert set(read.status_lists) == {world.POIPET_URI, world.SEREI_URI, world.MALAI_URI}
    assert read.status_lists[world.POIPET_URI] == world.make_status_list(world.POIPET_URI)
    assert tuple(read.checkpoints.values()) == tuple(sorted(world.CHECKPOINTS, key=lambda one: (len(one.id), one.id)))
    assert {kid: len(prefixes) for kid, prefixes in read.allow_lists.items()} == {signer("malai").kid: 2}


@FEW
@given(rulebooks, status_lists(world.POIPET_URI), st.lists(entries, max_size=2), st.integers(0, 2**53 - 1))
def test_any_bundle_comes_back(
    rulebook: Rulebook, status_list: StatusList, others: list[TrustEntry], serial: int
) -> None:
    listed = [world.POIPET_STATUS, world.RULEBOOK, world.PUBLISHER, *others]
    parts = base(
        entries=listed,
        serial=serial,
        rulebook=world.seal_rulebook(rulebook),
        status_lists=[world.seal_status_list(status_list, "poipet-status")],
    )
    read = read_bundle(world.seal_bundle(parts), ROOT)
    assert (read.serial, read.rulebook, read.status_lists) == (serial, rulebook, {world.POIPET_URI: status_list})
    assert read.trust.entries == tuple(listed)


@FEW
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_any_octet_changed_is_refused(place: int, mask: int) -> None:
    octets = bytearray(SMALL)
    octets[place % len(octets)] ^= mask
    with pytest.raises(WireError):
        read_bundle(bytes(octets), ROOT)


@FEW
@given(st.binary(max_size=200))
def test_any_octets_are_refused(octets: bytes) -> None:
    with pytest.raises(WireError):
        read_bundle(octets, ROOT)


@FEW
@given(st.integers(0, 10**6))
def test_any_part_of_a_bundle_is_refused(cut: int) -> None:
    with pytest.raises(WireError):
        read_bundle(SMALL[: cut % len(SMALL)], ROOT)


def test_refusal_names_the_part_that_is_wrong() -> None:
    other = replace(world.POIPET_STATUS, status_uri="kh-bp:0110/2")
    octets = world.seal_bundle(base(entries=[other, world.RULEBOOK, world.PUBLISHER]))
    with pytest.raises(WireError, match="status list: its signer may not sign for kh-bp:0110/1"):
        read_bundle(octets, ROOT)


@FEW
@given(st.lists(st.binary(min_size=32, max_size=32), max_size=8))
def test_allow_list_is_sorted_prefixes_without_doubles(fingerprints: list[bytes]) -> None:
    octets = write_allow_list(fingerprints)
    prefixes = [octets[at : at + 8] for at in range(0, len(octets), 8)]
    assert prefixes == sorted({one[:8] for one in fingerprints})
    assert len(digest_of(octets)) == 32


def test_bundle_stays_small() -> None:
    assert len(bundle_bytes()) < 8_192
