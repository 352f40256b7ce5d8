"""How does a page say how a pass stands, why, and what can be done about it?"""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.again import Again, NotNow, may_from
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.passes import PassKind
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.web.wording import say_day

KINDS: dict[PassKind, Promise] = {
    PassKind.TWO_YEAR: gettext_lazy("Two-year pass"),
    PassKind.EXTENSION: gettext_lazy("Extended pass"),
    PassKind.ONE_TIME: gettext_lazy("One-time pass"),
    PassKind.SPECIMEN: gettext_lazy("Specimen"),
}
STANDINGS: dict[Status, Promise] = {
    Status.VALID: gettext_lazy("Good"),
    Status.SUSPENDED: gettext_lazy("Suspended"),
    Status.REVOKED: gettext_lazy("Revoked"),
}
CHANGES: dict[Status, Promise] = {
    Status.VALID: gettext_lazy("Reinstated"),
    Status.SUSPENDED: gettext_lazy("Suspended"),
    Status.REVOKED: gettext_lazy("Revoked"),
}
ACTS: dict[Status, Promise] = {
    Status.VALID: gettext_lazy("Reinstate it"),
    Status.SUSPENDED: gettext_lazy("Suspend it"),
    Status.REVOKED: gettext_lazy("Revoke it"),
}
GROUNDS: dict[StandingGround, Promise] = {
    StandingGround.SUPERSEDED: gettext_lazy("A newer paper took its place"),
    StandingGround.LOST: gettext_lazy("The holder has lost it"),
    StandingGround.STOLEN: gettext_lazy("It was stolen from the holder"),
    StandingGround.DEATH: gettext_lazy("The holder has died"),
    StandingGround.COURT: gettext_lazy("By decision of a court"),
    StandingGround.MISTAKE: gettext_lazy("By a mistake of the office"),
    StandingGround.FALSE_STATEMENT: gettext_lazy("What was stated to get it was false"),
    StandingGround.MISUSE: gettext_lazy("It was misused"),
    StandingGround.MOVED_AWAY: gettext_lazy("The holder has moved away from the border provinces"),
    StandingGround.INQUIRY: gettext_lazy("While something is being looked into"),
    StandingGround.FOUND: gettext_lazy("It was found again"),
    StandingGround.CLEARED: gettext_lazy("The ground has fallen away"),
    StandingGround.OTHER: gettext_lazy("Another ground (say which)"),
}
AGAIN: dict[Again, Promise] = {
    Again.RENEWAL: gettext_lazy("Renew: a new pass when this one ends"),
    Again.EXTENSION: gettext_lazy("Extend by a year"),
    Again.REPLACEMENT: gettext_lazy("Replace: it is lost or stolen"),
    Again.CORRECTION: gettext_lazy("Correct a mistake on it"),
}
FIELDS: dict[str, Promise] = {
    "name_khmer": gettext_lazy("Name in Khmer"),
    "name_latin": gettext_lazy("Name in Latin letters"),
    "born_on": gettext_lazy("Born on"),
    "sex": gettext_lazy("Sex"),
    "document_number": gettext_lazy("Number of the document"),
    "home_code": gettext_lazy("Code of the village, or of the district"),
    "occupation": gettext_lazy("Occupation"),
    "phone": gettext_lazy("Phone number"),
}
_NOT_NOW: dict[NotNow, Promise] = {
    NotNow.NOT_GOOD: gettext_lazy("Not while it is revoked or suspended."),
    NotNow.NOT_CURRENT: gettext_lazy("A newer paper took its place."),
    NotNow.ENDED: gettext_lazy("It has ended: renew it."),
    NotNow.EXTENDED_ALREADY: gettext_lazy("It was extended already: renew it when it ends."),
    NotNow.ONE_TIME: gettext_lazy("A one-time pass is not renewed: take in a new application."),
}
_DECLINED: dict[Ground, Promise] = {
    Ground.UNKNOWN_PASS: gettext_lazy("There is no such pass at this office."),
    Ground.NOT_ALLOWED: gettext_lazy("You may not do this here."),
    Ground.WRONG_STATE: gettext_lazy(
        "Somebody was faster, or its standing does not allow it. This is how it stands now."
    ),
    Ground.LIVE_PASS_EXISTS: gettext_lazy("The holder has another pass that is good."),
    Ground.OUTSIDE_JURISDICTION: gettext_lazy("The holder lives in the land of another office, which does this."),
    Ground.NOT_ELIGIBLE: gettext_lazy("Only permanent residents of the border provinces hold a border pass."),
    Ground.PHOTO_REFUSED: gettext_lazy("This photo cannot be used: take another."),
    Ground.NO_RULE: gettext_lazy("No order in force says how this is done. Ask the ministry."),
}


def say_not_now(why: NotNow, last_day: date) -> str:
    """Return why something cannot be done about a pass now, and when it can."""
    if why is NotNow.TOO_EARLY:
        return gettext("From %(day)s on.") % {"day": say_day(may_from(last_day))}
    return str(_NOT_NOW[why])


def say_why(declined: Declined) -> str:
    """Return why something was not done, in the page's language; in English where it is seldom."""
    return str(_DECLINED.get(declined.ground, declined.message))


def say_standing(status: Status, ended: bool) -> str:
    """Return how a pass stands in a word or two."""
    return gettext("Ended") if status is Status.VALID and ended else str(STANDINGS[status])
