"""What does a reader type into the first field, and which fields does it fill?

The three lines of an identity card, or the reference of a form that was filled in at home.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from borderpass.domain.application_form import DocumentKind
from borderpass.web.office.desk.wording import say_date
from borderpass.web.office.intake.wording import say_zone_problem
from borderpass.wire.mrz import MrzProblem, read_identity_card

_REFERENCE = re.compile(r"\bP[0-9]{4}-?[0-9]{2}-?[0-9]{6}-?[0-9A-Z]\b")


@dataclass(frozen=True, slots=True)
class CardWords:
    """What is said of what was read: `level` is `good`, `look` (read, but look at it) or `wrong`."""

    level: str
    words: str
    fields: dict[str, str] = field(default_factory=dict)


def find_reference(text: str) -> str | None:
    """Return the reference of a form from home that a QR code or a hand put into the field, or None."""
    found = _REFERENCE.search(text.upper())
    return found[0] if found else None


def read_card(text: str, today: date) -> CardWords:
    """Read the lines of a card; return the fields they fill, marked in `read`, and what to say."""
    read = read_identity_card(text, today)
    if isinstance(read, MrzProblem):
        return CardWords("wrong", say_zone_problem(read))
    filled = {
        "name_latin": read.name_latin,
        "sex": str(read.sex.value),
        "born_on": say_date(read.born_on),
        "nationality": read.nationality,
        "document_kind": DocumentKind.ID_CARD.value,
        "document_number": read.document_number,
    }
    fields = {**filled, "read": ",".join(filled), "card_expires": read.expires_on.isoformat()}
    if read.expires_on < today:
        return CardWords("wrong", say_expired(read.expires_on), fields)
    if read.name_may_be_cut:
        return CardWords("look", gettext("Read. The name fills its line: complete it from the front."), fields)
    return CardWords("good", gettext("Read. Compare the name and the sex with the front of the card."), fields)


def say_expired(expires_on: date) -> str:
    """Return what to say of a card that is not good any more."""
    words = gettext("This card ended on %(day)s. Ask for another paper that shows who the applicant is.")
    return words % {"day": say_date(expires_on)}


def expired_on(fields: dict[str, str], today: date) -> date | None:
    """Return the day on which the card that was read had ended, where it is still what the applicant is shown with."""
    if fields.get("document_kind") != DocumentKind.ID_CARD or not fields.get("card_expires"):
        return None
    try:
        ends = date.fromisoformat(fields["card_expires"])
    except ValueError:
        return None
    return ends if ends < today else None
