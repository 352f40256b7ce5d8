"""What does a camera see when somebody holds out a pass? Pictures of printed papers, held well and badly."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from borderpass.printing.qr_symbol import make_symbol

FRAME = (1280, 720)
DESK = (96, 92, 86)
SHADE = (40, 38, 36)
_MODULE_MM = 0.4
_QUIET = 6
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_MM_PER_POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Hold:
    """How a paper is held: camera pixels a module, degrees, where the code's middle is in the frame."""

    pixels_a_module: float = 4.0
    degrees: float = 0.0
    middle: tuple[float, float] = (0.5, 0.5)


def empty_scene() -> Image.Image:
    """Return the desk with nobody in front of it."""
    frame = Image.new("RGB", FRAME, DESK)
    draw = ImageDraw.Draw(frame)
    draw.rectangle((0, 520, 1280, 720), fill=SHADE)
    for x in range(0, 1280, 90):
        draw.line((x, 520, x - 160, 720), fill=DESK, width=6)
    return frame


def held(*papers: tuple[Path | str, Hold]) -> Image.Image:
    """Return a scene with papers in it: a page (a PDF file), or a code alone (its text)."""
    frame = empty_scene()
    for paper, hold in papers:
        sheet = _page(paper, hold.pixels_a_module) if isinstance(paper, Path) else _code(paper, hold.pixels_a_module)
        _paste(frame, *sheet, hold)
    return frame


def blurred(scene: Image.Image, radius: float) -> Image.Image:
    """Return a scene out of focus, by so many pixels."""
    return scene.filter(ImageFilter.GaussianBlur(radius))


def badly_lit(scene: Image.Image) -> Image.Image:
    """Return a scene half in the shade, with the sun in one corner of the paper's code."""
    pixels = np.asarray(scene, np.float32)
    height, width = pixels.shape[:2]
    across = np.linspace(0.30, 1.0, width, dtype=np.float32)[None, :, None]
    y, x = np.mgrid[0:height, 0:width]
    glare = 170 * np.exp(-(((x - width * 0.58) / 70) ** 2 + ((y - height * 0.36) / 45) ** 2))
    return Image.fromarray(np.clip(pixels * across + glare[:, :, None], 0, 255).astype(np.uint8))


def noisy(scene: Image.Image, strength: float) -> Image.Image:
    """Return a scene with the noise of a cheap camera in the dusk; the same noise each time."""
    grain = np.random.default_rng(7).normal(0, strength, (FRAME[1], FRAME[0], 1))
    return Image.fromarray(np.clip(np.asarray(scene, np.float32) + grain, 0, 255).astype(np.uint8))


def in_one_frame(papers: Sequence[Path | str], pixels_a_module: float) -> Image.Image:
    """Return a scene with several passes beside each other."""
    places = [(0.5 + index) / len(papers) for index in range(len(papers))]
    return held(
        *((paper, Hold(pixels_a_module, middle=(place, 0.5))) for paper, place in zip(papers, places, strict=True))
    )


def _paste(frame: Image.Image, paper: Image.Image, code_at: tuple[float, float], hold: Hold) -> None:
    """Lay a paper into the frame, turned around the middle of its code."""
    side = 2 * max(paper.size)
    sheet = Image.new("RGBA", (side, side))
    sheet.paste(paper, (round(side / 2 - code_at[0]), round(side / 2 - code_at[1])))
    turned = sheet.rotate(hold.degrees, Image.Resampling.BICUBIC)
    at = (round(hold.middle[0] * FRAME[0] - side / 2), round(hold.middle[1] * FRAME[1] - side / 2))
    frame.paste(turned, at, turned)


@cache
def _code(text: str, pixels_a_module: float) -> tuple[Image.Image, tuple[float, float]]:
    """Return a code on white paper, and where its middle is."""
    symbol = make_symbol(text)
    side = symbol.modules + 2 * _QUIET
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(symbol.rows):
        picture.paste(Image.frombytes("L", (symbol.modules, 1), bytes(row)), (_QUIET, _QUIET + y))
    size = round(side * pixels_a_module)
    return picture.resize((size, size), Image.Resampling.BICUBIC).convert("RGB"), (size / 2, size / 2)


@cache
def _page(pdf: Path, pixels_a_module: float) -> tuple[Image.Image, tuple[float, float]]:
    """Return a page at the size at which a module has so many pixels, and where the middle of its code is."""
    scale = pixels_a_module / _MODULE_MM * _MM_PER_POINT
    with pypdfium2.PdfDocument(pdf.read_bytes()) as document:
        page: Image.Image = document[0].render(scale=scale).to_pil().convert("RGB")
        large: Image.Image = document[0].render(scale=4).to_pil().convert("L")
    (code,) = zxingcpp.read_barcodes(large, formats=_QR)
    corners = (code.position.top_left, code.position.bottom_right)
    x, y = (sum(getattr(corner, axis) for corner in corners) / 2 / 4 * scale for axis in "xy")
    return page, (x, y)
