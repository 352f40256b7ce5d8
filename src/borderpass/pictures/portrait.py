"""What do we keep of a picture that somebody sent as a photo?

Two pictures, both upright, in sRGB, cropped 4:5 around the face and without metadata: a JPEG of at most
960x1200 pixels for print, and the 64x80 WebP of at most 600 bytes that goes into the QR code. Everything
else, with the place and the device that a phone writes into it, is dropped. Where somebody laid the frame by
hand, it is that frame which counts; `read_whole` gives the picture it is laid on.

Anybody may send a picture, so it is hostile until read: only four formats are tried, each by its own first
bytes, and a picture's size is believed and refused from its header before a single pixel is decoded.
Formats: JPEG (ISO/IEC 10918-1), PNG (W3C PNG 3), WebP (RFC 9649), HEIC (ISO/IEC 23008-12). Orientation:
Exif 3.0, tag 0x0112.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageCms
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

if TYPE_CHECKING:
    from borderpass.pictures.face_crop import FaceCrop

MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_PIXELS = {  # a phone's largest mode short of 100 megapixels, as far as 330 MB of memory go
    "JPEG": 70_000_000,  # decoded at a half or a quarter
    "HEIF": 52_000_000,  # decoded whole, 7 bytes a pixel at the peak
    "PNG": 36_000_000,  # decoded whole, 8 bytes a pixel with transparency
    "WEBP": 36_000_000,
}
MIN_SIDE_PX = 100
MAX_SIDES_RATIO = 4
MAX_JPEG_SCANS = 40  # each scan of a progressive JPEG goes over the whole picture again; phones write 1 to 10

WORKING_SIDE_PX = 4700  # 12 and 16 megapixels stay whole; 50 and 64 are halved
PRINT_WIDTH_PX, PRINT_HEIGHT_PX = 960, 1200
PRINT_QUALITY = 88
WHOLE_SIDE_PX = 2400  # a face in half the height of it still fills the print
WHOLE_QUALITY = 90
NARROWEST_FRAME = 0.02  # of the picture's width
SHARP_PRINT_HEIGHT_PX = 400  # below it, 45 mm on paper have fewer than 225 dots an inch

_EXIF_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refusal(StrEnum):
    """Why a picture cannot be used at all."""

    NOT_A_PICTURE = "NOT_A_PICTURE"
    TOO_LARGE_FILE = "TOO_LARGE_FILE"
    TOO_MANY_PIXELS = "TOO_MANY_PIXELS"
    TOO_SMALL = "TOO_SMALL"
    TOO_NARROW = "TOO_NARROW"
    ANIMATED = "ANIMATED"
    DAMAGED = "DAMAGED"


class Concern(StrEnum):
    """What a person should look at before the photo is used."""

    NO_FACE_FOUND = "NO_FACE_FOUND"
    SEVERAL_FACES = "SEVERAL_FACES"
    FACE_AT_EDGE = "FACE_AT_EDGE"
    FEW_PIXELS = "FEW_PIXELS"
    DARK = "DARK"
    BLURRED = "BLURRED"


class PictureRefused(Exception):  # noqa: N818 - the outcome's name, as in the pages that show it
    """A picture that cannot become a photo; the message says what is wrong and what to send instead."""

    def __init__(self, code: Refusal, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Portrait:
    """The photo as kept: JPEG for print, WebP of at most 600 bytes for the QR code, and what to look at."""

    print_jpeg: bytes
    face_webp: bytes
    face_found: bool
    warnings: tuple[Concern, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """The upright 4:5 part of a picture that is the photo: `left` and `width` as shares of its width, `top` of its
    height. It lies inside the picture; one that does not is drawn in.
    """

    left: float
    top: float
    width: float


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole picture as it is kept while somebody works on it: an upright JPEG without metadata of at most 2,400
    pixels a side, and the frame that we would lay around its face.
    """

    jpeg: bytes
    width: int
    height: int
    frame: Frame


def read_portrait(data: bytes, frame: Frame | None = None) -> Portrait:
    """Turn a JPEG, PNG, WebP or HEIC file into the two pictures we keep, or raise PictureRefused.

    1. Open it by its first bytes; check bytes, pixels and frames from the header.
    2. Decode it to at most 4,700 pixels a side, lay it on white and turn it upright.
    3. Crop to the frame, or without one to the face's place.
    4. Convert to sRGB and write both pictures afresh, without anything else of the source.
    """
    from borderpass.pictures.face_webp import encode_face

    crop, photo = _crop(data, frame)
    printed = _for_print(photo)
    return Portrait(
        print_jpeg=_jpeg(printed, PRINT_QUALITY),
        face_webp=encode_face(photo).data,
        face_found=crop.face_found,
        warnings=_find_concerns(crop, printed),
    )


