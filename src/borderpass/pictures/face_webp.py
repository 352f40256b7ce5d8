"""Which 64x80 WebP of at most 600 bytes looks most like the photo?

The face in the QR code is a simple lossy WebP (RFC 9649, section 2.5: one VP8 chunk, no metadata). libwebp
has no target that ends reliably under 600 bytes, so we search: a few ways to prepare the small picture
(colours smoothed, brightness a little softer; each buys bits for the face), and for
each the highest quality that fits. The best `score` against the plain, uncompressed 64x80 picture wins:

    SSIM of brightness, Gaussian window of 1.5 px, weighted towards the face's place,
    less 0.003 for each level (of 255) of chroma error after the same blur, weighted the same.

SSIM is Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility to structural
similarity", 2004. SSIM alone would choose grey every time, and a skin that turns grey is what the eye sees
first; fine detail in the colours it does not see.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

FACE_WIDTH_PX, FACE_HEIGHT_PX = 64, 80
FACE_MAX_BYTES = 600
CHROMA_ERROR_COST = 0.003
SSIM_SIGMA_PX = 1.5
WEIGHT_OUTSIDE_FACE = 0.25

_Plane = NDArray[np.float64]
_QUALITY_REACH = 8  # how far from the first preparation's quality the others are searched
_STRONGER_SOFTENINGS_PX = (1.0, 2.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class FaceWebp:
    """A finished face: the WebP bytes, libwebp's quality (0 to 100) and the score that won (at most 1)."""

    data: bytes
    quality: int
    score: float


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is done to the 64x80 picture before it is encoded."""

    saturation: float = 1.0
    chroma_blur_px: float = 0.0
    luma_blur_px: float = 0.0


PREPARATIONS = (
    Preparation(chroma_blur_px=2.0),
    Preparation(),
    Preparation(chroma_blur_px=1.0),
    Preparation(saturation=0.9),
    Preparation(saturation=1.1, chroma_blur_px=3.0, luma_blur_px=0.3),
    Preparation(saturation=1.1, chroma_blur_px=2.0),
)


def encode_face(image: Image.Image, max_bytes: int = FACE_MAX_BYTES) -> FaceWebp:
    """Shrink an RGB picture of aspect 4:5 to the best-scoring 64x80 WebP of at most `max_bytes`.

    About fifty encodes at most. Whatever the picture, it ends: one that does not fit at quality 0 is softened
    until it does, at last to a single colour, which takes under 100 bytes. Below that: ValueError.
    """
    ideal = shrink(image)
    best: FaceWebp | None = None
    lowest, highest = 0, 100
    for preparation in PREPARATIONS:
        prepared = _prepare(ideal, preparation)
        fitted = _fit_quality(prepared, max_bytes, lowest, highest)
        if fitted is None:
            continue
        data, quality = fitted
        if best is None:
            lowest, highest = max(0, quality - _QUALITY_REACH), min(100, quality + _QUALITY_REACH)
        candidate = FaceWebp(data, quality, score(ideal, _decode(data)))
        if best is None or candidate.score > best.score:
            best = candidate
    return best or _encode_softened(ideal, max_bytes)


def shrink(image: Image.Image) -> Image.Image:
    """Give the plain 64x80 picture that every candidate is measured against."""
    size = (FACE_WIDTH_PX, FACE_HEIGHT_PX)
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def score(ideal: Image.Image, candidate: Image.Image) -> float:
    """Tell how much a 64x80 RGB picture looks like the ideal one: 1 is the same, see the module's measure."""
    wanted, given = _planes(ideal), _planes(candidate)
    similarity = float((_ssim_map(wanted[0], given[0]) * _FACE_WEIGHT).sum())
    chroma_error = float((np.abs(_blur(wanted[1:] - given[1:])).mean(axis=0) * _FACE_WEIGHT).sum())
    return similarity - CHROMA_ERROR_COST * chroma_error


