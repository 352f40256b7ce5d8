"""Which QR texts are in a picture or a PDF?

zxing-cpp reads (QR only: camera noise is never taken for a barcode), pypdfium2 renders pages. What is not a picture
or a PDF, or is too large to be opened safely, is refused with one sentence.
"""

from collections.abc import Iterator
from io import BytesIO
from math import ceil

import zxingcpp
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from borderpass.pictures.magic import JPEG_MAGIC, PDF_MAGIC, PNG_MAGIC

MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_PIXELS = 60_000_000
PDF_DPI = 200
MAX_PAGES = 20
_MAX_SIDE_PX = 65_535  # as far as zxing-cpp goes
_SMALL_SIDE_PX = 1000
# Pillow's own `Image.open` would choose by other means, and print a warning about what is refused here.
_OPENERS = {PNG_MAGIC: PngImageFile, JPEG_MAGIC: JpegImageFile}
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


class UnreadableError(ValueError):
    """Bytes that are no picture or PDF that we open. The message says why."""


def read_codes(data: bytes) -> list[str]:
    """Return the texts of all QR codes in a PNG, JPEG, WebP or PDF file, each once. Raise UnreadableError."""
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableError(f"larger than {MAX_FILE_BYTES // 1024 // 1024} MiB")
    pages = _pages_of_pdf(data) if data.startswith(PDF_MAGIC) else _picture(data)
    return list(dict.fromkeys(text for page in pages for text in _read(page)))


def _read(picture: Image.Image) -> list[str]:
    """Read the picture as it is, and where that finds nothing, enlarged: a small symbol needs more pixels a module."""
    found = zxingcpp.read_barcodes(picture, formats=_QR)
    if not found and min(picture.size) < _SMALL_SIDE_PX and max(picture.size) <= _MAX_SIDE_PX // 2:
        larger = picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.LANCZOS)
        found = zxingcpp.read_barcodes(larger, formats=_QR)
    return [code.text for code in found if code.valid]


def _picture(data: bytes) -> Iterator[Image.Image]:
    opener = next((opener for magic, opener in _OPENERS.items() if data.startswith(magic)), WebPImageFile)
    try:
        with opener(BytesIO(data)) as opened:
            _check_size(*opened.size)
            grey = opened.convert("L")
    except UnreadableError:
        raise
    except Exception as error:  # a decoder that meets hostile bytes may raise anything
        raise UnreadableError(f"not a picture that can be opened ({type(error).__name__})") from None
    yield grey


def _pages_of_pdf(data: bytes) -> Iterator[Image.Image]:
    import pypdfium2  # here, as a picture needs none of it

    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MAX_PAGES:
                raise UnreadableError(f"a PDF of more than {MAX_PAGES} pages")
            for page in document:
                scale = PDF_DPI / 72
                _check_size(*(ceil(side * scale) for side in page.get_size()))
                yield page.render(scale=scale, grayscale=True).to_pil()
    except pypdfium2.PdfiumError:
        raise UnreadableError("not a PDF that can be opened") from None


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise UnreadableError(f"more than {MAX_PIXELS // 1_000_000} megapixels")
    if max(width, height) > _MAX_SIDE_PX:
        raise UnreadableError(f"a side of more than {_MAX_SIDE_PX:,} pixels")