def find_concerns(data: bytes, frame: Frame | None = None) -> tuple[Concern, ...]:
    """Return what a person should look at, as `read_portrait` would, without making the pictures."""
    crop, photo = _crop(data, frame)
    return _find_concerns(crop, _for_print(photo))


def _crop(data: bytes, frame: Frame | None) -> "tuple[FaceCrop, Image.Image]":
    """Return the part of the picture that is the photo, and the same in sRGB."""
    from borderpass.pictures.face_crop import FaceCrop, crop_to_face, find_faces

    picture, profile = _decode(data)
    if frame is None:
        crop = crop_to_face(picture)
    else:
        part = picture.crop(_box_of(frame, picture.size))
        faces = len(find_faces(part))
        crop = FaceCrop(part, faces > 0, faces, False)
    return crop, _in_srgb(crop.image, profile)


def _find_concerns(crop: "FaceCrop", printed: Image.Image) -> tuple[Concern, ...]:
    from borderpass.pictures.photo_quality import measure_quality

    quality = measure_quality(printed)
    concerns = {
        Concern.NO_FACE_FOUND: not crop.face_found,
        Concern.SEVERAL_FACES: crop.faces_seen > 1,
        Concern.FACE_AT_EDGE: crop.padded,
        Concern.FEW_PIXELS: printed.height < SHARP_PRINT_HEIGHT_PX,
        Concern.DARK: quality.is_dark,
        Concern.BLURRED: quality.is_blurred,
    }
    return tuple(concern for concern, applies in concerns.items() if applies)


