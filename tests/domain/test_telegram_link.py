"""Does the word that an applicant's phone sends name one application, and can nobody make one up?"""

import re
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from borderpass.domain.telegram_link import link_of, read_start

KEY = b"a key of the tests"
ABOUT = UUID("01930000-0000-7000-8000-000000000001")
LINK = link_of("office_bot", ABOUT, KEY)
[WORD] = parse_qs(urlsplit(LINK).query)["start"]


def test_the_link_opens_the_bot_with_a_word_that_telegram_takes() -> None:
    assert LINK.startswith("https://t.me/office_bot?start=")
    assert re.fullmatch("[A-Za-z0-9_-]{1,64}", WORD)


def test_the_word_names_the_application() -> None:
    assert read_start(f"/start {WORD}", KEY) == ABOUT
    assert read_start(f" /start {WORD}\n", KEY) == ABOUT


@pytest.mark.parametrize("place", range(len(WORD)))
def test_a_changed_word_names_nothing(place: int) -> None:
    other = WORD[:place] + ("A" if WORD[place] != "A" else "B") + WORD[place + 1 :]
    assert read_start(f"/start {other}", KEY) is None


@pytest.mark.parametrize(
    "message", ["", "/start", "hello", f"/start {WORD}A", f"/start {WORD[:-1]}", f"{WORD}", f"/start {WORD} {WORD}"]
)
def test_what_is_no_such_message_names_nothing(message: str) -> None:
    assert read_start(message, KEY) is None


def test_another_installation_s_word_names_nothing() -> None:
    assert read_start(f"/start {WORD}", b"another key") is None