def _prepare(ideal: Image.Image, preparation: Preparation) -> Image.Image:
    if preparation == Preparation():
        return ideal

    def paler(value: int) -> float:
        return 128 + (value - 128) * preparation.saturation

    luma, *chromas = ideal.convert("YCbCr").split()
    luma = luma.filter(ImageFilter.GaussianBlur(preparation.luma_blur_px))
    blur = ImageFilter.GaussianBlur(preparation.chroma_blur_px)
    return Image.merge("YCbCr", (luma, *(band.filter(blur).point(paler) for band in chromas))).convert("RGB")


def _fit_quality(image: Image.Image, max_bytes: int, lowest: int, highest: int) -> tuple[bytes, int] | None:
    """Find the highest quality that fits by bisection, as size rises with quality but for a byte or two."""
    best: tuple[bytes, int] | None = None
    while lowest <= highest:
        quality = (lowest + highest) // 2
        data = _encode(image, quality)
        if len(data) <= max_bytes:
            best = (data, quality)
            lowest = quality + 1
        else:
            highest = quality - 1
    return best


def _encode_softened(ideal: Image.Image, max_bytes: int) -> FaceWebp:
    for image in _softened(ideal):
        fitted = _fit_quality(image, max_bytes, 0, 100)
        if fitted is not None:
            return FaceWebp(*fitted, score(ideal, _decode(fitted[0])))
    raise ValueError(f"no {FACE_WIDTH_PX}x{FACE_HEIGHT_PX} WebP fits in {max_bytes} bytes; allow 100 or more")


def _softened(ideal: Image.Image) -> Iterator[Image.Image]:
    for radius in _STRONGER_SOFTENINGS_PX:
        yield ideal.filter(ImageFilter.GaussianBlur(radius))
    yield ideal.resize((1, 1), Image.Resampling.BOX).resize(ideal.size)


def _encode(image: Image.Image, quality: int) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "WEBP", quality=quality, method=6)
    return buffer.getvalue()


def _decode(data: bytes) -> Image.Image:
    with Image.open(BytesIO(data), formats=["WEBP"]) as image:
        return image.convert("RGB")


def _planes(image: Image.Image) -> _Plane:
    return np.moveaxis(np.asarray(image.convert("YCbCr"), dtype=np.float64), 2, 0)


def _gaussian(length: int) -> _Plane:
    """Give the matrix that blurs a line of `length` pixels, each row adding up to 1."""
    place = np.arange(length, dtype=np.float64)
    matrix: _Plane = np.exp(-((place[:, None] - place[None, :]) ** 2) / (2 * SSIM_SIGMA_PX**2))
    matrix /= matrix.sum(axis=1, keepdims=True)
    return matrix


def _face_weight() -> _Plane:
    """Weigh an ellipse where face and hair are at 1, falling off to the background; the sum is 1."""
    across = (np.arange(FACE_WIDTH_PX) - 31.5) / 19
    down = (np.arange(FACE_HEIGHT_PX) - 38) / 26
    distance = np.hypot(across[None, :], down[:, None])
    weight = np.clip((1.35 - distance) / 0.35, 0, 1) * (1 - WEIGHT_OUTSIDE_FACE) + WEIGHT_OUTSIDE_FACE
    normalised: _Plane = weight / weight.sum()
    return normalised


_BLUR_DOWN, _BLUR_ACROSS = _gaussian(FACE_HEIGHT_PX), _gaussian(FACE_WIDTH_PX).T
_FACE_WEIGHT = _face_weight()


def _blur(plane: _Plane) -> _Plane:
    blurred: _Plane = _BLUR_DOWN @ plane @ _BLUR_ACROSS
    return blurred


def _ssim_map(wanted: _Plane, given: _Plane) -> _Plane:
    mean_w, mean_g = _blur(wanted), _blur(given)
    variance_w = _blur(wanted * wanted) - mean_w**2
    variance_g = _blur(given * given) - mean_g**2
    covariance = _blur(wanted * given) - mean_w * mean_g
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    shared = (2 * mean_w * mean_g + c1) * (2 * covariance + c2)
    ssim: _Plane = shared / ((mean_w**2 + mean_g**2 + c1) * (variance_w + variance_g + c2))
    return ssim
