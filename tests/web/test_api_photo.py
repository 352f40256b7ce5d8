"""GET /api/v1/passes/{number}/photo: the full-size face, for those whose office or gate may know."""

from datetime import timedelta
from io import BytesIO
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from borderpass.domain.bundle import Bundle
from borderpass.domain.pass_number import make_pass_number
from borderpass.services.enrol_device import revoke_device
from borderpass.store.models import Device, IssuedPass, Staff
from tests.cast import COMMANDER, OTHER_PROVINCE
from tests.installation import Installation, done
from tests.phone import Phone
from tests.web.conftest import NOW, problem_of, sign_in
from tests.web.devices import ask, signed_headers


def url(number: str) -> str:
    return f"/api/v1/passes/{number}/photo"


@pytest.mark.parametrize("username", ["bopha", "dara", "malee", "rith"])
def test_the_office_a_gate_and_the_auditor_see_it(client: Client, sokhas: IssuedPass, username: str) -> None:
    response = sign_in(client, username).get(url(sokhas.number))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"] == "private, no-store"
    with Image.open(BytesIO(response.content)) as photo:
        assert photo.format == "JPEG"
        assert photo.height > 400


@pytest.mark.parametrize("username", ["vichea", OTHER_PROVINCE.name])
def test_another_districts_governor_and_another_provinces_officer_learn_nothing(
    client: Client, sokhas: IssuedPass, username: str
) -> None:
    sign_in(client, username)
    out_of_scope = client.get(url(sokhas.number))
    unknown = client.get(url("0110-26-000009-U"))
    problem_of(out_of_scope, 404, "UNKNOWN_PASS")
    assert out_of_scope.content == unknown.content


def test_nobody_sees_it_without_a_session(client: Client, sokhas: IssuedPass) -> None:
    problem_of(client.get(url(sokhas.number)), 401, "NOT_SIGNED_IN")
    client.cookies["sessionid"] = "made up"
    problem_of(client.get(url(sokhas.number)), 401, "NOT_SIGNED_IN")


def test_who_was_dismissed_sees_nothing_any_more(client: Client, sokhas: IssuedPass) -> None:
    sign_in(client, "dara")
    Staff.objects.filter(username="dara").update(is_active=False)
    problem_of(client.get(url(sokhas.number)), 401, "NOT_SIGNED_IN")


def test_another_method_is_not_allowed(client: Client, sokhas: IssuedPass) -> None:
    problem_of(sign_in(client, "dara").post(url(sokhas.number)), 405, "METHOD_NOT_ALLOWED")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(number=st.text(min_size=1, max_size=30))
def test_no_number_at_all_breaks_it(client: Client, sokhas: IssuedPass, number: str) -> None:
    response = sign_in(client, "dara").get(url(quote(number.encode("utf-8", "replace"), safe="")))
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


def test_an_enrolled_phone_sees_the_faces_of_every_office(
    client: Client, world: Installation, bundle: Bundle, sokhas: IssuedPass, neighbours: IssuedPass
) -> None:
    phone = Phone(world, bundle)
    for issued in (sokhas, neighbours):
        response = ask(client, phone, url(issued.number))
        assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
        assert response.headers["Cache-Control"] == "private, no-store"
    assert Device.objects.get().last_contact_at == NOW


def test_a_phone_that_is_revoked_late_or_not_ours_sees_nothing(
    client: Client, world: Installation, bundle: Bundle, sokhas: IssuedPass
) -> None:
    phone = Phone(world, bundle)
    path = url(sokhas.number)
    problem_of(ask(client, phone, path, NOW - timedelta(seconds=301)), 401, "DATE_WRONG")
    problem_of(client.get(path, headers=signed_headers(phone, url("0110-26-000009-U"))), 401, "SIGNATURE_INVALID")
    problem_of(client.get(path, headers=signed_headers(phone, path, device="phone")), 404, "UNKNOWN_DEVICE")
    done(revoke_device(phone.device, COMMANDER, NOW))
    problem_of(ask(client, phone, path), 403, "DEVICE_REVOKED")


def test_a_phone_asks_for_a_pass_that_is_not_there(client: Client, world: Installation, bundle: Bundle) -> None:
    problem_of(ask(client, Phone(world, bundle), url(make_pass_number("0110", 26, 9))), 404, "UNKNOWN_PASS")
