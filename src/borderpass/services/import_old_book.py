"""How do the rows of a good file become passes of the old books? All in one transaction, or none.

1. Every row is read again: since the check, a day or another import may have changed what is right.
2. If nothing is wrong, all are stored together with the import's new state and its audit entry; what was sent is
   forgotten then, but for its digest.
3. If something is, nothing is stored: the file is to be checked and mended again.
"""

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.jobs import JobKind, JobOutput, Trouble
from borderpass.domain.old_book_rows import Fault, OldPassRow
from borderpass.services.check_old_book import first_faults, say_short, write_mistakes_of
from borderpass.services.job_actor import actor_of
from borderpass.services.read_old_book import read_rows
from borderpass.services.start_job import start_job
from borderpass.sheets.open_old_book import open_old_book
from borderpass.store.models import Job, OldImport, OldPass
from borderpass.store.models.old_books import BookState
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.old_books import old_imports_for

if TYPE_CHECKING:
    from borderpass.services.run_job import Progress

_AT_ONCE = 500


class ImportedMeanwhileError(Exception):
    """The same file, or one of its numbers, was imported between reading and storing."""


def begin_import(job_id: UUID, import_id: UUID, actor: Actor, now: datetime) -> Job | Declined:
    """Begin to import a file that was found good; return the job, or why not."""
    book = old_imports_for(actor).filter(id=import_id).first()
    if book is None:
        return Declined(Ground.UNKNOWN_OLD_BOOK, "there is no such file here; send it again")
    if not actor.may_at_office(Act.TAKE_IN, book.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not import old books in office {book.office_id}")
    if book.state != BookState.GOOD:
        return Declined(Ground.WRONG_STATE, f"the file is {book.state}: only one without mistakes is imported")
    if not OldImport.objects.filter(id=import_id, octets__isnull=False).exists():
        return Declined(Ground.TOO_LATE, "files are kept for a week; send it again")
    parameters = {"import": str(import_id)}
    return start_job(job_id, JobKind.IMPORT_OLD_BOOK, book.office_id, parameters, book.rows, actor, now)


def import_old_book(job: Job, progress: "Progress", now: datetime) -> JobOutput | None:
    """Import a file, or nothing of it; then return the sheet to be mended.

    A second run after a crash finds it imported and does nothing.
    """
    kept = OldImport.objects.select_related("office").get(id=job.parameters["import"])
    if kept.state not in (BookState.GOOD, BookState.FAULTY) or kept.octets is None:
        return None
    book, passes, faults = open_old_book(bytes(kept.octets)), list[OldPass](), dict[int, list[Fault]]()
    progress.expect(kept.rows)
    for row, read in read_rows(book, kept.office, now):
        if isinstance(read, OldPassRow):
            passes.append(pass_of(kept, row.number, read))
            progress.step()
        else:
            faults[row.number] = read
            progress.step(Trouble("", say_short(row.number, read)))
    if faults:
        output = write_mistakes_of(kept, book, faults, progress)
        found = {"state": BookState.FAULTY, "faulty_rows": len(faults), "faults": first_faults(faults)}
        OldImport.objects.filter(id=kept.id, state=BookState.GOOD).update(**found)
        return output
    progress.write()
    store_passes(kept, passes, actor_of(job), now)
    return None


def pass_of(kept: OldImport, number: int, read: OldPassRow) -> OldPass:
    """Return a row of a file as it is stored."""
    return OldPass(office_id=kept.office_id, book_id=kept.id, row=number, **asdict(read))


def store_passes(kept: OldImport, passes: list[OldPass], actor: Actor, now: datetime) -> None:
    """Store all passes of a file and that it was imported, together. Raise ImportedMeanwhileError where they are."""
    try:
        with transaction.atomic():
            imported = {"state": BookState.IMPORTED, "imported_by": actor.name, "imported_at": now, "octets": None}
            if OldImport.objects.filter(id=kept.id, state=BookState.GOOD).update(**imported) != 1:
                return
            OldPass.objects.bulk_create(passes, batch_size=_AT_ONCE)
            said = {"passes": len(passes), "sha256": kept.sha256, "office": kept.office_id}
            write_audit(Deed.IMPORT_OLD_BOOK, actor, now, "old_book", str(kept.id), **said)
    except IntegrityError:
        raise ImportedMeanwhileError(f"what file {kept.id} holds was imported meanwhile") from None
