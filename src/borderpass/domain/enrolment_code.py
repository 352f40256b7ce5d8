"""What is a one-time enrolment code, and what did somebody type?

80 random bits in Crockford's Base32, whose alphabet leaves out letters that are taken for digits: sixteen
characters in groups of four, and in a QR code the same after `BP-ENROL:`.
"""

import base64
import hashlib
from datetime import timedelta

CODE_LIFE = timedelta(minutes=10)
CODE_BYTES = 10
QR_PREFIX = "BP-ENROL:"
_CHARACTERS, _GROUP = 16, 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FROM_RFC4648 = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _ALPHABET)
_TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})


def write_code(octets: bytes) -> str:
    """Return ten random bytes as a code such as K7QX-9M2D-4RTA-8WHC."""
    letters = base64.b32encode(octets).decode("ascii").translate(_FROM_RFC4648)
    return "-".join(letters[at : at + _GROUP] for at in range(0, _CHARACTERS, _GROUP))


def read_code(typed: str) -> str | None:
    """Return what was typed or scanned in the form that is shown, or None when it has not the form of a code."""
    letters = typed.strip().upper().removeprefix(QR_PREFIX).translate(_TAKEN_FOR)
    if len(letters) != _CHARACTERS or not set(letters) <= set(_ALPHABET):
        return None
    return "-".join(letters[at : at + _GROUP] for at in range(0, _CHARACTERS, _GROUP))


def digest_of_code(code: str) -> str:
    """Return what is kept of a code as it is shown: SHA-256, in hex."""
    return hashlib.sha256(code.encode("ascii")).hexdigest()


def qr_text(code: str) -> str:
    """Return the text of the code's QR symbol."""
    return QR_PREFIX + code
