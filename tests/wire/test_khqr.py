"""Is KHQR written as the central bank's own library writes it, and is nothing else read?

The texts were made by other people's libraries with the clock set to CREATED_AT: `bakong-khqr` 1.0.20 in JavaScript,
which is the central bank's, `ts-khqr` 2.2.3, and `bakong-khqr` 0.6.5 in Python, which knows no merchants and no Khmer
and counts its time to pay in days.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.wire.khqr import MOST_RIEL, Khqr, Merchant, md5_of, read_khqr, write_khqr
from borderpass.wire.refusal import WireError
from tests.wire.strategies import FEW, KHMER

CREATED_AT = datetime(2026, 11, 22, 3, 4, 5, 678_000, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
BANK = Merchant("1100110", "ACLEDA Bank Plc.")
ASKED = Khqr(
    account="poipet_hall@aclb",
    amount_riel=20_000,
    name="Poipet City Hall",
    city="Poipet",
    bill_number="A0110-26-000123",
    created_at=CREATED_AT,
    expires_at=CREATED_AT + TEN_MINUTES,
)
IN_KHMER = replace(ASKED, merchant=BANK, name_khmer="សាលាក្រុងប៉ោយប៉ែត", city_khmer="ប៉ោយប៉ែត")
INDIVIDUAL = (
    "00020101021229200016poipet_hall@aclb5204599953031165405200005802KH5916Poipet City Hall6006Poipet"
    "62190115A0110-26-0001239934001317953166456780113179531724567863041411"
)
MERCHANT = (
    "00020101021230510016poipet_hall@aclb010711001100216ACLEDA Bank Plc.5204599953031165405200005802KH"
    "5916Poipet City Hall6006Poipet62190115A0110-26-000123993400131795316645678011317953172456786304BFC3"
)
MERCHANT_KHMER = (
    "00020101021230510016poipet_hall@aclb010711001100216ACLEDA Bank Plc.5204599953031165405200005802KH"
    "5916Poipet City Hall6006Poipet62190115A0110-26-000123"
    "64390002km0117សាលាក្រុងប៉ោយប៉ែត0208ប៉ោយប៉ែត993400131795316645678011317953172456786304EA06"
)
INDIVIDUAL_KHMER_NAME = (
    "00020101021229200016poipet_hall@aclb5204599953031165405100005802KH5916Poipet City Hall6006Poipet"
    "62190115A0110-26-00012464270002km0117សាលាក្រុងប៉ោយប៉ែត993400131795316645678011317953172456786304152F"
)
FOR_A_DAY = (
    "00020101021229200016poipet_hall@aclb5204599953031165405200005802KH5916Poipet City Hall6006Poipet"
    "62190115A0110-26-00012399340013179531664567801131795403045678630452A1"
)
MADE_ELSEWHERE = [
    pytest.param(ASKED, INDIVIDUAL, "837fcbf2e7a51a328fd502aaefefdaf8", id="central bank, individual"),
    pytest.param(
        replace(ASKED, merchant=BANK), MERCHANT, "b096a3b2e6755e78aa089d392529395d", id="central bank, merchant"
    ),
    pytest.param(IN_KHMER, MERCHANT_KHMER, "965651e123f78b1a3640b5512c6a105b", id="central bank, merchant in Khmer"),
    pytest.param(
        replace(ASKED, amount_riel=10_000, bill_number="A0110-26-000124", name_khmer="សាលាក្រុងប៉ោយប៉ែត"),
        INDIVIDUAL_KHMER_NAME,
        "da0d305c40e9483c65b57bf5514a7c0f",
        id="ts-khqr, individual with a name in Khmer",
    ),
    pytest.param(
        replace(ASKED, expires_at=CREATED_AT + timedelta(days=1)),
        FOR_A_DAY,
        "9e2db73a7f99da1384f258c3992a458d",
        id="Python, individual, for a day",
    ),
]


@pytest.mark.parametrize(("khqr", "text", "digest"), MADE_ELSEWHERE)
def test_what_others_write_is_written_to_the_character(khqr: Khqr, text: str, digest: str) -> None:
    assert write_khqr(khqr) == text
    assert md5_of(text) == digest


@pytest.mark.parametrize(("khqr", "text", "digest"), MADE_ELSEWHERE)
def test_what_others_write_is_read(khqr: Khqr, text: str, digest: str) -> None:
    assert read_khqr(text) == khqr


def sealed(body: str) -> str:
    """Return a text with a check value that fits, worked out bit by bit (EMVCo section 4.7.3)."""
    crc = 0xFFFF
    for octet in (body + "6304").encode():
        crc ^= octet << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{body}6304{crc:04X}"


def test_check_value_is_crc_16_ccitt_false() -> None:
    """29B1 over 123456789 is the catalogued check of this CRC; four digits, also when it begins with noughts."""
    assert sealed(INDIVIDUAL[:-8]) == INDIVIDUAL
    seen = {write_khqr(replace(ASKED, amount_riel=amount))[-4] for amount in range(1, 200)}
    assert "0" in seen


def test_lengths_count_characters_and_the_digest_runs_over_bytes() -> None:
    text = write_khqr(IN_KHMER)
    assert "0117" + IN_KHMER.name_khmer in text
    assert len(IN_KHMER.name_khmer) == 17
    assert len(IN_KHMER.name_khmer.encode()) == 51


def test_times_are_kept_to_the_millisecond() -> None:
    finer = replace(ASKED, created_at=CREATED_AT.replace(microsecond=678_999))
    assert write_khqr(finer) == INDIVIDUAL
    assert read_khqr(INDIVIDUAL).created_at == CREATED_AT


def test_it_expires_at_its_instant_and_not_a_moment_before() -> None:
    at = ASKED.expires_at
    assert [ASKED.is_expired(at + timedelta(milliseconds=step)) for step in (-1, 0, 1)] == [False, True, True]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"account": ""}, "name@bank"),
        ({"account": "poipet"}, "name@bank"),
        ({"account": "a@b@c"}, "name@bank"),
        ({"account": "poipet hall@aclb"}, "name@bank"),
        ({"account": "@aclb"}, "name@bank"),
        ({"account": "ប៉ោយប៉ែត@aclb"}, "name@bank"),
        ({"account": "a" * 28 + "@aclb"}, "at most 32"),
        ({"amount_riel": 0}, "between 1 and"),
        ({"amount_riel": -20_000}, "between 1 and"),
        ({"amount_riel": MOST_RIEL + 1}, "between 1 and"),
        ({"name": ""}, "name that is not 1 to 25"),
        ({"name": "x" * 26}, "name that is not 1 to 25"),
        ({"name": " Poipet"}, "name that is not"),
        ({"name": "Poipet "}, "name that is not"),
        ({"name": "Poi\npet"}, "name that is not"),
        ({"name": "ប៉ោយប៉ែត"}, "plain Latin"),
        ({"city": "Banteay Meanchey"}, "city that is not 1 to 15"),
        ({"city": ""}, "city that is not 1 to 15"),
        ({"bill_number": ""}, "bill number that is not 1 to 25"),
        ({"bill_number": "x" * 26}, "bill number that is not 1 to 25"),
        ({"merchant": Merchant("", "ACLEDA")}, "merchant's number"),
        ({"merchant": Merchant("1", "")}, "merchant's bank"),
        ({"merchant": Merchant("1" * 33, "ACLEDA")}, "merchant's number"),
        ({"merchant": Merchant("1", "x" * 33)}, "merchant's bank"),
        ({"merchant": Merchant("1" * 32, "x" * 32), "account": "a" * 27 + "@aclb"}, "108 characters in part 30"),
        ({"city_khmer": "ប៉ោយប៉ែត"}, "without the name"),
        ({"name_khmer": "ក" * 26}, "Khmer name that is not at most 25"),
        ({"name_khmer": "ក", "city_khmer": "ក" * 16}, "Khmer city that is not at most 15"),
        ({"name_khmer": "ក\n"}, "Khmer name"),
        ({"name_khmer": " ក"}, "Khmer name"),
        ({"name_khmer": "ក\x00ក"}, "Khmer name"),
        ({"name_khmer": "ក\ud800"}, "Khmer name"),
        ({"name_khmer": "ក\U0001f600"}, "Khmer name"),
        ({"name_khmer": "e\u0301"}, "normal form C"),
        ({"expires_at": CREATED_AT}, "before it is made"),
        ({"expires_at": CREATED_AT + timedelta(microseconds=999)}, "before it is made"),
        ({"expires_at": CREATED_AT - TEN_MINUTES}, "before it is made"),
        ({"created_at": datetime(2001, 9, 9, 1, 46, 39, tzinfo=UTC)}, "13 digits"),
        ({"expires_at": datetime(2286, 11, 20, 17, 46, 40, tzinfo=UTC)}, "13 digits"),
        ({"created_at": datetime(1969, 1, 1, tzinfo=UTC)}, "13 digits"),
    ],
)
def test_what_does_not_fit_is_not_written(change: dict[str, object], told: str) -> None:
    with pytest.raises(WireError, match=told):
        write_khqr(replace(ASKED, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"account": "a" * 27 + "@aclb", "merchant": Merchant("1" * 32, "x" * 23)},
        {"amount_riel": 1},
        {"amount_riel": MOST_RIEL},
        {"name": "x" * 25, "city": "y" * 15, "bill_number": "z" * 25},
        {"name_khmer": "ក" * 25, "city_khmer": "ខ" * 15},
        {"name_khmer": "ក\u200bខ"},
        {"created_at": datetime(2001, 9, 9, 1, 46, 40, tzinfo=UTC)},
        {"expires_at": datetime(2286, 11, 20, 17, 46, 39, 999_000, tzinfo=UTC)},
        {"expires_at": CREATED_AT + timedelta(milliseconds=1)},
    ],
)
def test_what_just_fits_is_written_and_read(change: dict[str, object]) -> None:
    khqr = replace(ASKED, **change)
    assert read_khqr(write_khqr(khqr)) == khqr


def swapped(old: str, new: str) -> str:
    assert old in INDIVIDUAL
    return sealed(INDIVIDUAL[:-8].replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "check value"),
        ("6304", "check value"),
        (INDIVIDUAL[:-1], "check value"),
        (INDIVIDUAL + "0", "check value"),
        (INDIVIDUAL.replace("20000", "20001"), "check value"),
        (INDIVIDUAL[:-4] + "1412", "check value"),
        (MERCHANT[:-4] + "bfc3", "check value"),
        (INDIVIDUAL + "\ud800", "check value"),
        ("\ud800" + INDIVIDUAL, "no text"),
        (sealed(""), "amount"),
        (swapped("5405200005802KH", "5802KH"), "amount"),
        (swapped("540520000", "540820000.00"), "amount"),
        (swapped("540520000", "5406020000"), "amount"),
        (swapped("540520000", "5403 20"), "amount"),
        (swapped("540520000", "54010"), "amount"),
        (swapped("540520000", "5405២០០០០"), "amount"),
        (swapped("010212", "010211"), "other parts"),
        (swapped("52045999", "52045411"), "other parts"),
        (swapped("5303116", "5303840"), "other parts"),
        (swapped("5802KH", "5802TH"), "other parts"),
        (swapped("000201010212", "010212000201"), "other parts"),
        (swapped("000201", ""), "other parts"),
        (swapped("000201", "000202"), "other parts"),
        (swapped("010212", "010212010212"), "other parts"),
        (swapped("62190115A0110-26-000123", "62190115A0110-26-0001236400"), "other parts"),
        (swapped("6219", "62230200"), "other parts|longer"),
        (swapped("62190115A0110-26-000123", "62270115A0110-26-0001230204abcd"), "other parts"),
        (swapped("62190115A0110-26-000123", ""), "bill number"),
        (swapped("29200016", "26200016"), "name@bank"),
        (swapped("29200016", "29210016"), "longer|tag"),
        (swapped("5916Poipet City Hall", "5915Poipet City Hall"), "tag and a length"),
        (swapped("5916Poipet City Hall", "5916Poipet\tCity Hall"), "plain Latin"),
        (swapped("99340013", "99340014"), "longer|digits"),
        (swapped("0113179531724567", "0113179531664567"), "before it is made"),
        (swapped("01131795317245678", "01131795317245678"[:4] + "x795317245678"), "13 digits"),
        (swapped("9934001317953166456780113" + "1795317245678", ""), "13 digits"),
        (sealed(INDIVIDUAL[:-8] + "05"), "tag and a length"),
        (sealed(INDIVIDUAL[:-8] + "6599x"), "longer"),
        (sealed(INDIVIDUAL[:-8] + "6500"), "other parts"),
        (sealed(INDIVIDUAL[:-8] + "6501x"), "other parts"),
        (sealed(INDIVIDUAL), "other parts"),
        (sealed("០០" + INDIVIDUAL[2:-8]), "tag and a length"),
        (sealed(MERCHANT_KHMER[:-8].replace("0002km", "0002th")), "other parts"),
    ],
)
def test_anything_else_is_not_read(text: str, told: str) -> None:
    with pytest.raises(WireError, match=told):
        read_khqr(text)


def test_every_single_wrong_character_is_found() -> None:
    for at, there in enumerate(INDIVIDUAL):
        for other in "0159Ax@ ":
            if other != there:
                with pytest.raises(WireError):
                    read_khqr(INDIVIDUAL[:at] + other + INDIVIDUAL[at + 1 :])


def plain(most: int) -> st.SearchStrategy[str]:
    letters = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
    return st.text(letters, min_size=1, max_size=most).map(str.strip).filter(bool)


MOMENTS = st.integers(1_000_000_000_000, 9_999_999_999_998).map(
    lambda ms: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)
)
KHMER_NAMES = st.tuples(st.just(""), st.just("")) | st.tuples(
    st.text(KHMER, min_size=1, max_size=25), st.text(KHMER, max_size=15)
)


@FEW
@given(
    account=st.from_regex(r"[a-z0-9_]{1,16}@[a-z]{1,8}", fullmatch=True),
    merchant=st.none() | st.builds(Merchant, plain(32), plain(30)),
    amount=st.integers(1, MOST_RIEL),
    words=st.tuples(plain(25), plain(15), plain(25)),
    khmer=KHMER_NAMES,
    created_at=MOMENTS,
    lives_ms=st.integers(1, 1_000_000_000),
)
def test_what_is_written_is_read_back(
    account: str,
    merchant: Merchant | None,
    amount: int,
    words: tuple[str, str, str],
    khmer: tuple[str, str],
    created_at: datetime,
    lives_ms: int,
) -> None:
    last = datetime(2286, 11, 20, 17, 46, 39, 999_000, tzinfo=UTC)
    expires_at = min(created_at + timedelta(milliseconds=lives_ms), last)
    khqr = Khqr(account, amount, *words, created_at, expires_at, merchant, *khmer)
    text = write_khqr(khqr)
    assert read_khqr(text) == khqr
    assert sealed(text[:-8]) == text


@FEW
@given(text=st.text(max_size=200) | st.text("0123456789", max_size=60))
def test_nothing_that_is_scanned_breaks_it(text: str) -> None:
    for one in (text, sealed(text.encode("utf-8", "replace").decode())):
        with pytest.raises(WireError):
            read_khqr(one)


@FEW
@given(at=st.integers(0, len(MERCHANT_KHMER) - 8), cut=st.integers(0, 4), text=st.text("0123456789ក@ ", max_size=4))
def test_only_one_text_is_read_for_each_request(at: int, cut: int, text: str) -> None:
    damaged = sealed(MERCHANT_KHMER[:at] + text + MERCHANT_KHMER[at + cut : -8])
    try:
        khqr = read_khqr(damaged)
    except WireError:
        return
    assert write_khqr(khqr) == damaged
