"""Is somebody told when a photo is too dark or too blurred to know the person by, and only then?"""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageFilter

from borderpass.pictures.drawn_face import draw_face
from borderpass.pictures.photo_quality import measure_quality
from borderpass.pictures.portrait import Concern, read_portrait

PEOPLE = [(seed, 1 + seed % 2, 18 + seed) for seed in (1, 2, 5, 13, 21, 30)]


def person(seed: int, sex: int, age: int) -> Image.Image:
    return Image.open(BytesIO(draw_face(seed, sex, age))).convert("RGB")


def in_light(image: Image.Image, share: float) -> Image.Image:
    """The picture as it would be with so much of the light: linear in what falls in, not in the levels."""
    levels = np.asarray(image, dtype=float) / 255
    return Image.fromarray((255 * (levels**2.2 * share) ** (1 / 2.2)).astype(np.uint8))


def blurred(image: Image.Image, share_of_height: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(share_of_height * image.height))


@pytest.mark.parametrize("who", PEOPLE, ids=str)
def test_a_good_photo_is_neither(who: tuple[int, int, int]) -> None:
    quality = measure_quality(person(*who))
    assert not quality.is_dark
    assert not quality.is_blurred
    assert quality.sharpness > 0.25


@pytest.mark.parametrize("who", PEOPLE, ids=str)
def test_half_the_light_is_enough_and_a_tenth_is_not(who: tuple[int, int, int]) -> None:
    assert not measure_quality(in_light(person(*who), 0.5)).is_dark
    assert measure_quality(in_light(person(*who), 0.1)).is_dark


@pytest.mark.parametrize("who", PEOPLE, ids=str)
def test_a_blur_that_hides_the_eyes_is_told_and_a_little_one_is_not(who: tuple[int, int, int]) -> None:
    assert not measure_quality(blurred(person(*who), 0.004)).is_blurred
    assert measure_quality(blurred(person(*who), 0.013)).is_blurred


def test_the_measure_does_not_hang_on_the_size_of_the_picture_or_on_the_light() -> None:
    one = person(5, 2, 30)
    sharpness = measure_quality(one).sharpness
    assert measure_quality(one.resize((400, 500), Image.Resampling.LANCZOS)).sharpness == pytest.approx(
        sharpness, rel=0.2
    )
    assert measure_quality(in_light(one, 0.5)).sharpness == pytest.approx(sharpness, rel=0.2)


def test_a_picture_that_was_much_enlarged_is_blurred() -> None:
    small = person(5, 2, 30).resize((32, 40), Image.Resampling.LANCZOS)
    assert measure_quality(small.resize((800, 1000), Image.Resampling.BICUBIC)).is_blurred


def test_nothing_to_see_is_not_called_blurred() -> None:
    assert not measure_quality(Image.new("RGB", (80, 100), "white")).is_blurred
    assert measure_quality(Image.new("RGB", (80, 100), "black")).is_dark


@pytest.mark.parametrize(
    ("spoil", "concern"),
    [(lambda image: in_light(image, 0.06), Concern.DARK), (lambda image: blurred(image, 0.013), Concern.BLURRED)],
)
def test_the_portrait_warns_and_is_made_all_the_same(spoil: object, concern: Concern) -> None:
    buffer = BytesIO()
    spoil(person(21, 1, 36)).save(buffer, "JPEG", quality=90)  # type: ignore[operator]
    portrait = read_portrait(buffer.getvalue())
    assert concern in portrait.warnings
    assert portrait.print_jpeg
