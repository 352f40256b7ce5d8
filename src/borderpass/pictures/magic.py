"""Is this the beginning of a picture or of a PDF?"""

PDF_MAGIC = b"%PDF-"
PNG_MAGIC, JPEG_MAGIC = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


def looks_like_picture(data: bytes) -> bool:
    """Tell whether the first bytes are those of a PNG, JPEG, WebP or PDF file."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or data.startswith((PNG_MAGIC, JPEG_MAGIC, PDF_MAGIC))
