"""What a gazetteer code means: what lies under what, what it is called, and how it is found."""

from dataclasses import FrozenInstanceError, replace

import pytest

from borderpass.domain.gazetteer import (
    CambodianKind,
    Checkpoint,
    Confidence,
    Counterpart,
    Gazetteer,
    HomeNames,
    Place,
    PlaceType,
    ThaiKind,
    fold,
    is_code,
    lies_under,
)

POIPET_GATE = Checkpoint(
    id="poipet",
    name_km="ប៉ោយប៉ែត",
    name_latin="Poipet",
    name_th="ปอยเปต",
    district_code="0110",
    counterpart=Counterpart("Ban Khlong Luek", "บ้านคลองลึก", "Aranyaprathet", "อรัญประเทศ", "Sa Kaeo", "สระแก้ว"),
    kind_kh=CambodianKind.INTERNATIONAL,
    kind_th=ThaiKind.PERMANENT,
    latitude=13.6621,
    longitude=102.5487,
    aliases=(),
    confidence=Confidence.SOURCED,
    note="",
)
GAZETTEER = Gazetteer.of(
    [
        Place("01100310", PlaceType.VILLAGE, "ស្ទឹងបត់", "Stueng Bat"),
        Place("011003", PlaceType.SANGKAT, "ផ្សារកណ្តាល", "Phsar Kandal"),
        Place("0110", PlaceType.MUNICIPALITY, "ប៉ោយប៉ែត", "Paoy Paet", ("Poipet",)),
        Place("0106", PlaceType.MUNICIPALITY, "សិរីសោភ័ណ", "Serei Saophoan", ("Sisophon",)),
        Place("01", PlaceType.PROVINCE, "បន្ទាយមានជ័យ", "Banteay Meanchey"),
        Place("0406", PlaceType.DISTRICT, "រលាប្អៀរ", "Rolea B'ier"),
        Place("04", PlaceType.PROVINCE, "កំពង់ឆ្នាំង", "Kampong Chhnang"),
        Place("1502", PlaceType.DISTRICT, "កណ្ដៀង", "Kandieng"),
        Place("15", PlaceType.PROVINCE, "ពោធិ៍សាត់", "Pursat"),
        Place("03050407", PlaceType.VILLAGE, "ភូមិទី ៦", "Phum Ti Prammuoy"),
    ],
    [POIPET_GATE],
)


def codes(text: str, **options: object) -> list[str]:
    return [place.code for place in GAZETTEER.search(text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "prefix", "expected"),
    [
        ("0110", "01", True),
        ("0110", "0110", True),
        ("01100310", "0110", True),
        ("01100310", "011003", True),
        ("0110", "011", False),  # three digits name no place
        ("0110", "0", False),
        ("0110", "", False),
        ("01", "0110", False),
        ("0110", "0106", False),
        ("0110", "02", False),
        ("011", "01", False),
        ("01100", "01", False),
        ("", "01", False),
        ("01a0", "01", False),
        ("០១១០", "01", False),  # Khmer digits are for people, not for codes
        ("²²²²", "²²", False),
        ("0110\n", "01", False),
        ("0110031001", "01", False),
    ],
)
def test_a_place_lies_under_a_prefix_only_at_a_level_boundary(code: str, prefix: str, expected: bool) -> None:
    assert lies_under(code, prefix) is expected


def test_codes_have_two_four_six_or_eight_ascii_digits() -> None:
    assert [length for length in range(12) if is_code("1" * length)] == [2, 4, 6, 8]


def test_find_gives_the_place_or_nothing() -> None:
    place = GAZETTEER.find("0110")
    assert place is not None
    assert place.name_latin == "Paoy Paet"
    assert [GAZETTEER.find(code) for code in ("0199", "011", "", "poipet")] == [None] * 4


def test_values_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        GAZETTEER.checkpoints["poipet"].district_code = "0106"  # type: ignore[misc]


def test_find_checkpoint_gives_the_gate_or_nothing() -> None:
    assert GAZETTEER.find_checkpoint("poipet") is POIPET_GATE
    assert GAZETTEER.find_checkpoint("nowhere") is None


