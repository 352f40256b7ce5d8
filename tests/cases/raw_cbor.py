"""How is CBOR written by hand, also where it is wrong? RFC 8949 section 3, one head at a time."""

UINT, NINT, BSTR, TSTR, ARRAY, MAP, TAG = range(7)
_WIDTH_BITS = {0: 0, 1: 24, 2: 25, 4: 26, 8: 27}


def head(major: int, argument: int, width: int | None = None) -> bytes:
    """Return a head; `width` (0, 1, 2, 4 or 8 octets) forces a longer argument than is needed."""
    if width is None:
        width = next(size for size in (0, 1, 2, 4, 8) if argument < (24 if size == 0 else 256**size))
    if width == 0:
        return bytes([major << 5 | argument])
    return bytes([major << 5 | _WIDTH_BITS[width]]) + argument.to_bytes(width, "big")


def integer(value: int) -> bytes:
    """Return an integer in its shortest form."""
    return head(UINT, value) if value >= 0 else head(NINT, -1 - value)


def octets(value: bytes) -> bytes:
    """Return a byte string."""
    return head(BSTR, len(value)) + value


def text(value: str) -> bytes:
    """Return a text string."""
    return head(TSTR, len(value.encode())) + value.encode()


def array(*members: bytes) -> bytes:
    """Return an array of members that are encoded already."""
    return head(ARRAY, len(members)) + b"".join(members)


def mapping(*pairs: tuple[bytes, bytes]) -> bytes:
    """Return a map of pairs that are encoded already, in the order given and with whatever is given twice."""
    return head(MAP, len(pairs)) + b"".join(key + value for key, value in pairs)


def tagged(number: int, content: bytes) -> bytes:
    """Return a tagged item."""
    return head(TAG, number) + content
