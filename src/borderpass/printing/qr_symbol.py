"""Which modules are dark in the QR symbol of a pass, or of a text for a bank's app, and how large are they on paper?

ISO/IEC 18004: model 2, error correction M, the smallest version that holds the text, a quiet zone of four modules on
each side. A pass is written in alphanumeric mode (its 45 characters are those of Base45, RFC 9285), another text as
its UTF-8 bytes, without the ECI designator that some apps do not understand.
"""

import re
from dataclasses import dataclass

import zxingcpp

QUIET_ZONE_MODULES = 4
_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")
_DARK_RUN = re.compile(rb"\x00+")


class SymbolError(ValueError):
    """The text cannot become a QR symbol of a pass; the message says why."""


@dataclass(frozen=True)
class QrSymbol:
    """A QR symbol without its quiet zone: `rows` top to bottom, one byte a module, 0 dark and 255 light."""

    version: int
    rows: tuple[bytes, ...]

    @property
    def modules(self) -> int:
        """The number of modules along one side."""
        return len(self.rows)

    @property
    def svg(self) -> str:
        """The symbol on white with its quiet zone, as one vector path: one user unit is one module.

        One path, because a row drawn apart from the next leaves hairlines of paper between them on screens.
        """
        side = self.modules + 2 * QUIET_ZONE_MODULES
        origin = -QUIET_ZONE_MODULES
        runs = "".join(
            [
                f"M{left} {y}H{right}v1H{left}z"
                for y, row in enumerate(self.rows)
                for left, right in (run.span() for run in _DARK_RUN.finditer(row))
            ]
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{origin} {origin} {side} {side}">'
            f'<path fill="#fff" d="M{origin} {origin}h{side}v{side}h-{side}z"/><path d="{runs}"/></svg>'
        )


def make_symbol(text: str) -> QrSymbol:
    """The smallest QR symbol at error correction M that holds `text` in alphanumeric mode.

    Raises `SymbolError` for an empty text, a character outside Base45's alphabet (it would silently fall back
    to the byte mode, half as dense again) and a text that no version holds (over 3,391 characters).
    """
    if not _ALPHANUMERIC.fullmatch(text):
        raise SymbolError("the text of a pass QR must be Base45 and not empty: encode the signed pass first")
    return _make(text)


def make_text_symbol(text: str) -> QrSymbol:
    """The smallest QR symbol at error correction M that holds any text, such as a KHQR.

    Raises `SymbolError` for an empty text and for one that no version holds (over 2,331 bytes).
    """
    if not text:
        raise SymbolError("an empty text has no QR symbol")
    return _make(text)


def _make(text: str) -> QrSymbol:
    try:
        barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError as error:
        raise SymbolError(f"no QR symbol holds {len(text)} characters at level M: leave the face out") from error
    image = zxingcpp.write_barcode_to_image(barcode, add_quiet_zones=False)
    pixels = memoryview(image).tobytes()  # type: ignore[arg-type]  # A buffer, which its stub does not say.
    side = image.shape[0]
    return QrSymbol((side - 17) // 4, tuple(pixels[y * side : (y + 1) * side] for y in range(side)))


def module_mm(symbol_mm: float, modules: int) -> float:
    """The side of one module in mm, of a symbol `symbol_mm` wide quiet zone included."""
    return symbol_mm / (modules + 2 * QUIET_ZONE_MODULES)


def symbol_mm(one_module_mm: float, modules: int) -> float:
    """The width in mm, quiet zone included, of a symbol whose modules are `one_module_mm` wide."""
    return one_module_mm * (modules + 2 * QUIET_ZONE_MODULES)
