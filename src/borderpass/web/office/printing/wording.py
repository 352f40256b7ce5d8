"""How do the pages of printing say what is kept? Forms, outcomes, what a check found, and why something is not done."""

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.blanks import DIGITS, Lot, Outcome, PaperForm
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.hand_over import Check, Collector
from borderpass.printing.print_sheet import Layout

FORMS: dict[PaperForm, Promise] = {PaperForm.A6: gettext_lazy("A6 paper"), PaperForm.CARD: gettext_lazy("Card")}
LAYOUTS: dict[Layout, Promise] = {
    Layout.A6: gettext_lazy("A6, one to a page"),
    Layout.A4: gettext_lazy("A6, four to an A4 sheet, with marks to cut at"),
    Layout.CARD: gettext_lazy("Cards, front and back"),
}
OUTCOMES: dict[Outcome, Promise] = {
    Outcome.PRINTED: gettext_lazy("Printed"),
    Outcome.SPOILED: gettext_lazy("Spoiled"),
    Outcome.VOID: gettext_lazy("Void"),
}
COLLECTORS: dict[Collector, Promise] = {
    Collector.HOLDER: gettext_lazy("The holder"),
    Collector.OTHER: gettext_lazy("Somebody else"),
}
CHECKS: dict[Check, Promise] = {
    Check.OK: gettext_lazy("This is the pass that was signed. It may leave the desk."),
    Check.UNREADABLE: gettext_lazy("This is not the code of a border pass. Scan the large code on the pass once more."),
    Check.ANOTHER: gettext_lazy(
        "This is not the pass of this application. Do not hand it over: look for the right one."
    ),
    Check.ALTERED: gettext_lazy(
        "The code on this paper is not the one that was issued. Keep the paper and tell the governor."
    ),
    Check.NOT_SIGNED: gettext_lazy("The signature in this code does not hold. Keep the paper and tell the governor."),
    Check.NOT_AS_KEPT: gettext_lazy(
        "The pass says something else of the person than the register does. Keep the paper and tell the governor."
    ),
    Check.NOT_PRINTED: gettext_lazy(
        "This paper is not the one to hand over: it was spoiled, or the pass was handed over."
    ),
    Check.NOT_VALID: gettext_lazy("This pass is suspended or revoked. Do not hand it over."),
}
_NOT_PRINTED: dict[str, Promise] = {
    Ground.WRONG_STATE: gettext_lazy("Somebody else printed it, or it is not signed yet."),
    Ground.WRONG_BLANK: gettext_lazy("There was no blank for it, or somebody else took it."),
    Ground.NOT_PRINTABLE: gettext_lazy("Its photo or its code does not fit on the paper. Tell the operator."),
}


def say_not_printed(ground: str) -> str:
    """Return why one pass of many was not printed; the ground itself where it is of later times."""
    return str(_NOT_PRINTED.get(ground, ground))


def say_problem(declined: Declined) -> str:
    """Return why something about paper was not done."""
    words = {
        Ground.BAD_FORM: gettext("Say what is wrong with the paper."),
        Ground.WRONG_PAPER: str(CHECKS[Check.ANOTHER]),
        Ground.WRONG_STATE: gettext("Somebody was faster, or it is not signed yet. This is how it stands now."),
        Ground.NOT_CHECKED: gettext("Scan the code on the paper first, or say why that is not possible."),
        Ground.WRONG_BLANK: gettext(
            "These numbers are not free in this office's stock. Look at the number on the blank, and at the stock."
        ),
        Ground.OUT_OF_BALANCE: gettext("This is not how many there should be. Count again, or say why it differs."),
    }
    return words.get(declined.ground, declined.message)


def say_lot(lot: Lot) -> str:
    """Return the numbers of some blanks: PB000001 – PB000500."""
    first, last = (f"{lot.series}{number:0{DIGITS}d}" for number in (lot.first, lot.last))
    return first if lot.size == 1 else f"{first} – {last}"
