"""Does a trust list come back, only from its root, and are signers found by kid and role?"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.trust import PASS_SIGNING_ROLES, Role, TrustList
from borderpass.wire.refusal import WireError
from borderpass.wire.trust import find_keys, read_prefixes, read_trust_list
from tests.cases import world
from tests.cases.bundles import bundle
from tests.cases.keys import public_key, signer
from tests.wire.strategies import FEW, trust_lists

ROOT = public_key("root")
USUAL = world.make_trust_list((world.POIPET, world.PUBLISHER))


@FEW
@given(trust_lists)
def test_any_trust_list_comes_back(trust: TrustList) -> None:
    assert read_trust_list(world.seal_trust_list(trust), ROOT) == trust


@FEW
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_any_octet_changed_is_refused(place: int, mask: int) -> None:
    octets = bytearray(world.seal_trust_list(USUAL))
    octets[place % len(octets)] ^= mask
    with pytest.raises(WireError):
        read_trust_list(bytes(octets), ROOT)


@FEW
@given(st.binary(max_size=200))
def test_any_octets_are_refused(octets: bytes) -> None:
    with pytest.raises(WireError):
        read_trust_list(octets, ROOT)


def test_list_of_another_root_is_refused() -> None:
    with pytest.raises(WireError, match="trust list: no trusted key signed it"):
        read_trust_list(world.seal_trust_list(USUAL), public_key("other-root"))


def test_kid_in_the_header_of_the_list_is_only_a_hint() -> None:
    from borderpass.wire.trust import write_trust_list

    octets = write_trust_list(USUAL, b"whatever", signer("root").sign)
    assert read_trust_list(octets, ROOT) == USUAL


def test_every_entry_of_a_kid_that_may_sign_passes_is_found() -> None:
    assert [entry.office for entry in find_keys(bundle("twins"), world.POIPET.kid)] == ["0106", "0110"]


@pytest.mark.parametrize("role", Role)
def test_only_signers_of_passes_are_found(role: Role) -> None:
    entry = replace(world.POIPET, role=role)
    given_bundle = replace(bundle(), trust=world.make_trust_list((entry,)))
    assert find_keys(given_bundle, entry.kid) == ([entry] if role in PASS_SIGNING_ROLES else [])


def test_unknown_kid_finds_nobody() -> None:
    assert find_keys(bundle(), bytes(8)) == []


@pytest.mark.parametrize("prefix", ["01", "0110", "011001"])
def test_prefixes_of_whole_levels_are_read(prefix: str) -> None:
    assert read_prefixes([prefix], "x") == (prefix,)


@pytest.mark.parametrize("prefix", ["", "0", "011", "01100", "0110010", "01100101", "ab", "០១", "+1"])
def test_other_prefixes_are_refused(prefix: str) -> None:
    with pytest.raises(WireError, match="gazetteer"):
        read_prefixes([prefix], "x")
