"""What do we keep of a signature or a thumb that was drawn on a screen? A small PNG in grey, made anew, or nothing.

Anybody's browser sends it, so it is hostile until read: PNG only (W3C PNG 3), and its size is believed and refused from
its header before a pixel is decoded.
"""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_FILE_BYTES = 400_000
MAX_SIDE_PX = 2_400
KEPT_WIDTH_PX, KEPT_HEIGHT_PX = 600, 240
_LEAST_INK_PX = 30
_DARK = 160
_LEVELS = 4


class SignatureRefused(Exception):  # noqa: N818 - the outcome's name, as in the pages that show it
    """A picture that is no signature; the message says what is wrong and what to do."""


def read_signature(data: bytes) -> bytes:
    """Return a drawn signature as the PNG to keep, dark on white. Raise SignatureRefused for anything else."""
    if len(data) > MAX_FILE_BYTES:
        raise SignatureRefused("the drawing is too large: draw it on this page")
    try:
        with Image.open(BytesIO(data), formats=("PNG",)) as picture:
            if max(picture.size) > MAX_SIDE_PX:
                raise SignatureRefused("the drawing is too large: draw it on this page")
            drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise SignatureRefused("the drawing cannot be read: draw it again") from error
    grey = Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("L")
    if sum(grey.histogram()[:_DARK]) < _LEAST_INK_PX:
        raise SignatureRefused("there is no signature: draw one, or type the name")
    ink = ImageOps.invert(grey).getbbox()
    grey = grey.crop(ink)
    grey.thumbnail((KEPT_WIDTH_PX, KEPT_HEIGHT_PX))
    kept = BytesIO()
    grey.quantize(_LEVELS).save(kept, "PNG", optimize=True)
    return kept.getvalue()
