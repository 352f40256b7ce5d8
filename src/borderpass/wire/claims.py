"""What does the payload of a pass say? CWT claims (RFC 8392), Claim 169 v1.2.2 and the border pass claim.

Only read after the signature holds. Every key is known and of one type; what is not in the profile is refused, for
a verifier that skips what it does not know shows less than what was signed.
"""

import unicodedata
from datetime import date, datetime
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
from borderpass.wire.cbor import CborMap, decode_strict, encode
from borderpass.wire.refusal import Refusal, WireError

ISS, EXP, NBF, IAT = 1, 4, 5, 6
IDENTITY, STATUS, BORDER_PASS = 169, 65_535, -70_169
_CLAIMS = [ISS, EXP, NBF, IAT, IDENTITY, STATUS, BORDER_PASS]

NUMBER, LANGUAGE, NAME, BORN_ON, SEX, NATIONALITY = 1, 3, 4, 8, 9, 13
NAME_KHMER, LANGUAGE_KHMER, HOME, COUNTRY, FACE = 19, 20, 21, 23, 62
_ATTRIBUTES = [NUMBER, LANGUAGE, NAME, BORN_ON, SEX, NATIONALITY, NAME_KHMER, LANGUAGE_KHMER, HOME, COUNTRY]
_FACE_FORMAT, _FACE_SUBFORMAT = 0, 4

NAME_MAX_CHARACTERS = 100
URI_MAX_CHARACTERS = 64
_INDEX_MAX = 2**32 - 1
_HOME_DIGITS = (4, 6)
_SEXES = {member.value: member for member in Sex}
_KINDS = {member.value: member for member in PassKind}


def read_claims(payload: bytes) -> Pass | Refusal:
    """Return the pass that a verified payload says, or MALFORMED."""
    try:
        return _read(decode_strict(payload))
    except WireError as error:
        return Refusal(Reason.MALFORMED, str(error))


def _read(claims: Any) -> Pass:
    if not isinstance(claims, dict) or list(claims) != _CLAIMS:
        raise WireError("not exactly the claims of the profile")
    identity, status, border = claims[IDENTITY], claims[STATUS], claims[BORDER_PASS]
    index, uri = _status(status)
    kind, companions = _border_pass(border)
    valid_from_at, expires_at = _instant(claims[NBF]), _instant(claims[EXP])
    if valid_from_at >= expires_at:
        raise WireError("nbf is not before exp")
    holder = _holder(identity)
    number = identity[NUMBER]
    if not isinstance(number, str) or parse_pass_number(number) is None:
        raise WireError("a pass number whose form or check character is wrong")
    return Pass(
        number=number,
        issuer=_text(claims[ISS], URI_MAX_CHARACTERS),
        issuing_country=_country(identity[COUNTRY]),
        kind=kind,
        valid_from_at=valid_from_at,
        expires_at=expires_at,
        issued_at=_instant(claims[IAT]),
        status_index=index,
        status_uri=uri,
        holder=holder,
        companions=companions,
    )


def _holder(identity: Any) -> Holder:
    if not isinstance(identity, dict):
        raise WireError("the identity is not a map")
    labels = list(identity)
    if labels not in (_ATTRIBUTES, [*_ATTRIBUTES, FACE]):
        raise WireError("not exactly the attributes of the profile")
    if identity[LANGUAGE] != "eng" or identity[LANGUAGE_KHMER] != "khm":
        raise WireError("a language other than eng and khm")
    return Holder(
        name_latin=_text(identity[NAME], NAME_MAX_CHARACTERS),
        name_khmer=_text(identity[NAME_KHMER], NAME_MAX_CHARACTERS),
        born_on=_day(identity[BORN_ON]),
        sex=_sex(identity[SEX]),
        nationality=_country(identity[NATIONALITY]),
        home_code=_home(identity[HOME]),
        face=_face(identity[FACE]) if FACE in identity else None,
    )


def _border_pass(value: Any) -> tuple[PassKind, tuple[Companion, ...]]:
    if not isinstance(value, dict) or list(value) != [1, 2, 3]:
        raise WireError("not exactly the parts of the border pass claim")
    version, kind, companions = value[1], value[2], value[3]
    if version != PROFILE_VERSION or type(version) is not int:
        raise WireError("a profile version that this verifier does not know")
    if type(kind) is not int or kind not in _KINDS:
        raise WireError("an unknown kind of pass")
    if not isinstance(companions, list) or len(companions) > COMPANIONS_MAX:
        raise WireError(f"companions that are not a list of at most {COMPANIONS_MAX}")
    return _KINDS[kind], tuple(_companion(one) for one in companions)


def _companion(value: Any) -> Companion:
    if not isinstance(value, list) or len(value) != 3:
        raise WireError("a companion that is not name, birth date and sex")
    return Companion(_text(value[0], NAME_MAX_CHARACTERS), _day(value[1]), _sex(value[2]))


def _status(value: Any) -> tuple[int, str]:
    match value:
        case {"status_list": {"idx": int(index), "uri": str(uri)} as reference}:
            if len(value) == 1 and len(reference) == 2 and 0 <= index <= _INDEX_MAX:
                return index, _text(uri, URI_MAX_CHARACTERS)
    raise WireError("not a status list reference")


def _face(value: Any) -> bytes:
    match value:
        case [{0: bytes(octets), 1: int(form), 2: int(subform)} as face] if len(face) == 3:
            if (form, subform) == (_FACE_FORMAT, _FACE_SUBFORMAT) and 0 < len(octets) <= FACE_MAX_BYTES:
                return octets
    raise WireError("not one WebP face of at most 600 bytes")


def _text(value: Any, max_characters: int) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= max_characters:
        raise WireError(f"not a text of 1 to {max_characters} characters")
    if not (value.isascii() or unicodedata.is_normalized("NFC", value)):
        raise WireError("a text that is not in Unicode normal form C")
    if not value.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in value):
        raise WireError("a text with control characters")
    return value


def _country(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 3 or not (value.isascii() and value.isalpha() and value.isupper()):
        raise WireError("a country that is not three capital letters (ISO 3166-1 alpha-3)")
    return value


def _home(value: Any) -> str:
    if not isinstance(value, str) or len(value) not in _HOME_DIGITS or not (value.isascii() and value.isdigit()):
        raise WireError("a home that is no district's or commune's code")
    return value


def _sex(value: Any) -> Sex:
    if type(value) is not int or value not in _SEXES:
        raise WireError("a sex other than 1, 2 and 3")
    return _SEXES[value]


def _day(value: Any) -> date:
    if not isinstance(value, str) or len(value) != 8 or not (value.isascii() and value.isdigit()):
        raise WireError("a date that is not YYYYMMDD")
    try:
        return date(int(value[:4]), int(value[4:6]), int(value[6:]))
    except ValueError:
        raise WireError("a date that is not in the calendar") from None


def _instant(value: Any) -> datetime:
    if type(value) is not int or not 0 <= value <= LATEST_TIMESTAMP:
        raise WireError("a time that is not whole seconds since 1970")
    return from_timestamp(value)


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
