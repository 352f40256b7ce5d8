"""What does the payload of a pass say? CWT claims (RFC 8392), Claim 169 v1.2.2 and the border pass claim.

Only read after the signature holds. Every key is known and of one type; what is not in the profile is refused, for
a verifier that skips what it does not know shows less than what was signed.
"""

import unicodedata
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from borderpass.domain.local_time import LATEST_TIMESTAMP, from_timestamp, to_timestamp
from borderpass.domain.pass_number import parse_pass_number
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
from borderpass.wire.cbor import CborMap, decode_exact, encode
from borderpass.wire.refusal import Refusal, WireError


class _Shape:
    """The keys of a map in the order of their encodings, and the type of each value."""

    def __init__(self, types: dict[Any, type]) -> None:
        self.keys = list(types)
        self.key_types = list(map(type, types))
        self.value_types = list(types.values())


ISS, EXP, NBF, IAT = 1, 4, 5, 6
IDENTITY, STATUS, BORDER_PASS = 169, 65_535, -70_169
_CLAIMS = _Shape({ISS: str, EXP: int, NBF: int, IAT: int, IDENTITY: dict, STATUS: dict, BORDER_PASS: dict})

NUMBER, LANGUAGE, NAME, BORN_ON, SEX, NATIONALITY = 1, 3, 4, 8, 9, 13
NAME_KHMER, LANGUAGE_KHMER, HOME, COUNTRY, FACE = 19, 20, 21, 23, 62
_WITHOUT_FACE: dict[Any, type] = {
    NUMBER: str,
    LANGUAGE: str,
    NAME: str,
    BORN_ON: str,
    SEX: int,
    NATIONALITY: str,
    NAME_KHMER: str,
    LANGUAGE_KHMER: str,
    HOME: str,
    COUNTRY: str,
}
_ATTRIBUTES = _Shape(_WITHOUT_FACE)
_ATTRIBUTES_WITH_FACE = _Shape({**_WITHOUT_FACE, FACE: list})
_FACE_PARTS = _Shape({0: bytes, 1: int, 2: int})
_FACE_FORMAT, _FACE_SUBFORMAT = 0, 4
_STATUS_CLAIM = _Shape({"status_list": dict})
_REFERENCE = _Shape({"idx": int, "uri": str})
_BORDER = _Shape({1: int, 2: int, 3: list})

NAME_MAX_CHARACTERS = 100
URI_MAX_CHARACTERS = 64
_INDEX_MAX = 2**32 - 1
_HOME_DIGITS = (4, 6)
_CONTROLS = frozenset({"Cc", "Cs", "Zl", "Zp"})
_SEXES = {member.value: member for member in Sex}
_KINDS = {member.value: member for member in PassKind}


def read_claims(payload: bytes) -> Pass | Refusal:
    """Return the pass that a verified payload says, or MALFORMED."""
    try:
        return _read(decode_exact(payload))
    except WireError as error:
        return Refusal(Reason.MALFORMED, str(error))


def _read(claims: Any) -> Pass:
    """Every map's keys are compared in their order and every value's type is tested, as `decode_exact` asks for."""
    iss, exp, nbf, iat, identity, status, border = _values(claims, _CLAIMS, "the claims")
    shape = _ATTRIBUTES_WITH_FACE if FACE in identity else _ATTRIBUTES
    number, eng, name, born_on, sex, nationality, name_khmer, khm, home, country, *face = _values(
        identity, shape, "the identity"
    )
    if eng != "eng" or khm != "khm":
        raise WireError("a language other than eng and khm")
    if parse_pass_number(number) is None:
        raise WireError("a pass number whose form or check character is wrong")
    valid_from_at, expires_at = _instant(nbf), _instant(exp)
    if valid_from_at >= expires_at:
        raise WireError("nbf is not before exp")
    index, uri = _status(status)
    kind, companions = _border_pass(border)
    return Pass(
        number=number,
        issuer=_uri(iss),
        issuing_country=_country(country),
        kind=kind,
        valid_from_at=valid_from_at,
        expires_at=expires_at,
        issued_at=_instant(iat),
        status_index=index,
        status_uri=uri,
        holder=Holder(
            name_latin=_name(name),
            name_khmer=_name(name_khmer),
            born_on=_day(born_on),
            sex=_sex(sex),
            nationality=_country(nationality),
            home_code=_home(home),
            face=_face(face[0]) if face else None,
        ),
        companions=companions,
    )


