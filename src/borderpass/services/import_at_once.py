"""How does an operator import an old book without the site? Checked and imported in one go, or not at all."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.old_book_rows import Fault, OldPassRow
from borderpass.services.import_old_book import ImportedMeanwhileError, pass_of, store_passes
from borderpass.services.read_old_book import read_rows
from borderpass.sheets.open_old_book import OldBook
from borderpass.store.keys import new_id
from borderpass.store.models import Office, OldImport
from borderpass.store.models.old_books import BookState


def check_rows(book: OldBook, office_code: str, now: datetime) -> Iterator[tuple[int, OldPassRow | list[Fault]]]:
    """Yield the number of each row of a file, with what it says or what is wrong; nothing is stored.

    Raise Office.DoesNotExist where there is no such office, SheetRefused where the file breaks off.
    """
    office = Office.objects.get(code=office_code)
    for row, read in read_rows(book, office, now):
        yield row.number, read


def import_at_once(
    book: OldBook, office_code: str, file_name: str, actor: Actor, now: datetime
) -> OldImport | Declined:
    """Import all rows of a file; return the import, the one that was made of this file before, or why not."""
    if not actor.may_at_office(Act.TAKE_IN, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not import old books in office {office_code}")
    digest = hashlib.sha256(book.octets).hexdigest()
    before = OldImport.objects.filter(office_id=office_code, sha256=digest, state=BookState.IMPORTED).first()
    if before is not None:
        return before
    rows = list(check_rows(book, office_code, now))
    good = [(number, read) for number, read in rows if isinstance(read, OldPassRow)]
    if not rows or len(good) < len(rows):
        return Declined(Ground.BAD_FORM, f"{len(rows) - len(good)} of {len(rows)} rows are wrong: nothing is imported")
    kept = OldImport(id=new_id(), office_id=office_code, file_name=file_name[-200:], sha256=digest)
    kept.size, kept.state, kept.rows = len(book.octets), BookState.GOOD, len(rows)
    kept.sent_by, kept.sent_at = actor.name, now
    try:
        with transaction.atomic():
            kept.save(force_insert=True)
            store_passes(kept, [pass_of(kept, number, read) for number, read in good], actor, now)
    except (IntegrityError, ImportedMeanwhileError):
        return Declined(Ground.CHANGED_SINCE, "some of it was imported meanwhile: check it again")
    return OldImport.objects.get(id=kept.id)
