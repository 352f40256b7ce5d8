"""Is a village found by what a counter types, in either script, with more or less of the address?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.place_search import search_places
from borderpass.services.load_gazetteer import load_gazetteer

POIPET, KBAL_SPEAN_1, KBAL_SPEAN_2 = "0110", "01100403", "01100404"


def codes(typed: str, near: str = POIPET) -> list[str]:
    return [place.code for place in search_places(load_gazetteer(), typed, near)]


@pytest.mark.parametrize(
    "typed",
    [
        "kbal spean",
        "KBAL  SPEAN",
        "kbalspean",
        "Kbal Spean Muoy",
        "ក្បាលស្ពាន",
        "ភូមិក្បាលស្ពាន",
        "ភូមិ ក្បាលស្ពាន១",
        "phum kbal spean",
        "kbal spean, poipet",
        "kbal spean O Chrov",
        "ក្បាលស្ពាន ប៉ោយប៉ែត",
        "kbal speen",
    ],
)
def test_a_village_is_found_by_what_is_typed(typed: str) -> None:
    assert codes(typed)[0] == KBAL_SPEAN_1


def test_an_older_spelling_of_a_commune_finds_it() -> None:
    assert "011002" in codes("poipet")


def test_what_lies_near_the_office_comes_first_then_its_province_then_the_rest() -> None:
    found = codes("phsar kandal")
    near = [code for code in found if code.startswith(POIPET)]
    assert found[: len(near)] == near
    assert near
    assert found[len(near) :] != []


def test_a_hall_has_its_whole_province_near() -> None:
    assert all(code.startswith("01") for code in codes("kbal spean", "01")[:3])


def test_more_of_the_address_leaves_fewer() -> None:
    assert codes("kbal spean poipet") == [KBAL_SPEAN_1, KBAL_SPEAN_2]
    assert codes("kbal spean pailin") == []


@pytest.mark.parametrize("typed", ["", " ", "x", "ភូមិ", "village", "zzzzqqqq"])
def test_what_names_nothing_finds_nothing(typed: str) -> None:
    assert codes(typed) == []


def test_slips_are_forgiven_in_the_province_only() -> None:
    assert codes("kbal speen", "") == []


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    assert len(search_places(load_gazetteer(), typed, POIPET, limit=3)) <= 3
