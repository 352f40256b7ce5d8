"""What may anybody send us that costs us much? Runs of combining marks: to normalise them takes the square of them.

A test that hangs here has found it: 80,000 marks take a quarter of a minute, a megabyte takes hours.
"""

import time
from datetime import date

import pytest
from django.test import Client

from borderpass.domain.application_form import ApplicationForm, DocumentKind, find_problems, tidy
from borderpass.domain.asked import understand
from borderpass.domain.passes import Sex
from borderpass.domain.provisions import Purpose
from borderpass.domain.staff_form import tidy_full_name, tidy_user_name
from borderpass.store.keys import new_id
from tests.installation import Installation
from tests.web.apply import fill_in, send

MARKS = "a" + "\u0301\u0327" * 40_000
QUICK_S = 5.0


def seconds_since(begun: float) -> float:
    return time.process_time() - begun


@pytest.mark.parametrize("read", [tidy_user_name, tidy_full_name, understand])
def test_reading_it_is_quick(read: object) -> None:
    begun = time.process_time()
    assert callable(read)
    read(MARKS)
    assert seconds_since(begun) < QUICK_S


def test_a_form_with_it_is_wrong_and_quickly_so() -> None:
    person = (Purpose.NEW, MARKS, MARKS, date(1992, 5, 4), Sex.FEMALE, DocumentKind.ID_CARD, MARKS, "01100101")
    begun = time.process_time()
    form = tidy(ApplicationForm(new_id(), "0110", *person, born_at=MARKS, occupation=MARKS))
    wrong = {one.field for one in find_problems(form, date(2026, 11, 23))}
    assert {"name_latin", "name_khmer", "document_number", "born_at", "occupation"} <= wrong
    assert seconds_since(begun) < QUICK_S


def test_nobody_keeps_the_site_busy_by_signing_in(client: Client, world: Installation) -> None:
    begun = time.process_time()
    response = send(client, "/sign-in/", username=MARKS, password="not the password")
    assert response.status_code == 403
    assert seconds_since(begun) < QUICK_S


@pytest.mark.parametrize("slug", ["name-khmer", "birthplace"])
def test_nobody_keeps_the_site_busy_from_home(world: Installation, slug: str) -> None:
    phone = Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")
    fill_in(phone, until=slug)
    begun = time.process_time()
    assert send(phone, f"/apply/{slug}/", **{slug: MARKS}).status_code == 422
    assert seconds_since(begun) < QUICK_S
