"""What is meant by what somebody types or scans to find an application?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.asked import ASKED_MAX_CHARACTERS, Asked, understand
from borderpass.domain.pass_number import check_character, make_pass_number

REFERENCE = f"A0110-26-000012-{check_character('A011026000012')}"
FROM_HOME = f"P0110-26-000012-{check_character('P011026000012')}"
NUMBER = make_pass_number("0110", 2026, 12)


@pytest.mark.parametrize(
    "typed",
    [
        REFERENCE,
        REFERENCE.lower(),
        REFERENCE.replace("-", ""),
        f"  {REFERENCE.replace('-', ' ')}\r\n",
        f"https://pass.example/follow/{REFERENCE}",
        f"BP:{REFERENCE}",
        REFERENCE.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")),
    ],
)
def test_a_reference_is_known_however_it_is_written(typed: str) -> None:
    assert understand(typed) == Asked(reference=REFERENCE)


def test_a_reference_from_home_is_told_from_one_of_the_counter() -> None:
    asked = understand(FROM_HOME)
    assert asked == Asked(reference=FROM_HOME)
    assert asked is not None
    assert asked.is_preapplication


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.replace("-", "").lower(), NUMBER.replace("-", " ")])
def test_a_pass_number_is_known_however_it_is_written(typed: str) -> None:
    assert understand(typed) == Asked(pass_number=NUMBER)


def test_a_wrong_check_character_is_told_and_still_looked_up() -> None:
    wrong = REFERENCE[:-1] + ("B" if REFERENCE[-1] == "A" else "A")
    assert understand(wrong) == Asked(reference=wrong, mistyped=True)
    wrong = NUMBER[:-1] + ("B" if NUMBER[-1] == "A" else "A")
    assert understand(wrong) == Asked(pass_number=wrong, mistyped=True)


@pytest.mark.parametrize(("typed", "serial"), [("12", "000012"), ("000012", "000012"), ("១២", "000012")])
def test_up_to_six_digits_are_a_serial(typed: str, serial: str) -> None:
    assert understand(typed) == Asked(serial=serial)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("010203040", "010203040"),
        ("010 203 040", "010203040"),
        ("010203040(01)", "010203040(01)"),
        ("n-12345", "N12345"),
        ("+855 12 345 678", "85512345678"),
    ],
)
def test_a_number_of_a_document_or_a_phone(typed: str, number: str) -> None:
    assert understand(typed) == Asked(document_number=number)


@pytest.mark.parametrize("typed", ["sok sokha", "SOK SOKHA", "Sók  Sökha", "So\u0301k Sokha", "sok, so-kha."])
def test_latin_names_without_case_accents_and_hyphens(typed: str) -> None:
    asked = understand(typed)
    assert asked is not None
    assert asked.names_latin == ("SOK", "SOKHA")


@pytest.mark.parametrize("typed", ["សុខ សុខា", "  សុខ\u00a0សុខា", "សុ\u200bខ សុខា\u200b"])
def test_khmer_names_without_what_is_not_seen(typed: str) -> None:
    assert understand(typed) == Asked(names_khmer=("សុខ", "សុខា"))


def test_khmer_letters_that_look_alike_are_the_same() -> None:
    assert understand("ស\u17d2\u178a") == understand("ស\u17d2\u178f")


def test_names_in_both_scripts_a_birthday_and_a_number_together() -> None:
    assert understand("សុខ sokha 2/1/1990 010203040") == Asked(
        document_number="010203040", names_khmer=("សុខ",), names_latin=("SOKHA",), born_on=date(1990, 1, 2)
    )


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "-", "31/02/1990", "\0", "\ud800"])
def test_nothing_to_look_for(typed: str) -> None:
    assert understand(typed) is None


@given(st.text(max_size=2 * ASKED_MAX_CHARACTERS))
def test_whatever_is_typed_is_understood_somehow(typed: str) -> None:
    asked = understand(typed)
    assert asked is None or asked != Asked()
    said = [*asked.names_khmer, *asked.names_latin, asked.document_number] if asked else []
    assert "\0" not in "".join(said)
