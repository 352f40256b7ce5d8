"""How does a use case say no? With a ground that programs can test and a sentence that people can read."""

from dataclasses import dataclass
from enum import StrEnum


class Ground(StrEnum):
    """Why something is not done. Stable: they stand in the API's problems."""

    NOT_ALLOWED = "NOT_ALLOWED"
    UNKNOWN_OFFICE = "UNKNOWN_OFFICE"
    UNKNOWN_APPLICATION = "UNKNOWN_APPLICATION"
    UNKNOWN_PASS = "UNKNOWN_PASS"  # not a password
    UNKNOWN_DEVICE = "UNKNOWN_DEVICE"
    UNKNOWN_PLACE = "UNKNOWN_PLACE"
    BAD_FORM = "BAD_FORM"
    PHOTO_REFUSED = "PHOTO_REFUSED"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    OUTSIDE_JURISDICTION = "OUTSIDE_JURISDICTION"
    NOT_DELEGATED = "NOT_DELEGATED"
    TOO_YOUNG = "TOO_YOUNG"
    LIVE_PASS_EXISTS = "LIVE_PASS_EXISTS"
    UNPAID = "UNPAID"
    WRONG_AMOUNT = "WRONG_AMOUNT"
    NO_RULE = "NO_RULE"
    WRONG_STATE = "WRONG_STATE"
    KEY_NOT_USABLE = "KEY_NOT_USABLE"
    ORDERS_REFUSED = "ORDERS_REFUSED"
    DEVICE_REVOKED = "DEVICE_REVOKED"
    SIGNATURE_INVALID = "SIGNATURE_INVALID"
    BATCH_REFUSED = "BATCH_REFUSED"
    NOTHING_PUBLISHED = "NOTHING_PUBLISHED"
    ENROLMENT_CODE_WRONG = "ENROLMENT_CODE_WRONG"
    ENROLMENT_CODE_USED = "ENROLMENT_CODE_USED"
    ENROLMENT_CODE_EXPIRED = "ENROLMENT_CODE_EXPIRED"
    TOO_MANY_TRIES = "TOO_MANY_TRIES"
    DATE_WRONG = "DATE_WRONG"
    UNKNOWN_CASE = "UNKNOWN_CASE"


@dataclass(frozen=True, slots=True)
class Declined:
    """A use case that was not carried out: nothing has changed. `message` says what is wrong and what to do."""

    ground: Ground
    message: str
