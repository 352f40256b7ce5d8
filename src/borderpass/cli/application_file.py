"""What does an application file say? One JSON object, every key known, the photo a path beside the file.

Its id comes from its content, so that the same file taken in twice is one application.
"""

import hashlib
import json
import unicodedata
from dataclasses import fields
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from borderpass.cli.refused import Refused
from borderpass.domain.application_form import ApplicationForm, DocumentKind
from borderpass.domain.passes import Companion, Sex
from borderpass.domain.provisions import Purpose
from borderpass.pictures.portrait import MAX_FILE_BYTES

E = TypeVar("E", bound=Enum)
MAX_BYTES = 1 << 20
_NOT_LETTERS = ("Cc", "Cs")  # control characters, and surrogates, which JSON can write but no file or database can
_REQUIRED = {
    "office_code",
    "name_latin",
    "name_khmer",
    "born_on",
    "sex",
    "document_kind",
    "document_number",
    "home_code",
    "photo",
}
_OPTIONAL = {field.name for field in fields(ApplicationForm)} - _REQUIRED


def read_application_file(path: Path) -> tuple[ApplicationForm, bytes]:
    """Return the form and the photo's bytes. Raise Refused with one line that names the field, not the file."""
    content = _read(path, "the file", MAX_BYTES)
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Refused(f"not JSON in UTF-8: {error}") from None
    if not isinstance(value, dict):
        raise Refused("not one JSON object")
    missing, unknown = _REQUIRED - value.keys(), value.keys() - _REQUIRED - _OPTIONAL
    if missing or unknown:
        what = [f"lacks {', '.join(sorted(missing))}"] if missing else []
        what += [f"has unknown keys {', '.join(map(repr, sorted(unknown)))}"] if unknown else []
        raise Refused(" and ".join(what))
    try:
        form, photo = _read_form(value, hashlib.sha256(content).digest()), _text(value, "photo")
    except ValueError as error:
        raise Refused(str(error)) from None
    return form, _read(path.parent / photo, "photo", MAX_FILE_BYTES)


def _read(path: Path, what: str, most_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except OSError as error:
        raise Refused(f"{what}: cannot read {path}: {error.strerror}") from None
    if len(content) > most_bytes:
        raise Refused(f"{what}: {path} is larger than {most_bytes // 1024} KiB")
    return content


def _read_form(value: dict[str, Any], digest: bytes) -> ApplicationForm:
    given_id = value.get("application_id")
    return ApplicationForm(
        application_id=UUID(bytes=digest[:16], version=4) if given_id is None else _uuid(given_id),
        office_code=_text(value, "office_code"),
        purpose=_one_of(value.get("purpose", "new"), Purpose, "purpose"),
        name_latin=_text(value, "name_latin"),
        name_khmer=_text(value, "name_khmer"),
        born_on=_day(value.get("born_on"), "born_on"),
        sex=_sex(value.get("sex"), "sex"),
        document_kind=_one_of(value.get("document_kind"), DocumentKind, "document_kind"),
        document_number=_text(value, "document_number"),
        home_code=_text(value, "home_code"),
        born_at=_text(value, "born_at", ""),
        nationality=_text(value, "nationality", "KHM"),
        occupation=_text(value, "occupation", ""),
        phone=_text(value, "phone", ""),
        companions=tuple(_companion(one) for one in _list(value.get("companions", []))),
        second_number=_text(value, "second_number", ""),
    )


def _companion(value: Any) -> Companion:
    if not isinstance(value, dict) or value.keys() != {"name", "born_on", "sex"}:
        raise ValueError("companions: each is an object with name, born_on and sex")
    name = _text(value, "name", within="companions: ")
    return Companion(name, _day(value["born_on"], "companions"), _sex(value["sex"], "companions"))


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("companions is not a list")
    return value


def _text(value: dict[str, Any], key: str, default: str | None = None, within: str = "") -> str:
    text = value.get(key, default)
    if not isinstance(text, str):
        raise ValueError(f"{within}{key} is not a text")
    if any(unicodedata.category(letter) in _NOT_LETTERS for letter in text):
        raise ValueError(f"{within}{key}: {text!a:.60} has a control character or half a letter in it")
    return text


def _uuid(value: Any) -> UUID:
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError):
        raise ValueError(f"application_id: {value!r:.60} is not a UUID") from None


def _day(value: Any, key: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{key}: {value!r:.60} is not a day of the form YYYY-MM-DD") from None


def _sex(value: Any, key: str) -> Sex:
    names = {member.name.lower(): member for member in Sex}
    if not isinstance(value, str) or value not in names:
        raise ValueError(f"{key}: {value!r:.60} is none of {', '.join(names)}")
    return names[value]


def _one_of(value: Any, kind: type[E], key: str) -> E:
    try:
        return kind(value)
    except ValueError:
        raise ValueError(f"{key}: {value!r:.60} is none of {', '.join(str(one.value) for one in kind)}") from None
