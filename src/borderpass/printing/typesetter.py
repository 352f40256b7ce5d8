"""How does a template with its data become a PDF or a picture?

One Typst compiler is kept and reused (a new one reads its fonts each time), behind a lock: a second thread
that enters it gets "Already borrowed". The fonts come from packages, never from the machine, so a page looks
the same everywhere. The same data and timestamp give the same bytes.
"""

import base64
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Literal

import typst
from PIL import Image, UnidentifiedImageError

from borderpass.printing.papers import PaperError

TEMPLATES = Path(__file__).parent / "templates"
_FONT_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_khmer", "fontpkg_noto_sans_thai")
_lock = threading.Lock()


class TypesettingError(RuntimeError):
    """A template did not compile cleanly: a broken installation or a bug, never the fault of the data."""


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(files(package) / "files") for package in _FONT_PACKAGES],
    )
    return typst.Compiler(root=TEMPLATES, font_paths=fonts)


@dataclass(frozen=True)
class Sheet:
    """A template and what fills it: `data` (plain JSON values) and `pictures` (SVG texts by their names)."""

    template: str
    data: Mapping[str, object]
    pictures: Mapping[str, str]


def typeset_pdf(sheet: Sheet, timestamp: int) -> bytes:
    """The PDF of a sheet; `timestamp` is the creation time it states, in UNIX seconds."""
    return _compile(sheet, timestamp, "pdf", None)[0]


def typeset_pictures(sheet: Sheet, ppi: float) -> list[bytes]:
    """The pages of a sheet, a PNG each, at `ppi` pixels an inch."""
    return _compile(sheet, 0, "png", ppi)


def _compile(sheet: Sheet, timestamp: int, output: Literal["pdf", "png"], ppi: float | None) -> list[bytes]:
    inputs = {**sheet.pictures, "data": json.dumps(sheet.data, ensure_ascii=False)}
    with _lock:
        try:
            result, warnings = _compiler().compile_with_warnings(
                str(TEMPLATES / sheet.template),
                format=output,
                ppi=ppi,
                sys_inputs=inputs,
                timestamp=timestamp,
                pdf_tags=False,
            )
        except typst.TypstError as error:
            raise TypesettingError(f"{sheet.template} does not compile: {error.message}") from error
    if warnings:  # A font that is missing is only a warning to Typst; to us it is a pass without its Khmer.
        raise TypesettingError(f"{sheet.template} compiles with a warning: {warnings[0].message}")
    if result is None:
        raise TypesettingError(f"{sheet.template} compiled to nothing")
    return [result] if isinstance(result, bytes) else result


def wrap_portrait(jpeg: bytes) -> str:
    """A 4:5 portrait as an SVG that carries the JPEG's own bytes: Typst passes them into the PDF unchanged.

    Raises `PaperError` for anything but a JPEG of that shape, because a picture that cannot be read would be
    left out of an SVG without a word.
    """
    try:
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError) as error:
        raise PaperError("the portrait is not a JPEG picture: take the photo in again") from error
    if abs(width * 5 - height * 4) > 5:
        raise PaperError(f"the portrait is {width}x{height}, not 4:5: crop it to 960x1200 first")
    encoded = base64.b64encode(jpeg).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{encoded}"/></svg>'
    )
