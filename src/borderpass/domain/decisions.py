"""On which grounds does a governor say no, and for which reasons is an application sent back?

The codes are kept with the event for good; the words are the page's. `OTHER` needs words of the governor's own.
"""

from enum import StrEnum

from borderpass.domain.application import State


class RefusalGround(StrEnum):
    """Why an application is refused: it ends there."""

    OUTSIDE_JURISDICTION = "outside_jurisdiction"
    DOCUMENT_INVALID = "document_invalid"
    DOCUMENT_FORGED = "document_forged"
    LIVE_PASS = "live_pass"  # not a password
    WATCH_LIST = "watch_list"
    UNPAID = "unpaid"
    OTHER = "other"


class ReturnReason(StrEnum):
    """Why an application is sent back: it is mended with the applicant, and comes again."""

    PHOTO_POOR = "photo_poor"
    PHOTO_OF_ANOTHER = "photo_of_another"
    NAME_DIFFERS = "name_differs"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    ADDRESS_UNCLEAR = "address_unclear"
    DOCUMENT_MISSING = "document_missing"
    DOCUMENT_UNREADABLE = "document_unreadable"
    OTHER = "other"


def grounds_in(state: State) -> tuple[RefusalGround, ...]:
    """Return the grounds that an application in a state can be refused on: only what is not paid is unpaid."""
    return tuple(one for one in RefusalGround if one is not RefusalGround.UNPAID or state is State.LODGED)
