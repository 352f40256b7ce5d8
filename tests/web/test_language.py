"""POST /language/: the page in Khmer, English or Thai, from the next one on."""

import pytest
from django.test import Client

from tests.web.test_sign_in import token


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["km", "en", "th"])
def test_a_choice_holds_whatever_the_browser_prefers(client: Client, language: str) -> None:
    fields = {"csrfmiddlewaretoken": token(client), "language": language, "next": "/"}
    response = client.post("/language/", fields)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    html = client.get("/").content.decode()
    assert f'<html lang="{language}">' in html
    assert f'<button name="language" value="{language}" lang="{language}" aria-current="true">' in html


@pytest.mark.django_db
def test_another_language_and_another_host_are_left_alone(client: Client) -> None:
    fields = {"csrfmiddlewaretoken": token(client), "language": "xx", "next": "//elsewhere.example/"}
    assert client.post("/language/", fields).headers["Location"] == "/"
    assert '<html lang="en">' in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_form_that_is_not_ours_is_refused(client: Client) -> None:
    assert client.post("/language/", {"language": "th"}).status_code == 403
