"""GET /: what everybody sees, with and without anything published, and what a signed-in person sees besides."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.installation import Installation
from tests.web.conftest import sign_in

KHMER_LETTER = re.compile(r"[\u1780-\u17ff]")


def page(client: Client, language: str = "en", path: str = "/") -> str:
    response = client.get(path, HTTP_ACCEPT_LANGUAGE=language)
    assert response.status_code == 200
    return response.content.decode()


def figures(html: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>([^<]+)</dt><dd>([\d,]+)</dd>", html))


def test_the_counts_are_sums_of_records(client: Client, sokha_left: None) -> None:
    assert figures(page(client)) == {
        "Passes issued today": "2",
        "Passes issued in all": "2",
        "Crossings today": "1",
        "Exits today": "1",
        "Entries today": "0",
        "Offices with a key": "2",
    }


def test_there_is_a_form_that_works_without_scripts(client: Client, world: Installation) -> None:
    html = page(client)
    assert '<form id="verify-form" class="verify" action="/verify/" method="post" enctype="multipart/form-data"' in html
    assert '<input type="file" id="picture" name="picture"' in html
    assert '<option value="poipet">Poipet</option>' in html


def test_every_input_has_a_label_and_the_page_its_landmarks(client: Client, world: Installation) -> None:
    html = page(client)
    for name in re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html):
        assert f'<label for="{name}"' in html
    for landmark in ("<header", "<main", "<footer", "<nav", "<h1"):
        assert html.count(landmark) >= 1
    assert html.count("<h1") == 1


@pytest.mark.parametrize(("language", "word"), [("km", "ប័ណ្ណព្រំដែន"), ("en", "Border pass"), ("th", "บัตรผ่านแดน")])
def test_it_speaks_three_languages(client: Client, world: Installation, language: str, word: str) -> None:
    html = page(client, language)
    assert f'<html lang="{language}">' in html
    assert f"<title>{word}</title>" in html


@pytest.mark.django_db
def test_who_asks_for_no_language_of_ours_reads_khmer(client: Client) -> None:
    assert '<html lang="km">' in page(client, "fr")


def test_gates_go_by_their_names_in_the_pages_language(client: Client, world: Installation) -> None:
    assert '<option value="poipet">ប៉ោយប៉ែត</option>' in page(client, "km")
    assert '<option value="poipet">ปอยเปต</option>' in page(client, "th")


@pytest.mark.django_db
def test_before_anything_is_published_it_says_which_commands_to_run(client: Client) -> None:
    html = page(client)
    assert "<code>borderpass init</code>" in html
    assert "<code>borderpass bundle export FILE</code>" in html
    assert "<code>borderpass demo</code>" in html
    assert "verify-form" not in html


def test_before_the_authority_is_founded_no_database_is_needed_to_say_so(
    client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path
    assert "<code>borderpass init</code>" in page(client)


def test_nothing_inline_and_nothing_from_elsewhere(client: Client, world: Installation) -> None:
    html = page(client)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r"<script(?![^>]* src=\"/static/)", html)
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", html)


def test_somebody_signed_in_sees_who_they_are_and_their_own_counts(client: Client, sokha_left: None) -> None:
    html = page(sign_in(client, "bopha"))
    assert "Bopha" in html
    assert "Clerk, Paoy Paet" in html
    rows = dict(
        re.findall(r'<th scope="row">([^<]+)</th><td class="number">[\d,]+</td><td class="number">([\d,]+)', html)
    )
    assert (rows["Passes issued"], rows["Fees in riel"], rows["Exits"]) == ("1", "20,000", "1")


def test_the_next_districts_governor_sees_their_own_counts_alone(client: Client, sokha_left: None) -> None:
    html = page(sign_in(client, "vichea"))
    assert "Governor, Serei Saophoan" in html
    assert '<th scope="row">Exits</th><td class="number">0</td><td class="number">0</td>' in html


def test_a_gate_officer_sees_no_figures_of_offices(client: Client, sokha_left: None) -> None:
    html = page(sign_in(client, "malee"), "km")
    assert "មន្ត្រីច្រក, ប៉ោយប៉ែត" in html
    assert "កម្រៃសេវា" not in html


def test_somebody_not_signed_in_sees_no_own_counts(client: Client, world: Installation) -> None:
    assert "<table" not in page(client)


def test_it_is_never_kept_by_a_cache(client: Client, world: Installation) -> None:
    assert "no-store" in client.get("/").headers["Cache-Control"]


def test_another_method_is_not_allowed(client: Client, world: Installation) -> None:
    response = Client(HTTP_ACCEPT_LANGUAGE="en").post("/")
    assert response.status_code == 405
    assert "This page cannot be used in this way" in response.content.decode()