def test_ancestors_come_province_first_without_the_place_itself() -> None:
    assert [place.code for place in GAZETTEER.ancestors("01100310")] == ["01", "0110", "011003"]
    assert GAZETTEER.ancestors("01") == ()
    assert GAZETTEER.ancestors("011") == ()


def test_children_are_one_level_down_in_code_order() -> None:
    assert [place.code for place in GAZETTEER.children("01")] == ["0106", "0110"]
    assert [place.code for place in GAZETTEER.children()] == ["01", "04", "15"]
    assert GAZETTEER.children("01100310") == ()
    assert GAZETTEER.children("0") == ()


def test_home_names_go_from_the_commune_to_the_province() -> None:
    expected = HomeNames(
        km="សង្កាត់ផ្សារកណ្តាល ក្រុងប៉ោយប៉ែត ខេត្តបន្ទាយមានជ័យ",
        latin="Phsar Kandal, Paoy Paet, Banteay Meanchey",
    )
    assert GAZETTEER.home_names("011003") == expected
    assert GAZETTEER.home_names("01100310") == expected  # the village is not shown


def test_home_names_of_a_commune_newer_than_the_tables_show_its_district() -> None:
    assert GAZETTEER.home_names("011099") == GAZETTEER.home_names("0110")
    assert GAZETTEER.home_names("9999") is None
    assert GAZETTEER.home_names("011") is None


@pytest.mark.parametrize("text", ["Poipet", "POIPET", "poi pet", "Poi'pet", "Paoy Paet", "ប៉ោយប៉ែត"])
def test_search_finds_latin_khmer_and_aliases(text: str) -> None:
    assert codes(text)[0] == "0110"


@pytest.mark.parametrize("text", ["rolea bier", "Rolea B’ier", "ROLEA B`IER", "Roléa B'ier"])
def test_search_does_not_mind_apostrophes_accents_and_case(text: str) -> None:
    assert codes(text) == ["0406"]


def test_search_takes_khmer_letters_that_look_the_same_as_the_same() -> None:
    assert codes("កណ្តៀង") == codes("កណ្ដៀង") == ["1502"]


def test_search_takes_khmer_digits_and_zero_width_spaces() -> None:
    assert codes("ភូមិទី6") == codes("ភូមិ\u200bទី៦") == ["03050407"]


def test_search_puts_whole_names_first_then_larger_units() -> None:
    places = [
        Place("0501", PlaceType.DISTRICT, "ក", "Old Veal"),
        Place("05", PlaceType.PROVINCE, "ខ", "Veal Thum"),
        Place("06", PlaceType.PROVINCE, "គ", "Vealea"),
        Place("0601", PlaceType.DISTRICT, "ឃ", "Veal"),
    ]
    assert [place.code for place in Gazetteer.of(places).search("veal")] == ["0601", "05", "06", "0501"]


def test_search_keeps_within_a_place_a_limit_and_levels() -> None:
    assert codes("a", within="01") == ["01", "0106", "0110", "011003", "01100310"]
    assert codes("a", limit=2) == ["01", "04"]
    assert codes("a", within="01", lengths=(4,)) == ["0106", "0110"]


@pytest.mark.parametrize(("text", "within"), [("", ""), (" '", ""), ("poipet", "011"), ("poipet", "0"), ("xyz", "")])
def test_search_finds_nothing_for_nothing_or_for_no_place(text: str, within: str) -> None:
    assert codes(text, within=within) == []


def test_fold_keeps_khmer_vowels() -> None:
    assert fold("កោះ កុង") == "កោះកុង"
    assert fold("កុង") != fold("កង")


@pytest.mark.parametrize(("language", "label"), [("km", "ប៉ោយប៉ែត"), ("en", "Poipet"), ("th", "ปอยเปต")])
def test_a_gate_is_labelled_in_the_readers_language(language: str, label: str) -> None:
    assert POIPET_GATE.label(language) == label


@pytest.mark.parametrize(
    ("language", "label"), [("km", "Ban Khlong Luek"), ("en", "Ban Khlong Luek"), ("th", "บ้านคลองลึก")]
)
def test_a_gate_without_a_cambodian_name_goes_by_its_thai_one(language: str, label: str) -> None:
    assert replace(POIPET_GATE, name_km="", name_latin="", name_th="").label(language) == label
