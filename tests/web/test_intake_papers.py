"""Papers and slip of an application: who may look at them, and can a file do no harm?"""

from typing import Any

import pytest
from django.test import Client

from borderpass.domain.attachments import MAX_FILE_BYTES
from borderpass.store.models import Application, Attachment
from tests.cast import BOPHA, DARA, MALEE, OTHER_PROVINCE, POIPET, PROVINCE, RITH, VICHEA
from tests.installation import Installation, lodged
from tests.web.conftest import sign_in
from tests.web.intake import SOPHEA, form_url, send, small_picture, take_photo, text_of, upload

URL = form_url()


@pytest.fixture
def bopha(client: Client, world: Installation) -> Client:
    return sign_in(client, BOPHA.name)


def attach(client: Client, data: bytes, name: str = "card.png", kind: str = "id_card") -> Any:
    return send(client, URL, "attach", **SOPHEA, paper=upload(name, data), paper_kind=kind)


def address(paper: Attachment) -> str:
    return f"/office/{POIPET}/papers/{paper.id}/"


def test_a_picture_is_shown_and_kept_with_the_form(bopha: Client) -> None:
    page = text_of(attach(bopha, small_picture()))
    paper = Attachment.objects.get()
    assert address(paper) in page
    response = bopha.get(address(paper))
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert "no-store" in response.headers["Cache-Control"]


def test_a_pdf_leaves_only_as_a_download_that_no_browser_runs(bopha: Client) -> None:
    attach(bopha, b"%PDF-1.7 <script>", 'a"b<script>.pdf')
    response = bopha.get(address(Attachment.objects.get()))
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.content == b"%PDF-1.7 <script>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html>", "was not added"),
        (b"", "was not added"),
        (b"%PDF-".ljust(MAX_FILE_BYTES + 1), "more than 5 MB"),
    ],
)
def test_what_may_not_be_added_is_said_and_everything_typed_stays(bopha: Client, data: bytes, words: str) -> None:
    page = text_of(attach(bopha, data))
    assert words in page or data == b""  # an empty file is none to a browser
    assert SOPHEA["name_latin"] in page
    assert not Attachment.objects.exists()


def test_an_unknown_kind_of_paper_is_not_added(bopha: Client) -> None:
    assert attach(bopha, small_picture(), kind="passport").status_code == 200
    assert not Attachment.objects.exists()


def test_a_paper_can_be_taken_off_again(bopha: Client) -> None:
    attach(bopha, small_picture())
    paper = Attachment.objects.get()
    assert send(bopha, URL, f"remove:{paper.id}", **SOPHEA).status_code == 200
    assert not Attachment.objects.exists()
    assert send(bopha, URL, "remove:nonsense", **SOPHEA).status_code == 404


def test_papers_are_for_those_who_may_read_the_application(bopha: Client) -> None:
    take_photo(bopha, URL)
    attach(bopha, small_picture())
    paper = Attachment.objects.get()
    assert sign_in(Client(), DARA.name).get(address(paper)).status_code == 404
    assert send(bopha, URL, **SOPHEA).status_code == 302
    for name, status in (
        (DARA.name, 200),
        (RITH.name, 200),
        (PROVINCE.name, 200),
        (VICHEA.name, 404),
        (OTHER_PROVINCE.name, 404),
        (MALEE.name, 403),
    ):
        assert sign_in(Client(), name).get(address(paper)).status_code == status, name
    assert Client().get(address(paper)).status_code == 302
    page = text_of(sign_in(Client(), DARA.name).get(f"/office/{POIPET}/applications/{paper_application().id}/"))
    assert address(paper) in page
    assert "Take off" not in page


def paper_application() -> Application:
    return Application.objects.get(name_latin="SOK SOPHEA")


def test_the_slip_is_a_pdf_for_whoever_may_read_the_application(bopha: Client) -> None:
    application = lodged(6)
    url = f"/office/{POIPET}/applications/{application.id}/slip/"
    response = bopha.get(url)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")
    assert application.reference in response.headers["Content-Disposition"]
    assert sign_in(Client(), DARA.name).get(url).status_code == 200
    assert sign_in(Client(), VICHEA.name).get(url).status_code == 404
    assert bopha.post(url, {"csrfmiddlewaretoken": bopha.cookies.get("csrftoken", "")}).status_code in (403, 405)


def test_the_page_after_taking_in_is_the_clerks(world: Installation) -> None:
    application = lodged(6)
    url = f"/office/{POIPET}/applications/{application.id}/taken-in/"
    assert application.reference in text_of(sign_in(Client(), BOPHA.name).get(url))
    assert sign_in(Client(), DARA.name).get(url).status_code == 403
    assert sign_in(Client(), VICHEA.name).get(url).status_code == 404
