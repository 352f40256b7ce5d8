"""What do the rows of an old book say, and what is wrong with them? One reading for the check and for the import."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

from borderpass.domain.gazetteer import Gazetteer
from borderpass.domain.local_time import local_day
from borderpass.domain.old_book_rows import Fault, OldPassRow, RowReader
from borderpass.domain.old_homes import Homes
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.sheets.open_old_book import BookRow, OldBook
from borderpass.store.models import Office
from borderpass.store.queries.old_books import keys_there


def read_rows(book: OldBook, office: Office, now: datetime) -> Iterator[tuple[BookRow, OldPassRow | list[Fault]]]:
    """Yield each row of a file of an office's, with what it says or all that is wrong with it.

    Raise SheetRefused in the midst where the file breaks off.
    """
    ways = names_of(office, load_gazetteer())
    reader = RowReader(_load_homes(), ways, keys_there(office.code), local_day(now))
    for row in book.rows():
        by_column = row.by_column(book.headings)
        yield row, reader.read(row.number, by_column, row.has_more(book.headings))


@lru_cache(maxsize=1)
def _load_homes() -> Homes:
    return Homes(load_gazetteer())


def names_of(office: Office, gazetteer: Gazetteer) -> frozenset[str]:
    """Return all the ways in which a row may name its office: code, name, the district's names; small, no spaces."""
    place = gazetteer.find(office.prefix)
    names = [office.code, office.name_km, office.name_en, office.name_th]
    if place is not None:
        names += [place.name_km, place.full_name_km, place.name_latin, *place.aliases]
    return frozenset("".join(name.split()).casefold() for name in names)
