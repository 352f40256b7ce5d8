"""How do the tests fill in the form of the counter? As a browser does: with its token, and as somebody of the cast."""

import re
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from borderpass.store.keys import new_id
from borderpass.wire.mrz import check_digit
from tests.cast import POIPET
from tests.installation import photo

NEW = f"/office/{POIPET}/new/"
SOPHEA = {
    "purpose": "new",
    "name_khmer": "សុខ សុភា",
    "name_latin": "SOK SOPHEA",
    "sex": "2",
    "born_on": "04/05/1992",
    "born_at": "ប៉ោយប៉ែត",
    "nationality": "KHM",
    "document_kind": "id_card",
    "document_number": "018203947",
    "province": "01",
    "district": "0110",
    "commune": "011001",
    "village": "01100101",
    "occupation": "កសិករ",
    "phone": "012345678",
}


def form_url(form_id: UUID | None = None) -> str:
    """Return the address of a form, of a new one unless told otherwise."""
    return f"{NEW}{form_id or new_id()}/"


def send(client: Client, url: str, act: str = "lodge", **fields: Any) -> Any:
    """Press a button of a form."""
    page = client.get(url)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    ticket = re.search(r'name="ticket" value="([^"]+)"', page.content.decode())
    assert token is not None, page
    hidden = {"csrfmiddlewaretoken": token[1], "ticket": ticket[1] if ticket else ""}
    return client.post(url, {**hidden, "act": act, **fields})


def take_photo(client: Client, url: str, data: bytes | None = None, **fields: Any) -> Any:
    """Send the photo of a form."""
    sent = SimpleUploadedFile("photo.jpg", photo() if data is None else data, "image/jpeg")
    return send(client, url, "picture", picture=sent, **fields)


def text_of(response: Any) -> str:
    """Return a page as text."""
    return str(response.content.decode())


def card(
    number: str = "018203947",
    born: str = "920504",
    sex: str = "F",
    expires: str = "300101",
    names: str = "SOK<<SOPHEA",
) -> str:
    """Return the three lines of a Cambodian card with the right check digits."""
    upper = f"IDKHM{number}{check_digit(number)}".ljust(30, "<")
    middle = f"{born}{check_digit(born)}{sex}{expires}{check_digit(expires)}KHM{'<' * 11}"
    middle += check_digit(upper[5:] + middle[:7] + middle[8:15] + middle[18:29])
    return "\n".join((upper, middle, names.ljust(30, "<")))


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, data, "application/octet-stream")


def small_picture(colour: str = "white") -> bytes:
    """Return a PNG."""
    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (300, 300), colour).save(buffer, "PNG")
    return buffer.getvalue()
