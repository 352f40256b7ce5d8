"""How are days, ages and spans of time said in the page's language?

Digits are Latin in all three, as on forms and phones; Thai years are of the Buddhist Era.
"""

from datetime import date, datetime, timedelta

from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

from borderpass.domain.local_time import PHNOM_PENH

_BUDDHIST_ERA = 543
_MONTHS = (
    *(gettext_lazy("January"), gettext_lazy("February"), gettext_lazy("March"), gettext_lazy("April")),
    *(gettext_lazy("May"), gettext_lazy("June"), gettext_lazy("July"), gettext_lazy("August")),
    *(gettext_lazy("September"), gettext_lazy("October"), gettext_lazy("November"), gettext_lazy("December")),
)
_WEEKDAYS = (
    *(gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"), gettext_lazy("Thursday")),
    *(gettext_lazy("Friday"), gettext_lazy("Saturday"), gettext_lazy("Sunday")),
)
LANGUAGES = ("km", "en", "th")


def language() -> str:
    """Return the page's language: `km`, `en` or `th`."""
    active = (get_language() or "km").split("-")[0]
    return active if active in LANGUAGES else "en"


def say_day(day: date) -> str:
    """Return a day such as 22 November 2026."""
    year = day.year + _BUDDHIST_ERA if language() == "th" else day.year
    return f"{day.day} {_MONTHS[day.month - 1]} {year}"


def say_weekday(day: date) -> str:
    """Return a day with its weekday, such as Sunday 22 November 2026."""
    return f"{_WEEKDAYS[day.weekday()]} {say_day(day)}"


def say_clock(instant: datetime) -> str:
    """Return the time of day in Phnom Penh, such as 14:05:09."""
    return f"{instant.astimezone(PHNOM_PENH):%H:%M:%S}"


def say_years(years: int) -> str:
    """Return an age such as 34 years."""
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}


def say_days(days: int) -> str:
    """Return a span such as 7 days."""
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def say_ago(span: timedelta) -> str:
    """Return how long ago something was, in the largest unit that fits."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 1:
        return gettext("just now")
    if minutes < 60:
        return ngettext("%(count)s minute ago", "%(count)s minutes ago", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)s hour ago", "%(count)s hours ago", hours) % {"count": hours}
    return ngettext("%(count)s day ago", "%(count)s days ago", hours // 24) % {"count": hours // 24}


def say_number(number: int) -> str:
    """Return a whole number with commas between thousands, as on receipts: 20,000."""
    return f"{number:,}"
