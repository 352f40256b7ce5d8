"""How is it said, in the page's language, what a file of an old book is and what is wrong with it?"""

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.declined import Declined, Ground
from borderpass.domain.old_book_columns import HEADINGS, Column
from borderpass.domain.old_book_rows import Fault, Wrong
from borderpass.domain.old_book_words import say_fault
from borderpass.services.check_old_book import WHOLE_FILE
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.sheets.refused import SheetTrouble
from borderpass.store.models.old_books import BookState
from borderpass.web.wording import language, say_number

STATES: dict[BookState, Promise] = {
    BookState.CHECKING: gettext_lazy("Is being checked"),
    BookState.REFUSED: gettext_lazy("Cannot be read"),
    BookState.FAULTY: gettext_lazy("To be mended"),
    BookState.GOOD: gettext_lazy("Without mistakes, not imported yet"),
    BookState.IMPORTED: gettext_lazy("Imported"),
    BookState.UNDONE: gettext_lazy("Taken back"),
}
_TROUBLES: dict[SheetTrouble, Promise] = {
    SheetTrouble.EMPTY: gettext_lazy("There is no row in this file."),
    SheetTrouble.TOO_LARGE: gettext_lazy("This file is larger than %(told)s MB. Send it in parts."),
    SheetTrouble.TOO_MANY_ROWS: gettext_lazy("This file has more than %(told)s rows. Send it in parts."),
    SheetTrouble.OLD_EXCEL: gettext_lazy(
        "This is a file of an old Excel, or one with a password. Save it as .xlsx without a password and send it again."
    ),
    SheetTrouble.NOT_A_SHEET: gettext_lazy("This is not a spreadsheet. Send a file that ends in .xlsx or .csv."),
    SheetTrouble.NOT_UTF8: gettext_lazy("The Khmer letters of this file cannot be read. Save it as .xlsx and send it."),
    SheetTrouble.BROKEN: gettext_lazy("This file is broken. Open it, save it again as .xlsx and send it."),
    SheetTrouble.NO_HEADINGS: gettext_lazy(
        "No row of headings was found. Copy the headings from our sheet into the first row."
    ),
    SheetTrouble.COLUMNS_MISSING: gettext_lazy(
        "These columns are missing: %(told)s. Copy their headings from our sheet."
    ),
    SheetTrouble.COLUMN_TWICE: gettext_lazy("These columns are there twice: %(told)s. Take one of each out."),
}
_GROUNDS: dict[Ground, Promise] = {
    Ground.TOO_LATE: gettext_lazy("It is too late for that."),
    Ground.IN_USE: gettext_lazy("Somebody of this book has applied since: the import stays."),
    Ground.WRONG_STATE: gettext_lazy("This file has moved on meanwhile. Look at what stands here now."),
}


def say_state(state: str) -> str:
    """Return how far a file is."""
    return str(STATES[BookState(state)])


def say_column(column: str) -> str:
    """Return a column's heading."""
    heading = HEADINGS[Column(column)]
    return heading.km if language() == "km" else heading.en


def say_trouble(because: list[str]) -> str:
    """Return why a file as a whole is refused; empty where it is not."""
    if not because:
        return ""
    trouble, told = SheetTrouble(because[0]), because[1:]
    if trouble in (SheetTrouble.COLUMNS_MISSING, SheetTrouble.COLUMN_TWICE):
        said = ", ".join(f"“{say_column(one)}”" for one in told)
    else:
        said = ", ".join(say_number(int(one)) for one in told)
    return str(_TROUBLES[trouble]) % {"told": said}


def say_wrong(fault: Fault) -> str:
    """Return what is wrong with a cell."""
    words = say_fault(fault, load_gazetteer())
    return {"km": words.km, "th": words.th}.get(language(), words.en)


def say_short_fault(why: str) -> str:
    """Return what a job of ours keeps as the reason of a row."""
    row, *rest = why.split("|")
    if row == WHOLE_FILE:
        return say_trouble(rest)
    column, wrong, *told = rest
    said = say_wrong(Fault(Column(column), Wrong(wrong), tuple(told)))
    return gettext("Row %(row)s, %(column)s: %(said)s") % {"row": row, "column": say_column(column), "said": said}


def say_declined(declined: Declined) -> str:
    """Return why something is not done."""
    words = _GROUNDS.get(declined.ground)
    return str(words) if words else gettext("This cannot be done: %(why)s") % {"why": declined.message}
