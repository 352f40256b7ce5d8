"""Reading the gazetteer: what ships is sound, defects are named, and no level is read before it is needed."""

import unicodedata
from pathlib import Path

import pytest

from borderpass.domain.gazetteer import Confidence
from borderpass.services.load_gazetteer import (
    CHECKPOINT_COLUMNS,
    GazetteerFileError,
    load_checkpoints,
    load_gazetteer,
    read_gazetteer,
)

PLACE_HEADER = "code,type,name_km,name_latin,aliases"
GATE_HEADER = ",".join(CHECKPOINT_COLUMNS)
GATE = (
    "poipet,ប៉ោយប៉ែត,Poipet,ปอยเปต,0110,Ban Khlong Luek,บ้านคลองลึก,Aranyaprathet,อรัญประเทศ,Sa Kaeo,สระแก้ว,"
    "international,permanent,13.6621,102.5487,Paoy Paet | Poi Pet,sourced,"
)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """One sound row in each table."""
    for file, row in {
        "provinces.csv": "01,province,បន្ទាយមានជ័យ,Banteay Meanchey,",
        "districts.csv": "0110,municipality,ប៉ោយប៉ែត,Paoy Paet,Poipet | Paoy Pet",
        "communes.csv": "011003,sangkat,ផ្សារកណ្តាល,Phsar Kandal,",
        "villages.csv": "01100310,village,ស្ទឹងបត់,Stueng Bat,",
    }.items():
        write(tmp_path / file, PLACE_HEADER, row)
    write(tmp_path / "checkpoints.csv", GATE_HEADER, GATE)
    return tmp_path


def write(path: Path, *lines: str) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def test_sound_tables_are_read(tables: Path) -> None:
    gazetteer = read_gazetteer(tables)
    village, district = gazetteer.find("01100310"), gazetteer.find("0110")
    assert village is not None
    assert village.name_km == "ស្ទឹងបត់"
    assert district is not None
    assert district.aliases == ("Poipet", "Paoy Pet")
    assert gazetteer.checkpoints["poipet"].latitude == 13.6621


def test_a_question_about_gates_or_districts_reads_no_communes_and_no_villages(tables: Path) -> None:
    (tables / "communes.csv").unlink()
    (tables / "villages.csv").unlink()
    gazetteer = read_gazetteer(tables)
    assert gazetteer.find("0110") is not None
    assert [place.code for place in gazetteer.search("poipet", lengths=(2, 4))] == ["0110"]
    assert gazetteer.find_checkpoint("poipet") is not None


@pytest.mark.parametrize(
    ("file", "lines", "message"),
    [
        (
            "districts.csv",
            ["code,type,name_latin,name_km,aliases"],
            r"districts\.csv, line 1: the columns are",
        ),
        ("districts.csv", [], r"districts\.csv, line 1: the columns are"),
        (
            "districts.csv",
            [PLACE_HEADER, "0110,municipality,ក,Ka"],
            r"districts\.csv, line 2: 4 cells; expected 5",
        ),
        ("districts.csv", [PLACE_HEADER, "0110,town,ក,Ka,"], r"line 2: type 'town' is not one of district,"),
        (
            "districts.csv",
            [PLACE_HEADER, "0110,province,ក,Ka,"],
            r"line 2: type 'province' is not one of district,",
        ),
        ("districts.csv", [PLACE_HEADER, "011,district,ក,Ka,"], r"line 2: code '011' is not 4 digits"),
        ("districts.csv", [PLACE_HEADER, "0a10,district,ក,Ka,"], r"line 2: code '0a10' is not 4 digits"),
        ("districts.csv", [PLACE_HEADER, *["0110,district,ក,Ka,"] * 2], r"line 3: code 0110 is given twice"),
        (
            "districts.csv",
            [PLACE_HEADER, "0110,district,ក,Ka,", "0109,district,ខ,Kha,"],
            r"line 3: code 0109 comes after 0110",
        ),
        (
            "districts.csv",
            [PLACE_HEADER, "0210,district,ក,Ka,"],
            r"line 2: code 0210 has no parent 02 in provinces",
        ),
        (
            "districts.csv",
            [PLACE_HEADER, "0110,district,,Ka,"],
            r"line 2: 0110 has no Khmer or no Latin name",
        ),
        (
            "districts.csv",
            [PLACE_HEADER, "0110,district,ក, Ka,"],
            r"line 2: a cell begins or ends with a space",
        ),
        (
            "districts.csv",
            [PLACE_HEADER, "0110,district,ក," + unicodedata.normalize("NFD", "Takéo") + ","],
            r"districts\.csv, line 2: text is not in Unicode form NFC",
        ),
        ("districts.csv", [PLACE_HEADER, '0110,district,ក,"Ka,'], r"line 2: is not well-formed CSV"),
        (
            "checkpoints.csv",
            [GATE_HEADER, GATE, GATE],
            r"checkpoints\.csv, line 3: id 'poipet' is empty or given",
        ),
        (
            "checkpoints.csv",
            [GATE_HEADER, GATE.replace("0110", "0111")],
            r"line 2: district_code 0111 is not in",
        ),
        ("checkpoints.csv", [GATE_HEADER, GATE.replace("0110", "")], r"gives its Cambodian side in part"),
        ("checkpoints.csv", [GATE_HEADER, GATE.replace("สระแก้ว", "")], r"gives its Thai side in part"),
        (
            "checkpoints.csv",
            [GATE_HEADER, GATE.replace("permanent", "open")],
            r"line 2: kind_th 'open' is not under",
        ),
        (
            "checkpoints.csv",
            [GATE_HEADER, GATE.replace("13.6621", "north")],
            r"latitude 'north' is not understood",
        ),
        (
            "checkpoints.csv",
            [GATE_HEADER, GATE.replace("sourced", "counterpart_unknown")],
            r"confidence must be counterpart_unknown exactly when",
        ),
    ],
)
def test_a_defect_is_named_by_file_and_line(tables: Path, file: str, lines: list[str], message: str) -> None:
    write(tables / file, *lines)
    with pytest.raises(GazetteerFileError, match=message):
        read_gazetteer(tables)