def _values(value: Any, shape: _Shape, what: str) -> list[Any]:
    """Return the values of a map that has exactly these keys in this order, all of exactly their types.

    Types are compared too, for True and 1.0 are equal to 1 but are other bytes.
    """
    if type(value) is not dict or list(value) != shape.keys or list(map(type, value)) != shape.key_types:
        raise WireError(f"not exactly the keys of {what}")
    values = list(value.values())
    if list(map(type, values)) != shape.value_types:
        raise WireError(f"a value of the wrong type in {what}")
    return values


def _border_pass(border: Any) -> tuple[PassKind, tuple[Companion, ...]]:
    version, kind, companions = _values(border, _BORDER, "the border pass claim")
    if version != PROFILE_VERSION:
        raise WireError("a profile version that this verifier does not know")
    if kind not in _KINDS:
        raise WireError("an unknown kind of pass")
    if len(companions) > COMPANIONS_MAX:
        raise WireError(f"more than {COMPANIONS_MAX} companions")
    return _KINDS[kind], tuple([_companion(one) for one in companions])


def _companion(value: Any) -> Companion:
    if type(value) is not list or list(map(type, value)) != [str, str, int]:
        raise WireError("a companion that is not name, birth date and sex")
    name, born_on, sex = value
    return Companion(_name(name), _day(born_on), _sex(sex))


def _status(status: Any) -> tuple[int, str]:
    (reference,) = _values(status, _STATUS_CLAIM, "the status claim")
    index, uri = _values(reference, _REFERENCE, "the status list reference")
    if not 0 <= index <= _INDEX_MAX:
        raise WireError("a status index beyond 32 bits")
    return index, _uri(uri)


def _face(faces: Any) -> bytes:
    if len(faces) != 1:
        raise WireError("not exactly one face")
    octets, form, subform = _values(faces[0], _FACE_PARTS, "the face")
    if form != _FACE_FORMAT or subform != _FACE_SUBFORMAT or not 0 < len(octets) <= FACE_MAX_BYTES:
        raise WireError(f"not a WebP face of at most {FACE_MAX_BYTES} bytes")
    face: bytes = octets
    return face


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


def _yyyymmdd(day: date) -> str:
    return day.isoformat().replace("-", "")


def write_claims(pass_: Pass) -> bytes:
    """Return the payload of a pass. Raise WireError when `read_claims` would not read the same pass from it."""
    holder = pass_.holder
    identity: CborMap = {
        NUMBER: pass_.number,
        LANGUAGE: "eng",
        NAME: holder.name_latin,
        BORN_ON: _yyyymmdd(holder.born_on),
        SEX: int(holder.sex),
        NATIONALITY: holder.nationality,
        NAME_KHMER: holder.name_khmer,
        LANGUAGE_KHMER: "khm",
        HOME: holder.home_code,
        COUNTRY: pass_.issuing_country,
    }
    if holder.face is not None:
        identity[FACE] = [{0: holder.face, 1: _FACE_FORMAT, 2: _FACE_SUBFORMAT}]
    companions = [[one.name, _yyyymmdd(one.born_on), int(one.sex)] for one in pass_.companions]
    payload = encode(
        {
            ISS: pass_.issuer,
            EXP: to_timestamp(pass_.expires_at),
            NBF: to_timestamp(pass_.valid_from_at),
            IAT: to_timestamp(pass_.issued_at),
            IDENTITY: identity,
            STATUS: {"status_list": {"idx": pass_.status_index, "uri": pass_.status_uri}},
            BORDER_PASS: {1: PROFILE_VERSION, 2: int(pass_.kind), 3: companions},
        }
    )
    again = read_claims(payload)
    if isinstance(again, Refusal):
        raise WireError(f"this pass cannot be written: {again.detail}")
    if again != pass_:
        raise WireError("this pass cannot be written: it has parts of a second")
    return payload
