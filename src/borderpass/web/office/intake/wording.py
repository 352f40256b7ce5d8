"""How does the counter say what is wrong, what was read, and whom it may be? In the page's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.attachments import MAX_FILE_BYTES, MAX_FILES, AttachmentKind
from borderpass.domain.similar import Likeness
from borderpass.pictures.portrait import MIN_SIDE_PX, Concern, Refusal
from borderpass.services.find_office_for import OfficeFor, Whose
from borderpass.store.models import Office
from borderpass.web.office.desk.wording import say_address
from borderpass.web.wording import language
from borderpass.wire.mrz import Fault, Field, MrzProblem

PAPERS: dict[AttachmentKind, Promise] = {
    AttachmentKind.ID_CARD: gettext_lazy("Copy of the identity card"),
    AttachmentKind.BIRTH_CERTIFICATE: gettext_lazy("Birth certificate"),
    AttachmentKind.FAMILY_BOOK: gettext_lazy("Family book"),
    AttachmentKind.RESIDENCE_BOOK: gettext_lazy("Residence book"),
    AttachmentKind.MONK_CERTIFICATE: gettext_lazy("Monk's certificate"),
    AttachmentKind.POLICE_REPORT: gettext_lazy("Police report"),
    AttachmentKind.OTHER: gettext_lazy("Another paper"),
}
PROBLEMS: dict[str, Promise] = {
    "name_latin": gettext_lazy("Write the name in Latin letters, the family name first."),
    "name_khmer": gettext_lazy("Write the name in Khmer letters, the family name first."),
    "born_on": gettext_lazy("This date of birth is not possible. Check the year."),
    "document_kind": gettext_lazy("An identity card is given from 15 on. Take the birth certificate."),
    "document_number": gettext_lazy("Write the 9 digits of the card, or the number of the other document."),
    "second_number": gettext_lazy("Write the 10 digits, or leave it empty."),
    "home_code": gettext_lazy("Choose the address down to the village."),
    "phone": gettext_lazy("Write the phone number in digits, or leave it empty."),
    "nationality": gettext_lazy("Write the nationality in three letters, such as KHM."),
    "born_at": gettext_lazy("Write at most 120 letters."),
    "occupation": gettext_lazy("Write at most 80 letters."),
    "companions": gettext_lazy("Check the names and birth dates of the children."),
}
"""What to say of a field that the domain finds wrong."""
CONCERNS: dict[Concern, Promise] = {
    Concern.NO_FACE_FOUND: gettext_lazy("No face is seen in the frame. Is the applicant looking at the camera?"),
    Concern.SEVERAL_FACES: gettext_lazy("More than one face is in the frame. Take the photo of the applicant alone."),
    Concern.FACE_AT_EDGE: gettext_lazy("The face is at the edge of the picture. Take it again with room around it."),
    Concern.FEW_PIXELS: gettext_lazy("The frame has few pixels: the printed photo will be coarse. Come closer."),
    Concern.DARK: gettext_lazy("The face is dark. Take the photo again with light on the face."),
    Concern.BLURRED: gettext_lazy("The photo is blurred. Take it again, held still and sharp."),
}
REFUSALS: dict[Refusal, Promise] = {
    Refusal.NOT_A_PICTURE: gettext_lazy("This is not a picture. Choose a JPEG, PNG or WebP photo."),
    Refusal.TOO_LARGE_FILE: gettext_lazy("This file is too large. Choose a smaller photo."),
    Refusal.TOO_MANY_PIXELS: gettext_lazy("This picture has too many pixels. Choose a smaller photo."),
    Refusal.TOO_NARROW: gettext_lazy("This picture is a narrow strip. Choose a photo of one person."),
    Refusal.ANIMATED: gettext_lazy("This picture moves. Choose a still photo."),
    Refusal.DAMAGED: gettext_lazy("This picture is damaged. Take it again."),
}
LIKENESSES: dict[Likeness, Promise] = {
    Likeness.SAME_NUMBER: gettext_lazy("The same number"),
    Likeness.SAME_DAY: gettext_lazy("The same birth date and nearly the same name"),
    Likeness.SWAPPED_DAY: gettext_lazy("The same name, and a birth date with two digits swapped"),
}
_ZONE_FIELDS: dict[Field, Promise] = {
    Field.DOCUMENT_CODE: gettext_lazy("kind of document"),
    Field.ISSUING_STATE: gettext_lazy("country"),
    Field.DOCUMENT_NUMBER: gettext_lazy("number of the card"),
    Field.OPTIONAL_DATA: gettext_lazy("end of the line"),
    Field.BIRTH_DATE: gettext_lazy("date of birth"),
    Field.SEX: gettext_lazy("sex"),
    Field.EXPIRY_DATE: gettext_lazy("day on which the card ends"),
    Field.NATIONALITY: gettext_lazy("nationality"),
    Field.COMPOSITE: gettext_lazy("three lines together"),
    Field.NAMES: gettext_lazy("names"),
}


def say_zone_problem(problem: MrzProblem) -> str:
    """Return why the lines of a card are not taken: which line, which part, and what to do."""
    what = {
        "line": problem.line,
        "place": problem.position,
        "part": str(_ZONE_FIELDS[problem.field]) if problem.field else "",
    }
    if problem.fault is Fault.LENGTH and problem.line:
        return gettext("Line %(line)s does not have 30 characters. Read it again, every < included.") % what
    if problem.fault is Fault.LENGTH:
        return gettext("These are not the three lines of 30 characters of a card. Read the card again.")
    if problem.fault is Fault.NOT_A_CARD:
        return gettext("This is not a Cambodian identity card. Fill in the fields by hand.")
    if problem.fault is Fault.CHECK_DIGIT:
        words = gettext("Line %(line)s, %(part)s: the check digit does not fit. Compare each character with the card.")
        return words % what
    if problem.fault is Fault.DATE:
        return gettext("Line %(line)s, %(part)s: this is no such day. Compare it with the card.") % what
    return gettext("Line %(line)s, character %(place)s (%(part)s) cannot be right. Look at the card again.") % what


def say_picture_refusal(code: Refusal) -> str:
    """Return why a picture cannot be used, and what to send instead."""
    if code is Refusal.TOO_SMALL:
        return gettext("This picture has fewer than %(pixels)s pixels each way.") % {"pixels": MIN_SIDE_PX}
    return str(REFUSALS[code])


def say_paper_limits() -> str:
    """Return what may be added as a paper."""
    limits = {"files": MAX_FILES, "size": MAX_FILE_BYTES >> 20}
    return gettext("Pictures or PDF, at most %(files)s, each of at most %(size)s MB.") % limits


def say_paper_refusal(octets: int) -> str:
    """Return why a paper of so many bytes was not added."""
    if octets > MAX_FILE_BYTES:
        return gettext("This file has more than %(size)s MB. Choose a smaller one.") % {"size": MAX_FILE_BYTES >> 20}
    return gettext("This file was not added: it is no picture and no PDF, or there are %(files)s papers already.") % {
        "files": MAX_FILES
    }


def say_office_name(office: Office) -> str:
    """Return an office's name."""
    return {"km": office.name_km, "th": office.name_th}.get(language(), office.name_en)


def say_whose(found: OfficeFor | None) -> dict[str, object] | None:
    """Return whose an address is, as a template shows it: `level` (ours, other, none), words, and the offices."""
    if found is None:
        return None
    if found.whose is Whose.OURS:
        return {"level": "ours", "words": gettext("This office signs for this address."), "offices": []}
    if found.whose is Whose.NOT_ELIGIBLE:
        words = gettext("Only residents of the border provinces may hold a border pass.")
        return {"level": "other", "words": words, "offices": []}
    if found.whose is Whose.NOBODYS:
        words = gettext("No order in force lets an office sign for this address. Ask the provincial hall.")
        return {"level": "other", "words": words, "offices": []}
    words = gettext("This is another office's resident. Their office is:")
    offices = [
        {"name": say_office_name(office) if office else _say_unknown_office(code), "address": _say_place(code)}
        for code, office in found.offices
    ]
    return {"level": "other", "words": words, "offices": offices}


def _say_unknown_office(code: str) -> str:
    return gettext("The provincial hall") if code.endswith("00") else gettext("The office of the district or city")


def _say_place(code: str) -> str:
    return ", ".join(say_address(code.removesuffix("00")))
