"""Which lines does a device sign of a request, and whose signature holds?"""

import pytest

from borderpass.wire.requests import lines_to_sign, verify_lines
from tests.cases.keys import signer

PHONE, OTHER = signer("phone"), signer("another phone")
LINES = lines_to_sign("GET", "/api/v1/devices/me", "019ab000-0000-7000-8000-000000000001", "1795309200")


def test_five_lines_and_no_line_feed_at_the_end() -> None:
    assert LINES == (
        b"borderpass-request-v1\nGET\n/api/v1/devices/me\n019ab000-0000-7000-8000-000000000001\n1795309200"
    )


def test_the_keys_own_signature_holds_and_no_other() -> None:
    signature = PHONE.sign(LINES)
    assert verify_lines(LINES, signature, PHONE.point)
    assert not verify_lines(LINES, signature, OTHER.point)
    assert not verify_lines(LINES + b"\n", signature, PHONE.point)
    assert not verify_lines(LINES, OTHER.sign(LINES), PHONE.point)


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(64), b"\xff" * 64, bytes(65)])
def test_what_is_no_signature_does_not_hold(signature: bytes) -> None:
    assert not verify_lines(LINES, signature, PHONE.point)
