"""How are numbers, days and sums written on Khmer paper?

Khmer digits are mapped here: the locale data at hand writes Latin digits for `km` (U+17E0 to U+17E9).
"""

from datetime import date

THIN_SPACE = "\u2009"
_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
_MONTHS_KM = (
    *("មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា"),
    *("កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"),
)
_MONTHS_LATIN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITS = ("", "មួយ", "ពីរ", "បី", "បួន", "ប្រាំ", "ប្រាំមួយ", "ប្រាំពីរ", "ប្រាំបី", "ប្រាំបួន")
_TENS = ("", "ដប់", "ម្ភៃ", "សាមសិប", "សែសិប", "ហាសិប", "ហុកសិប", "ចិតសិប", "ប៉ែតសិប", "កៅសិប")
_SCALES = ((1_000_000, "លាន"), (100_000, "សែន"), (10_000, "ម៉ឺន"), (1_000, "ពាន់"), (100, "រយ"))


def khmer_digits(text: str) -> str:
    """`text` with its Latin digits as Khmer digits: "20" becomes "២០"."""
    return text.translate(_DIGITS)


def khmer_day(day: date) -> str:
    """A day as on a pass: "២២ វិច្ឆិកា ២០២៦"."""
    return khmer_digits(f"{day.day} {_MONTHS_KM[day.month - 1]} {day.year}")


def khmer_letter_day(day: date) -> str:
    """A day as in a letter: "ថ្ងៃទី២២ ខែវិច្ឆិកា ឆ្នាំ២០២៦"."""
    return khmer_digits(f"ថ្ងៃទី{day.day} ខែ{_MONTHS_KM[day.month - 1]} ឆ្នាំ{day.year}")


def latin_day(day: date) -> str:
    """A day for readers of Latin letters, the month by name: "22 Nov 2026"."""
    return f"{day.day} {_MONTHS_LATIN[day.month - 1]} {day.year}"


def group_digits(number: int) -> str:
    """`number` with thin spaces between thousands: 20000 becomes "20 000"."""
    return f"{number:,}".replace(",", THIN_SPACE)


def number_words(number: int) -> str:
    """`number`, 0 or more, in Khmer words: 20500 becomes "ពីរម៉ឺនប្រាំរយ"."""
    if number == 0:
        return "សូន្យ"
    words = []
    for scale, word in _SCALES:
        if number >= scale:
            words.append(number_words(number // scale) + word)
            number %= scale
    return "".join(words) + _TENS[number // 10] + _UNITS[number % 10]
