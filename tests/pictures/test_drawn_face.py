"""The demo's drawn people: always the same, never two alike, and good enough for the real path."""

from io import BytesIO

import pytest
from PIL import Image

from borderpass.pictures.drawn_face import draw_face
from borderpass.pictures.drawn_look import Hair, choose_look
from borderpass.pictures.portrait import read_portrait

CAST = [(seed, 1 + seed % 2, age) for seed, age in enumerate((8, 16, 24, 33, 41, 50, 58, 66, 74, 29))]


def test_the_same_arguments_draw_the_same_person() -> None:
    assert draw_face(7, 2, 34) == draw_face(7, 2, 34)


def test_portraits_are_800_by_1000_jpegs_without_metadata() -> None:
    with Image.open(BytesIO(draw_face(3, 1, 40))) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (800, 1000), "RGB")
        assert "exif" not in image.info


def test_two_hundred_people_all_look_different() -> None:
    assert len({choose_look(seed, 1 + seed % 2, 20 + seed % 50) for seed in range(200)}) == 200


@pytest.mark.parametrize(("seed", "sex", "age"), CAST)
def test_a_drawn_person_passes_through_as_a_photo(seed: int, sex: int, age: int) -> None:
    portrait = read_portrait(draw_face(seed, sex, age))
    assert portrait.face_found
    assert portrait.warnings == ()
    assert 300 <= len(portrait.face_webp) <= 600


@pytest.mark.parametrize("sex", [1, 2, 3])
def test_every_age_and_sex_has_a_look(sex: int) -> None:
    for age in range(0, 101, 4):
        look = choose_look(age, sex, age)
        assert 0 <= look.lined <= 1
        assert (look.hair is Hair.COVERED) == (look.head_scarf is not None)


def test_children_have_neither_lines_nor_moustache_nor_grey_hair() -> None:
    for seed in range(50):
        look = choose_look(seed, 1, 9)
        assert look.lined == 0
        assert not look.moustache
        assert max(look.hair_colour) < 80
