"""Pictures with and without QR codes for the tests of what reads them."""

import struct
import zlib
from io import BytesIO

import zxingcpp
from PIL import Image


def code_picture(text: str, scale: int = 4) -> Image.Image:
    """Return a QR code with its quiet zone, `scale` pixels a module."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    return Image.fromarray(code.to_image(scale=scale)).convert("L")


def side_by_side(*pictures: Image.Image) -> Image.Image:
    """Return one picture with all of them from left to right on white."""
    both = Image.new("L", (sum(one.width for one in pictures), max(one.height for one in pictures)), "white")
    left = 0
    for one in pictures:
        both.paste(one, (left, 0))
        left += one.width
    return both


def written(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return a picture as the bytes of a file."""
    octets = BytesIO()
    picture.save(octets, kind, **options)
    return octets.getvalue()


def png_of_announced_size(width: int, height: int) -> bytes:
    """Return a small PNG file that says it unpacks to so many white pixels, and would begin to."""
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def pdf_of_pages(count: int = 1, box: str = "0 0 100 100") -> bytes:
    """Return a PDF file, in as few bytes as a reader takes, of some empty pages of a size in points."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(count))
    parts = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {count}>>"]
    parts += [f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]>>"] * count
    objects = "\n".join(f"{number} 0 obj{part}endobj" for number, part in enumerate(parts, 1))
    return f"%PDF-1.4\n{objects}\ntrailer<</Root 1 0 R>>\n".encode("ascii")
