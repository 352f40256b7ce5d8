"""What does the QR code say that a bank's app pays? KHQR of the central bank (Bakong), after EMVCo's QR code
specification for payment systems, merchant-presented mode.

A row of data objects, each a tag of two digits, a length of two digits and a value; some values are such rows
themselves. Lengths count characters, the check value (CRC-16/CCITT-FALSE, EMVCo section 4.7.3) and the digest that the
bank is asked by run over the UTF-8 bytes: for Khmer the two differ. Only dynamic codes in riel are written and read.
"""

import hashlib
import re
import unicodedata
from binascii import crc_hqx
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from borderpass.wire.refusal import WireError

ACCOUNT_CHARACTERS, NAME_CHARACTERS, CITY_CHARACTERS, BILL_CHARACTERS = 32, 25, 15, 25
MOST_RIEL = 9_999_999_999_999
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_DYNAMIC, _CATEGORY, _RIEL, _KHMER = "12", "5999", "116", "km"
_INDIVIDUAL, _MERCHANT = "29", "30"
_CRC_HEAD = "6304"
_BREAKS = "\u200b\u200c\u200d"  # where a Khmer line may break, and how letters join
_OBJECT = re.compile(r"([0-9]{2})([0-9]{2})")
_PLAIN = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_ACCOUNT = re.compile(r"[!-?A-~]+@[!-?A-~]+")
_AMOUNT = re.compile(r"[1-9][0-9]{0,12}")
_INSTANT_MS = re.compile(r"[1-9][0-9]{12}")


@dataclass(frozen=True, slots=True)
class Merchant:
    """What a merchant's account has besides: its number with the bank, and the name of the bank (at most 32 each)."""

    merchant_id: str
    bank: str


@dataclass(frozen=True, slots=True)
class Khqr:
    """A request to pay whole riel into an account before an instant (aware; milliseconds count, less is dropped).

    Without `merchant` the account (`name@bank`) is an individual's. `name` and `city` are in Latin letters, as is
    `bill_number`; `name_khmer` and `city_khmer` are optional, the city only with the name.
    """

    account: str
    amount_riel: int
    name: str
    city: str
    bill_number: str
    created_at: datetime
    expires_at: datetime
    merchant: Merchant | None = None
    name_khmer: str = ""
    city_khmer: str = ""

    def is_expired(self, now: datetime) -> bool:
        """Tell whether it is too late to pay at an aware instant."""
        return now >= self.expires_at


def write_khqr(khqr: Khqr) -> str:
    """Return the text of the QR code. Raise WireError when a value does not fit: too long, empty, of another script."""
    _validate(khqr)
    account = {"00": khqr.account}
    if khqr.merchant is not None:
        account |= {"01": khqr.merchant.merchant_id, "02": khqr.merchant.bank}
    language = {"00": _KHMER, "01": khqr.name_khmer, "02": khqr.city_khmer} if khqr.name_khmer else {}
    times = {"00": str(_milliseconds(khqr.created_at)), "01": str(_milliseconds(khqr.expires_at))}
    body = _row(
        {
            "00": "01",
            "01": _DYNAMIC,
            _INDIVIDUAL if khqr.merchant is None else _MERCHANT: _row(account),
            "52": _CATEGORY,
            "53": _RIEL,
            "54": str(khqr.amount_riel),
            "58": "KH",
            "59": khqr.name,
            "60": khqr.city,
            "62": _row({"01": khqr.bill_number}),
            "64": _row(language),
            "99": _row(times),
        }
    )
    return body + _CRC_HEAD + _crc(body + _CRC_HEAD)


def read_khqr(text: str) -> Khqr:
    """Return what a QR code asks to pay. Raise WireError unless it is, to the character, what `write_khqr` writes."""
    body, check = text[:-8], text[-8:]
    if not check.startswith(_CRC_HEAD) or check != _CRC_HEAD + _crc(body + _CRC_HEAD):
        raise WireError("a KHQR whose check value is missing or does not fit")
    parts = dict(_objects(body))
    account = dict(_objects(parts.get(_INDIVIDUAL) or parts.get(_MERCHANT, "")))
    language, times = dict(_objects(parts.get("64", ""))), dict(_objects(parts.get("99", "")))
    if not _AMOUNT.fullmatch(parts.get("54", "")):
        raise WireError("an amount that is not a whole number of riel")
    khqr = Khqr(
        account=account.get("00", ""),
        amount_riel=int(parts["54"]),
        name=parts.get("59", ""),
        city=parts.get("60", ""),
        bill_number=dict(_objects(parts.get("62", ""))).get("01", ""),
        created_at=_instant(times.get("00", "")),
        expires_at=_instant(times.get("01", "")),
        merchant=Merchant(account.get("01", ""), account.get("02", "")) if _MERCHANT in parts else None,
        name_khmer=language.get("01", ""),
        city_khmer=language.get("02", ""),
    )
    if write_khqr(khqr) != text:
        raise WireError("a KHQR with other parts, or in another order, than a dynamic one in riel has")
    return khqr


