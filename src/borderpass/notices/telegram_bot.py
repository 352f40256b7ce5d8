"""Who has written to the office's bot? Asked of Telegram's Bot API, getUpdates, for private chats with people only.

Telegram keeps a message for a day, until it is asked for what comes after it. apprise sends, but does not read.
"""

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

TELEGRAM = "https://api.telegram.org"
_MOST_BYTES = 16 * 1024 * 1024
"""A hundred of the longest messages in Khmer, each letter written as six, each with the one that it answers."""
_AT_ONCE = 100
_OK = 200


class TelegramUnreachableError(Exception):
    """Telegram gave no answer that can be read; nothing is known. The message holds no token."""


@dataclass(frozen=True, slots=True)
class Received:
    """One message: its number, the chat that it came from, and its text (empty where it has none)."""

    update: int
    chat: int
    text: str


class TelegramBot:
    """One bot. `address` is Telegram's, or a stand-in's."""

    def __init__(self, token: str, address: str = TELEGRAM, timeout_s: float = 5.0) -> None:
        """Take the bot's token."""
        self._path, self._timeout_s = f"/bot{token}/getUpdates", timeout_s
        self._where = urlsplit(address)

    def receive(self, after: int | None = None) -> list[Received]:
        """Return what was written after an update's number, oldest first; that, and all before it, is then forgotten.

        Raise TelegramUnreachableError.
        """
        asked = {"limit": _AT_ONCE, "timeout": 0, "allowed_updates": '["message"]'}
        if after is not None:
            asked["offset"] = after + 1
        kind = HTTPSConnection if self._where.scheme == "https" else HTTPConnection
        connection = kind(self._where.hostname or "", self._where.port, timeout=self._timeout_s)
        try:
            connection.request("GET", f"{self._path}?{urlencode(asked)}")
            with connection.getresponse() as response:
                octets = response.read(_MOST_BYTES)
            if response.status != _OK:
                raise TelegramUnreachableError(f"Telegram answers with status {response.status}")
            return [_read(one) for one in json.loads(octets)["result"]]
        except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
            raise TelegramUnreachableError(f"Telegram cannot be read ({type(error).__name__})") from None
        finally:
            connection.close()


def _read(update: dict[str, Any]) -> Received:
    message = update.get("message") or {}
    chat = message.get("chat") or {}
    is_private = chat.get("type") == "private"
    return Received(int(update["update_id"]), int(chat["id"]) if is_private else 0, str(message.get("text") or ""))
