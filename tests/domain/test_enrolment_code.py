"""Is a code written so that nobody misreads it, and read however it was typed?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.enrolment_code import CODE_BYTES, digest_of_code, qr_text, read_code, write_code

CODE = "K7QX-9M2D-4RTA-8WHC"


def test_ten_bytes_are_sixteen_letters_in_groups_of_four() -> None:
    assert write_code(bytes(CODE_BYTES)) == "0000-0000-0000-0000"
    assert write_code(b"\xff" * CODE_BYTES) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ"
    assert write_code(bytes.fromhex("00443214c74254b635cf")) == "0123-4567-89AB-CDEF"


@given(octets=st.binary(min_size=CODE_BYTES, max_size=CODE_BYTES))
def test_every_code_is_read_back_and_fits_the_alphabet_of_qr_codes(octets: bytes) -> None:
    code = write_code(octets)
    assert read_code(code) == read_code(qr_text(code)) == read_code(code.lower().replace("-", "")) == code
    assert not set("ILOU") & set(code)
    assert set(qr_text(code)) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:-")


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), " K7QX 9M2D 4RTA 8WHC ", "BP-ENROL:K7QX9M2D4RTA8WHC"])
def test_it_may_be_typed_in_many_ways(typed: str) -> None:
    assert read_code(typed) == CODE


def test_letters_count_as_the_digits_they_are_taken_for() -> None:
    assert read_code("OIL0-0000-0000-0000") == "0110-0000-0000-0000"


@pytest.mark.parametrize("typed", ["", "K7QX", CODE + "A", "UUUU-UUUU-UUUU-UUUU", "\u17e0" * 16, "BP-ENROL:", "!" * 16])
def test_anything_else_is_no_code(typed: str) -> None:
    assert read_code(typed) is None


def test_what_is_kept_is_sha256() -> None:
    assert digest_of_code(CODE) == "4815192ad2c6e43a5cf0f99b1a5d28ef6c397c56f8ecef177dde53d94044292e"


@given(typed=st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    code = read_code(typed)
    assert code is None or len(code) == 19
