"""How is an import taken back? As a whole, within a day, and only while nobody has come to rely on it.

Somebody relies on it once an application was taken in under the number of one of its people: the clerk was shown their
old pass.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.store.models import OldImport, OldPass
from borderpass.store.models.old_books import BookState
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.old_books import applications_since, old_imports_for

UNDONE_WITHIN = timedelta(hours=24)
KEPT_FOR = timedelta(days=7)


def undo_old_book(import_id: UUID, actor: Actor, now: datetime) -> OldImport | Declined:
    """Take an import back with all its passes; return it, or why that is not possible. Twice is once."""
    book = old_imports_for(actor).filter(id=import_id).first()
    if book is None:
        return Declined(Ground.UNKNOWN_OLD_BOOK, "there is no such file here")
    if not actor.may_at_office(Act.TAKE_IN, book.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not take imports back in office {book.office_id}")
    if book.state == BookState.UNDONE:
        return book
    with transaction.atomic():
        held = OldImport.objects.select_for_update().defer("octets").get(id=book.id)
        ground = find_ground_against_undoing(held, now)
        if ground is not None:
            return ground
        undone = {"state": BookState.UNDONE, "undone_by": actor.name, "undone_at": now}
        OldImport.objects.filter(id=held.id, state=BookState.IMPORTED).update(**undone)
        gone, _ = OldPass.objects.filter(book=held).delete()
        write_audit(Deed.UNDO_OLD_BOOK, actor, now, "old_book", str(held.id), passes=gone, office=held.office_id)
    return OldImport.objects.get(id=book.id)


def find_ground_against_undoing(book: OldImport, now: datetime) -> Declined | None:
    """Return why an import cannot be taken back at an instant, or None when it can."""
    if book.state != BookState.IMPORTED or book.imported_at is None:
        return Declined(Ground.WRONG_STATE, f"the file is {book.state}: there is nothing to take back")
    if now >= book.imported_at + UNDONE_WITHIN:
        return Declined(Ground.TOO_LATE, "an import can be taken back for 24 hours; mend single passes at intake")
    if applications_since(book, book.imported_at).exists():
        return Declined(Ground.IN_USE, "somebody of this book has applied since: it cannot be taken back any more")
    return None


def forget_old_books(now: datetime) -> int:
    """Forget what is in files that were sent a week ago and not imported; return how many. They hold people's names."""
    return OldImport.objects.filter(sent_at__lt=now - KEPT_FOR, octets__isnull=False).update(octets=None)
