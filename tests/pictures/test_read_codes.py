"""Are QR codes found in the files that people send, and are hostile files refused in one sentence?"""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter, ImageOps

from borderpass.pictures.magic import JPEG_MAGIC, PDF_MAGIC, PNG_MAGIC
from borderpass.pictures.read_codes import MAX_FILE_BYTES, MAX_PAGES, UnreadableError, read_codes
from tests.pictures.sample_codes import code_picture, pdf_of_pages, png_of_announced_size, side_by_side, written

TEXT = "NCFP80*J0C/VTWGSLKC 4S69D26+SF%TS59MHBBFN52801QD"
CODE = code_picture(TEXT)
WHITE = Image.new("L", (200, 200), "white")


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_codes(data)
    message = str(refused.value)
    assert len(message.splitlines()) == 1
    return message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "PDF"])
def test_a_code_is_read_from_each_kind_of_file(kind):
    assert read_codes(written(CODE, kind)) == [TEXT]


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "P", "CMYK"])
def test_a_code_is_read_in_any_colours(mode):
    assert read_codes(written(CODE.convert(mode), "JPEG" if mode == "CMYK" else "PNG")) == [TEXT]


@pytest.mark.parametrize("degrees", [90, 180, 270, 7])
def test_a_code_is_read_however_the_paper_lies(degrees):
    assert read_codes(written(CODE.rotate(degrees, expand=True, fillcolor="white"))) == [TEXT]


def test_a_code_is_read_mirrored_blurred_and_upside_down_in_tone():
    for picture in (ImageOps.mirror(CODE), CODE.filter(ImageFilter.GaussianBlur(1.5)), ImageOps.invert(CODE)):
        assert read_codes(written(picture)) == [TEXT]


def test_a_small_code_is_read_enlarged():
    assert read_codes(written(code_picture(TEXT, scale=1))) == [TEXT]


def test_each_text_is_given_once_in_the_order_found():
    both = side_by_side(CODE, CODE, code_picture("ANOTHER"))
    assert sorted(read_codes(written(both))) == sorted([TEXT, "ANOTHER"])


def test_every_page_of_a_pdf_is_read():
    pages = [CODE, WHITE, code_picture("ANOTHER")]
    assert read_codes(written(pages[0], "PDF", save_all=True, append_images=pages[1:])) == [TEXT, "ANOTHER"]


def test_no_code_is_no_text():
    assert read_codes(written(WHITE)) == []
    assert read_codes(pdf_of_pages()) == []


def test_other_kinds_of_codes_are_not_looked_for():
    import zxingcpp

    for kind in (zxingcpp.BarcodeFormat.Code128, zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.Aztec):
        barcode = Image.fromarray(zxingcpp.create_barcode("NCFP123", kind).to_image(scale=4))
        assert read_codes(written(side_by_side(WHITE, barcode, WHITE))) == []


@pytest.mark.parametrize("data", [b"", b"\0", b"a text", PNG_MAGIC, JPEG_MAGIC, PDF_MAGIC, b"RIFF\x10\0\0\0WEBP"])
def test_what_is_no_picture_is_refused(data):
    assert "can be opened" in refusal(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "PDF"])
def test_a_cut_file_is_refused_or_has_no_code(kind):
    whole = written(CODE, kind)
    for length in range(0, len(whole) - 1, max(1, len(whole) // 40)):
        try:
            assert read_codes(whole[:length]) in ([], [TEXT])
        except UnreadableError as refused:
            assert "can be opened" in str(refused)  # noqa: PT017  # either outcome will do


def test_more_bytes_than_are_opened_safely_are_refused():
    assert refusal(PNG_MAGIC + bytes(MAX_FILE_BYTES)) == "larger than 32 MiB"


@pytest.mark.parametrize("size", [(60_000, 60_000), (10_000, 10_000), (7_746, 7_746), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_too_many_pixels_is_refused_unopened(size):
    assert refusal(png_of_announced_size(*size)) == "more than 60 megapixels"


@pytest.mark.parametrize("size", [(65_536, 1), (1, 70_000)])
def test_a_picture_too_long_for_the_reader_is_refused(size):
    assert refusal(written(Image.new("L", size))) == "a side of more than 65,535 pixels"


@pytest.mark.parametrize("size", [(65_535, 1), (1, 40_000), (1, 1)])
def test_a_narrow_picture_has_no_code(size):
    assert read_codes(written(Image.new("L", size))) == []


def test_a_picture_that_unpacks_to_less_than_it_says_is_refused():
    assert refusal(png_of_announced_size(5_000, 5_000)) == "not a picture that can be opened (OSError)"


@pytest.mark.parametrize("box", ["0 0 14400 14400", "0 0 999999999 999999999", "0 0 4000 4000"])
def test_a_page_of_too_many_pixels_is_refused(box):
    assert "pixels" in refusal(pdf_of_pages(box=box))


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 -5 -5", "0 0 0.01 0.01", "a b c d", "0 0 100 0", ""])
def test_a_page_of_an_odd_size_has_no_code(box):
    assert read_codes(pdf_of_pages(box=box)) == []


def test_a_pdf_of_too_many_pages_is_refused():
    assert read_codes(pdf_of_pages(MAX_PAGES, "0 0 9 9")) == []
    assert refusal(pdf_of_pages(MAX_PAGES + 1, "0 0 9 9")) == "a PDF of more than 20 pages"


def test_a_pdf_that_names_pages_it_has_not_is_refused():
    assert refusal(pdf_of_pages().replace(b"/Type/Page/", b"/Type/Cage/")) == "not a PDF that can be opened"


def test_a_locked_pdf_is_refused():
    locked = pdf_of_pages().replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Standard/V 9/R 9>>")
    assert "can be opened" in refusal(locked)


MAGICS = st.sampled_from([b"", PNG_MAGIC, JPEG_MAGIC, PDF_MAGIC, b"RIFF\x10\0\0\0WEBP"])
FILES = {kind: written(CODE.resize((60, 60)), kind) for kind in ("PNG", "JPEG", "WEBP", "PDF")}


@settings(max_examples=150, deadline=None)
@given(st.builds(bytes.__add__, MAGICS, st.binary(max_size=300)))
def test_any_bytes_are_read_or_refused(data):
    try:
        read_codes(data)
    except UnreadableError as refused:
        assert str(refused)  # noqa: PT017  # either outcome will do


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_is_read_or_refused(data):
    damaged = bytearray(FILES[data.draw(st.sampled_from(sorted(FILES)))])
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_codes(bytes(damaged))
    except UnreadableError as refused:
        assert str(refused)  # noqa: PT017  # either outcome will do


def test_a_refusal_prints_nothing():
    """Libraries that warn on standard error would break the one clear line."""
    snippet = (
        "import sys; from tests.pictures.sample_codes import png_of_announced_size as png;"
        "from borderpass.pictures.read_codes import UnreadableError, read_codes\n"
        "for data in (png(10_000, 10_000), png(100, 10), b'%PDF-1.4', b'%PDF-1.4 trailer', b'\\xff\\xd8\\xff\\xdb'):\n"
        "    try: read_codes(data)\n"
        "    except UnreadableError: pass"
    )
    ran = subprocess.run([sys.executable, "-c", snippet], capture_output=True, check=True)
    assert (ran.stdout, ran.stderr) == (b"", b"")
