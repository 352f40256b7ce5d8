"""The picture of a reference: a phone's screen shows it, a scanner reads it, and its words fit."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from borderpass.printing.print_reference import WIDTH_PX, draw_reference

REFERENCE = "P0110-26-000001-A"
LINES = {
    "km": ["ពាក្យសុំប័ណ្ណព្រំដែន", "ការិយាល័យច្រកចេញចូលតែមួយ ក្រុងប៉ោយប៉ែត ឬសាលាខេត្ត"],
    "th": ["คำขอบัตรผ่านแดน", "สำนักงานบริการเบ็ดเสร็จ ปอยเปต หรือศาลากลางจังหวัด"],
    "en": [
        "Form for a border pass",
        "One Window Service Office of Paoy Paet, or the provincial hall, whichever is nearer",
    ],
}


def drawn(language: str = "km", lines: list[str] | None = None) -> Image.Image:
    return Image.open(BytesIO(draw_reference(REFERENCE, LINES[language] if lines is None else lines, language)))


@pytest.mark.parametrize("language", LINES)
def test_its_code_reads_as_the_reference_and_nothing_else(language: str) -> None:
    read = zxingcpp.read_barcodes(drawn(language).convert("L"))
    assert [one.text for one in read] == [REFERENCE]


def test_it_is_small_enough_for_a_slow_network() -> None:
    assert len(draw_reference(REFERENCE, LINES["km"], "km")) < 30_000


@pytest.mark.parametrize("language", LINES)
def test_no_word_runs_over_the_edge(language: str) -> None:
    picture = drawn(language).convert("L")
    left, right = (picture.crop((x, 0, x + 10, picture.height)) for x in (0, WIDTH_PX - 10))
    assert left.getextrema() == right.getextrema() == (255, 255)


def test_without_words_it_is_a_picture_all_the_same() -> None:
    assert drawn(lines=[]).width == WIDTH_PX
