"""Is the text of a QR code read within its caps?"""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.reasons import Reason
from borderpass.wire.base45 import encode_base45
from borderpass.wire.qr import INFLATED_MAX_BYTES, TEXT_MAX_CHARACTERS, build_qr, inflate, parse_qr
from borderpass.wire.refusal import Refusal, WireError
from tests.cases.corpus_text import stored
from tests.wire.strategies import FEW


def refusal(text: str) -> Refusal:
    answer = parse_qr(text)
    assert isinstance(answer, Refusal)
    assert answer.reason is Reason.NOT_A_PASS
    return answer


@FEW
@given(st.binary(max_size=4_000))
def test_octets_come_back(octets: bytes) -> None:
    assert parse_qr(build_qr(octets)) == octets


def test_longest_text_is_read_and_one_longer_is_not() -> None:
    longest, longer = stored(2_864), stored(2_865)
    assert (len(longest), len(longer)) == (TEXT_MAX_CHARACTERS, TEXT_MAX_CHARACTERS + 2)
    assert parse_qr(longest) == bytes(2_853)
    assert refusal(longer).detail == "4298 characters"


def test_empty_text_is_no_pass() -> None:
    assert refusal("").detail == "0 characters"


def test_inflated_to_the_cap_and_not_beyond() -> None:
    assert parse_qr(build_qr(bytes(INFLATED_MAX_BYTES))) == bytes(INFLATED_MAX_BYTES)
    assert "8192" in refusal(build_qr(bytes(INFLATED_MAX_BYTES + 1))).detail


def test_bomb_is_stopped_at_the_cap() -> None:
    bomb = zlib.compress(zlib.compress(bytes(1 << 26), 9), 9)
    assert "8192" in refusal(encode_base45(zlib.compress(bytes(1 << 21), 9))).detail
    with pytest.raises(WireError):
        inflate(bomb, 100)


@pytest.mark.parametrize("level", range(10))
def test_any_level_of_compression_is_read(level: int) -> None:
    assert inflate(zlib.compress(b"pass" * 50, level), 200) == b"pass" * 50


@pytest.mark.parametrize("window", [9, 12, 15])
def test_any_window_is_read(window: int) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    assert inflate(packer.compress(b"pass" * 50) + packer.flush(), 200) == b"pass" * 50


def test_every_cut_of_a_stream_is_refused() -> None:
    whole = zlib.compress(b"pass" * 20, 9)
    for size in range(len(whole)):
        with pytest.raises(WireError):
            inflate(whole[:size], 1_000)


@FEW
@given(st.binary(min_size=1, max_size=10))
def test_anything_behind_a_stream_is_refused(behind: bytes) -> None:
    with pytest.raises(WireError, match="after"):
        inflate(zlib.compress(b"pass", 9) + behind, 1_000)


@FEW
@given(st.text(max_size=100))
def test_any_text_gives_octets_or_a_reason(text: str) -> None:
    answer = parse_qr(text)
    assert isinstance(answer, bytes) or answer.reason is Reason.NOT_A_PASS
