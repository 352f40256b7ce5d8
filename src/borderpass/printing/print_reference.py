"""What does the picture look like that an applicant keeps on the phone: a reference, its code, and a few words?

A PNG of one size for all phones. Pillow shapes Khmer and Thai with Raqm, which its wheels bring along.
"""

from io import BytesIO

import fontpkg_noto_sans_khmer
import fontpkg_noto_sans_thai
from PIL import Image, ImageDraw, ImageFont

from borderpass.printing.qr_symbol import QUIET_ZONE_MODULES, make_symbol

WIDTH_PX = 720
_MARGIN_PX = 40
_REFERENCE_PX, _WORDS_PX = 54, 32
_LINE_SHARE = 1.75  # of the letters' size: Khmer vowels stand above and below
_FILES = {
    "th": fontpkg_noto_sans_thai.ROOT / "files" / "NotoSansThai[wdth,wght].ttf",
    "km": fontpkg_noto_sans_khmer.ROOT / "files" / "NotoSansKhmer[wdth,wght].ttf",
}


def draw_reference(reference: str, lines: list[str], language: str) -> bytes:
    """Return a PNG with the code of a reference, the reference itself in large letters, and lines of words below it.

    Raise SymbolError where the reference has characters that no reference has.
    """
    code = _draw_code(reference)
    words = _font(language, _WORDS_PX)
    broken = [part for line in lines for part in _break(line, words)]
    line_px, reference_px = round(_WORDS_PX * _LINE_SHARE), round(_REFERENCE_PX * _LINE_SHARE)
    height = code.height + reference_px + line_px * len(broken) + 2 * _MARGIN_PX
    page = Image.new("L", (WIDTH_PX, height), 255)
    page.paste(code, ((WIDTH_PX - code.width) // 2, _MARGIN_PX // 2))
    drawn, middle, top = ImageDraw.Draw(page), WIDTH_PX // 2, code.height + reference_px // 2 + _MARGIN_PX // 2
    drawn.text((middle, top), reference, 0, _font("km", _REFERENCE_PX), "mm")
    top += (reference_px + line_px) // 2
    for line in broken:
        drawn.text((middle, top), line, 0, words, "mm")
        top += line_px
    buffer = BytesIO()
    page.quantize(16).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _draw_code(text: str) -> Image.Image:
    symbol = make_symbol(text)
    side = symbol.modules + 2 * QUIET_ZONE_MODULES
    small = Image.new("L", (side, side), 255)
    modules = Image.frombytes("L", (symbol.modules, symbol.modules), b"".join(symbol.rows))
    small.paste(modules, (QUIET_ZONE_MODULES, QUIET_ZONE_MODULES))
    scale = (WIDTH_PX - 2 * _MARGIN_PX) // side
    return small.resize((side * scale, side * scale), Image.Resampling.NEAREST)


def _font(language: str, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FILES.get(language, _FILES["km"])), size_px)


def _break(line: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Break a line at its spaces, so that it fits. A word that is wider than the picture stays whole."""
    broken, taken = [], ""
    for word in line.split(" "):
        longer = f"{taken} {word}".strip()
        if taken and font.getlength(longer) > WIDTH_PX - _MARGIN_PX:
            broken.append(taken)
            longer = word
        taken = longer
    return [*broken, taken]
