"""Is an application form filled in right? What a clerk types, and what is wrong with it, field by field."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from borderpass.domain.local_time import age_on
from borderpass.domain.passes import Companion, PassKind, Sex
from borderpass.domain.provisions import Purpose

ID_CARD_FROM_AGE = 15
_OLDEST_YEARS = 120
_READ_AT_MOST = 1_000
"""Characters: too long for any field. Normalising takes the square of a run of marks: hours for a megabyte of them."""
_LATIN = re.compile(r"[A-Z][A-Z .'-]{0,98}")
_KHMER = re.compile(r"[\u1780-\u17ff\u200b .'-]{1,100}")
_ID_NUMBER = re.compile(r"[0-9]{9}(\([0-9]{2}\))?")
_OTHER_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z /.-]{1,29}")
_SECOND_NUMBER = re.compile(r"[0-9]{10}")
_PHONE = re.compile(r"\+?[0-9]{8,15}")
_HOME = re.compile(r"([0-9]{4}|[0-9]{6}|[0-9]{8})")


class DocumentKind(StrEnum):
    """What shows who the applicant is. Monks and some others have no identity card."""

    ID_CARD = "id_card"
    BIRTH_CERTIFICATE = "birth_certificate"
    FAMILY_BOOK = "family_book"
    RESIDENCE_BOOK = "residence_book"
    MONK_CERTIFICATE = "monk_certificate"
    OTHER = "other"


PASS_KIND_FOR = {
    Purpose.NEW: PassKind.TWO_YEAR,
    Purpose.REPLACEMENT: PassKind.TWO_YEAR,
    Purpose.CORRECTION: PassKind.TWO_YEAR,
    Purpose.EXTENSION: PassKind.EXTENSION,
    Purpose.ONE_TIME: PassKind.ONE_TIME,
}
NEEDS_NO_OTHER_PASS = frozenset({Purpose.NEW, Purpose.ONE_TIME})
"""Who applies for one of these holds no pass that is good."""


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """The form as it was typed. `home_code` is the gazetteer code of the permanent address, down to the village.

    `second_number` is the lifelong code of ten digits that is planned; whoever has none yet leaves it out.
    """

    application_id: UUID
    office_code: str
    purpose: Purpose
    name_latin: str
    name_khmer: str
    born_on: date
    sex: Sex
    document_kind: DocumentKind
    document_number: str
    home_code: str
    born_at: str = ""
    nationality: str = "KHM"
    occupation: str = ""
    phone: str = ""
    companions: tuple[Companion, ...] = ()
    second_number: str = ""


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong with one field, and what to do about it."""

    field: str
    message: str


def tidy(form: ApplicationForm) -> ApplicationForm:
    """Return the form with names in normal form C, single spaces, and Latin names in capitals."""
    return replace(
        form,
        name_latin=_one_line(form.name_latin).upper(),
        name_khmer=_one_line(form.name_khmer),
        document_number=_one_line(form.document_number).upper(),
        born_at=_one_line(form.born_at),
        occupation=_one_line(form.occupation),
        phone=re.sub(r"[ .-]", "", form.phone),
        companions=tuple(child._replace(name=_one_line(child.name)) for child in form.companions),
        second_number=re.sub(r"[ .-]", "", form.second_number),
    )


def _one_line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())[:_READ_AT_MOST])


def find_problems(form: ApplicationForm, today: date) -> list[FormProblem]:
    """Return what is wrong with a tidied form on a local day; an empty list when nothing is."""
    problems = [FormProblem(field, message) for field, message, good in _checks(form) if not good]
    if not 0 <= age_on(form.born_on, today) <= _OLDEST_YEARS:
        problems.append(FormProblem("born_on", f"a date of birth of {form.born_on} is not possible; check the year"))
    if form.document_kind is DocumentKind.ID_CARD and age_on(form.born_on, today) < ID_CARD_FROM_AGE:
        problems.append(FormProblem("document_kind", "an ID card is given from 15 on; take the birth certificate"))
    for child in form.companions:
        if not child.name or not _is_plain(child.name, 100) or child.born_on > today:
            problems.append(
                FormProblem("companions", f"check the name and the date of birth of {child.name or 'a child'}")
            )
    return problems


def _checks(form: ApplicationForm) -> list[tuple[str, str, bool]]:
    id_card = form.document_kind is DocumentKind.ID_CARD
    number = _ID_NUMBER if id_card else _OTHER_NUMBER
    number_form = "9 digits as on the card" if id_card else "2 to 30 letters and digits as on the document"
    return [
        ("name_latin", "write the name in Latin letters, family name first", bool(_LATIN.fullmatch(form.name_latin))),
        ("name_khmer", "write the name in Khmer letters, family name first", bool(_KHMER.fullmatch(form.name_khmer))),
        ("document_number", f"give {number_form}", bool(number.fullmatch(form.document_number))),
        (
            "home_code",
            "choose the address down to the village, or at least the district",
            bool(_HOME.fullmatch(form.home_code)),
        ),
        (
            "phone",
            "give the phone number as digits, or leave it out",
            not form.phone or bool(_PHONE.fullmatch(form.phone)),
        ),
        (
            "second_number",
            "give the lifelong code as 10 digits, or leave it out",
            not form.second_number or bool(_SECOND_NUMBER.fullmatch(form.second_number)),
        ),
        (
            "nationality",
            "give the nationality as three letters, such as KHM",
            bool(re.fullmatch("[A-Z]{3}", form.nationality)),
        ),
        ("born_at", "write the place of birth in at most 120 letters", _is_plain(form.born_at, 120)),
        ("occupation", "write the occupation in at most 80 letters", _is_plain(form.occupation, 80)),
    ]


def _is_plain(text: str, max_characters: int) -> bool:
    """Tell whether a text is short enough and free of what no database and no verifier takes (controls, half pairs)."""
    return len(text) <= max_characters and not any(unicodedata.category(one) in ("Cc", "Cs") for one in text)
