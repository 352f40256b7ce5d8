"""What does the payload of a pass say? CWT claims (RFC 8392), Claim 169 v1.2.2 and the border pass claim.

Only read after the signature holds. Every key is known and of one type; what is not in the profile is refused, for
a verifier that skips what it does not know shows less than what was signed.
"""

import unicodedata
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import cbor2

from borderpass.domain.local_time import LATEST_TIMESTAMP, from_timestamp, to_timestamp
from borderpass.domain.pass_number import is_pass_number
from borderpass.domain.passes import (
    COMPANIONS_MAX,
    FACE_MAX_BYTES,
    PROFILE_VERSION,
    Companion,
    Holder,
    Pass,
    PassKind,
    Sex,
)
from borderpass.domain.reasons import Reason
from borderpass.wire.cbor import NO_TAGS
from borderpass.wire.refusal import Refusal, WireError

ISS, EXP, NBF, IAT = 1, 4, 5, 6
IDENTITY, STATUS, BORDER_PASS = 169, 65_535, -70_169
NUMBER, LANGUAGE, NAME, BORN_ON, SEX, NATIONALITY = 1, 3, 4, 8, 9, 13
NAME_KHMER, LANGUAGE_KHMER, HOME, COUNTRY, FACE = 19, 20, 21, 23, 62
_DEPTH = 8

NAME_MAX_CHARACTERS = 100
URI_MAX_CHARACTERS = 64
_INDEX_MAX = 2**32 - 1
_HOME_DIGITS = (4, 6)
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_SEXES = {member.value: member for member in Sex}
_KINDS = {member.value: member for member in PassKind}


_SMALL = [bytes((number,)) for number in range(24)]
_UINT_HEADS = (b"\x18", b"\x19", b"\x1a", b"\x1b")


def _heads(major: int, lengths: int) -> list[bytes]:
    """Return the shortest heads of strings of 0, 1, 2 ... bytes."""
    return [
        bytes((major | size,))
        if size < 24
        else bytes((major | 24, size))
        if size < 256
        else bytes((major | 25,)) + size.to_bytes(2, "big")
        for size in range(lengths)
    ]


_TEXT_HEADS = _heads(0x60, 4 * NAME_MAX_CHARACTERS + 1)
_BYTES_HEADS = _heads(0x40, FACE_MAX_BYTES + 1)
# Claim 169 attribute 62: one map of the data, 1 the format (0 image), 2 the sub-format (4 WebP).
_FACE_HEAD, _FACE_TAIL = b"\x18\x3e\x81\xa3\x00", b"\x01\x00\x02\x04"


def read_claims(payload: bytes) -> Pass | Refusal:
    """Return the pass that a verified payload says, or MALFORMED.

    The payload must be, byte for byte, what `write_claims` writes for the pass that was read from it: so every key is
    known, in its order and of its type, every integer and length in its shortest form, and nothing stands beside them.
    """
    try:
        pass_ = _read(
            cbor2.loads(
                payload, max_depth=_DEPTH, allow_indefinite=False, allow_duplicate_keys=False, semantic_decoders=NO_TAGS
            )
        )
        written = _write(pass_)
    except WireError as error:
        return Refusal(Reason.MALFORMED, str(error))
    except Exception as error:
        # What is not of the type that it is used as fails somewhere in here, and in many ways.
        return Refusal(Reason.MALFORMED, f"not the claims of the profile: {type(error).__name__}")
    if written != payload:
        return Refusal(Reason.MALFORMED, "not exactly the claims of the profile in their deterministic encoding")
    return pass_


def _read(claims: Any) -> Pass:
    identity, border = claims[IDENTITY], claims[BORDER_PASS]
    if identity[LANGUAGE] != "eng" or identity[LANGUAGE_KHMER] != "khm":
        raise WireError("a language other than eng and khm")
    if not is_pass_number(identity[NUMBER]):
        raise WireError("a pass number whose form or check character is wrong")
    valid_from_at, expires_at = _instant(claims[NBF]), _instant(claims[EXP])
    if valid_from_at >= expires_at:
        raise WireError("nbf is not before exp")
    if border[1] != PROFILE_VERSION:
        raise WireError("a profile version that this verifier does not know")
    reference = claims[STATUS]["status_list"]
    return Pass(
        number=identity[NUMBER],
        issuer=_uri(claims[ISS]),
        issuing_country=_country(identity[COUNTRY]),
        kind=_kind(border[2]),
        valid_from_at=valid_from_at,
        expires_at=expires_at,
        issued_at=_instant(claims[IAT]),
        status_index=_index(reference["idx"]),
        status_uri=_uri(reference["uri"]),
        holder=Holder(
            name_latin=_name(identity[NAME]),
            name_khmer=_name(identity[NAME_KHMER]),
            born_on=_day(identity[BORN_ON]),
            sex=_sex(identity[SEX]),
            nationality=_country(identity[NATIONALITY]),
            home_code=_home(identity[HOME]),
            face=_face(identity[FACE]) if FACE in identity else None,
        ),
        companions=_companions(border[3]) if border[3] else (),
    )


def _companions(values: Any) -> tuple[Companion, ...]:
    if len(values) > COMPANIONS_MAX:
        raise WireError(f"more than {COMPANIONS_MAX} companions")
    return tuple([Companion(_name(name), _day(born_on), _sex(sex)) for name, born_on, sex in values])


def _face(faces: Any) -> bytes:
    face: bytes = faces[0][0]
    if not 0 < len(face) <= FACE_MAX_BYTES:
        raise WireError(f"not a WebP face of at most {FACE_MAX_BYTES} bytes")
    return face


