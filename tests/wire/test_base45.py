"""Is Base45 read and written as RFC 9285 says?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.wire.base45 import ALPHABET, decode_base45, encode_base45
from borderpass.wire.refusal import WireError
from tests.wire.strategies import FEW

# RFC 9285 sections 4.3 and 4.4.
EXAMPLES = [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"base-45", "UJCLQE7W581"), (b"ietf!", "QED8WEX0")]


@pytest.mark.parametrize(("octets", "text"), EXAMPLES)
def test_examples_of_the_rfc_are_encoded(octets: bytes, text: str) -> None:
    assert encode_base45(octets) == text


@pytest.mark.parametrize(("octets", "text"), EXAMPLES)
def test_examples_of_the_rfc_are_decoded(octets: bytes, text: str) -> None:
    assert decode_base45(text) == octets


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("", b""),
        ("00", b"\x00"),
        ("U5", b"\xff"),
        ("000", b"\x00\x00"),
        ("FGW", b"\xff\xff"),
        ("FGWU5", b"\xff\xff\xff"),
    ],
)
def test_highest_and_lowest_groups_are_read(text: str, octets: bytes) -> None:
    assert decode_base45(text) == octets


@pytest.mark.parametrize("text", ["GGW", ":::", "::W", "V5", "::", "0HW", "FGWGGW", "FGWV5"])
def test_groups_beyond_their_octets_are_refused(text: str) -> None:
    with pytest.raises(WireError, match="above"):
        decode_base45(text)


@pytest.mark.parametrize("text", ["A", "ABCD", "BB8B"])
def test_lengths_that_leave_one_character_are_refused(text: str) -> None:
    with pytest.raises(WireError, match="length"):
        decode_base45(text)


@pytest.mark.parametrize("bad", ["a", "=", ";", "\n", "\t", "_", "#", "\x7f", "é", "Ａ", "\ud800", "\x00"])
def test_characters_outside_the_alphabet_are_refused(bad: str) -> None:
    for text in (bad + "B8", "B" + bad + "8", "BB" + bad, "BB8" + bad + "0"):
        with pytest.raises(WireError, match="outside"):
            decode_base45(text)


def test_alphabet_is_that_of_the_rfc() -> None:
    assert ALPHABET.decode() == "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@FEW
@given(st.binary(max_size=3_000))
def test_octets_come_back(octets: bytes) -> None:
    assert decode_base45(encode_base45(octets)) == octets


@FEW
@given(st.text(ALPHABET.decode(), max_size=40))
def test_text_that_is_read_is_the_only_text_of_its_octets(text: str) -> None:
    try:
        octets = decode_base45(text)
    except WireError:
        return
    assert encode_base45(octets) == text


def test_every_pair_of_octets_comes_back() -> None:
    octets = b"".join(value.to_bytes(2, "big") for value in range(65_536))
    assert decode_base45(encode_base45(octets)) == octets
