"""What is in the text of a scanned QR code? Base45, then zlib (RFC 1950), both capped.

The caps are the contract's: a text holds what the largest alphanumeric symbol can (version 40-L), and an inflated
pass at most 8,192 bytes, with the stream ended and nothing behind it.
"""

import zlib

from borderpass.domain.reasons import Reason
from borderpass.wire.base45 import decode_base45, encode_base45
from borderpass.wire.refusal import Refusal, WireError

TEXT_MAX_CHARACTERS = 4_296
INFLATED_MAX_BYTES = 8_192


def parse_qr(text: str) -> bytes | Refusal:
    """Return the COSE bytes in a QR text, or NOT_A_PASS."""
    if not text or len(text) > TEXT_MAX_CHARACTERS:
        return Refusal(Reason.NOT_A_PASS, f"{len(text)} characters")
    try:
        compressed = decode_base45(text)
        return inflate(compressed, INFLATED_MAX_BYTES)
    except WireError as error:
        return Refusal(Reason.NOT_A_PASS, str(error))


def inflate(compressed: bytes, max_bytes: int) -> bytes:
    """Return the content of one whole zlib stream. Raise WireError when it is broken, too large or followed by more."""
    inflater = zlib.decompressobj()
    try:
        octets = inflater.decompress(compressed, max_bytes + 1)
    except zlib.error:
        raise WireError("not a zlib stream") from None
    if len(octets) > max_bytes:
        raise WireError(f"more than {max_bytes} bytes when inflated")
    if not inflater.eof:
        raise WireError("the zlib stream does not end")
    if inflater.unused_data:
        raise WireError("bytes after the zlib stream")
    return octets


def build_qr(cose: bytes) -> str:
    """Return the QR text of COSE bytes."""
    return encode_base45(zlib.compress(cose, 9))
