"""How does a page of the governor say what is unusual, on which ground something is not done, and who decided?"""

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from borderpass.domain.approval import Capacity, Method
from borderpass.domain.decisions import RefusalGround, ReturnReason
from borderpass.domain.declined import Ground
from borderpass.domain.unusual import Sign, Unusual
from borderpass.services.propose_approval import BATCH_MAX
from borderpass.web.office.desk.wording import say_address

REFUSALS: dict[RefusalGround, Promise] = {
    RefusalGround.OUTSIDE_JURISDICTION: gettext_lazy("The permanent address is not in this office's area"),
    RefusalGround.DOCUMENT_INVALID: gettext_lazy("The identity document is not valid or has expired"),
    RefusalGround.DOCUMENT_FORGED: gettext_lazy("A document is forged or belongs to somebody else"),
    RefusalGround.LIVE_PASS: gettext_lazy("The applicant holds a border pass that is still good"),
    RefusalGround.WATCH_LIST: gettext_lazy("The applicant is on a list of people who may not get a pass"),
    RefusalGround.UNPAID: gettext_lazy("The fee was not paid"),
    RefusalGround.OTHER: gettext_lazy("Another ground (write it below)"),
}
RETURNS: dict[ReturnReason, Promise] = {
    ReturnReason.PHOTO_POOR: gettext_lazy("The photo is not good enough: take it again"),
    ReturnReason.PHOTO_OF_ANOTHER: gettext_lazy("The photo does not look like the one on the document"),
    ReturnReason.NAME_DIFFERS: gettext_lazy("The name is not as on the document"),
    ReturnReason.BIRTH_DATE_DIFFERS: gettext_lazy("The date of birth is not as on the document"),
    ReturnReason.ADDRESS_UNCLEAR: gettext_lazy("The permanent address is not clear, or not proved"),
    ReturnReason.DOCUMENT_MISSING: gettext_lazy("A document is missing"),
    ReturnReason.DOCUMENT_UNREADABLE: gettext_lazy("A document cannot be read"),
    ReturnReason.OTHER: gettext_lazy("Another reason (write it below)"),
}
CAPACITIES: dict[Capacity, Promise] = {
    Capacity.GOVERNOR: gettext_lazy("as governor"),
    Capacity.DEPUTY: gettext_lazy("as deputy of the governor"),
    Capacity.PROVINCE: gettext_lazy("for the province"),
}
DECIDES: dict[Capacity, Promise] = {
    Capacity.GOVERNOR: gettext_lazy("You decide here as governor."),
    Capacity.DEPUTY: gettext_lazy("You decide here as deputy of the governor."),
    Capacity.PROVINCE: gettext_lazy("You decide here for the province."),
}
METHODS: dict[Method, Promise] = {
    Method.PASSKEY: gettext_lazy("signed with a passkey"),
    Method.PASSWORD: gettext_lazy("made sure of with the password"),
    Method.OPERATOR: gettext_lazy("entered by the operator"),
}
_WHY: dict[Ground, Promise] = {
    Ground.UNPAID: gettext_lazy("The fee has not been paid."),
    Ground.NOT_DELEGATED: gettext_lazy("No order in force lets this office sign for this resident."),
    Ground.NOT_ALLOWED: gettext_lazy("You may not decide on this here."),
    Ground.OWN_WORK: gettext_lazy("The deputy took this in, or its fee: the governor decides on it."),
    Ground.LIVE_PASS_EXISTS: gettext_lazy("The applicant holds a pass that is good, or is getting one."),
    Ground.WRONG_STATE: gettext_lazy("It does not wait for the governor any more."),
    Ground.CHANGED_SINCE: gettext_lazy("It was changed after you looked at it. Look at it again."),
    Ground.KEY_NOT_USABLE: gettext_lazy(
        "Approved, but not signed yet: the office's key cannot be used now. Tell the operator; do not repeat anything."
    ),
    Ground.NO_RULE: gettext_lazy("Approved, but not signed yet: no order in force says how long the pass is valid."),
    Ground.NOTHING_TO_SIGN: gettext_lazy("Choose at least one application that can be approved."),
    Ground.BATCH_REFUSED: gettext_lazy("These are too many at once."),
    Ground.UNKNOWN_APPLICATION: gettext_lazy("None of these applications is here any more."),
    Ground.UNKNOWN_BATCH: gettext_lazy("This page is of somebody else, or too old. Choose the applications again."),
    Ground.TOO_LATE: gettext_lazy("You looked at these more than half an hour ago. Choose them again."),
    Ground.NO_PASSKEY: gettext_lazy("You have no passkey here yet. Add one to your account first."),
    Ground.PASSKEY_REFUSED: gettext_lazy("The passkey was not accepted. Touch it again, or use another of yours."),
    Ground.PASSWORD_WRONG: gettext_lazy("This is not your password."),
    Ground.BAD_FORM: gettext_lazy("Choose a ground, and write in at most 300 letters what the applicant is told."),
    Ground.UNKNOWN_STAFF: gettext_lazy("Choose somebody who works at this office."),
    Ground.DATE_WRONG: gettext_lazy("Give days from today on, the first before the last, at most three months."),
    Ground.NAME_TAKEN: gettext_lazy("Somebody stands in on some of these days already. End that first."),
}
_FIELDS: dict[str, Promise] = {
    "name_latin": gettext_lazy("Name in Latin letters"),
    "name_khmer": gettext_lazy("Name in Khmer"),
    "born_on": gettext_lazy("Born on"),
    "born_at": gettext_lazy("Born at"),
    "sex": gettext_lazy("Sex"),
    "nationality": gettext_lazy("Nationality"),
    "document_kind": gettext_lazy("Documents"),
    "document_number": gettext_lazy("Documents"),
    "second_number": gettext_lazy("Documents"),
    "home_code": gettext_lazy("Permanent address"),
    "occupation": gettext_lazy("Occupation"),
    "phone": gettext_lazy("Phone number"),
    "companions": gettext_lazy("Children who travel along"),
    "photo": gettext_lazy("Photo of the applicant"),
}
_PLAIN: dict[Unusual, Promise] = {
    Unusual.OTHER_PERSON_SAME_NUMBER: gettext_lazy("Somebody else applied with the same document number: %(about)s."),
    Unusual.NAME_CHANGED: gettext_lazy("With the same document, the name was another one before: %(about)s."),
    Unusual.SAME_PERSON_ELSEWHERE: gettext_lazy("The same person has another application under way: %(about)s."),
    Unusual.PASS_LOST_STANDING: gettext_lazy("An earlier pass of this person was revoked or suspended: %(about)s."),
    Unusual.NO_FACE: gettext_lazy("No face was found in the photo."),
    Unusual.PHOTO_DARK: gettext_lazy("The photo is dark."),
    Unusual.PHOTO_BLURRED: gettext_lazy("The photo is blurred."),
    Unusual.SAME_HANDS: gettext_lazy("One person took in the application and the fee: %(about)s."),
    Unusual.NO_PAPERS: gettext_lazy("No copy of a document lies with it."),
}


