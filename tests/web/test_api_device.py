"""GET /api/v1/devices/me: what the server knows of the device that asks; and how a device signs a request."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderpass.domain.bundle import Bundle
from borderpass.domain.verdicts import Direction
from borderpass.services.authenticate_device import DATE_TOLERANCE_S
from borderpass.services.enrol_device import revoke_device
from borderpass.services.set_gate_setting import set_gate_setting
from borderpass.store.models import Device, IssuedPass
from borderpass.web.api.base64url import write_base64url
from tests.cast import COMMANDER, GATE, MINISTRY, OTHER_GATE
from tests.installation import Installation, done
from tests.phone import Phone
from tests.web.conftest import NOW, problem_of, sign_in
from tests.web.devices import ask, send, signed_headers

URL = "/api/v1/devices/me"


@pytest.fixture
def phone(world: Installation, bundle: Bundle) -> Phone:
    return Phone(world, bundle)


def test_a_device_learns_where_it_belongs_and_how_far_it_has_come(
    client: Client, phone: Phone, sokhas: IssuedPass
) -> None:
    phone.admit(str(sokhas.qr_text))
    phone.put(b"no record")
    phone.scan(str(sokhas.qr_text), link={"device_seq": 7})
    send(client, phone)
    said = ask(client, phone, URL).json()
    assert (said["device_id"], said["kid"]) == (str(phone.device.id), phone.signer.kid.hex())
    assert (said["checkpoint"]["id"], said["lane"], said["direction"]) == (GATE, "lane 1", "exit")
    assert (said["highest_device_seq"], said["records"], said["unusable"]) == (7, 3, 1)
    assert said["open_cases"] > 0
    assert (said["bundle_serial"], said["revoked_at"]) == (1, None)
    assert said["enrolled_at"] == said["server_time"] == "2026-11-23T02:00:00Z"


def test_a_device_learns_whether_admitting_needs_a_tap_at_its_own_gate(client: Client, phone: Phone) -> None:
    done(set_gate_setting(OTHER_GATE, True, MINISTRY, NOW))
    for needs_tap in (False, True, False):
        done(set_gate_setting(GATE, needs_tap, COMMANDER, NOW))
        assert ask(client, phone, URL).json()["admit_needs_tap"] is needs_tap


def test_a_new_device_has_come_nowhere(client: Client, phone: Phone) -> None:
    said = ask(client, phone, URL).json()
    assert (said["highest_device_seq"], said["records"], said["unusable"], said["open_cases"]) == (0, 0, 0, 0)


def test_a_revoked_device_learns_that_it_is(client: Client, phone: Phone) -> None:
    done(revoke_device(phone.device, COMMANDER, NOW))
    response = ask(client, phone, URL)
    assert response.status_code == 200
    assert response.json()["revoked_at"] == "2026-11-23T02:00:00Z"


def test_each_contact_is_noted_once_a_minute(client: Client, phone: Phone) -> None:
    assert Device.objects.get().last_contact_at is None
    ask(client, phone, URL)
    assert Device.objects.get().last_contact_at == NOW
    for ago, noted in ((timedelta(seconds=59), False), (timedelta(seconds=61), True)):
        Device.objects.update(last_contact_at=NOW - ago)
        ask(client, phone, URL)
        assert (Device.objects.get().last_contact_at == NOW) is noted


@pytest.mark.parametrize("off_s", [-DATE_TOLERANCE_S, DATE_TOLERANCE_S])
def test_a_clock_may_be_five_minutes_off(client: Client, phone: Phone, off_s: int) -> None:
    assert ask(client, phone, URL, NOW + timedelta(seconds=off_s)).status_code == 200


@pytest.mark.parametrize("off_s", [-DATE_TOLERANCE_S - 1, DATE_TOLERANCE_S + 1, -86_400 * 400])
def test_but_not_more_and_the_answer_tells_the_time(client: Client, phone: Phone, off_s: int) -> None:
    response = ask(client, phone, URL, NOW + timedelta(seconds=off_s))
    problem_of(response, 401, "DATE_WRONG")
    assert response.headers["BorderPass-Date"] == str(int(NOW.timestamp()))
    assert Device.objects.get().last_contact_at is None


@pytest.mark.parametrize(
    "changes",
    [
        {"BorderPass-Date": str(int(NOW.timestamp()) + 1)},
        {"BorderPass-Date": ""},
        {"BorderPass-Date": "now"},
        {"BorderPass-Date": "-1"},
        {"BorderPass-Date": "9" * 13},
        {"BorderPass-Date": "\u0661\u0662"},
        {"BorderPass-Signature": ""},
        {"BorderPass-Signature": "!"},
        {"BorderPass-Signature": write_base64url(bytes(64))},
        {"BorderPass-Signature": write_base64url(b"\xff" * 64)},
        {"BorderPass-Signature": write_base64url(bytes(63))},
    ],
    ids=str,
)
def test_what_was_not_signed_like_this_is_refused(client: Client, phone: Phone, changes: dict[str, str]) -> None:
    problem_of(client.get(URL, headers=signed_headers(phone, URL) | changes), 401, "SIGNATURE_INVALID")


def test_a_signature_is_for_one_path_one_method_and_one_device(
    client: Client, world: Installation, phone: Phone, sokhas: IssuedPass
) -> None:
    other = Phone(world, phone.bundle, Direction.ENTRY, key="another phone")
    photo = f"/api/v1/passes/{sokhas.number}/photo"
    for headers in (
        signed_headers(phone, photo),
        signed_headers(phone, f"{URL}?x=1"),
        signed_headers(phone, URL, method="POST"),
        signed_headers(phone, URL) | {"BorderPass-Device": str(other.device.id)},
        signed_headers(other, URL, device=str(phone.device.id)),
    ):
        problem_of(client.get(URL, headers=headers), 401, "SIGNATURE_INVALID")


def test_the_query_is_signed_too(client: Client, phone: Phone) -> None:
    assert ask(client, phone, f"{URL}?x=1").status_code == 200


@pytest.mark.parametrize("device", ["", "phone", "019ab000-0000-7000-8000-000000000001", "{}" * 18])
def test_a_device_that_is_none_of_ours_is_unknown(client: Client, phone: Phone, device: str) -> None:
    problem_of(client.get(URL, headers=signed_headers(phone, URL, device=device)), 404, "UNKNOWN_DEVICE")


def test_an_id_in_capitals_is_the_same_device(client: Client, phone: Phone) -> None:
    headers = signed_headers(phone, URL)
    assert client.get(URL, headers=headers | {"BorderPass-Device": str(phone.device.id).upper()}).status_code == 200


def test_a_session_is_no_device(client: Client, world: Installation) -> None:
    problem_of(client.get(URL), 401, "NOT_SIGNED_IN")
    problem_of(sign_in(client, COMMANDER.name).get(URL), 401, "NOT_SIGNED_IN")


def test_another_method_is_not_allowed(client: Client, world: Installation) -> None:
    problem_of(client.post(URL), 405, "METHOD_NOT_ALLOWED")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    changes=st.dictionaries(
        st.sampled_from(["BorderPass-Device", "BorderPass-Date", "BorderPass-Signature"]),
        st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=90),
        min_size=1,
    )
)
def test_no_headers_at_all_break_it(client: Client, phone: Phone, changes: dict[str, Any]) -> None:
    assert client.get(URL, headers=signed_headers(phone, URL) | changes).status_code in (401, 404)