def _kind(value: int) -> PassKind:
    if value not in _KINDS:
        raise WireError("an unknown kind of pass")
    return _KINDS[value]


def _index(value: int) -> int:
    if not 0 <= value <= _INDEX_MAX:
        raise WireError("a status index beyond 32 bits")
    return value


def _name(text: str) -> str:
    if not 0 < len(text) <= NAME_MAX_CHARACTERS:
        raise WireError(f"not a text of 1 to {NAME_MAX_CHARACTERS} characters")
    if not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        raise WireError("a text that is not in Unicode normal form C")
    if not text.isprintable() and any(unicodedata.category(c) in _CONTROLS for c in text):
        raise WireError("a text with control characters")
    return text


# What few values stand in many passes is looked at once. The caches hold only what was found right.


@lru_cache(maxsize=4096)
def _uri(text: str) -> str:
    if not 0 < len(text) <= URI_MAX_CHARACTERS or not (text.isascii() and text.isprintable()):
        raise WireError(f"not an address of 1 to {URI_MAX_CHARACTERS} ASCII characters")
    return text


@lru_cache(maxsize=1024)
def _country(text: str) -> str:
    if len(text) != 3 or not (text.isascii() and text.isalpha() and text.isupper()):
        raise WireError("a country that is not three capital letters (ISO 3166-1 alpha-3)")
    return text


@lru_cache(maxsize=8192)
def _home(text: str) -> str:
    if len(text) not in _HOME_DIGITS or not (text.isascii() and text.isdigit()):
        raise WireError("a home that is no district's or commune's code")
    return text


@lru_cache(maxsize=65_536)
def _day(text: str) -> date:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise WireError("a date that is not YYYYMMDD")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise WireError("a date that is not in the calendar") from None


@lru_cache(maxsize=8192)
def _instant(seconds: int) -> datetime:
    if not 0 <= seconds <= LATEST_TIMESTAMP:
        raise WireError("a time that is not whole seconds since 1970")
    return from_timestamp(seconds)


def _sex(value: int) -> Sex:
    if value not in _SEXES:
        raise WireError("a sex other than 1, 2 and 3")
    return _SEXES[value]


def write_claims(pass_: Pass) -> bytes:
    """Return the payload of a pass. Raise WireError when `read_claims` would not read the same pass from it."""
    try:
        payload = _write(pass_)
    except (AttributeError, TypeError, ValueError, OverflowError, IndexError) as error:
        raise WireError(f"this pass cannot be written: {error}") from None
    again = read_claims(payload)
    if isinstance(again, Refusal):
        raise WireError(f"this pass cannot be written: {again.detail}")
    if again != pass_:
        raise WireError("this pass cannot be written: it has parts of a second")
    return payload


def _write(pass_: Pass) -> bytes:
    """Return the deterministic encoding of a pass: heads and keys are fixed, the values stand between them.

    Written out rather than left to an encoder, since every reading does it too. RFC 8949 section 4.2.1.
    """
    holder = pass_.holder
    face = b"" if holder.face is None else b"".join([_FACE_HEAD, _bytes(holder.face), _FACE_TAIL])
    return b"".join(
        [
            b"\xa7\x01",
            _text(pass_.issuer),
            b"\x04",
            _uint(to_timestamp(pass_.expires_at)),
            b"\x05",
            _uint(to_timestamp(pass_.valid_from_at)),
            b"\x06",
            _uint(to_timestamp(pass_.issued_at)),
            b"\x18\xa9\xaa\x01" if holder.face is None else b"\x18\xa9\xab\x01",
            _text(pass_.number),
            b"\x03\x63eng\x04",
            _text(holder.name_latin),
            b"\x08",
            _text(_yyyymmdd(holder.born_on)),
            b"\x09",
            _uint(holder.sex),
            b"\x0d",
            _text(holder.nationality),
            b"\x13",
            _text(holder.name_khmer),
            b"\x14\x63khm\x15",
            _text(holder.home_code),
            b"\x17",
            _text(pass_.issuing_country),
            face,
            b"\x19\xff\xff\xa1\x6bstatus_list\xa2\x63idx",
            _uint(pass_.status_index),
            b"\x63uri",
            _text(pass_.status_uri),
            b"\x3a\x00\x01\x12\x18\xa3\x01\x01\x02",
            _uint(pass_.kind),
            b"\x03",
            _write_companions(pass_.companions) if pass_.companions else b"\x80",
        ]
    )


def _write_companions(companions: tuple[Companion, ...]) -> bytes:
    parts = [bytes((0x80 | len(companions),))]
    for child in companions:
        parts += [b"\x83", _text(child.name), _text(_yyyymmdd(child.born_on)), _uint(child.sex)]
    return b"".join(parts)


def _text(text: str) -> bytes:
    octets = text.encode()
    return _TEXT_HEADS[len(octets)] + octets


def _bytes(octets: bytes) -> bytes:
    return _BYTES_HEADS[len(octets)] + octets


def _uint(number: int) -> bytes:
    if number < 24:
        return _SMALL[number]
    size = 0 if number < 1 << 8 else 1 if number < 1 << 16 else 2 if number < 1 << 32 else 3
    return _UINT_HEADS[size] + number.to_bytes(1 << size, "big")


@lru_cache(maxsize=65_536)
def _yyyymmdd(day: date) -> str:
    return day.isoformat().replace("-", "")
