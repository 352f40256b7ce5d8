"""Is only the deterministic encoding of our types read (RFC 8949 section 4.2.1)?"""

import time
from typing import Any

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.wire.cbor import BUNDLE_LIMITS, PASS_LIMITS, Limits, decode_strict, encode
from borderpass.wire.refusal import WireError
from tests.cases.raw_cbor import array, head, integer, mapping, tagged, text
from tests.wire.strategies import FEW

numbers = st.integers(-(2**64), 2**64 - 1)
keys = st.one_of(numbers, st.text(max_size=5), st.binary(max_size=5))
values = st.recursive(
    st.one_of(numbers, st.text(max_size=30), st.binary(max_size=300)),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=20,
)
DEEP = Limits(depth=30, items=64)

# RFC 8949 appendix A, what of it is in the profile.
EXAMPLES: list[tuple[Any, str]] = [
    (0, "00"),
    (23, "17"),
    (24, "1818"),
    (255, "18ff"),
    (256, "190100"),
    (1_000_000, "1a000f4240"),
    (1_000_000_000_000, "1b000000e8d4a51000"),
    (18446744073709551615, "1bffffffffffffffff"),
    (-18446744073709551616, "3bffffffffffffffff"),
    (-1, "20"),
    (-1000, "3903e7"),
    (b"\x01\x02\x03\x04", "4401020304"),
    ("IETF", "6449455446"),
    ("\u6c34", "63e6b0b4"),
    ([1, [2, 3], [4, 5]], "8301820203820405"),
    ({1: 2, 3: 4}, "a201020304"),
    ({"a": 1, "b": [2, 3]}, "a26161016162820203"),
]


@pytest.mark.parametrize(("value", "octets"), EXAMPLES)
def test_examples_of_the_rfc(value: Any, octets: str) -> None:
    assert encode(value).hex() == octets
    assert decode_strict(bytes.fromhex(octets)) == value


def test_keys_are_sorted_bytewise_not_by_length_first() -> None:
    """RFC 8949 section 4.2.1, its own example; the older rule (section 4.2.3) sorts -1 before 100."""
    keys_in_order = [10, 100, -1, b"\x01", "z", "aa"]
    assert list(decode_strict(encode(dict.fromkeys(reversed(keys_in_order), 0)))) == keys_in_order
    length_first = mapping(*((encode(key), integer(0)) for key in (10, -1, 100, "z", "aa")))
    with pytest.raises(WireError):
        decode_strict(length_first)


@FEW
@given(values)
def test_values_come_back(value: Any) -> None:
    octets = encode(value)
    again = decode_strict(octets, DEEP)
    assert again == value
    assert encode(again) == octets


@FEW
@given(st.binary(max_size=60))
def test_what_is_read_is_written_the_same(octets: bytes) -> None:
    try:
        value = decode_strict(octets)
    except WireError:
        return
    assert encode(value) == octets


@FEW
@given(values, st.integers(0, 10**6), st.integers(1, 255))
def test_octet_changed_means_something_else_or_nothing(value: Any, place: int, mask: int) -> None:
    octets = bytearray(encode(value))
    octets[place % len(octets)] ^= mask
    try:
        other = decode_strict(bytes(octets), DEEP)
    except WireError:
        return
    assert other != value


@pytest.mark.parametrize(
    "octets",
    [
        *("f4", "f5", "f6", "f7", "e0", "f8ff", "f90000", "fa47c35000", "fb3ff0000000000000", "f97e00"),
        *("c000", "c11a514b67b0", "c249010000000000000000", "d74401020304", "d818456449455446", "d9d9f700", "d81c80"),
        *("5f4100ff", "7f6161ff", "9fff", "bfff", "9f01ff", "ff", "1c", "3c", "5c", "dc", "fc"),
        *(
            "1800",
            "1817",
            "190000",
            "1900ff",
            "1a0000ffff",
            "1b00000000ffffffff",
            "3817",
            "5800",
            "7800",
            "9800",
            "b800",
        ),
        *("", "18", "1a0000", "41", "61", "81", "a1", "a101", "0000", "8000"),
        *(
            "a201020102",
            "a202010102",
            "a1f500",
            "a1f6f6",
            "a18000",
            "a1a000",
            "a1f9000000",
            "62c328",
            "63eda080",
            "64f4908080",
        ),
    ],
)
def test_what_is_outside_the_profile_is_refused(octets: str) -> None:
    with pytest.raises(WireError):
        decode_strict(bytes.fromhex(octets))


@pytest.mark.parametrize(("limits", "depth"), [(PASS_LIMITS, 8), (BUNDLE_LIMITS, 12)])
def test_depth_at_its_limit(limits: Limits, depth: int) -> None:
    assert limits.depth == depth
    assert decode_strict(b"\x81" * (depth - 1) + b"\x80", limits) is not None
    with pytest.raises(WireError):
        decode_strict(b"\x81" * depth + b"\x80", limits)


def test_items_at_their_limit() -> None:
    for container in (head(4, 64) + bytes(64), mapping(*((integer(n), integer(0)) for n in range(64)))):
        decode_strict(container)
    for container in (head(4, 65) + bytes(65), mapping(*((integer(n), integer(0)) for n in range(65)))):
        with pytest.raises(WireError, match="64"):
            decode_strict(container)
    assert len(decode_strict(head(4, 65_536) + bytes(65_536), BUNDLE_LIMITS)) == 65_536
    with pytest.raises(WireError):
        decode_strict(head(4, 65_537) + bytes(65_537), BUNDLE_LIMITS)


def test_deep_nesting_is_refused_not_overflowed() -> None:
    for octets in (b"\x81" * 100_000, b"\xc1" * 100_000, b"\xa1\x00" * 100_000):
        with pytest.raises(WireError):
            decode_strict(octets)


@pytest.mark.parametrize("claimed", [2**31, 2**32, 2**63, 2**64 - 1])
@pytest.mark.parametrize("major", [2, 3, 4, 5])
def test_vast_lengths_are_refused_at_once(major: int, claimed: int) -> None:
    with pytest.raises(WireError):
        decode_strict(head(major, claimed))


def test_shared_values_are_never_expanded() -> None:
    """Some 200 octets that would mean 8 to the 60 values: tags 28 and 29 must be refused where they stand."""
    levels = [tagged(28, array(*[tagged(29, integer(level))] * 8)) for level in range(60)]
    started = time.perf_counter()
    with pytest.raises(WireError):
        decode_strict(array(tagged(28, array()), *levels))
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    "tag", [0, 1, 2, 3, 4, 5, 18, 24, 25, 28, 29, 30, 32, 35, 36, 37, 61, 100, 256, 258, 260, 1004, 55799]
)
def test_every_tag_is_refused(tag: int) -> None:
    for content in (integer(0), text("x"), array(integer(1), integer(2)), mapping()):
        for octets in (tagged(tag, content), array(tagged(tag, content)), mapping((integer(1), tagged(tag, content)))):
            with pytest.raises(WireError):
                decode_strict(octets)


def test_other_encoders_map_order_is_refused() -> None:
    assert decode_strict(cbor2.dumps({1: 0, 2: 0})) == {1: 0, 2: 0}
    with pytest.raises(WireError):
        decode_strict(cbor2.dumps({2: 0, 1: 0}))
