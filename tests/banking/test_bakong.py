"""Is a QR code paid only when the central bank says so in so many words?"""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest

from borderpass.banking.bakong import Bakong, read_answer
from borderpass.banking.bank import Bank, BankUnreachable, Payment
from borderpass.banking.stand_in import Mood, StandInBank, serve

NOW = datetime(2026, 11, 22, 3, 4, 5, 678_000, tzinfo=UTC)
TOKEN = "eyJhbGciOiJIUzI1NiJ9.secret"
MD5 = "837fcbf2e7a51a328fd502aaefefdaf8"
ANOTHER = "b096a3b2e6755e78aa089d392529395d"
DATA = {
    "hash": "8465d722d7d5065f2886f0a474a4d34dc6a7855355b611836f7b6111228893e9",
    "fromAccountId": "sokha@aclb",
    "toAccountId": "poipet_hall@aclb",
    "currency": "KHR",
    "amount": 20000,
    "description": "A0110-26-000123",
    "createdDateMs": 1795316645000,
    "acknowledgedDateMs": 1795316645678,
    "trackingStatus": None,
    "receiverBank": None,
    "externalRef": "100FT33774179279",
}
PAID = {"responseCode": 0, "responseMessage": "Success", "errorCode": None, "data": DATA}
UNKNOWN = {"responseCode": 1, "responseMessage": "Transaction could not be found.", "errorCode": 1, "data": None}


def told(status: int, answer: Any) -> Payment | None:
    return read_answer(status, answer if isinstance(answer, bytes) else json.dumps(answer).encode())


def paid_with(**data: Any) -> dict[str, Any]:
    return {**PAID, "data": {**DATA, **data}}


def paid_without(key: str) -> dict[str, Any]:
    return {**PAID, "data": {name: value for name, value in DATA.items() if name != key}}


def test_payment_is_read() -> None:
    assert told(200, PAID) == Payment(
        amount=Decimal(20_000),
        currency="KHR",
        from_account_hash=sha256(b"sokha@aclb").hexdigest(),
        to_account="poipet_hall@aclb",
        transaction_hash="8465d722d7d5065f2886f0a474a4d34dc6a7855355b611836f7b6111228893e9",
        acknowledged_at=NOW,
    )


@pytest.mark.parametrize("amount", [b"20000", b"20000.0", b"20000.00", b"2e4", b"2E+4"])
def test_sum_is_the_same_however_it_is_written(amount: bytes) -> None:
    payment = told(200, json.dumps(PAID).encode().replace(b"20000", amount))
    assert payment is not None
    assert payment.settles(20_000)


@pytest.mark.parametrize(
    ("data", "settles"),
    [
        ({"amount": 20000}, True),
        ({"amount": 19999}, False),
        ({"amount": 20001}, False),
        ({"amount": 20000.01}, False),
        ({"amount": 5, "currency": "USD"}, False),
        ({"currency": "USD"}, False),
    ],
)
def test_only_the_sum_that_was_asked_for_settles(data: dict[str, Any], settles: bool) -> None:
    payment = told(200, paid_with(**data))
    assert payment is not None
    assert payment.settles(20_000) is settles


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (200, UNKNOWN),
        (404, UNKNOWN),
        (400, UNKNOWN),
        (200, {"responseCode": 1, "errorCode": 1}),
        (200, {**UNKNOWN, "errorCode": 3, "responseMessage": "Transaction failed."}),
    ],
)
def test_what_the_bank_does_not_know_is_not_paid(status: int, answer: Any) -> None:
    assert told(status, answer) is None


