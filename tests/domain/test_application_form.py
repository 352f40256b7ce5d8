"""Is a form tidied without changing what it says, and is each thing wrong with it named by its field?"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.application_form import PASS_KIND_FOR, ApplicationForm, DocumentKind, find_problems, tidy
from borderpass.domain.passes import Companion, Sex
from borderpass.domain.provisions import Purpose

TODAY = date(2026, 11, 23)
SOKHA = ApplicationForm(
    application_id=UUID(int=1),
    office_code="0110",
    purpose=Purpose.NEW,
    name_latin="SOK SOKHA",
    name_khmer="សុខ សុខា",
    born_on=date(1990, 1, 2),
    sex=Sex.FEMALE,
    document_kind=DocumentKind.ID_CARD,
    document_number="010203040",
    home_code="01100101",
)


def child(name: str = "SOK VEASNA", born_on: date = date(2019, 4, 30)) -> Companion:
    return Companion(name, born_on, Sex.MALE)


def fields(**changes: Any) -> list[str]:
    return [problem.field for problem in find_problems(tidy(replace(SOKHA, **changes)), TODAY)]


def test_form_that_is_filled_in_right_has_no_problem() -> None:
    assert find_problems(SOKHA, TODAY) == []


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("name_latin", "  sok   Sokha\t", "SOK SOKHA"),
        ("name_khmer", " សុខ  សុខា ", "សុខ សុខា"),
        ("document_number", " kh 12 a", "KH 12 A"),
        ("born_at", "ប៉ោយ\nប៉ែត", "ប៉ោយ ប៉ែត"),
        ("occupation", "Cafe\u0301", "Café"),
        ("phone", "012-345.678 9", "0123456789"),
        ("companions", (child(" VEASNA  SOK "),), (child("VEASNA SOK"),)),
    ],
)
def test_what_was_typed_is_tidied(field: str, typed: Any, kept: Any) -> None:
    assert getattr(tidy(replace(SOKHA, **{field: typed})), field) == kept


@given(st.text(max_size=40), st.text(max_size=40))
def test_tidying_twice_changes_nothing_more(name: str, phone: str) -> None:
    once = tidy(replace(SOKHA, name_khmer=name, occupation=name, phone=phone, companions=(child(name),)))
    assert tidy(once) == once


@pytest.mark.parametrize(
    "changes",
    [
        {"name_latin": "O'NEIL-SOK JR."},
        {"name_latin": "S"},
        {"name_latin": "A" * 99},
        {"name_khmer": "ច័ន្ទរស្មី\u200bសុខ"},
        {"document_number": "010203040(01)"},
        {"document_kind": DocumentKind.BIRTH_CERTIFICATE, "document_number": "12/2019 KA"},
        {"document_kind": DocumentKind.OTHER, "document_number": "N1"},
        {"home_code": "0110"},
        {"home_code": "011001"},
        {"phone": ""},
        {"phone": "+85512345678"},
        {"nationality": "THA"},
        {"born_at": "ក" * 120},
        {"occupation": "ក" * 80},
        {"born_on": date(1906, 11, 24)},
        {"born_on": date(2011, 11, 23)},
        {"born_on": TODAY, "document_kind": DocumentKind.BIRTH_CERTIFICATE},
        {"companions": (child(), child(born_on=TODAY))},
    ],
    ids=str,
)
def test_what_people_are_really_called_and_have_is_fine(changes: dict[str, Any]) -> None:
    assert fields(**changes) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_latin", ""),
        ("name_latin", "សុខា"),
        ("name_latin", "-SOK"),
        ("name_latin", "SOK 2"),
        ("name_latin", "A" * 100),
        ("name_khmer", ""),
        ("name_khmer", "SOKHA"),
        ("name_khmer", "ស" * 101),
        ("name_khmer", "สุขา"),
        ("document_number", "12345678"),
        ("document_number", "1234567890"),
        ("document_number", "០១០២០៣០៤០"),
        ("document_number", "010203040 (01"),
        ("home_code", ""),
        ("home_code", "01"),
        ("home_code", "01100"),
        ("home_code", "០១១០"),
        ("phone", "1234567"),
        ("phone", "1" * 16),
        ("phone", "12+345678"),
        ("phone", "០១២៣៤៥៦៧៨"),
        ("nationality", "KH"),
        ("nationality", "khm"),
        ("born_at", "x" * 121),
        ("born_at", "a\x00b"),
        ("occupation", "x" * 81),
        ("occupation", "\x1b[31m"),
        ("occupation", "\ud800"),
        ("born_on", date(2026, 11, 24)),
        ("born_on", date(1905, 11, 23)),
        ("companions", (child(""),)),
        ("companions", (child("x" * 101),)),
        ("companions", (child("a\x00b"),)),
        ("companions", (child("\ud800"),)),
        ("companions", (child(born_on=date(2026, 11, 24)),)),
    ],
)
def test_what_is_wrong_is_named_by_its_field(field: str, value: Any) -> None:
    assert field in fields(**{field: value})


@pytest.mark.parametrize(("born_on", "wrong"), [(date(2011, 11, 23), False), (date(2011, 11, 24), True)])
def test_id_card_is_given_from_fifteen_on(born_on: date, wrong: bool) -> None:
    assert ("document_kind" in fields(born_on=born_on)) is wrong


def test_everything_wrong_is_said_at_once() -> None:
    assert fields(name_latin="", name_khmer="", phone="x", companions=(child(""),)) == [
        "name_latin",
        "name_khmer",
        "phone",
        "companions",
    ]


def test_every_problem_says_what_to_do() -> None:
    problems = find_problems(replace(SOKHA, name_latin="", nationality=""), TODAY)
    assert all(problem.message and problem.message[0].islower() for problem in problems)


def test_every_purpose_has_its_kind_of_pass() -> None:
    assert set(PASS_KIND_FOR) == set(Purpose)


@given(st.text(max_size=130))
def test_no_text_makes_the_check_fail(text: str) -> None:
    for field in ("name_latin", "name_khmer", "document_number", "home_code", "phone", "nationality", "born_at"):
        find_problems(tidy(replace(SOKHA, **{field: text})), TODAY)
