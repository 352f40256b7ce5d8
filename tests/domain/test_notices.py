"""Which messages are sent, when again after a failure, to which address, and do they keep quiet about the person?"""

import re
from datetime import timedelta

import pytest

from borderpass.domain.application import State
from borderpass.domain.notice_texts import TEXTS, write_text
from borderpass.domain.notices import (
    AGAIN_AFTER,
    Channel,
    Language,
    NoticeKind,
    Standing,
    first_daytime,
    mask_address,
    standing_of,
    tidy_address,
    try_again_at,
)
from tests.cases.clock import MONDAY, local

REFERENCE = "A0110-26-000123"


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", NoticeKind)
def test_a_message_has_the_reference_and_nothing_else_of_anybody(language: Language, kind: NoticeKind) -> None:
    text = write_text(kind, language, REFERENCE)
    assert text.count(REFERENCE) == 1
    assert "{" not in text
    assert not re.search(r"[0-9]", text.replace(REFERENCE, "").replace("30", ""))


@pytest.mark.parametrize("language", Language)
def test_three_parts_of_an_sms_are_enough(language: Language) -> None:
    """A part in Khmer or Thai letters holds 67 of them, one in Latin letters 153."""
    most = 153 if language is Language.ENGLISH else 3 * 67
    assert {kind: len(text) for kind in NoticeKind if len(text := write_text(kind, language, REFERENCE)) > most} == {}


def test_days_are_counted_in_khmer_digits_in_khmer() -> None:
    assert "៣០" in TEXTS[Language.KHMER][NoticeKind.EXPIRING]


def test_a_failure_is_tried_again_later_and_later_and_then_given_up() -> None:
    waits = [try_again_at(tries, MONDAY) for tries in range(1, len(AGAIN_AFTER) + 2)]
    assert waits[:2] == [MONDAY + timedelta(minutes=1), MONDAY + timedelta(minutes=5)]
    assert list(AGAIN_AFTER) == sorted(AGAIN_AFTER)
    assert waits[-1] is None
    assert None not in waits[:-1]


@pytest.mark.parametrize(
    ("kind", "state", "standing"),
    [
        (NoticeKind.PAID, State.PRINTED, Standing.SEND),
        (NoticeKind.REFUSED, State.REFUSED, Standing.SEND),
        (NoticeKind.EXPIRING, State.HANDED_OVER, Standing.SEND),
        (NoticeKind.RETURNED, State.RETURNED, Standing.SEND),
        (NoticeKind.RETURNED, State.PAID, Standing.DROP),
        (NoticeKind.READY, State.PRINTED, Standing.SEND),
        (NoticeKind.READY, State.SPOILED, Standing.HOLD),
        (NoticeKind.READY, State.HANDED_OVER, Standing.DROP),
    ],
)
def test_what_is_no_longer_so_is_not_sent(kind: NoticeKind, state: State, standing: Standing) -> None:
    assert standing_of(kind, state) is standing


@pytest.mark.parametrize(
    ("at", "told_at"),
    [
        ("2026-11-23 07:59:59", "2026-11-23 08:00:00"),
        ("2026-11-23 08:00:00", "2026-11-23 08:00:00"),
        ("2026-11-23 17:59:59", "2026-11-23 17:59:59"),
        ("2026-11-23 18:00:00", "2026-11-24 08:00:00"),
    ],
)
def test_nobody_is_woken(at: str, told_at: str) -> None:
    assert first_daytime(local(at)) == local(told_at)


@pytest.mark.parametrize(
    ("channel", "typed", "address"),
    [
        (Channel.SMS, "012 345 678", "+85512345678"),
        (Channel.SMS, "០១២-៣៤៥-៦៧៨", "+85512345678"),
        (Channel.SMS, "+66 81 234 5678", "+66812345678"),
        (Channel.SMS, "00855 12345678", "+85512345678"),
        (Channel.SMS, "12", None),
        (Channel.SMS, "12345678&to=+66812345678", None),
        (Channel.TELEGRAM, "123456789", "123456789"),
        (Channel.TELEGRAM, "@sokha", None),
        (Channel.EMAIL, " sokha@example.org ", "sokha@example.org"),
        (Channel.EMAIL, "sokha@example", None),
        (Channel.EMAIL, "a@example.org,b@example.org", None),
        (Channel.EMAIL, "a@example.org?bcc=b@example.org", None),
        (Channel.NONE, "anything", ""),
    ],
)
def test_an_address_is_one_address(channel: Channel, typed: str, address: str | None) -> None:
    assert tidy_address(channel, typed) == address


def test_on_a_screen_an_address_is_not_read_by_others() -> None:
    assert mask_address(Channel.SMS, "+85512345678") == "…678"
    assert mask_address(Channel.EMAIL, "sokha@example.org") == "s…@example.org"
    assert mask_address(Channel.NONE, "") == ""
