"""What is kept of a signature that was drawn on a screen, and what is refused?"""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from borderpass.pictures.signature import KEPT_HEIGHT_PX, KEPT_WIDTH_PX, SignatureRefused, read_signature


def drawn(size: tuple[int, int] = (900, 300), ink: int = 255, file_format: str = "PNG", **saved: object) -> bytes:
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).line((100, 200, 500, 80, 800, 220), fill=(13, 21, 38, ink), width=5)
    file = BytesIO()
    (picture if file_format == "PNG" else picture.convert("RGB")).save(file, file_format, **saved)
    return file.getvalue()


def test_a_small_picture_dark_on_white_is_kept_and_nothing_beside_it() -> None:
    note = PngInfo()
    note.add_text("Comment", "where I live")
    kept = read_signature(drawn(pnginfo=note))
    with Image.open(BytesIO(kept)) as picture:
        assert picture.format == "PNG"
        assert picture.size[0] <= KEPT_WIDTH_PX
        assert picture.size[1] <= KEPT_HEIGHT_PX
        shades = picture.convert("L").histogram()
    assert any(shades[:80])
    assert any(shades[240:])
    assert len(kept) < 10_000
    assert b"where I live" not in kept


def test_a_thumb_is_as_good() -> None:
    picture = Image.new("L", (200, 300), 255)
    ImageDraw.Draw(picture).ellipse((40, 60, 160, 240), fill=60)
    file = BytesIO()
    picture.save(file, "PNG")
    assert read_signature(file.getvalue())


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        drawn()[:-40],
        drawn(ink=0),
        drawn(ink=10),
        drawn(size=(3000, 300)),
        drawn(file_format="JPEG"),
        b"x" * 400_001,
    ],
    ids=["nothing", "a head", "cut off", "empty", "too pale", "too wide", "another format", "too large"],
)
def test_what_is_no_signature_is_refused(octets: bytes) -> None:
    with pytest.raises(SignatureRefused):
        read_signature(octets)
