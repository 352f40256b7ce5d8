"""Does a frame laid by hand count, wherever it lies, and is the whole picture kept without its metadata?"""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from borderpass.pictures.drawn_face import draw_face
from borderpass.pictures.portrait import (
    WHOLE_SIDE_PX,
    Concern,
    Frame,
    PictureRefused,
    find_concerns,
    read_portrait,
    read_whole,
)

SIZE = (1200, 900)


def scene(size: tuple[int, int] = SIZE, **options: object) -> bytes:
    """Somebody at the right of a picture; its left third is red."""
    image = Image.new("RGB", size, (206, 214, 220))
    image.paste((220, 30, 30), (0, 0, size[0] // 3, size[1]))
    face = Image.open(BytesIO(draw_face(11, 2, 30))).resize((480, 600))
    image.paste(face, (size[0] - 520, 150))
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=92, **options)
    return buffer.getvalue()


def shown(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg)).convert("RGB")


def test_the_frame_that_was_laid_is_the_photo() -> None:
    portrait = read_portrait(scene(), Frame(0.0, 0.0, 0.3))
    image = shown(portrait.print_jpeg)
    assert image.width / image.height == pytest.approx(0.8, abs=0.01)
    red, green, _ = image.getpixel((image.width // 2, image.height // 2))  # type: ignore[misc]
    assert red > 180 > 90 > green
    assert not portrait.face_found
    assert Concern.NO_FACE_FOUND in portrait.warnings


def test_the_frame_we_lay_is_around_the_face_and_has_no_concern() -> None:
    whole = read_whole(scene())
    assert (whole.width, whole.height) == SIZE
    assert whole.frame.left > 0.5
    assert read_portrait(whole.jpeg, whole.frame).face_found
    assert find_concerns(whole.jpeg, whole.frame) == ()


def test_a_frame_by_hand_gives_nearly_the_photo_that_we_would_make() -> None:
    whole = read_whole(scene())
    by_hand, by_us = (shown(read_portrait(scene(), frame).print_jpeg) for frame in (whole.frame, None))
    assert by_hand.height == pytest.approx(by_us.height, rel=0.03)


def test_without_a_face_the_upper_middle_is_framed() -> None:
    buffer = BytesIO()
    Image.new("RGB", (900, 700), "teal").save(buffer, "PNG")
    frame = read_whole(buffer.getvalue()).frame
    assert frame.left + frame.width / 2 == pytest.approx(0.5, abs=0.01)


def test_the_whole_picture_is_upright_shrunk_and_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "LOCATION-13.657N"
    whole = read_whole(scene((4000, 3000), exif=exif))
    assert (whole.width, whole.height) == (WHOLE_SIDE_PX * 3 // 4, WHOLE_SIDE_PX)
    assert b"LOCATION" not in whole.jpeg
    assert not shown(whole.jpeg).getexif()


def test_concerns_are_those_of_the_portrait() -> None:
    for frame in (None, Frame(0.0, 0.0, 0.3), Frame(0.6, 0.2, 0.35)):
        assert find_concerns(scene(), frame) == read_portrait(scene(), frame).warnings


@pytest.mark.parametrize("octets", [b"", b"no picture", b"\xff\xd8\xff cut off"])
def test_what_is_no_picture_is_refused(octets: bytes) -> None:
    for read in (read_whole, find_concerns):
        with pytest.raises(PictureRefused):
            read(octets)


@given(st.floats(-2, 3), st.floats(-2, 3), st.floats(-1, 3))
def test_any_frame_is_drawn_into_the_picture(left: float, top: float, width: float) -> None:
    image = shown(_cut(Frame(left, top, width)))
    assert min(image.size) >= 1
    assert image.width / image.height == pytest.approx(0.8, rel=0.15)


_PLAIN = scene((300, 240))


def _cut(frame: Frame) -> bytes:
    return read_portrait(_PLAIN, frame).print_jpeg
