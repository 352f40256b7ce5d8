"""Is the beginning of a file enough to tell a picture or a PDF from a text?"""

import pytest
from PIL import Image

from borderpass.pictures.magic import looks_like_picture
from tests.pictures.sample_codes import pdf_of_pages, written

PICTURE = Image.new("RGB", (8, 8), "white")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_pictures_are_told_by_their_first_bytes(kind):
    assert looks_like_picture(written(PICTURE, kind))


def test_a_pdf_is_told_by_its_first_bytes():
    assert looks_like_picture(pdf_of_pages())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"NCFP80*J0C/VTWGSLKC",
        b" %PDF-1.7",
        b"%PD",
        b"\x89PNG\r\n\x1a",
        b"\xff\xd8",
        b"RIFF\x10\0\0\0WAVE",
        b"RIFFWEBP",
        b"WEBPRIFF    ",
        written(PICTURE, "GIF"),
        written(PICTURE, "BMP"),
        written(PICTURE, "TIFF"),
    ],
)
def test_everything_else_is_taken_for_a_text(data):
    assert not looks_like_picture(data)
