"""How does a pass become the characters of an alphanumeric QR symbol, and back? RFC 9285.

Three characters hold two bytes, two characters the odd last one. Decoding works on all groups at once: the
characters are spread over lanes of one large integer, so that the arithmetic of a whole pass is a few additions.
"""

from borderpass.wire.refusal import WireError

ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BAD = 255
_VALUES = bytes(ALPHABET.find(character) % 256 for character in range(256))


def decode_base45(text: str) -> bytes:
    """Return the bytes of a Base45 text. Raise WireError when it is not one (RFC 9285 section 6)."""
    try:
        values = text.encode("ascii").translate(_VALUES)
    except UnicodeEncodeError:
        raise WireError("a character outside Base45") from None
    if _BAD in values:
        raise WireError("a character outside Base45")
    groups, rest = divmod(len(values), 3)
    if rest == 1:
        raise WireError("a length that no Base45 text has")
    body = values[: 3 * groups]
    # A lane is 3 bytes: 44 + 45 * 44 + 2025 * 44 = 91,124 needs 17 bits, so no lane runs into the next.
    total = _lanes(body[0::3]) + 45 * _lanes(body[1::3]) + 2025 * _lanes(body[2::3])
    lanes = total.to_bytes(3 * groups, "little")
    if lanes[2::3].strip(b"\0"):
        raise WireError("three characters above 65535")
    octets = bytearray(2 * groups)
    octets[0::2] = lanes[1::3]
    octets[1::2] = lanes[0::3]
    if rest:
        last = values[-2] + 45 * values[-1]
        if last > 255:
            raise WireError("two characters above 255")
        octets.append(last)
    return bytes(octets)


def _lanes(column: bytes) -> int:
    spread = bytearray(3 * len(column))
    spread[0::3] = column
    return int.from_bytes(spread, "little")


def encode_base45(octets: bytes) -> str:
    """Return the Base45 text of some bytes."""
    characters = bytearray()
    for at in range(0, len(octets) - 1, 2):
        rest, first = divmod(octets[at] << 8 | octets[at + 1], 45)
        third, second = divmod(rest, 45)
        characters += bytes((ALPHABET[first], ALPHABET[second], ALPHABET[third]))
    if len(octets) % 2:
        second, first = divmod(octets[-1], 45)
        characters += bytes((ALPHABET[first], ALPHABET[second]))
    return characters.decode("ascii")
