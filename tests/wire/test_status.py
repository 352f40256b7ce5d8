"""Does a status list come back from its token, and what may a bundle know of a pass?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.status import Status, StatusList
from borderpass.wire.cbor import decode_strict
from borderpass.wire.cose import Sign1, decode_sign1
from borderpass.wire.refusal import WireError
from borderpass.wire.signed import STATUS_TYP
from borderpass.wire.status import find_status, read_status_list, write_status_list
from tests.cases import world
from tests.cases.bundles import bundle
from tests.cases.keys import signer
from tests.cases.passes import make_pass
from tests.wire.strategies import FEW, status_lists

TRUST = world.make_trust_list((world.POIPET, world.POIPET_STATUS, world.SEREI_STATUS))
POIPET_STATUS = signer("poipet-status")


def seal(status_list: StatusList, by: str = "poipet-status") -> bytes:
    return world.seal_status_list(status_list, by)


@FEW
@given(status_lists(world.POIPET_URI))
def test_any_list_comes_back(status_list: StatusList) -> None:
    assert read_status_list(seal(status_list), TRUST) == status_list


@FEW
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_any_octet_changed_is_refused(place: int, mask: int) -> None:
    octets = bytearray(seal(world.make_status_list(world.POIPET_URI)))
    octets[place % len(octets)] ^= mask
    with pytest.raises(WireError):
        read_status_list(bytes(octets), TRUST)


@FEW
@given(st.binary(max_size=200))
def test_any_octets_are_refused(octets: bytes) -> None:
    with pytest.raises(WireError):
        read_status_list(octets, TRUST)


def test_token_has_the_form_of_the_draft() -> None:
    """draft-ietf-oauth-status-list-20, section 5.2: typ in the header; claims 2, 4, 6, 65533 and 65534."""
    token = seal(world.make_status_list(world.POIPET_URI))
    sign1 = decode_sign1(token, STATUS_TYP)
    assert isinstance(sign1, Sign1)
    assert decode_strict(sign1.protected)[16] == "application/statuslist+cwt"
    claims = decode_strict(sign1.payload)
    assert list(claims) == [2, 4, 6, 65533, 65534]
    assert list(claims[65533]) == ["lst", "bits"] or list(claims[65533]) == ["bits", "lst"]
    assert claims[65533]["bits"] == 2
    assert token[:1] == b"\xd2"


def test_list_signed_for_another_office_is_refused() -> None:
    with pytest.raises(WireError, match="may not sign for kh-bp:0110/1"):
        read_status_list(seal(world.make_status_list(world.POIPET_URI), "serei-status"), TRUST)


@pytest.mark.parametrize(("ttl_s", "taken"), [(0, True), (7 * 86_400, True), (7 * 86_400 + 1, False), (10**9, False)])
def test_ttl_ends_no_later_than_exp(ttl_s: int, taken: bool) -> None:
    status_list = world.make_status_list(world.POIPET_URI, ttl_s)
    if taken:
        assert read_status_list(seal(status_list), TRUST).ttl_s == ttl_s
    else:
        with pytest.raises(WireError, match="ttl"):
            read_status_list(seal(status_list), TRUST)


@pytest.mark.parametrize("octets", [b"", b"\x05", b"\x00", b"\x01", b"\xff", b"\x1b", b"\x40"])
def test_list_whose_canaries_read_wrong_is_refused(octets: bytes) -> None:
    status_list = replace(world.make_status_list(world.POIPET_URI), octets=octets)
    with pytest.raises(WireError, match="canary"):
        read_status_list(write_status_list(status_list, POIPET_STATUS.kid, POIPET_STATUS.sign), TRUST)


@pytest.mark.parametrize(
    ("index", "status"),
    [
        (world.VALID_INDEX, Status.VALID),
        (world.REVOKED_INDEX, Status.REVOKED),
        (world.SUSPENDED_INDEX, Status.SUSPENDED),
        (world.UNUSED_INDEX, Status.NEVER_ISSUED),
        (world.LAST_INDEX, Status.VALID),
        (world.LIST_LENGTH, Status.NEVER_ISSUED),
    ],
)
def test_status_of_an_index(index: int, status: Status) -> None:
    assert find_status(bundle(), make_pass(status_index=index)) is status


@pytest.mark.parametrize(("seconds", "status"), [(-1, Status.NEVER_ISSUED), (0, None), (1, None)])
def test_list_older_than_the_pass_cannot_say_never_issued(seconds: int, status: Status | None) -> None:
    issued_at = bundle().status_lists[world.POIPET_URI].issued_at + timedelta(seconds=seconds)
    unused = make_pass(status_index=world.UNUSED_INDEX, issued_at=issued_at)
    revoked = make_pass(status_index=world.REVOKED_INDEX, issued_at=issued_at)
    assert find_status(bundle(), unused) is status
    assert find_status(bundle(), revoked) is Status.REVOKED


def test_without_the_list_nothing_is_known() -> None:
    assert find_status(bundle("no-status-lists"), make_pass()) is None
