"""How does a file of an old book come in? It is kept, and its check begins as long work; nothing is imported by that.

The same file, once imported, is found again by its digest: sending it twice changes nothing.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.jobs import JobKind
from borderpass.services.start_job import start_job
from borderpass.sheets.refused import MOST_BYTES
from borderpass.store.models import OldImport
from borderpass.store.models.old_books import BookState
from borderpass.store.queries.audit import write_audit

_NAME_CHARACTERS = 200


def send_old_book(
    import_id: UUID, office_code: str, file_name: str, octets: bytes, actor: Actor, now: datetime
) -> OldImport | Declined:
    """Take a file in and begin its check, a job under the same id; return it, or the one that was imported before.

    1. Who may, and a file that is neither empty nor too large.
    2. The same id again, or the same file once imported: what there is.
    3. The file, its job and the audit entry in one transaction.
    """
    if not actor.may_at_office(Act.TAKE_IN, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not bring old books into office {office_code}")
    if not octets:
        return Declined(Ground.BAD_FORM, "the file is empty; choose it again")
    if len(octets) > MOST_BYTES:
        return Declined(Ground.BAD_FORM, f"a file has at most {MOST_BYTES // 1024 // 1024} MB; send it in parts")
    digest = hashlib.sha256(octets).hexdigest()
    before = OldImport.objects.filter(office_id=office_code, sha256=digest, state=BookState.IMPORTED).first()
    if before is not None:
        return before
    try:
        with transaction.atomic():
            book = OldImport.objects.create(
                id=import_id,
                office_id=office_code,
                file_name=_plain_name(file_name),
                sha256=digest,
                size=len(octets),
                octets=octets,
                state=BookState.CHECKING,
                sent_by=actor.name,
                sent_at=now,
            )
            begun = start_job(import_id, JobKind.CHECK_OLD_BOOK, office_code, {"import": str(import_id)}, 1, actor, now)
            if isinstance(begun, Declined):
                transaction.set_rollback(True)
                return begun
            write_audit(Deed.SEND_OLD_BOOK, actor, now, "old_book", str(book.id), sha256=digest, office=office_code)
    except IntegrityError:
        there = OldImport.objects.filter(id=import_id, office_id=office_code, sent_by=actor.name).first()
        return there or Declined(Ground.NOT_ALLOWED, "another file has this id; load the page again")
    return book


def _plain_name(name: str) -> str:
    """Return a file's name as it may be shown: one line, without what cannot be printed."""
    return " ".join("".join(one if one.isprintable() else " " for one in name).split())[-_NAME_CHARACTERS:] or "?"