def read_whole(data: bytes) -> Whole:
    """Turn a file into the whole picture that a frame is laid on, or raise PictureRefused as `read_portrait` does."""
    from borderpass.pictures.face_crop import find_faces, frame_face, frame_upper_middle

    picture, profile = _decode(data)
    whole = _in_srgb(picture, profile)
    whole.thumbnail((WHOLE_SIDE_PX, WHOLE_SIDE_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    faces = find_faces(whole)
    box = frame_face(faces[0], whole.size) if faces else frame_upper_middle(whole.size)
    drawn = _drawn_in(Frame(box.left / whole.width, box.top / whole.height, box.width / whole.width), whole.size)
    return Whole(_jpeg(whole, WHOLE_QUALITY), whole.width, whole.height, drawn)


def _box_of(frame: Frame, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the pixels of a frame: left, top, right, bottom."""
    inside = _drawn_in(frame, size)
    width = max(4, round(inside.width * size[0]))
    left, top = round(inside.left * size[0]), round(inside.top * size[1])
    return left, top, min(left + width, size[0]), min(top + round(width * 5 / 4), size[1])


def _drawn_in(frame: Frame, size: tuple[int, int]) -> Frame:
    """Return a frame that lies inside a picture of so many pixels, as near as can be to the one given."""
    tall = size[0] * 5 / 4 / size[1]  # the height of a frame as wide as the picture, as a share of the picture's
    width = min(max(frame.width, NARROWEST_FRAME), 1.0, 1 / tall)
    left = min(max(frame.left, 0.0), 1 - width)
    top = min(max(frame.top, 0.0), 1 - width * tall)
    return Frame(left, top, width)


def _decode(data: bytes) -> tuple[Image.Image, bytes | None]:
    """Give the whole picture, upright, in L, RGB or CMYK, and its colour profile."""
    if len(data) > MAX_FILE_BYTES:
        raise PictureRefused(
            Refusal.TOO_LARGE_FILE,
            f"the file has {len(data) / 1_048_576:.0f} MB, more than {MAX_FILE_BYTES // 1_048_576}; "
            "send a smaller photo",
        )
    opener = _opener(data)
    try:
        with opener(BytesIO(data)) as source:
            _check_header(source, data)
            if isinstance(source, JpegImageFile):
                factor = _reduction(source.size)
                source.draft(None, (source.width // factor, source.height // factor))
            source.load()
            profile = source.info.get("icc_profile")
            picture = _upright(_plain(_reduced(source)), _orientation(source))
    except PictureRefused:
        raise
    except Image.DecompressionBombError as exc:  # Pillow's own limit, which WebP meets before ours
        raise PictureRefused(
            Refusal.TOO_MANY_PIXELS, "the picture has too many pixels; choose a smaller size in the camera"
        ) from exc
    except Exception as exc:  # a decoder that meets hostile bytes may raise anything
        raise PictureRefused(
            Refusal.DAMAGED, "the picture is damaged or incomplete; send it again, or take a new one"
        ) from exc
    return picture, profile


def _opener(data: bytes) -> Callable[[BytesIO], ImageFile]:
    """Choose the decoder by the file's first bytes; its name and announced type do not count."""
    if data.startswith(b"\xff\xd8\xff"):
        return JpegImageFile
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PngImageFile
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WebPImageFile
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"heim", b"heis", b"mif1"):
        from pi_heif.as_plugin import HeifImageFile  # type: ignore[import-untyped]

        heic: Callable[[BytesIO], ImageFile] = HeifImageFile
        return heic
    raise PictureRefused(
        Refusal.NOT_A_PICTURE,
        "this is not a JPEG, PNG, WebP or HEIC picture; send a photo as the phone took it",
    )


def _check_header(source: ImageFile, data: bytes) -> None:
    width, height = source.size
    limit = MAX_PIXELS[source.format or ""]
    if width * height > limit:
        raise PictureRefused(
            Refusal.TOO_MANY_PIXELS,
            f"the picture has {width}x{height} pixels, more than {limit // 1_000_000} million; "
            "choose a smaller size in the camera",
        )
    if min(width, height) < MIN_SIDE_PX:
        raise PictureRefused(
            Refusal.TOO_SMALL,
            f"the picture has only {width}x{height} pixels; send one of at least {MIN_SIDE_PX} each way",
        )
    if max(width, height) > MAX_SIDES_RATIO * min(width, height):
        raise PictureRefused(
            Refusal.TOO_NARROW,
            f"the picture is a strip of {width}x{height} pixels; send a photo of one person",
        )
    # HEIC is left out: phones keep bursts and depth beside the primary picture, and that one is decoded.
    if source.format != "HEIF" and getattr(source, "is_animated", False):
        raise PictureRefused(Refusal.ANIMATED, "the picture moves; send a still photo")
    if source.format == "JPEG" and _count_scans(data) > MAX_JPEG_SCANS:
        raise PictureRefused(
            Refusal.DAMAGED,
            f"the JPEG is written in more than {MAX_JPEG_SCANS} scans; save it again as a photo",
        )


def _count_scans(data: bytes) -> int:
    """Count the scans of a JPEG up to its end marker, past thumbnails in its headers and films behind it."""
    marker = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
    scans, position = 0, 2
    while scans <= MAX_JPEG_SCANS and (found := marker.search(data, position)):
        kind = found[1][0]
        if kind == 0xD9:
            break
        scans += kind == 0xDA
        position = found.end() + int.from_bytes(data[found.end() : found.end() + 2])
    return scans


def _orientation(source: ImageFile) -> int:
    """Read the Exif orientation; Exif that cannot be read is no reason to refuse the picture."""
    try:
        return int(source.getexif().get(_EXIF_ORIENTATION, 1))
    except Exception:
        return 1


def _reduction(size: tuple[int, int]) -> int:
    """Give the whole number by which a picture is shrunk to the size we work at."""
    return -(-max(size) // WORKING_SIDE_PX)


def _reduced(image: Image.Image) -> Image.Image:
    """Shrink a decoded picture by a whole number: fast, and no second copy at full size."""
    factor = _reduction(image.size)
    if factor == 1:
        return image
    averages = image.mode in ("L", "LA", "RGB", "RGBA", "CMYK")
    return (image if averages else _plain(image)).reduce(factor)


def _plain(image: Image.Image) -> Image.Image:
    """Bring any mode to L, RGB or CMYK with 8 bits, transparent parts laid on white."""
    if image.mode.startswith("I"):  # 16-bit grey
        import numpy as np

        return Image.fromarray((np.asarray(image).astype(np.uint32) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        with_alpha = image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(with_alpha, mask=with_alpha.getchannel("A"))
        return white
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _upright(image: Image.Image, orientation: int) -> Image.Image:
    turn = _UPRIGHT.get(orientation)
    return image if turn is None else image.transpose(turn)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert L, RGB or CMYK to sRGB by the picture's own profile, where it has one that fits."""
    if profile:
        try:
            converted = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (OSError, ValueError, ImageCms.PyCMSError):
            return image.convert("RGB")
        if converted is not None:
            return converted
    return image.convert("RGB")


def _for_print(photo: Image.Image) -> Image.Image:
    """Shrink to 960x1200 at most, never enlarge."""
    if photo.height <= PRINT_HEIGHT_PX:
        return photo
    return photo.resize((PRINT_WIDTH_PX, PRINT_HEIGHT_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    clean = image.copy()
    clean.info = {}
    buffer = BytesIO()
    clean.save(buffer, "JPEG", quality=quality, optimize=True)
    return buffer.getvalue()
