"""How is an applicant spoken to? What is wrong, what it costs, where it stands and what comes next; in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.application import State
from borderpass.domain.provisions import DayCount, Purpose
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.terms import companions_rule, fee_for, processing_time
from borderpass.pictures.portrait import Refusal
from borderpass.services.check_preapplication import Fault, Wrong
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.follow_application import Followed
from borderpass.services.keep_home_form import PHOTO_MAX_BYTES
from borderpass.store.models import Office
from borderpass.web.office.desk.wording import PURPOSES, STATES
from borderpass.web.office.intake.wording import say_office_name, say_picture_refusal
from borderpass.web.wording import say_days, say_number, say_weekday

MISSING: dict[str, Promise] = {
    "name_khmer": gettext_lazy("Write your name in Khmer letters, the family name first."),
    "name_latin": gettext_lazy("Write your name in Latin letters, the family name first."),
    "document_number": gettext_lazy("Write the 9 digits of the card, or the number of the other paper."),
}
_WRONG: dict[str, Promise] = {
    **MISSING,
    "born_on": gettext_lazy("This date of birth is not possible. Check the year."),
    "born_at": gettext_lazy("Write at most 120 letters."),
    "occupation": gettext_lazy("Write at most 80 letters."),
    "phone": gettext_lazy("Write the phone number in digits, or leave it empty."),
    "document_kind": gettext_lazy("An identity card is given from 15 on. Choose the birth certificate."),
    "home_code": gettext_lazy("Choose one."),
    "companions": gettext_lazy("Check the name and the date of birth."),
}
_HALL = "00"


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands on every page: the price, its order, how long it takes, and whom to tell of being asked for more."""

    price: str
    order: str
    time: str
    phone: str
    telegram: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an application stands: in words, what comes next, by when, and where."""

    words: str
    next_step: str
    when: str
    where: str


def say_terms(now: datetime, purpose: Purpose = Purpose.NEW) -> Terms:
    """Return what a pass costs and how long it takes, by the orders in force at an instant."""
    rules = rules_for_all_time()
    fee = fee_for(rules, purpose, now)
    return Terms(
        price=gettext("%(amount)s riel") % {"amount": say_number(fee.amount_riel)} if fee else "",
        order=gettext("by order %(number)s") % {"number": fee.term.order_number} if fee else "",
        time=_say_time(rules, now),
        phone=settings.COMPLAINT_PHONE,
        telegram=settings.COMPLAINT_TELEGRAM,
    )


def say_prices(purposes: Iterable[Purpose], now: datetime) -> list[dict[str, str]]:
    """Return what each purpose costs at an instant; one for which no order says it is left out."""
    fees = [fee_for(rules_for_all_time(), purpose, now) for purpose in purposes]
    return [
        {
            "words": str(PURPOSES[fee.purpose]),
            "price": gettext("%(amount)s riel") % {"amount": say_number(fee.amount_riel)},
        }
        for fee in fees
        if fee is not None
    ]


def _say_time(rules: Rulebook, now: datetime) -> str:
    time = processing_time(rules, now)
    if time is None:
        return ""
    words = gettext("Usually %(usual)s after you have paid and shown your papers, %(most)s at the most.")
    if time.counted_in is DayCount.WORKING:
        words = gettext(
            "Usually %(usual)s after you have paid and shown your papers, %(most)s at the most; working days count."
        )
    return words % {"usual": say_days(time.practice_days), "most": say_days(time.law_days)}


def say_fault(fault: Fault, rules: Rulebook, now: datetime) -> str:
    """Return what is wrong with an answer, and what to do."""
    children = companions_rule(rules, now)
    age = {"age": children.under_age_years if children else ""}
    if fault.wrong is Wrong.TOO_YOUNG:
        return gettext("A child under %(age)s travels on a parent's pass. Fill in the form for the parent.") % age
    if fault.wrong is Wrong.CHILD_TOO_OLD:
        return gettext("Who is %(age)s or older needs a pass of their own.") % age
    if fault.wrong is Wrong.NO_OFFICE:
        return gettext("No office takes forms from home for this address. Go to your provincial hall.")
    if fault.wrong is Wrong.TOO_MANY_CHILDREN:
        return gettext("Choose one.")
    return str(_WRONG.get(fault.field) or gettext_lazy("Check this answer."))


def say_photo_refused(code: Refusal | None) -> str:
    """Return why a photo was not taken; None is that too many came from the same place."""
    if code is None:
        return gettext("Too many photos were sent from here. Go on without one: the office takes it.")
    if code is Refusal.TOO_LARGE_FILE:
        size = {"size": PHOTO_MAX_BYTES >> 20}
        return gettext("This photo has more than %(size)s MB. Choose a smaller one, or go on without.") % size
    return say_picture_refusal(code)


def say_office(code: str) -> str:
    """Return the name of an office, empty where there is none of this code."""
    office = Office.objects.filter(code=code).first()
    return say_office_name(office) if office else ""


def say_where(office: Office) -> str:
    """Return where to go: the office, or the provincial hall."""
    name = say_office_name(office)
    if office.code.endswith(_HALL):
        return name
    return gettext("One Window Service Office of %(office)s, or the provincial hall") % {"office": name}


_NEXT: dict[State, Promise] = {
    State.LODGED: gettext_lazy("Pay the fee at the office, and ask for the receipt."),
    State.PAID: gettext_lazy("The governor decides. You need not do anything."),
    State.APPROVED: gettext_lazy("The pass is being made. You need not do anything."),
    State.SPOILED: gettext_lazy("The pass is being made. You need not do anything."),
    State.PRINTED: gettext_lazy("Fetch it yourself at the office, with the paper that shows who you are."),
    State.HANDED_OVER: gettext_lazy("Nothing more: you have the pass."),
    State.RETURNED: gettext_lazy(
        "Come to the office with your papers: something has to be mended. It costs nothing more."
    ),
    State.REFUSED: gettext_lazy("Ask the office for the reason, and which part of the fee you get back."),
    State.WITHDRAWN: gettext_lazy("Nothing more. If you still need a pass, fill in a new form."),
}
_STANDS: dict[State, Promise] = {
    State.LODGED: gettext_lazy("The office has taken it in. The fee is not paid yet."),
    State.PAID: gettext_lazy("The fee is paid."),
    State.APPROVED: gettext_lazy("It is approved."),
    State.SPOILED: gettext_lazy("It is approved."),
    State.PRINTED: gettext_lazy("The pass is ready."),
    State.RETURNED: gettext_lazy("Something has to be mended."),
}


def say_standing(followed: Followed) -> Standing:
    """Return where an application stands."""
    where = say_office(followed.office_code)
    if followed.state is None:
        by = say_weekday(followed.bring_by) if followed.bring_by else ""
        return Standing(
            gettext("The form is sent. Nobody has brought it to the office yet."),
            gettext("Go to the office with your papers and this reference."),
            gettext("At the latest on %(day)s; after that it is deleted.") % {"day": by},
            where,
        )
    words = _STANDS.get(followed.state) or STATES[followed.state]
    return Standing(str(words), str(_NEXT.get(followed.state, "")), _say_when(followed), where)


def _say_when(followed: Followed) -> str:
    due = followed.due
    if due is None:
        return ""
    if due.law_left < 0:
        words = gettext("It should have been ready on %(day)s. Ask the office why it is not.")
        return words % {"day": say_weekday(due.law_on)}
    if due.practice_left < 0:
        return gettext("Ready on %(day)s at the latest.") % {"day": say_weekday(due.law_on)}
    words = gettext("Usually ready on %(usual)s, at the latest on %(day)s.")
    return words % {"usual": say_weekday(due.practice_on), "day": say_weekday(due.law_on)}