ODD: list[tuple[int, Any]] = [
    (200, b""),
    (200, b"<html></html>"),
    (200, b"\xff"),
    (200, b"null"),
    (200, b"[]"),
    (200, b"0"),
    (200, b"{}"),
    (200, b"[" * 60_000),
    (200, b" " * 65_536 + json.dumps(PAID).encode()),
    (200, json.dumps(PAID).encode()[:-1]),
    (200, json.dumps(PAID).encode() + b"{}"),
    (200, json.dumps(PAID).encode().replace(b'"amount"', b'"amount": 1, "amount"')),
    (200, json.dumps(PAID).encode().replace(b"20000", b"NaN")),
    (200, json.dumps(PAID).encode().replace(b"20000", b"Infinity")),
    (200, json.dumps(PAID).encode().replace(b"20000", b"-1e9999999999")),
    (200, json.dumps(PAID).encode().replace(b"20000", b"1e9999999999")),
    (200, json.dumps(PAID).encode().replace(b"20000", b"1" * 5_000)),
    (200, {**PAID, "responseCode": "0"}),
    (200, {**PAID, "responseCode": False}),
    (200, {**PAID, "responseCode": None}),
    (200, {**PAID, "responseCode": 0.0}),
    (200, {**PAID, "responseCode": 2}),
    (200, {**PAID, "errorCode": 3}),
    (200, {**PAID, "data": None}),
    (200, {**PAID, "data": []}),
    (200, {**PAID, "data": {}}),
    (200, {**UNKNOWN, "data": DATA}),
    (200, {**UNKNOWN, "errorCode": None}),
    (200, {**UNKNOWN, "errorCode": "1"}),
    (200, {**UNKNOWN, "errorCode": True}),
    (200, {**UNKNOWN, "errorCode": 2}),
    (200, {**UNKNOWN, "errorCode": 99}),
    *((200, paid_without(key)) for key in ("hash", "fromAccountId", "toAccountId", "currency", "amount")),
    (200, paid_without("acknowledgedDateMs")),
    (200, paid_with(amount="20000")),
    (200, paid_with(amount=True)),
    (200, paid_with(amount=0)),
    (200, paid_with(amount=-20000)),
    (200, paid_with(currency="khr")),
    (200, paid_with(currency=116)),
    (200, paid_with(hash="")),
    (200, paid_with(hash="a b")),
    (200, paid_with(fromAccountId=None)),
    (200, paid_with(toAccountId="x" * 129)),
    (200, paid_with(acknowledgedDateMs=None)),
    (200, paid_with(acknowledgedDateMs=0)),
    (200, paid_with(acknowledgedDateMs=10**13)),
    (200, paid_with(acknowledgedDateMs="1795316645678")),
    (200, paid_with(acknowledgedDateMs=1795316645678.0)),
    (201, PAID),
    (204, b""),
    (302, PAID),
    (400, PAID),
    (404, PAID),
    (404, b""),
    (500, PAID),
    (500, UNKNOWN),
    (504, b""),
]


@pytest.mark.parametrize(("status", "answer"), ODD)
def test_anything_odd_is_neither_paid_nor_unpaid(status: int, answer: Any) -> None:
    with pytest.raises(BankUnreachable, match=r"^the bank.*(again|cash)$") as raised:
        told(status, answer)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("status", "answer", "message"),
    [
        (401, b"", "token"),
        (403, b"", "Cambodia"),
        (429, b"", "too often"),
        (200, {**UNKNOWN, "errorCode": 6, "responseMessage": "Unauthorized"}, "token"),
    ],
)
def test_message_says_what_to_do(status: int, answer: Any, message: str) -> None:
    with pytest.raises(BankUnreachable, match=message):
        told(status, answer)


@pytest.fixture
def stand_in() -> StandInBank:
    return StandInBank(TOKEN, clock=lambda: NOW)


def test_bank_is_asked_over_http(stand_in: StandInBank) -> None:
    with serve(stand_in) as address:
        bank: Bank = Bakong(TOKEN, address)
        assert bank.find_payment(MD5) is None
        stand_in.pay(MD5, 20_000, from_account="sokha@aclb", to_account="poipet_hall@aclb")
        payment = bank.find_payment(MD5)
        assert payment is not None
        assert payment.settles(20_000)
        assert (payment.to_account, payment.acknowledged_at) == ("poipet_hall@aclb", NOW)
        assert bank.find_payment(ANOTHER) is None


def test_folder_in_the_address_is_kept(stand_in: StandInBank) -> None:
    with serve(stand_in) as address, pytest.raises(BankUnreachable, match="cannot be read"):
        Bakong(TOKEN, address + "/elsewhere/").find_payment(MD5)


