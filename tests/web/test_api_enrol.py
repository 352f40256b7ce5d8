"""POST /api/v1/devices/enrol: a one-time code and a public key become a device."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderpass.domain.verdicts import Direction
from borderpass.services.create_enrolment_code import create_enrolment_code
from borderpass.services.redeem_enrolment_code import TRIES_MAX
from borderpass.services.set_gate_setting import set_gate_setting
from borderpass.store.models import Device, EnrolmentCode, FailedEnrolment
from borderpass.web.api.base64url import read_base64url, write_base64url
from borderpass.web.published import root_path
from borderpass.wire.keys import load_point
from tests.cases.keys import signer
from tests.cast import COMMANDER, GATE
from tests.installation import Installation, done
from tests.web.conftest import NOW, problem_of

URL = "/api/v1/devices/enrol"
KEY = write_base64url(b"\x04" + signer("phone").point)
OTHER_KEY = write_base64url(b"\x04" + signer("another phone").point)
WRONG = "0000-0000-0000-0000"


@pytest.fixture
def code(world: Installation) -> str:
    return made()


def made(minutes_ago: int = 0) -> str:
    at = NOW - timedelta(minutes=minutes_ago)
    return done(create_enrolment_code(GATE, "3", Direction.EXIT, COMMANDER, at)).code


def enrol(client: Client, code: str, key: str = KEY, **more: Any) -> Any:
    return client.post(URL, {"code": code, "public_key": key, **more}, content_type="application/json")


def test_the_phone_is_bound_to_the_codes_gate_lane_and_direction(client: Client, code: str) -> None:
    response = enrol(client, code, app_version="1.0.0")
    assert response.status_code == 200
    said, device = response.json(), Device.objects.get()
    assert (said["device_id"], said["kid"]) == (str(device.id), signer("phone").kid.hex())
    assert (said["checkpoint"]["id"], said["lane"], said["direction"]) == (GATE, "3", "exit")
    assert said["checkpoint"]["names"]["en"] == "Poipet"
    assert (said["bundle_serial"], said["server_time"]) == (1, "2026-11-23T02:00:00Z")
    assert said["admit_needs_tap"] is False
    assert bytes.fromhex(device.point) == signer("phone").point
    assert (device.enrolled_by, device.enrolled_at, device.app_version) == (COMMANDER.name, NOW, "1.0.0")


def test_it_gets_the_roots_key_twice_the_same(client: Client, code: str) -> None:
    said = enrol(client, code).json()
    assert said["root_pem"] == root_path().read_text("ascii")
    x, y = read_base64url(said["root_key"]["x"]), read_base64url(said["root_key"]["y"])
    assert x is not None
    assert y is not None
    assert load_point(x + y)


def test_it_learns_that_the_gates_commander_wants_a_tap_for_admitting(client: Client, code: str) -> None:
    done(set_gate_setting(GATE, True, COMMANDER, NOW))
    assert enrol(client, code).json()["admit_needs_tap"] is True


@pytest.mark.parametrize(
    "change",
    [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} ", lambda code: f"BP-ENROL:{code}"],
    ids=["small letters", "no hyphens", "spaces", "as in the QR code"],
)
def test_a_code_may_be_typed_in_many_ways(client: Client, code: str, change: Any) -> None:
    assert enrol(client, change(code)).status_code == 200


def test_letters_that_are_taken_for_digits_do_no_harm(client: Client, world: Installation) -> None:
    code = next(one for one in iter(made, "") if "0" in one or "1" in one)
    assert enrol(client, code.replace("0", "o").replace("1", "l")).status_code == 200


def test_a_wrong_code_enrols_nobody(client: Client, code: str) -> None:
    for wrong in (WRONG, "", "K7QX", "U" * 16, "\u0e01" * 16):
        response = enrol(client, wrong)
        problem_of(response, *((403, "ENROLMENT_CODE_WRONG") if wrong else (422, "INVALID_REQUEST")))
    assert not Device.objects.exists()


def test_a_code_is_good_once(client: Client, code: str) -> None:
    enrol(client, code)
    problem_of(enrol(client, code, OTHER_KEY), 409, "ENROLMENT_CODE_USED")
    assert Device.objects.count() == 1


def test_an_answer_that_was_lost_is_given_again(client: Client, code: str) -> None:
    assert enrol(client, code).json() == enrol(client, code).json()
    assert Device.objects.count() == 1


def test_a_code_is_good_for_ten_minutes(client: Client, world: Installation) -> None:
    problem_of(enrol(client, made(minutes_ago=10)), 410, "ENROLMENT_CODE_EXPIRED")
    assert enrol(client, made(minutes_ago=9)).status_code == 200


def test_a_code_of_yesterday_is_as_good_as_none(client: Client, world: Installation) -> None:
    problem_of(enrol(client, made(minutes_ago=24 * 60 + 1)), 403, "ENROLMENT_CODE_WRONG")


@pytest.mark.parametrize(
    "key",
    [
        write_base64url(signer("phone").point),
        write_base64url(b"\x02" + signer("phone").point[:32]),
        write_base64url(b"\x04" + bytes(64)),
        write_base64url(b"\x04" + signer("phone").point + b"\x00"),
        KEY + "=",
        "not base64url!",
    ],
    ids=["bare x and y", "compressed", "no point", "a byte too many", "padding", "no base64url"],
)
def test_a_key_that_is_none_is_named_and_does_not_use_the_code_up(client: Client, code: str, key: str) -> None:
    problem = problem_of(enrol(client, code, key), 422, "INVALID_REQUEST")
    assert [one["field"] for one in problem["errors"]] == ["public_key"]
    assert enrol(client, code).status_code == 200


def test_after_too_many_wrong_codes_nothing_is_taken_from_there_for_a_while(client: Client, code: str) -> None:
    for _ in range(TRIES_MAX):
        problem_of(enrol(client, WRONG), 403, "ENROLMENT_CODE_WRONG")
    response = enrol(client, code)
    problem_of(response, 429, "TOO_MANY_TRIES")
    assert int(response.headers["Retry-After"]) == 600
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    assert enrol(elsewhere, code).status_code == 200


def test_what_failed_is_forgotten(client: Client, code: str) -> None:
    FailedEnrolment.objects.bulk_create(
        [FailedEnrolment(address="127.0.0.1", at=NOW - timedelta(minutes=11)) for _ in range(TRIES_MAX)]
        + [FailedEnrolment(address="127.0.0.1", at=NOW - timedelta(days=2))]
    )
    assert enrol(client, WRONG).status_code == 403
    assert FailedEnrolment.objects.count() == TRIES_MAX + 1
    assert enrol(client, code).status_code == 200


def test_the_code_itself_is_kept_nowhere(client: Client, code: str) -> None:
    enrol(client, code)
    kept = EnrolmentCode.objects.get()
    assert code not in str(vars(kept))
    assert len(kept.digest) == 64
    assert kept.device == Device.objects.get()


def test_before_the_authority_is_founded_there_is_nothing_to_enrol_at(
    client: Client, code: str, settings: Any, tmp_path: Any
) -> None:
    settings.HOME = tmp_path
    problem_of(enrol(client, code), 503, "NOTHING_PUBLISHED")


def test_another_method_and_another_type_are_not_allowed(client: Client, world: Installation) -> None:
    problem_of(client.get(URL), 405, "METHOD_NOT_ALLOWED")
    problem_of(client.post(URL, b"{}", content_type="text/plain"), 415, "UNSUPPORTED_MEDIA_TYPE")
    problem_of(client.post(URL, b"{", content_type="application/json"), 400, "MALFORMED_JSON")


def test_what_is_not_asked_for_is_refused(client: Client, code: str) -> None:
    problem_of(enrol(client, code, checkpoint="malai"), 422, "INVALID_REQUEST")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(code=st.text(max_size=70), key=st.text(max_size=100) | st.just(KEY))
def test_nothing_that_is_sent_breaks_it(client: Client, world: Installation, code: str, key: str) -> None:
    FailedEnrolment.objects.all().delete()
    code, key = code.encode("utf-8", "replace").decode(), key.encode("utf-8", "replace").decode()
    assert enrol(client, code, key).status_code in (403, 422)
