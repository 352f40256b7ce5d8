"""Where is the face, and which part of the picture makes an identity photo?

The face is found with OpenCV's Haar cascade for frontal faces on a small grey copy of the picture. Its square
box runs from the middle of the forehead to the chin; the frame laid around it is 4:5 upright, head and
shoulders, with the eyes a little above the middle, as ISO/IEC 39794-5 frames a portrait, but tighter, because
64x80 pixels are all the face has in the QR code.

OpenCV and numpy take a tenth of a second or more to import: import this module only where a picture is read.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

ASPECT_WIDTH, ASPECT_HEIGHT = 4, 5
DETECTION_SIDE_PX = 400
CASCADES = (  # tried in turn, with the least certainty that counts, in each cascade's own measure
    ("haarcascade_frontalface_alt2.xml", 0.0),
    ("haarcascade_frontalface_default.xml", 4.0),
)
SMALLEST_FACE = 0.11  # of the picture's shorter side

FRAME_PER_BOX = 1.95  # frame height over box side: chin to hairline is then 50 to 58 % of the frame
TIGHTEST_FRAME_PER_BOX = 1.5
EYE_LINE_IN_BOX = 0.39
EYE_LINE_IN_FRAME = 0.46
LARGEST_SHIFT = 0.08  # of the frame's side, rather than inventing a strip at the edge


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; it may reach outside its picture."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class FaceCrop:
    """The 4:5 part of a picture that makes the identity photo, and how sure we are of it."""

    image: Image.Image
    face_found: bool
    faces_seen: int
    padded: bool


class _Cascades(threading.local):
    """One set of classifiers a thread: detecting is not safe on a shared one."""

    def __init__(self) -> None:
        folder = Path(cv2.data.haarcascades)  # type: ignore[attr-defined]  # missing from its stubs
        self.loaded = [(cv2.CascadeClassifier(str(folder / name)), least) for name, least in CASCADES]


_cascades = _Cascades()


def crop_to_face(image: Image.Image) -> FaceCrop:
    """Crop an upright picture to 4:5 around its largest face; without one, to the upper middle.

    Where the frame leaves the picture it is first drawn in a little and shifted, and only then filled up by
    repeating the pixels at the edge.
    """
    faces = find_faces(image)
    frame = frame_face(faces[0], image.size) if faces else frame_upper_middle(image.size)
    outside = (
        max(0, -frame.left),
        max(0, -frame.top),
        max(0, frame.left + frame.width - image.width),
        max(0, frame.top + frame.height - image.height),
    )
    return FaceCrop(_cut(image, frame, outside), bool(faces), len(faces), any(outside))


def find_faces(image: Image.Image) -> list[Box]:
    """Find the frontal faces of an upright picture, the largest first, in the picture's own pixels."""
    scale = min(1.0, DETECTION_SIDE_PX / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    small = image.resize(size, Image.Resampling.BOX).convert("L")
    grey = cv2.createCLAHE(2.0, (4, 4)).apply(np.asarray(small)).astype(np.uint8)
    for cascade, least_certainty in _cascades.loaded:
        boxes = _detect(cascade, least_certainty, grey)
        if boxes:
            return [_scaled(box, 1 / scale) for box in boxes]
    return []


def frame_face(face: Box, size: tuple[int, int]) -> Box:
    """Lay the 4:5 frame around a face; `size` is the picture's width and height in pixels."""
    side = face.width
    room = min(size[1], size[0] * ASPECT_HEIGHT / ASPECT_WIDTH)
    height = max(min(FRAME_PER_BOX * side, room), TIGHTEST_FRAME_PER_BOX * side)
    width = height * ASPECT_WIDTH / ASPECT_HEIGHT
    left = face.left + side / 2 - width / 2
    top = face.top + EYE_LINE_IN_BOX * side - EYE_LINE_IN_FRAME * height
    return Box(
        round(_drawn_inside(left, width, size[0])),
        round(_drawn_inside(top, height, size[1])),
        round(width),
        round(height),
    )


def frame_upper_middle(size: tuple[int, int]) -> Box:
    """Give the largest 4:5 frame, centred, with a third of the spare height above it."""
    height = min(size[1], size[0] * ASPECT_HEIGHT // ASPECT_WIDTH)
    width = height * ASPECT_WIDTH // ASPECT_HEIGHT
    return Box((size[0] - width) // 2, (size[1] - height) // 3, width, height)


def _detect(cascade: cv2.CascadeClassifier, least_certainty: float, grey: NDArray[np.uint8]) -> list[Box]:
    smallest = max(24, round(SMALLEST_FACE * min(grey.shape)))
    found, _, weights = cascade.detectMultiScale3(
        grey,
        scaleFactor=1.1,
        minNeighbors=5,
        minSize=(smallest, smallest),
        outputRejectLevels=True,
    )
    certain = [
        Box(*(int(value) for value in box))
        for box, weight in zip(found, weights, strict=True)
        if weight >= least_certainty
    ]
    return sorted(certain, key=lambda box: box.width, reverse=True)


def _scaled(box: Box, factor: float) -> Box:
    return Box(*(round(value * factor) for value in (box.left, box.top, box.width, box.height)))


def _drawn_inside(start: float, length: float, limit: int) -> float:
    """Shift a span towards `0..limit`, by at most the share of its length we accept off centre."""
    overhang = max(-start, 0) - max(start + length - limit, 0)
    largest = LARGEST_SHIFT * length
    return start + min(max(overhang, -largest), largest)


def _cut(image: Image.Image, frame: Box, outside: tuple[int, int, int, int]) -> Image.Image:
    left, top, right, bottom = outside
    inner = image.crop(
        (
            frame.left + left,
            frame.top + top,
            frame.left + frame.width - right,
            frame.top + frame.height - bottom,
        )
    )
    if not any(outside):
        return inner
    channels = ((0, 0),) * (np.asarray(inner).ndim - 2)
    filled = np.pad(np.asarray(inner), ((top, bottom), (left, right), *channels), mode="edge")
    return Image.fromarray(filled, inner.mode) if inner.mode == "CMYK" else Image.fromarray(filled)
