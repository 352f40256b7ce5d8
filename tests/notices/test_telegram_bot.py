"""Is what was written to a bot read as Telegram gives it, and nothing known when it cannot be read?"""

import json
from typing import Any

import pytest

from borderpass.notices.telegram_bot import Received, TelegramBot, TelegramUnreachableError
from tests.notices.stand_ins import Heard, http_gateway

TOKEN = "123456789:abcdefghijklmnopqrstuvwxyz012345678"


def update(number: int, text: str | None = "/start x", kind: str = "private") -> dict[str, Any]:
    message: dict[str, Any] = {"chat": {"id": 987654321, "type": kind}}
    return {"update_id": number, "message": message if text is None else {**message, "text": text}}


def bot(heard: Heard) -> TelegramBot:
    return TelegramBot(TOKEN, f"http://127.0.0.1:{heard.port}", timeout_s=2.0)


def answer(*updates: dict[str, Any]) -> bytes:
    return json.dumps({"ok": True, "result": updates}).encode()


def test_messages_are_read_in_their_order() -> None:
    with http_gateway() as heard:
        heard.answer = answer(update(7), update(8, None), update(9, "hello", "group"))
        received = bot(heard).receive()
    assert received == [Received(7, 987654321, "/start x"), Received(8, 987654321, ""), Received(9, 0, "hello")]
    assert heard.asked[0].startswith(f"/bot{TOKEN}/getUpdates?")
    assert "offset" not in heard.asked[0]


def test_asking_for_the_next_lets_telegram_forget() -> None:
    with http_gateway() as heard:
        heard.answer = answer()
        assert bot(heard).receive(after=9) == []
    assert "offset=10" in heard.asked[0]


@pytest.mark.parametrize(
    ("status", "octets"),
    [(401, b"{}"), (200, b"{"), (200, b"{}"), (200, b"[]"), (200, b'{"result": [{}]}'), (200, b'{"result": 5}')],
)
def test_what_cannot_be_read_is_said_without_the_token(status: int, octets: bytes) -> None:
    with http_gateway() as heard:
        heard.status, heard.answer = status, octets
        with pytest.raises(TelegramUnreachableError) as caught:
            bot(heard).receive()
    assert TOKEN not in str(caught.value)


def test_a_telegram_that_is_not_there_is_unreachable() -> None:
    with http_gateway() as heard:
        gone = bot(heard)
    with pytest.raises(TelegramUnreachableError):
        gone.receive()


def test_a_hundred_of_the_longest_messages_do_not_keep_the_next_from_being_read() -> None:
    longest = "ក" * 4096
    with http_gateway() as heard:
        heard.answer = answer(*(update(number, longest) for number in range(100)))
        received = bot(heard).receive()
    assert (len(received), received[-1].text) == (100, longest)
