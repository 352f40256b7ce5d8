"""What did somebody send to have checked? The QR texts in a picture or in the text field, or why there are none.

Nothing of it is kept: a picture stays in memory, and goes with the request.
"""

from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext

from borderpass.domain.bundle import Bundle
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction
from borderpass.pictures.read_codes import MAX_FILE_BYTES, UnreadableError, read_codes
from borderpass.wire.qr import TEXT_MAX_CHARACTERS

_FORM_ROOM_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Sent:
    """The texts to check, each once, and where they were scanned."""

    texts: tuple[str, ...]
    scan: Scan


@dataclass(frozen=True, slots=True)
class Unusable:
    """Nothing to check: a sentence that says why and what to do, and the HTTP status that says the same."""

    sentence: str
    status: int


class _InMemory(MemoryFileUploadHandler):
    """Keeps every upload in memory, whatever its size: the size of the whole request is bounded before."""

    def handle_raw_input(self, *args: object, **kwargs: object) -> None:
        """Take all uploads, not only the small ones."""
        self.activated = True


def read_sent(request: HttpRequest, bundle: Bundle) -> Sent | Unusable:
    """Return what a form sent. A picture counts before a text."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdigit() or int(size) > MAX_FILE_BYTES + _FORM_ROOM_BYTES:
        return _too_large()
    request.upload_handlers = [_InMemory(request)]
    try:
        form, files = request.POST, request.FILES
    except (BadRequest, MultiPartParserError, SuspiciousOperation):
        return Unusable(gettext("The form did not arrive whole. Try again."), 400)
    checkpoint, direction = form.get("checkpoint", ""), form.get("direction", "")
    if (checkpoint and checkpoint not in bundle.checkpoints) or direction not in ("", *Direction):
        return Unusable(gettext("Choose the checkpoint and the direction from the lists."), 422)
    scan = Scan(checkpoint=checkpoint or None, direction=Direction(direction or Direction.EXIT))
    picture = files.get("picture")
    texts = _in_picture(picture.read()) if picture else _in_field(form.get("text", ""))
    return texts if isinstance(texts, Unusable) else Sent(texts, scan)


def _in_picture(data: bytes) -> tuple[str, ...] | Unusable:
    if len(data) > MAX_FILE_BYTES:
        return _too_large()
    try:
        texts = read_codes(data)
    except UnreadableError:
        return Unusable(gettext("This file cannot be opened. Choose a picture (PNG, JPEG or WebP) or a PDF."), 422)
    if texts:
        return tuple(texts)
    return Unusable(
        gettext(
            "No QR code was found in this picture. "
            "Take it again: the whole code in the frame, in good light, held still."
        ),
        422,
    )


def _in_field(text: str) -> tuple[str, ...] | Unusable:
    """A text that was copied over several lines is one text; its spaces count, for Base45 has a space."""
    text = text.replace("\r", "").replace("\n", "").strip("\t")
    if not text.strip():
        return Unusable(gettext("Choose a picture of the pass, or paste the text of its QR code."), 422)
    if len(text) > TEXT_MAX_CHARACTERS:
        return Unusable(gettext("This text is longer than any QR code holds. Paste the text of one code only."), 422)
    return (text,)


def _too_large() -> Unusable:
    size = MAX_FILE_BYTES // 1024 // 1024
    return Unusable(gettext("This file is larger than %(size)s MB. Choose a smaller one.") % {"size": size}, 413)
