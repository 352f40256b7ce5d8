"""How do bytes stand in JSON and in headers? As base64url without padding (RFC 4648 section 5)."""

import base64
import binascii
import re

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


def write_base64url(octets: bytes) -> str:
    """Return bytes as text."""
    return base64.urlsafe_b64encode(octets).decode("ascii").rstrip("=")


def read_base64url(text: str) -> bytes | None:
    """Return the bytes of a text, or None when it is none."""
    if not _ALPHABET.fullmatch(text):
        return None
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        return None