def md5_of(text: str) -> str:
    """Return the digest by which the bank knows a KHQR: MD5 over its UTF-8 bytes, 32 small hex digits.

    It names the code and protects nothing: whoever can write a code can write its digest.
    """
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _validate(khqr: Khqr) -> None:
    if not _ACCOUNT.fullmatch(khqr.account) or len(khqr.account) > ACCOUNT_CHARACTERS:
        raise WireError(f"an account that is not name@bank in at most {ACCOUNT_CHARACTERS} characters")
    if khqr.merchant is not None:
        _plain("merchant's number", khqr.merchant.merchant_id, ACCOUNT_CHARACTERS)
        _plain("merchant's bank", khqr.merchant.bank, ACCOUNT_CHARACTERS)
    if not 1 <= khqr.amount_riel <= MOST_RIEL:
        raise WireError(f"an amount that is not between 1 and {MOST_RIEL:,} riel")
    _plain("name", khqr.name, NAME_CHARACTERS)
    _plain("city", khqr.city, CITY_CHARACTERS)
    _plain("bill number", khqr.bill_number, BILL_CHARACTERS)
    if khqr.city_khmer and not khqr.name_khmer:
        raise WireError("a city in Khmer without the name in Khmer")
    _khmer("name", khqr.name_khmer, NAME_CHARACTERS)
    _khmer("city", khqr.city_khmer, CITY_CHARACTERS)
    for instant in (khqr.created_at, khqr.expires_at):
        if not _INSTANT_MS.fullmatch(str(_milliseconds(instant))):
            raise WireError("an instant that is not 13 digits of milliseconds (September 2001 to November 2286)")
    if _milliseconds(khqr.expires_at) <= _milliseconds(khqr.created_at):
        raise WireError("a KHQR that expires before it is made")


def _plain(what: str, value: str, most: int) -> None:
    """EMVCo section 4.3: printable Latin characters; spaces at the ends get lost on the way."""
    if len(value) > most or not _PLAIN.fullmatch(value):
        raise WireError(f"a {what} that is not 1 to {most} plain Latin characters: {value[:40]!a}")


def _khmer(what: str, value: str, most: int) -> None:
    odd = any((unicodedata.category(one)[0] == "C" and one not in _BREAKS) or one > "\uffff" for one in value)
    if len(value) > most or odd or value != value.strip() or not unicodedata.is_normalized("NFC", value):
        raise WireError(f"a Khmer {what} that is not at most {most} characters in normal form C: {value[:40]!a}")


def _row(parts: Mapping[str, str]) -> str:
    """Return data objects in the order given, without those that are empty."""
    for tag, value in parts.items():
        if len(value) > 99:
            raise WireError(f"{len(value)} characters in part {tag}, which holds 99; shorten what stands in it")
    return "".join(f"{tag}{len(value):02d}{value}" for tag, value in parts.items() if value)


def _objects(row: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(row):
        head = _OBJECT.match(row, at)
        if head is None:
            raise WireError("a part without a tag and a length of two digits each")
        end = head.end() + int(head[2])
        if end > len(row):
            raise WireError(f"part {head[1]} is longer than what is left")
        yield head[1], row[head.end() : end]
        at = end


def _crc(text: str) -> str:
    try:
        return f"{crc_hqx(text.encode(), 0xFFFF):04X}"
    except UnicodeEncodeError:
        raise WireError("a character that no text has") from None


def _milliseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // _MILLISECOND


def _instant(digits: str) -> datetime:
    if not _INSTANT_MS.fullmatch(digits):
        raise WireError("an instant that is not 13 digits of milliseconds")
    return _EPOCH + int(digits) * _MILLISECOND
