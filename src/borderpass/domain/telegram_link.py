"""How does an applicant's chat become known? By a word that only the office's screen shows, in the first message.

A bot of Telegram may write only to who has written to it. Whoever opens `https://t.me/BOT?start=WORD` and touches
"Start" sends `/start WORD`; Telegram takes 64 characters of A-Z, a-z, 0-9, _ and - there. The word is the
application's id and a MAC over it, so nothing has to be kept, and nobody makes one for another's application.
"""

import base64
import binascii
import hashlib
import hmac
import re
from uuid import UUID

_ID_BYTES, _MAC_BYTES = 16, 14
_PURPOSE = b"borderpass telegram link 1"
_START = re.compile(r"/start ([A-Za-z0-9_-]{40})")


def link_of(bot: str, application_id: UUID, key: bytes) -> str:
    """Return the address by which an applicant links a chat; `bot` is the bot's name without @."""
    word = base64.urlsafe_b64encode(application_id.bytes + _mac(application_id.bytes, key)).decode("ascii")
    return f"https://t.me/{bot}?start={word}"


def read_start(message: str, key: bytes) -> UUID | None:
    """Return the application that a message to the bot is about, or None where it is none, or a forged one."""
    found = _START.fullmatch(message.strip())
    if found is None:
        return None
    try:
        octets = base64.b64decode(found[1], altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    about, mac = octets[:_ID_BYTES], octets[_ID_BYTES:]
    return UUID(bytes=about) if hmac.compare_digest(mac, _mac(about, key)) else None


def _mac(about: bytes, key: bytes) -> bytes:
    return hmac.new(key, _PURPOSE + about, hashlib.sha256).digest()[:_MAC_BYTES]
