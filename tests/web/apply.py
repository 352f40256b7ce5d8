"""How do the tests fill in the form at home? As a phone does: page by page, with the page's token and its cookies."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from borderpass.store.models import HomeForm, PreApplication

ANSWERS: dict[str, dict[str, str]] = {
    "pass": {"pass": "new"},
    "province": {"province": "01"},
    "district": {"district": "0110"},
    "commune": {"commune": "011001"},
    "village": {"village": "01100101"},
    "name-khmer": {"name-khmer": "សុខ សុភា"},
    "name-latin": {"name-latin": "sok sophea"},
    "sex": {"sex": "2"},
    "born": {"born-day": "៤", "born-month": "5", "born-year": "1992"},
    "birthplace": {"birthplace": ""},
    "paper": {"paper": "id_card"},
    "number": {"number": "018203947"},
    "work": {"work": "កសិករ"},
    "phone": {"phone": "012 345 678"},
    "children": {"children": "1"},
    "child-1": {
        "child-1-name": "SOK CHENDA",
        "child-1-day": "4",
        "child-1-month": "5",
        "child-1-year": "2019",
        "child-1-sex": "2",
    },
    "photo": {},
}


def send(client: Client, url: str, **fields: Any) -> Any:
    """Send the form of a page, with the token that stands in it."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text_of(client.get(url)))
    assert token is not None, url
    return client.post(url, {"csrfmiddlewaretoken": token[1], **fields})


def answer(client: Client, slug: str, then: str = "", **fields: Any) -> Any:
    """Answer one question: as usual, or otherwise."""
    return send(client, f"/apply/{slug}/{then}", **{**ANSWERS[slug], **fields})


def fill_in(client: Client, until: str = "", **changes: dict[str, str]) -> None:
    """Answer all questions in their order, up to one that is not answered any more."""
    for slug, usual in ANSWERS.items():
        if slug == until:
            return
        response = send(client, f"/apply/{slug}/", **changes.get(slug, usual))
        assert response.status_code == 302, (slug, text_of(response))


def sent_form(client: Client, **changes: dict[str, str]) -> PreApplication:
    """Fill in the whole form and send it; return what its office has."""
    fill_in(client, until="", **changes)
    assert send(client, "/apply/review/").headers["Location"] == "/apply/sent/"
    return PreApplication.objects.latest("made_at", "reference")


def the_form() -> HomeForm:
    """Return the one form that is being filled in."""
    return HomeForm.objects.get()


def picture(data: bytes) -> SimpleUploadedFile:
    """Return a photo as a phone sends it."""
    return SimpleUploadedFile("photo.jpg", data, "image/jpeg")


def text_of(response: Any) -> str:
    """Return a page as text."""
    return str(response.content.decode())
