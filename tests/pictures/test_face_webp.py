"""The face for the QR code: always 64x80, always at most 600 bytes, and the best of what was tried."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from borderpass.pictures.drawn_face import draw_face
from borderpass.pictures.face_webp import FACE_MAX_BYTES, encode_face, score, shrink


@pytest.fixture(scope="module")
def face() -> Image.Image:
    return Image.open(BytesIO(draw_face(5, 2, 27))).convert("RGB")


def noise(seed: int, width: int, height: int, blur: float) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(blur))


def plain_webp(image: Image.Image) -> bytes:
    """The highest quality that fits when the small picture is encoded as it is."""
    for quality in range(100, -1, -1):
        buffer = BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if len(buffer.getvalue()) <= FACE_MAX_BYTES:
            return buffer.getvalue()
    raise AssertionError("nothing fits")


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


@settings(max_examples=20, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    width=st.integers(4, 300),
    height=st.integers(5, 300),
    blur=st.sampled_from([0.0, 0.7, 3.0]),
)
def test_any_picture_fits_even_noise(seed: int, width: int, height: int, blur: float) -> None:
    found = encode_face(noise(seed, width, height, blur))
    assert len(found.data) <= 600
    assert opened(found.data).size == (64, 80)


def test_face_uses_what_it_may_and_looks_alike(face: Image.Image) -> None:
    found = encode_face(face)
    assert 560 <= len(found.data) <= 600
    assert found.score > 0.93
    assert found.score == pytest.approx(score(shrink(face), opened(found.data)))


def test_search_is_never_worse_than_plain_encoding(face: Image.Image) -> None:
    ideal = shrink(face)
    assert encode_face(face).score >= score(ideal, opened(plain_webp(ideal)))


def test_face_keeps_its_colour(face: Image.Image) -> None:
    wanted, given_ = (np.asarray(picture, dtype=float)[30:55, 22:42].mean(axis=(0, 1))
                      for picture in (shrink(face), opened(encode_face(face).data)))  # fmt: skip
    assert np.abs(wanted - given_).max() < 8


def test_file_is_one_vp8_chunk_and_nothing_else(face: Image.Image) -> None:
    data = encode_face(face).data
    assert (data[:4], data[8:16]) == (b"RIFF", b"WEBPVP8 ")
    assert int.from_bytes(data[4:8], "little") == len(data) - 8
    assert int.from_bytes(data[16:20], "little") == len(data) - 20


def test_same_picture_gives_the_same_bytes(face: Image.Image) -> None:
    assert encode_face(face) == encode_face(face)


def test_picture_that_does_not_fit_is_softened_until_it_does() -> None:
    found = encode_face(noise(1, 64, 80, 0), max_bytes=120)
    assert len(found.data) <= 120


def test_limit_below_any_webp_is_an_error_that_says_so() -> None:
    with pytest.raises(ValueError, match="allow 100 or more"):
        encode_face(Image.new("RGB", (64, 80), (200, 10, 90)), max_bytes=40)


def test_score_is_one_for_the_same_picture_and_falls_with_colour(face: Image.Image) -> None:
    ideal = shrink(face)
    assert score(ideal, ideal) == pytest.approx(1)
    assert score(ideal, ideal.convert("L").convert("RGB")) < 0.98
    assert score(ideal, ideal.filter(ImageFilter.GaussianBlur(2))) < 0.9
