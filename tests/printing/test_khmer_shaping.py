"""Khmer on paper: subscripts go below, vowels go where they belong, and no letter falls back to a box.

Each case is read off the ink: the name is printed alone at the same size, and the shapes are compared.
"""

import unicodedata
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops
from tests.printing.sample_papers import MM_PER_INCH, base45_text, sokhas_pass

from borderpass.printing.papers import PassPaper
from borderpass.printing.print_pass import draw_pass_a6, print_pass_a6
from borderpass.printing.typesetter import TEMPLATES

DPI = 400
SHORT_QR = base45_text(20)


def named(name: str) -> PassPaper:
    return sokhas_pass(name_khmer=name, qr_text=SHORT_QR)


def ink(name: str) -> Image.Image:
    """The dark ink of a Khmer name on the pass, cropped to itself; the ground is lighter and drops out."""
    page = Image.open(BytesIO(draw_pass_a6(named(name), DPI))).convert("L")
    left, top, right, bottom = (round(mm / MM_PER_INCH * DPI) for mm in (41.3, 34.9, 98, 42.7))
    letters = page.crop((left, top, right, bottom)).point(lambda value: 255 if value < 90 else 0)
    box = letters.getbbox()
    assert box is not None
    return letters.crop(box)


@pytest.mark.parametrize(("base", "stacked"), [("ក", "ក្ត"), ("ត", "ត្ត"), ("ន", "ន្ត")])
def test_a_subscript_hangs_below_its_consonant_and_takes_no_room_beside_it(base: str, stacked: str) -> None:
    alone, with_subscript = ink(base), ink(stacked)
    assert with_subscript.width <= alone.width * 1.15
    assert with_subscript.height >= alone.height * 1.25


def test_the_coeng_itself_is_never_seen() -> None:
    assert ink("កត").width > ink("ក្ត").width * 1.6


def test_subscript_ro_wraps_around_the_left_of_its_consonant() -> None:
    consonant, wrapped = ink("ក"), ink("ក្រ")
    assert wrapped.width > consonant.width * 1.1
    # The consonant stands at the right, unchanged above the baseline; the hook is to its left and below.
    right_half = wrapped.crop((wrapped.width - consonant.width // 2, 0, wrapped.width, consonant.height // 2))
    expected = consonant.crop((consonant.width - consonant.width // 2, 0, consonant.width, consonant.height // 2))
    difference = ImageChops.difference(right_half, expected).histogram()[255]
    assert difference < right_half.width * right_half.height * 0.12


def test_the_vowel_written_after_the_consonant_stands_before_it() -> None:
    consonant, syllable = ink("ក"), ink("កែ")
    tail = syllable.crop(
        (
            syllable.width - consonant.width,
            syllable.height - consonant.height,
            syllable.width,
            syllable.height,
        )
    )
    difference = ImageChops.difference(tail, consonant).histogram()[255]
    assert difference < tail.width * tail.height * 0.12


def test_a_vowel_below_moves_under_the_subscript() -> None:
    assert ink("ផ្ដុ").height > ink("ផ្ដ").height
    assert ink("ផ្ដុ").height > ink("ផុ").height


@pytest.mark.parametrize("name", ["ផ្ដួលញ៉ាំ", "ស្រុកព្រះនេត្រព្រះ", "ក្រុងប៉ោយប៉ែត", "ខេត្តបន្ទាយមានជ័យ", "ន្ត្រៃស្ត្រី"])
def test_tall_stacks_touch_neither_the_label_above_nor_the_name_below(name: str) -> None:
    with_name, without = (Image.open(BytesIO(draw_pass_a6(named(words), DPI))).convert("L") for words in (name, " "))
    khmer = ImageChops.difference(with_name, without).getbbox()
    assert khmer is not None
    others = without.point(lambda value: 255 if value < 130 else 0)
    left, top, right, bottom = khmer
    neighbourhood = others.crop((left, top - 2, right, bottom + 2))
    assert neighbourhood.getbbox() is None


def test_only_the_packaged_fonts_are_in_the_file() -> None:
    document = pypdfium2.PdfDocument(print_pass_a6(named("ស្រុកថ្មពួក")))
    names = {item.get_font().get_base_name() for item in document[0].get_objects(filter=[1])}
    document.close()
    assert names
    assert {name.split("+")[-1].split("-")[0] for name in names} == {"NotoSans", "NotoSansKhmer"}


def test_the_templates_are_in_nfc() -> None:
    for template in TEMPLATES.glob("*.typ"):
        assert unicodedata.is_normalized("NFC", template.read_text(encoding="utf-8"))
