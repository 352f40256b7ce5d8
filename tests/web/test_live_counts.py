"""GET /counts/live/: the counts alone, for a page that asks every few seconds."""

import pytest
from django.core.cache import cache
from django.test import Client

from borderpass.store.models import IssuedPass
from tests.installation import Installation
from tests.web.test_front_page import figures


def test_it_is_a_fragment_with_the_same_figures(client: Client, sokha_left: None) -> None:
    response = client.get("/counts/live/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in html
    assert figures(html)["Crossings today"] == "1"
    assert "Counted at 09:00:00" in html


def test_it_follows_what_happens(client: Client, sokhas: IssuedPass) -> None:
    before = figures(client.get("/counts/live/").content.decode())
    IssuedPass.objects.filter(id=sokhas.id).update(qr_text=None)
    cache.clear()
    after = figures(client.get("/counts/live/").content.decode())
    assert (before["Passes issued today"], after["Passes issued today"]) == ("2", "1")


def test_however_many_watch_it_is_added_up_once(
    client: Client, world: Installation, django_assert_max_num_queries: object
) -> None:
    client.get("/counts/live/")
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        client.get("/counts/live/")


@pytest.mark.django_db
def test_it_counts_nothing_before_anything_happened(client: Client) -> None:
    assert set(figures(client.get("/counts/live/").content.decode()).values()) == {"0"}


def test_another_method_is_not_allowed() -> None:
    assert Client().post("/counts/live/").status_code == 405