@pytest.mark.parametrize(
    ("mood", "message"),
    [
        (Mood.SLOW, "cannot be reached"),
        (Mood.DRIPPING, "cannot be re"),
        (Mood.FAILING, "status 500"),
        (Mood.GARBAGE, "cannot be read"),
        (Mood.LOCKED_OUT, "token"),
    ],
)
def test_bank_in_a_bad_mood_is_unreachable_soon_and_found_again_later(
    stand_in: StandInBank, mood: Mood, message: str
) -> None:
    stand_in.pay(MD5, 20_000)
    with serve(stand_in) as address:
        stand_in.mood = mood
        with pytest.raises(BankUnreachable, match=message) as raised:
            Bakong(TOKEN, address, timeout_s=0.1).find_payment(MD5)
        assert TOKEN not in repr(raised.value)
        stand_in.mood = Mood.WELL
        assert Bakong(TOKEN, address).find_payment(MD5) is not None


def test_wrong_token_is_not_taken(stand_in: StandInBank) -> None:
    with serve(stand_in) as address, pytest.raises(BankUnreachable, match="token"):
        Bakong("another", address).find_payment(MD5)


def test_bank_that_is_not_there_is_unreachable(stand_in: StandInBank) -> None:
    with serve(stand_in) as address:
        pass
    with pytest.raises(BankUnreachable, match=r"ConnectionRefusedError.*ask again, or take the fee in cash"):
        Bakong(TOKEN, address).find_payment(MD5)


def test_bank_without_tls_where_it_should_be_is_unreachable(stand_in: StandInBank) -> None:
    with serve(stand_in) as address, pytest.raises(BankUnreachable, match="cannot be reached"):
        Bakong(TOKEN, address.replace("http:", "https:"), timeout_s=0.5).find_payment(MD5)


@pytest.mark.parametrize("md5", ["", "x", MD5.upper(), MD5 + "0", MD5[:-1] + "g", "\u17e0" * 32, MD5 + "\n"])
def test_only_a_digest_is_asked_for(md5: str) -> None:
    with pytest.raises(ValueError, match="no digest"):
        Bakong(TOKEN).find_payment(md5)


@pytest.mark.parametrize(
    ("token", "address", "told"),
    [
        ("", "https://bank.example", "token"),
        ("a b", "https://bank.example", "token"),
        ("a\r\nHost: b", "https://bank.example", "token"),
        ("ក", "https://bank.example", "token"),
        (TOKEN, "http://bank.example", "in the clear"),
        (TOKEN, "ftp://127.0.0.1", "in the clear"),
        (TOKEN, "bank.example", "no address"),
        (TOKEN, "", "no address"),
        (TOKEN, "https://", "no address"),
        (TOKEN, "https://someone@bank.example", "no address"),
        (TOKEN, "https://bank.example/?x=1", "no address"),
        (TOKEN, "https://bank.example/#x", "no address"),
        (TOKEN, "https://bank.example:99999", "[Pp]ort"),
    ],
)
def test_token_and_address_are_looked_at_first(token: str, address: str, told: str) -> None:
    with pytest.raises(ValueError, match=told) as raised:
        Bakong(token, address)
    assert TOKEN not in str(raised.value)


@pytest.mark.parametrize("timeout_s", [0, -1, 61, float("nan"), float("inf")])
def test_waiting_has_an_end(timeout_s: float) -> None:
    with pytest.raises(ValueError, match="to wait for the bank"):
        Bakong(TOKEN, timeout_s=timeout_s)


@pytest.mark.parametrize("address", ["http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"])
def test_this_machine_may_be_asked_without_tls(address: str) -> None:
    with pytest.raises(BankUnreachable):
        Bakong(TOKEN, address).find_payment(MD5)


def test_token_is_not_shown() -> None:
    assert TOKEN not in repr(Bakong(TOKEN)) + str(Bakong(TOKEN))


def test_paying_late_changes_nothing_for_the_bank() -> None:
    """Whether a payment still counts is for the office to say; the bank tells when it was acknowledged."""
    payment = told(200, paid_with(acknowledgedDateMs=1795316645678 + 86_400_000))
    assert payment is not None
    assert payment.acknowledged_at == NOW + timedelta(days=1)