def say_why(code: str) -> str:
    """Return why something was not done, by its Ground; the code itself where nobody has said it yet."""
    words = _WHY.get(Ground(code)) if code in list(Ground) else None
    said = str(words) if words is not None else code
    return f"{said} ({BATCH_MAX})" if code == Ground.BATCH_REFUSED else said


def say_ground(code: str) -> str:
    """Return the ground of a refusal, or the reason of a return, that an event keeps."""
    if code in list(RefusalGround):
        return str(REFUSALS[RefusalGround(code)]) if code != RefusalGround.OTHER else ""
    return str(RETURNS[ReturnReason(code)]) if code in list(ReturnReason) else ""


def say_unusual(sign: Sign) -> str:
    """Return one thing that is unusual, as a sentence."""
    if sign.what in _PLAIN:
        return str(_PLAIN[sign.what]) % {"about": sign.about}
    if sign.what is Unusual.MOVED_LATELY:
        where = " ".join(reversed(say_address(sign.about)[-2:])) or sign.about
        return gettext("The permanent address was in another district within a year: %(about)s.") % {"about": where}
    if sign.what is Unusual.MENDED:
        fields = dict.fromkeys(str(_FIELDS[name]) for name in sign.about.split(",") if name in _FIELDS)
        said = ngettext("It was returned %(count)s time.", "It was returned %(count)s times.", sign.count)
        changed = gettext("Changed: %(about)s.") % {"about": ", ".join(fields)} if fields else ""
        return f"{said % {'count': sign.count}} {changed}".strip()
    return _say_counted(sign)


def _say_counted(sign: Sign) -> str:
    words = {
        Unusual.AGE_NEAR_LIMIT: ngettext(
            "The applicant has just reached the age for a pass of their own: %(count)s year.",
            "The applicant has just reached the age for a pass of their own: %(count)s years.",
            sign.count,
        ),
        Unusual.CHILD_NEAR_LIMIT: ngettext(
            "%(count)s child will soon be too old to travel along.",
            "%(count)s children will soon be too old to travel along.",
            sign.count,
        ),
        Unusual.VERY_OLD: ngettext(
            "The applicant is %(count)s year old: check the date of birth.",
            "The applicant is %(count)s years old: check the date of birth.",
            sign.count,
        ),
        Unusual.PAID_TWICE: ngettext(
            "%(count)s payment was made for it.", "%(count)s payments were made for it.", sign.count
        ),
        Unusual.PHONE_SHARED: ngettext(
            "%(count)s other person gave the same phone number.",
            "%(count)s other people gave the same phone number.",
            sign.count,
        ),
    }
    return words[sign.what] % {"count": sign.count}
