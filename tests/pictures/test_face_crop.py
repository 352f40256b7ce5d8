"""Where the frame of an identity photo is laid."""

from io import BytesIO

import pytest
from PIL import Image

from borderpass.pictures.drawn_face import draw_face
from borderpass.pictures.face_crop import Box, crop_to_face, find_faces, frame_face, frame_upper_middle


@pytest.fixture(scope="module")
def person() -> Image.Image:
    return Image.open(BytesIO(draw_face(11, 2, 30))).convert("RGB")


def placed(person: Image.Image, size: tuple[int, int], height: int, at: tuple[int, int]) -> Image.Image:
    """A picture of `size` with the person, `height` pixels high, at a place in it."""
    picture = Image.new("RGB", size, (206, 214, 220))
    picture.paste(person.resize((height * 4 // 5, height)), at)
    return picture


def test_frame_is_4_to_5_with_the_eyes_a_little_above_the_middle() -> None:
    frame = frame_face(Box(400, 400, 200, 200), (1000, 1200))
    assert frame.width / frame.height == pytest.approx(0.8, abs=0.005)
    assert (400 + 0.39 * 200 - frame.top) / frame.height == pytest.approx(0.46, abs=0.01)
    assert frame.left + frame.width / 2 == pytest.approx(500, abs=1)
    assert 0.48 < 200 / frame.height < 0.55


def test_face_is_found_at_its_place(person: Image.Image) -> None:
    (face,) = find_faces(placed(person, (1600, 1200), 600, (900, 400)))
    assert 900 < face.left < face.left + face.width < 900 + 480
    assert face.top + 0.39 * face.height == pytest.approx(400 + 0.47 * 600, abs=20)


@pytest.mark.parametrize("size", [(1600, 1200), (1200, 1600), (3000, 2250)])
def test_crop_holds_the_face_whatever_the_picture_is_shaped_like(person: Image.Image, size: tuple[int, int]) -> None:
    crop = crop_to_face(placed(person, size, 700, (size[0] - 700, 300)))
    assert (crop.face_found, crop.faces_seen) == (True, 1)
    assert crop.image.width / crop.image.height == pytest.approx(0.8, abs=0.01)
    (face,) = find_faces(crop.image)
    assert face.left + face.width / 2 == pytest.approx(crop.image.width / 2, rel=0.08)
    assert face.width > 0.4 * crop.image.height


def test_the_largest_of_several_faces_is_taken(person: Image.Image) -> None:
    picture = placed(person, (1500, 1000), 420, (60, 200))
    picture.paste(person.resize((640, 800)), (780, 150))
    faces = find_faces(picture)
    assert len(faces) == 2
    assert faces[0].left > 780 > faces[1].left
    assert crop_to_face(picture).faces_seen == 2


def test_frame_is_shifted_a_little_before_the_edge_is_repeated() -> None:
    assert frame_face(Box(40, 300, 200, 200), (1000, 1200)).left == 0  # 16 px short: shifted
    far = frame_face(Box(0, 300, 200, 200), (1000, 1200))
    assert far.left == pytest.approx(-(156 - 100) + 0.08 * 312, abs=1)  # 56 px short: shifted by 8 %


def test_face_cut_by_the_edge_is_filled_up_with_the_edge(person: Image.Image) -> None:
    picture = person.crop((150, 0, 800, 1000))
    crop = crop_to_face(picture)
    assert crop.face_found
    assert crop.padded
    assert crop.image.width / crop.image.height == pytest.approx(0.8, abs=0.01)
    left_edge = crop.image.crop((0, 0, 2, crop.image.height))
    assert left_edge.getpixel((0, 100)) == left_edge.getpixel((1, 100))


@pytest.mark.parametrize(("mode", "colour"), [("L", 90), ("RGB", (10, 120, 200)), ("CMYK", (9, 80, 30, 10))])
def test_without_a_face_the_upper_middle_is_taken(mode: str, colour: int | tuple[int, ...]) -> None:
    crop = crop_to_face(Image.new(mode, (900, 700), colour))
    assert not crop.face_found
    assert not crop.padded
    assert crop.image.size == (560, 700)
    assert crop.image.mode == mode


@pytest.mark.parametrize("size", [(100, 400), (400, 100), (101, 103), (64, 80)])
def test_upper_middle_lies_inside_any_picture(size: tuple[int, int]) -> None:
    frame = frame_upper_middle(size)
    assert min(frame.left, frame.top) >= 0
    assert frame.left + frame.width <= size[0]
    assert frame.top + frame.height <= size[1]
