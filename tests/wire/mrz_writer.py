"""Who writes the machine-readable zones of the tests? Field by field, as ICAO Doc 9303 parts 3 and 5 set them out."""

from datetime import date

from borderpass.wire.mrz import check_digit


def with_digit(characters: str) -> str:
    return characters + check_digit(characters)


def six(day: date) -> str:
    return f"{day.year % 100:02d}{day.month:02d}{day.day:02d}"


def write_td1(
    *,
    code: str = "ID",
    state: str = "KHM",
    number: str = "012345678",
    born_on: date = date(1990, 5, 17),
    sex: str = "F",
    expires_on: date = date(2031, 2, 28),
    nationality: str = "KHM",
    optional: tuple[str, str] = ("", ""),
    names: str = "SOK<<SOKHA",
) -> str:
    """Return three lines of thirty; a number longer than nine characters goes on in the optional data."""
    in_place, tail = with_digit(f"{number:<<9}"), ""
    if len(number) > 9:
        in_place, tail = number[:9] + "<", number[9:] + check_digit(number) + "<"
    upper = f"{code + f'{state:<<3}' + in_place + tail + optional[0]:<<30}"
    middle = f"{with_digit(six(born_on)) + sex + with_digit(six(expires_on)) + nationality:<<18}{optional[1]:<<11}"
    middle += check_digit(upper[5:] + middle[:7] + middle[8:15] + middle[18:29])
    return f"{upper}\n{middle}\n{names:<<30}"


def mend(zone: str) -> str:
    """Return a zone in which something was changed, with check digits that fit again."""
    upper, middle, lower = zone.split("\n")
    upper = upper[:5] + with_digit(upper[5:14]) + upper[15:]
    middle = with_digit(middle[:6]) + middle[7] + with_digit(middle[8:14]) + middle[15:29]
    middle += check_digit(upper[5:] + middle[:7] + middle[8:15] + middle[18:29])
    return f"{upper}\n{middle}\n{lower}"
