"""GET /api/v1/passes/{number}: whose pass has a number that was typed, for a code that is damaged. Never verified."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderpass.domain.bundle import Bundle
from borderpass.domain.pass_number import make_pass_number
from borderpass.domain.status import Status
from borderpass.services.enrol_device import revoke_device
from borderpass.services.look_up_pass import LOOK_UPS_MAX
from borderpass.store.models import IssuedPass, LookUp
from tests.cast import BOPHA, COMMANDER, DARA, MINISTRY, OTHER_COMMANDER, PROVINCE, RITH
from tests.installation import Installation, done
from tests.phone import Phone
from tests.web.conftest import NOW, problem_of, sign_in
from tests.web.devices import ask, signed_headers


@pytest.fixture
def phone(world: Installation, bundle: Bundle) -> Phone:
    return Phone(world, bundle)


def url(number: str) -> str:
    return f"/api/v1/passes/{number}"


def test_an_enrolled_phone_learns_who_it_should_be_and_that_nothing_was_verified(
    client: Client, phone: Phone, sokhas: IssuedPass
) -> None:
    response = ask(client, phone, url(sokhas.number))
    assert response.status_code == 200
    said = response.json()
    assert said["verified"] is False
    assert (said["number"], said["kind"], said["standing"]) == (sokhas.number, "two_year", "valid")
    assert (said["valid_from"], said["valid_until"]) == ("2026-11-23", "2028-11-22")
    assert said["holder"] == {
        "name_khmer": "សុខ សុខា",
        "name_latin": "SOK SOKHA",
        "born_on": "1990-01-02",
        "age": 36,
        "sex": "female",
        "home": said["holder"]["home"],
    }
    assert said["holder"]["home"]["code"] == "011001"
    assert [child["name"] for child in said["companions"]] == ["SOK CHENDA"]
    assert said["office"]["en"]


@pytest.mark.parametrize("status", [Status.REVOKED, Status.SUSPENDED])
def test_the_standing_is_that_of_now(client: Client, phone: Phone, sokhas: IssuedPass, status: Status) -> None:
    IssuedPass.objects.filter(id=sokhas.id).update(status=status)
    assert ask(client, phone, url(sokhas.number)).json()["standing"] == status.name.lower()


def test_a_number_may_be_typed_without_hyphens_and_in_small_letters(
    client: Client, phone: Phone, sokhas: IssuedPass
) -> None:
    typed = quote(f" {sokhas.number.replace('-', ' ').lower()}")
    assert ask(client, phone, url(typed)).json()["number"] == sokhas.number


@pytest.mark.parametrize("username", ["malee", COMMANDER.name, OTHER_COMMANDER.name])
def test_officers_of_every_gate_may_ask_by_their_session(client: Client, sokhas: IssuedPass, username: str) -> None:
    assert sign_in(client, username).get(url(sokhas.number)).json()["holder"]["name_latin"] == "SOK SOKHA"
    assert [(one.number, one.by, one.found) for one in LookUp.objects.all()] == [(sokhas.number, username, True)]


@pytest.mark.parametrize("actor", [BOPHA, DARA, RITH, PROVINCE, MINISTRY], ids=lambda actor: actor.name)
def test_nobody_else_may(client: Client, sokhas: IssuedPass, actor: object) -> None:
    problem_of(sign_in(client, actor.name).get(url(sokhas.number)), 403, "NOT_ALLOWED")  # type: ignore[attr-defined]
    assert not LookUp.objects.exists()


def test_nobody_asks_without_session_or_signature(client: Client, sokhas: IssuedPass) -> None:
    problem_of(client.get(url(sokhas.number)), 401, "NOT_SIGNED_IN")


def test_a_revoked_phone_learns_nothing(client: Client, phone: Phone, sokhas: IssuedPass) -> None:
    done(revoke_device(phone.device, COMMANDER, NOW))
    problem_of(ask(client, phone, url(sokhas.number)), 403, "DEVICE_REVOKED")


def test_a_phone_with_a_wrong_signature_is_not_helped_by_a_session(
    client: Client, phone: Phone, sokhas: IssuedPass
) -> None:
    headers = signed_headers(phone, "/elsewhere")
    problem_of(sign_in(client, "malee").get(url(sokhas.number), headers=headers), 401, "SIGNATURE_INVALID")


def test_an_old_request_is_not_answered_again(client: Client, phone: Phone, sokhas: IssuedPass) -> None:
    problem_of(ask(client, phone, url(sokhas.number), NOW - timedelta(seconds=301)), 401, "DATE_WRONG")


@pytest.mark.parametrize("wrong", ["0110-26-000001-", "0110-26-000001-0", "0110-26-000002", "nothing", "%00", "១១១"])
def test_a_number_that_was_typed_wrong_is_said_to_be(
    client: Client, phone: Phone, sokhas: IssuedPass, wrong: str
) -> None:
    number = wrong if wrong != "0110-26-000001-0" else sokhas.number[:-1] + ("0" if sokhas.number[-1] != "0" else "1")
    problem = problem_of(ask(client, phone, url(quote(number, safe="%"))), 422, "INVALID_REQUEST")
    assert [one["field"] for one in problem["errors"]] == ["number"]
    assert not LookUp.objects.exists()


def test_a_number_that_was_never_given_out_is_unknown_and_written_down(client: Client, phone: Phone) -> None:
    problem_of(ask(client, phone, url(make_pass_number("0110", 26, 9))), 404, "UNKNOWN_PASS")
    look_up = LookUp.objects.get()
    assert (look_up.found, look_up.device, look_up.by) == (False, phone.device, str(phone.device.id))


def test_the_register_cannot_be_read_number_by_number(client: Client, phone: Phone, sokhas: IssuedPass) -> None:
    LookUp.objects.bulk_create(
        [
            LookUp(number=sokhas.number, by=str(phone.device.id), device=phone.device, found=True, at=NOW)
            for _ in range(LOOK_UPS_MAX - 1)
        ]
    )
    assert ask(client, phone, url(sokhas.number)).status_code == 200
    response = ask(client, phone, url(sokhas.number))
    problem_of(response, 429, "TOO_MANY_TRIES")
    assert response.headers["Retry-After"] == "600"
    assert sign_in(client, "malee").get(url(sokhas.number)).status_code == 200
    LookUp.objects.update(at=NOW - timedelta(minutes=10))
    assert ask(client, phone, url(sokhas.number)).status_code == 200


def test_another_method_is_not_allowed(client: Client, phone: Phone, sokhas: IssuedPass) -> None:
    problem_of(client.post(url(sokhas.number)), 405, "METHOD_NOT_ALLOWED")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(number=st.text(min_size=1, max_size=30))
def test_no_number_at_all_breaks_it(client: Client, sokhas: IssuedPass, number: str) -> None:
    response = sign_in(client, "malee").get(url(quote(number.encode("utf-8", "replace"), safe="")))
    assert response.status_code in (404, 422)
