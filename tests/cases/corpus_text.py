"""What can be wrong with the text of a QR code: its characters (RFC 9285), its length, its zlib stream (RFC 1950)?"""

import gzip
import zlib

from borderpass.domain.reasons import Reason
from borderpass.wire.base45 import encode_base45
from borderpass.wire.claims import write_claims
from tests.cases.passes import cose_of_payload, make_pass, text_of

Row = tuple[str, str, str, Reason]
TEXT_LIMIT, INFLATED_LIMIT = 4_296, 8_192


def rows() -> list[Row]:
    """Return name, what is wrong, text and reason."""
    not_a_pass = [*_characters(), *_streams()]
    return [
        *((name, wrong, text, Reason.NOT_A_PASS) for name, wrong, text in not_a_pass),
        *((name, wrong, text, Reason.MALFORMED) for name, wrong, text in _just_within()),
    ]


def stored(size: int) -> str:
    """Return the text of a zlib stream that holds zeros without compressing them, `size` octets in all."""
    compressed = zlib.compress(bytes(size - 11), 0)
    assert len(compressed) == size
    return encode_base45(compressed)


def _characters() -> list[tuple[str, str, str]]:
    good = text_of(make_pass())
    return [
        ("text-empty", "no text at all", ""),
        ("text-one-character", "a single character: no Base45 text is that long", "A"),
        ("text-length-3n-plus-1", "a length that leaves one character over", good[: len(good) // 3 * 3 - 2]),
        ("text-lower-case", "a small letter", good[:10] + "a" + good[11:]),
        ("text-all-lower-case", "the whole pass in small letters", good.lower()),
        ("text-accented", "a letter outside ASCII", good[:10] + "É" + good[11:]),
        ("text-khmer-digit", "a Khmer digit", good[:10] + "១" + good[11:]),
        ("text-full-width", "a full-width letter", good[:10] + "Ａ" + good[11:]),
        ("text-nul", "a NUL character", good[:10] + "\x00" + good[11:]),
        ("text-newline-behind", "a line end behind the pass", good + "\n"),
        (
            "text-space-before",
            "a space before the pass, which is a Base45 character and shifts the rest",
            " " + good,
        ),
        ("text-hc1-prefix", "the prefix of another kind of certificate", "HC1:" + good),
        ("text-group-65536", "three characters that mean 65536: GGW", "GGW" + good[3:]),
        ("text-group-colons", "three characters that mean 91124: :::", ":::" + good[3:]),
        ("text-pair-256", "two last characters that mean 256: V5", good[: len(good) // 3 * 3] + "V5"),
        ("text-pair-colons", "two last characters that mean 2024: ::", good[: len(good) // 3 * 3] + "::"),
        ("text-url", "a web address that is good Base45", "HTTPS://EXAMPLE.COM/PASS"),
        ("text-digits", "a product's bar code", "8850999320014"),
        ("text-4298", "4,298 characters, a whole zlib stream", stored(2_865)),
        ("text-half", "the first half of a pass", good[: len(good) // 6 * 3]),
    ]


def _streams() -> list[tuple[str, str, str]]:
    cose = cose_of_payload(write_claims(make_pass()))
    good = zlib.compress(cose, 9)
    primed = zlib.compressobj(9, zdict=cose[:64])
    wrong = {
        "zlib-not": ("the COSE bytes without zlib", cose),
        "zlib-raw-deflate": ("a deflate stream without the zlib head", good[2:-4]),
        "zlib-gzip": ("gzip instead of zlib", gzip.compress(cose, mtime=0)),
        "zlib-bad-method": ("compression method 7", bytes([0x77, 0x85]) + good[2:]),
        "zlib-bad-head-check": (
            "a head whose check bits are wrong",
            bytes([good[0], good[1] ^ 1]) + good[2:],
        ),
        "zlib-bad-checksum": ("an Adler-32 that does not fit", good[:-1] + bytes([good[-1] ^ 1])),
        "zlib-truncated": ("the last octet missing", good[:-1]),
        "zlib-head-only": ("only the two octets of the head", good[:2]),
        "zlib-trailing": ("one octet after the stream", good + b"\x00"),
        "zlib-twice": ("two streams one after the other", good + good),
        "zlib-dictionary": ("a preset dictionary", primed.compress(cose) + primed.flush()),
        "zlib-bomb": ("2 MiB of zeros in 2 kB", zlib.compress(bytes(1 << 21), 9)),
        "zlib-8193": ("8,193 octets when inflated", zlib.compress(bytes(INFLATED_LIMIT + 1), 9)),
        "zlib-8193-pass": (
            "a pass with zeros behind it, 8,193 octets when inflated",
            zlib.compress(cose + bytes(INFLATED_LIMIT + 1 - len(cose)), 9),
        ),
    }
    return [(name, what, encode_base45(octets)) for name, (what, octets) in wrong.items()]


def _just_within() -> list[tuple[str, str, str]]:
    """Return what the caps let through: these get as far as the COSE reader."""
    return [
        ("text-4296", "4,296 characters are read; they hold zeros", stored(2_864)),
        (
            "zlib-8192",
            "8,192 octets are inflated; they are zeros",
            encode_base45(zlib.compress(bytes(INFLATED_LIMIT), 9)),
        ),
        ("zlib-empty", "a zlib stream of nothing", encode_base45(zlib.compress(b"", 9))),
    ]