def test_a_missing_table_is_named(tables: Path) -> None:
    (tables / "districts.csv").unlink()
    with pytest.raises(GazetteerFileError, match=r"gazetteer/districts\.csv, line 0: cannot be read"):
        read_gazetteer(tables)


def test_an_orphan_village_is_found_when_the_villages_are_first_read(tables: Path) -> None:
    write(tables / "villages.csv", PLACE_HEADER, "01100410,village,ក,Ka,")
    gazetteer = read_gazetteer(tables)
    with pytest.raises(GazetteerFileError, match=r"villages\.csv, line 2: code 01100410 has no parent 011004"):
        gazetteer.find("01100310")


def test_what_ships_is_sound_and_read_once() -> None:
    gazetteer = load_gazetteer()
    assert gazetteer is load_gazetteer()
    assert {length: len(level) for length, level in gazetteer.places.items()} == {
        2: 25,
        4: 210,
        6: 1661,
        8: 14576,
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Poipet", "0110"),
        ("Sisophon", "0106"),
        ("Svay Sisophon", "0106"),
        ("O'Smach", "220405"),
        ("O Smach", "220405"),
        ("Koh Kong", "09"),
        ("Oddar Meanchey", "22"),
        ("Otdar Meanchey", "22"),
        ("Preah Vihear", "13"),
        ("Pailin", "24"),
        ("Siem Reap", "17"),
        ("រាជធានីភ្នំពេញ", "12"),
    ],
)
def test_a_place_is_found_by_what_people_call_it(text: str, code: str) -> None:
    assert load_gazetteer().search(text, lengths=(2, 4, 6))[0].code == code


def test_every_gate_that_has_a_cambodian_side_lies_in_a_border_province() -> None:
    border = {"01", "02", "09", "13", "15", "22", "24"}
    gates = load_checkpoints().values()
    assert len(gates) == 17
    assert {gate.district_code[:2] for gate in gates if gate.district_code} == border
    unknown = {gate.id for gate in gates if gate.confidence is Confidence.COUNTERPART_UNKNOWN}
    assert unknown == {"sap_tari", "suan_som", "bueng_chanang_lang", "muen_dan"}


def test_gate_names_are_in_their_own_scripts() -> None:
    for gate in load_checkpoints().values():
        thai = (
            gate.name_th,
            gate.counterpart.name_th,
            gate.counterpart.district_th,
            gate.counterpart.province_th,
        )
        assert all(script(name) <= {"THAI"} for name in thai)
        assert script(gate.name_km) <= {"KHMER"}


def script(text: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in text if letter != " "}
