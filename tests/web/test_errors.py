"""Whatever goes wrong, people see a page in their language and never a traceback."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tests.web.conftest import problem_of


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title"),
    [("km", "គ្មានទំព័រនេះទេ"), ("en", "There is no such page"), ("th", "ไม่มีหน้านี้")],
)
def test_a_page_that_is_not_there_is_told_in_three_languages(language: str, title: str) -> None:
    response = Client(HTTP_ACCEPT_LANGUAGE=language).get("/nothing/here")
    html = response.content.decode()
    assert response.status_code == 404
    assert f'<h1 id="error-title">{title}</h1>' in html
    assert f'<html lang="{language}">' in html
    assert 'href="/"' in html


@pytest.mark.django_db
def test_a_host_that_is_not_ours_gets_a_page(client: Client) -> None:
    response = client.get("/", HTTP_HOST="elsewhere.example")
    assert response.status_code == 400
    assert "This request cannot be understood" in response.content.decode()


@pytest.mark.django_db
def test_what_is_not_allowed_gets_a_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionDenied

    monkeypatch.setattr("borderpass.web.front.views.current_bundle", refuse)
    response = client.get("/")
    assert response.status_code == 403
    assert "You may not do this" in response.content.decode()
    problem = client.get("/api/v1/bundle")
    assert problem.status_code == 404


@pytest.mark.django_db
def test_a_bug_of_ours_gets_a_page_without_its_inside(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the inside of the house")

    monkeypatch.setattr("borderpass.web.front.views.current_bundle", fail)
    for language, title in (
        ("km", "មានបញ្ហានៅខាងយើង"),
        ("en", "Something went wrong here"),
        ("th", "เกิดข้อผิดพลาดในระบบ"),
    ):
        client = Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE=language)
        response = client.get("/")
        html = response.content.decode()
        assert response.status_code == 500
        assert title in html
        assert "inside of the house" not in html
        assert "Traceback" not in html
    assert "the inside of the house" in caplog.text


def test_a_dead_database_still_gets_a_page(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    (tmp_path / "root.pem").touch()
    response = Client(raise_request_exception=False, HTTP_ACCEPT_LANGUAGE="en").get("/")
    assert response.status_code == 500
    assert "Something went wrong here" in response.content.decode()


def test_a_dead_database_is_a_problem_for_programs(caplog: pytest.LogCaptureFixture) -> None:
    problem_of(Client(raise_request_exception=False).get("/api/v1/bundle"), 500, "INTERNAL")
