"""Does the stand-in behave as the bank and a phone's banking app would?"""

import http.client
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from borderpass.banking.bakong import CHECK_PATH, Bakong
from borderpass.banking.stand_in import PAY_PATH, Mood, NotPaid, StandInBank, serve
from borderpass.wire.khqr import Khqr, md5_of, write_khqr

NOW = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)
KHQR = Khqr(
    account="poipet_hall@aclb",
    amount_riel=20_000,
    name="Poipet City Hall",
    city="Poipet",
    bill_number="A0110-26-000123",
    created_at=NOW,
    expires_at=NOW + timedelta(minutes=10),
)
TEXT = write_khqr(KHQR)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stand_in(clock: Clock) -> StandInBank:
    return StandInBank("token", clock)


@pytest.fixture
def address(stand_in: StandInBank) -> Iterator[str]:
    with serve(stand_in) as address:
        yield address


def send(address: str, path: str, body: bytes, method: str = "POST", token: str = "token") -> tuple[int, Any]:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=5)
    try:
        connection.request(method, path, body, {"Authorization": f"Bearer {token}"})
        response = connection.getresponse()
        octets = response.read()
        return response.status, json.loads(octets) if octets else None
    finally:
        connection.close()


def test_what_a_phone_pays_the_office_finds(stand_in: StandInBank, address: str) -> None:
    assert stand_in.pay_khqr(TEXT) == KHQR
    payment = Bakong("token", address).find_payment(md5_of(TEXT))
    assert payment is not None
    assert payment.settles(20_000)
    assert (payment.to_account, payment.acknowledged_at) == (KHQR.account, NOW)


def test_phone_pays_over_http_without_the_office_s_token(address: str) -> None:
    body = json.dumps({"qr": TEXT}).encode()
    assert send(address, PAY_PATH, body, token="none") == (200, {"paid": True, "amount": 20_000, "to": KHQR.account})
    assert send(address, PAY_PATH, body) == (409, {"paid": False, "why": "this QR code has been paid already"})
    assert Bakong("token", address).find_payment(md5_of(TEXT)) is not None


def test_code_is_paid_once(stand_in: StandInBank) -> None:
    stand_in.pay_khqr(TEXT)
    with pytest.raises(NotPaid, match="already"):
        stand_in.pay_khqr(TEXT)


def test_code_is_not_paid_once_it_has_expired(stand_in: StandInBank, clock: Clock) -> None:
    clock.now = KHQR.expires_at - timedelta(milliseconds=1)
    stand_in.pay_khqr(write_khqr(replace(KHQR, bill_number="A0110-26-000124")))
    clock.now = KHQR.expires_at
    with pytest.raises(NotPaid, match="expired"):
        stand_in.pay_khqr(TEXT)


@pytest.mark.parametrize("text", ["", "x", TEXT[:-1], TEXT.replace("20000", "20001"), "\ud800"])
def test_anything_else_is_not_paid(stand_in: StandInBank, text: str) -> None:
    with pytest.raises(NotPaid, match="no KHQR"):
        stand_in.pay_khqr(text)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"qr": 1}', b"{", b"[" * 4_000, b"\xff", b'{"qr": "\\ud800"}'])
def test_request_of_another_form_pays_nothing(address: str, body: bytes) -> None:
    status, answer = send(address, PAY_PATH, body)
    assert (status, answer["paid"]) == (409, False)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"md5": null}', b'{"md5": "x"}'])
def test_what_is_no_digest_is_not_found(address: str, body: bytes) -> None:
    status, answer = send(address, CHECK_PATH, body)
    assert (status, answer["responseCode"], answer["errorCode"], answer["data"]) == (200, 1, 1, None)


def test_only_its_own_ways_are_answered(address: str) -> None:
    assert send(address, CHECK_PATH, b"", method="GET") == (404, None)
    assert send(address, "/v1/else", b"") == (404, None)
    assert send(address, PAY_PATH, b"", method="GET") == (405, None)


@pytest.mark.parametrize("token", ["", "Token", "token2", "t\u00f6ken"])
def test_token_is_needed_to_ask(address: str, token: str) -> None:
    status, answer = send(address, CHECK_PATH, b'{"md5": "x"}', token=token)
    assert (status, answer["errorCode"]) == (401, 6)


def test_sum_and_currency_can_be_others_than_asked(stand_in: StandInBank, address: str) -> None:
    stand_in.pay(md5_of(TEXT), 4.99, currency="USD")
    payment = Bakong("token", address).find_payment(md5_of(TEXT))
    assert payment is not None
    assert (str(payment.amount), payment.currency) == ("4.99", "USD")
    assert not payment.settles(20_000)


@pytest.mark.parametrize("mood", Mood)
def test_phone_pays_whatever_mood_the_office_s_line_is_in(stand_in: StandInBank, address: str, mood: Mood) -> None:
    stand_in.mood = mood
    assert stand_in.mood is mood
    if mood is not Mood.DRIPPING:
        status, _ = send(address, PAY_PATH, json.dumps({"qr": TEXT}).encode())
        assert status == 200


def test_held_answers_go_out_when_the_mood_changes(stand_in: StandInBank, address: str) -> None:
    stand_in.pay_khqr(TEXT)
    stand_in.mood = Mood.SLOW
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=5)
    body = json.dumps({"md5": md5_of(TEXT)}).encode()
    connection.request("POST", CHECK_PATH, body, {"Authorization": "Bearer token"})
    stand_in.mood = Mood.WELL
    response = connection.getresponse()
    assert (response.status, json.loads(response.read())["responseCode"]) == (200, 0)
    connection.close()


def test_two_stand_ins_do_not_share_payments(stand_in: StandInBank, clock: Clock) -> None:
    stand_in.pay_khqr(TEXT)
    other = StandInBank("token", clock)
    assert other.pay_khqr(TEXT) == KHQR
