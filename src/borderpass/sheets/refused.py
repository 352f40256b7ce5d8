"""Why can a file not be read as a sheet of the old books? A code for the page, and what there is to tell of it."""

from enum import StrEnum

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000


class SheetTrouble(StrEnum):
    """What is wrong with a file as a whole."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    OLD_EXCEL = "old_excel"
    NOT_A_SHEET = "not_a_sheet"
    NOT_UTF8 = "not_utf8"
    BROKEN = "broken"
    NO_HEADINGS = "no_headings"
    COLUMNS_MISSING = "columns_missing"
    COLUMN_TWICE = "column_twice"


class SheetRefused(Exception):  # noqa: N818  # the name of what happens: a file is refused
    """A file that is not read. `told` holds the columns that are missing or twice, or the number that is exceeded."""

    def __init__(self, trouble: SheetTrouble, *told: str) -> None:
        super().__init__(f"the file is refused: {trouble}{': ' if told else ''}{', '.join(told)}")
        self.trouble, self.told = trouble, told
