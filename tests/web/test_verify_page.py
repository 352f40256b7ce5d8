"""POST /verify/: a picture of a pass, or its text, becomes a verdict, the data and the face; nothing is kept."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from borderpass.domain.status import Status
from borderpass.store.models import IssuedPass, Record
from tests.installation import Installation
from tests.web.conftest import NOW, put_status

FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def photographed(*texts: str | None, form: str = "PNG") -> SimpleUploadedFile:
    """Return a picture of these QR codes side by side."""
    codes = [
        Image.fromarray(
            zxingcpp.create_barcode(text or "", zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_image(scale=4)
        )
        for text in texts
    ]
    picture = Image.new(
        "L", (sum(code.width + 40 for code in codes) + 40, max(code.height for code in codes) + 80), 255
    )
    left = 40
    for code in codes:
        picture.paste(code, (left, 40))
        left += code.width + 40
    buffer = BytesIO()
    picture.save(buffer, form)
    return SimpleUploadedFile(f"pass.{form.lower()}", buffer.getvalue(), f"image/{form.lower()}")


def send(client: Client, language: str = "en", htmx: bool = False, **fields: Any) -> Any:
    extra = {"HTTP_HX_REQUEST": "true"} if htmx else {}
    return client.post("/verify/", fields, HTTP_ACCEPT_LANGUAGE=language, **extra)


def said(response: Any) -> str:
    return str(response.content.decode())


def notice(response: Any) -> str:
    found = re.search(r'<div class="notice" role="alert">\s*<p>([^<]+)</p>', said(response))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "PDF"])
def test_a_picture_of_a_good_pass_shows_verdict_data_and_face(client: Client, sokhas: IssuedPass, form: str) -> None:
    response = send(client, picture=photographed(sokhas.qr_text, form=form), checkpoint="poipet", direction="exit")
    html = said(response)
    assert response.status_code == 200
    assert '<article class="decision admit" aria-label="Admit">' in html
    for shown in (
        *('<p class="name" lang="km">សុខ សុខា</p>', "SOK SOKHA", "2 January 1990 (36 years)", "Female"),
        *("Paoy Paet, Banteay Meanchey", "Two-year border pass", "22 November 2028", sokhas.number),
        *("Monday 30 November 2026 (7 days)", "SOK CHENDA, 4 May 2019 (7 years), Female"),
        *('src="data:image/webp;base64,', "Decided with bundle 1: up to date, 1 hour ago"),
    ):
        assert shown in html


def test_without_scripts_it_is_a_whole_page_with_the_choice_kept(client: Client, sokhas: IssuedPass) -> None:
    html = said(send(client, picture=photographed(sokhas.qr_text), checkpoint="poipet", direction="exit"))
    assert "<html" in html
    assert '<option value="poipet" selected>' in html
    assert '<option value="exit" selected>' in html


def test_with_htmx_it_is_the_answer_alone(client: Client, sokhas: IssuedPass) -> None:
    html = said(send(client, htmx=True, picture=photographed(sokhas.qr_text)))
    assert "<html" not in html
    assert 'class="decision admit"' in html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("km", ("បដិសេធ", "ថ្ងៃខែឆ្នាំកំណើត", "2 មករា 1990 (36 ឆ្នាំ)", "ក្រុងប៉ោយប៉ែត")),
        ("en", ("Refuse", "Born", "2 January 1990 (36 years)", "Paoy Paet")),
        ("th", ("ปฏิเสธ", "วันเกิด", "2 มกราคม 2533 (36 ปี)", "Paoy Paet")),
    ],
)
def test_reasons_are_sentences_in_the_pages_language_that_say_what_to_do(
    client: Client, sokhas: IssuedPass, world: Installation, language: str, words: tuple[str, ...]
) -> None:
    from borderpass.domain.reasons import Reason

    put_status(world, sokhas, Status.REVOKED)
    html = said(send(client, language, text=sokhas.qr_text))
    assert 'class="decision refuse"' in html
    for shown in (*words, Reason.REVOKED.text(language), Reason.REVOKED.next_step(language)):
        assert shown in html


def test_a_verdict_is_told_by_shape_too(client: Client, sokhas: IssuedPass, world: Installation) -> None:
    assert 'class="icon admit"' in said(send(client, text=sokhas.qr_text))
    assert 'class="icon refuse"' in said(send(client, text="HELLO"))
    put_status(world, sokhas, Status.SUSPENDED)
    html = said(send(client, text=sokhas.qr_text, direction="entry"))
    assert 'class="decision refer"' in html
    assert 'class="icon refer"' in html


def test_old_data_here_is_blue_for_the_traveller_is_not_the_matter(
    client: Client, sokhas: IssuedPass, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=8))
    html = said(send(client, text=sokhas.qr_text))
    assert 'class="decision device" aria-label="Refer"' in html
    assert '<p class="freshness red">' in html
    assert "too old, 8 days ago" in html


def test_of_a_forged_pass_nothing_is_shown(client: Client, sokhas: IssuedPass) -> None:
    html = said(send(client, text=(sokhas.qr_text or "")[:-6] + "AAAAAA"))
    assert 'class="decision refuse"' in html
    assert "SOK SOKHA" not in html
    assert "<img" not in html


def test_two_passes_get_a_verdict_each(client: Client, sokhas: IssuedPass, neighbours: IssuedPass) -> None:
    html = said(send(client, picture=photographed(sokhas.qr_text, neighbours.qr_text)))
    assert html.count("<article") == 2
    assert "RESIDENT B OF" in html


def test_another_code_on_the_same_paper_does_not_disturb(client: Client, sokhas: IssuedPass) -> None:
    html = said(send(client, picture=photographed("HTTPS://EXAMPLE.ORG/", sokhas.qr_text)))
    assert html.count("<article") == 1
    assert 'class="decision admit"' in html


def test_a_text_pasted_over_several_lines_is_one_text(client: Client, sokhas: IssuedPass) -> None:
    text = sokhas.qr_text or ""
    assert 'class="decision admit"' in said(send(client, text=f"{text[:300]}\r\n{text[300:]}\n"))


def test_a_picture_counts_before_a_text(client: Client, sokhas: IssuedPass) -> None:
    assert 'class="decision admit"' in said(send(client, picture=photographed(sokhas.qr_text), text="HELLO"))


def test_a_picture_without_a_code_gets_a_clear_sentence_and_the_page_stays(client: Client, world: Installation) -> None:
    buffer = BytesIO()
    Image.new("RGB", (300, 200), "white").save(buffer, "PNG")
    response = send(client, picture=SimpleUploadedFile("white.png", buffer.getvalue()), checkpoint="poipet")
    assert response.status_code == 422
    assert notice(response).startswith("No QR code was found in this picture.")
    assert '<option value="poipet" selected>' in said(response)


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\nnothing", b"GIF89a", b"\xff\xd8\xff\xe0"]
)
def test_a_file_that_is_no_picture_gets_a_clear_sentence(client: Client, world: Installation, content: bytes) -> None:
    response = send(client, picture=SimpleUploadedFile("file", content))
    assert response.status_code == 422
    assert notice(response).startswith("This file cannot be opened.")


def test_a_pdf_with_a_damaged_page_gets_a_clear_sentence(client: Client, sokhas: IssuedPass) -> None:
    content = photographed(sokhas.qr_text, form="PDF").read().replace(b"/Type /Page\n", b"/Type /Pug\n")
    response = send(client, picture=SimpleUploadedFile("pass.pdf", content.replace(b"/Kids", b"/Kits")))
    assert response.status_code == 422
    assert notice(response)


def test_a_picture_wider_than_the_reader_takes_gets_a_clear_sentence(client: Client, world: Installation) -> None:
    buffer = BytesIO()
    Image.new("L", (40_000, 2), 255).save(buffer, "PNG")
    response = send(client, picture=SimpleUploadedFile("wide.png", buffer.getvalue()))
    assert response.status_code == 422
    assert notice(response)


def test_nothing_at_all_gets_a_clear_sentence(client: Client, world: Installation) -> None:
    for fields in ({}, {"text": "  \n"}, {"checkpoint": "poipet"}):
        response = send(client, **fields)
        assert response.status_code == 422
        assert notice(response) == "Choose a picture of the pass, or paste the text of its QR code."


def test_too_large_a_file_is_refused_before_it_is_read(client: Client, world: Installation) -> None:
    response = client.post("/verify/", {"text": "A"}, CONTENT_LENGTH=str(40 * 1024 * 1024))
    assert response.status_code == 413
    assert notice(response) == "This file is larger than 32 MB. Choose a smaller one."


def test_too_long_a_text_gets_a_clear_sentence(client: Client, world: Installation) -> None:
    response = send(client, text="A" * 4297)
    assert response.status_code == 422
    assert notice(response).startswith("This text is longer than any QR code holds.")


def test_a_choice_that_is_not_in_the_lists_gets_a_clear_sentence(client: Client, world: Installation) -> None:
    for fields in ({"checkpoint": "nowhere"}, {"direction": "up"}):
        response = send(client, text="A", **fields)
        assert response.status_code == 422
        assert notice(response) == "Choose the checkpoint and the direction from the lists."


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"anything", "multipart/form-data"),
        (b"anything", "multipart/form-data; boundary=" + "y" * 300),
        (b"text=" + b"A" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % number for number in range(1_100)), "application/x-www-form-urlencoded"),
        (b'{"text": "A"}', "application/json"),
        (b"text=%ff%00", "application/x-www-form-urlencoded"),
        (b"text=A", "application/x-www-form-urlencoded; charset=latin-1"),
    ],
)
def test_a_broken_form_gets_a_clear_sentence(client: Client, world: Installation, body: bytes, kind: str) -> None:
    response = client.post("/verify/", body, content_type=kind)
    assert response.status_code in (200, 400, 422)
    assert "<html" in said(response)
    assert "Traceback" not in said(response)


@pytest.mark.django_db
def test_before_anything_is_published_it_says_so(client: Client) -> None:
    assert send(client, text="A").status_code == 503
    assert "borderpass init" in said(send(client, text="A"))
    assert notice(send(client, htmx=True, text="A")).startswith("Nothing was published here yet")


def test_it_needs_no_cookie_and_stores_nothing(
    client: Client, sokhas: IssuedPass, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_file(*_: object, **__: object) -> None:
        raise AssertionError("a file was made")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", no_file)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", no_file)
    before = sorted(home.rglob("*"))
    large = photographed(sokhas.qr_text, form="PNG")
    large.name = "large.png"
    assert send(client, htmx=True, picture=large).status_code == 200
    assert sorted(home.rglob("*")) == before
    assert Record.objects.count() == 0


def test_the_answer_is_never_kept_by_a_cache(client: Client, sokhas: IssuedPass) -> None:
    assert "no-store" in send(client, text=sokhas.qr_text).headers["Cache-Control"]


def test_asking_without_sending_leads_to_the_form(client: Client, world: Installation) -> None:
    response = client.get("/verify/")
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.put("/verify/").status_code == 405


@FUZZ
@given(content=st.binary(max_size=400))
def test_no_file_at_all_breaks_it(client: Client, world: Installation, content: bytes) -> None:
    response = send(client, htmx=True, picture=SimpleUploadedFile("file", content))
    assert response.status_code in (200, 422)


@FUZZ
@given(data=st.data(), form=st.sampled_from(["PNG", "JPEG", "WEBP", "PDF"]))
def test_no_damaged_picture_breaks_it(client: Client, sokhas: IssuedPass, data: st.DataObject, form: str) -> None:
    content = bytearray(_picture_of_form(form))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(10, len(content)))
    response = send(client, htmx=True, picture=SimpleUploadedFile("file", bytes(content[:end])))
    assert response.status_code in (200, 422)


_PICTURES: dict[str, bytes] = {}


def _picture_of_form(form: str) -> bytes:
    if form not in _PICTURES:
        _PICTURES[form] = photographed("HELLO", form=form).read()
    return _PICTURES[form]


@FUZZ
@given(fields=st.dictionaries(st.sampled_from(["text", "checkpoint", "direction", "picture"]), st.text(max_size=40)))
def test_no_form_at_all_breaks_it(client: Client, world: Installation, fields: dict[str, str]) -> None:
    response = client.post("/verify/", {name: value.encode("utf-8", "replace") for name, value in fields.items()})
    assert response.status_code in (200, 422)
