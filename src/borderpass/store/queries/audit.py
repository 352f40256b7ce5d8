"""How does an entry get into the audit trail, and how is the trail read again?"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from borderpass.domain.audit import FIRST_PREVIOUS, Author, Deed, Entry, Head, digest_of
from borderpass.store.keys import new_id
from borderpass.store.models import AuditChain, AuditEntry

_READ_AT_ONCE = 1_000


def write_audit(deed: Deed, author: Author, at: datetime, kind: str = "", about: str = "", **detail: Any) -> None:
    """Add an entry. Call it inside the transaction of what it tells of, last: it holds the chain until that ends.

    One writes at a time: PostgreSQL locks the head's row, SQLite has begun the transaction with its only lock. Raise
    RuntimeError outside a transaction, TypeError for a detail that is not plain (domain/audit.py).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit entry is written inside the transaction of what it tells of")
    chain_id, head = _lock_chain()
    entry = Entry(
        seq=head.length + 1,
        at=at,
        actor=author.name,
        role=str(author.role),
        scope=author.scope,
        deed=str(deed),
        kind=kind,
        about=about,
        previous=head.digest,
        detail=detail,
    )
    _add(chain_id, entry, digest_of(chain_id, entry))


# Everything that anybody does passes here: ready statements cost a fifth of a millisecond, models a whole one.
_FIND = "SELECT id, length, digest FROM store_auditchain WHERE ours = %s"
_INSERT = """
INSERT INTO store_auditentry
    (id, chain_id, digest, seq, at, actor, role, scope, deed, kind, about, previous, detail)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_MOVE_HEAD = "UPDATE store_auditchain SET length = %s, digest = %s WHERE id = %s"
_NAMES = tuple(Entry.__dataclass_fields__)
_BY_NAME = {field.name: field for field in AuditEntry._meta.concrete_fields}
_FIELDS = [_BY_NAME[name] for name in ("id", "chain", "digest", *_NAMES)]


def _lock_chain() -> tuple[UUID, Head]:
    find = _FIND + (" FOR UPDATE" if connection.features.has_select_for_update else "")
    with connection.cursor() as cursor:
        row = cursor.execute(find, [True]).fetchone()
        if row is None:
            # Of two that begin the chain at once, the second finds the first's.
            AuditChain.objects.bulk_create([AuditChain(ours=True, digest=FIRST_PREVIOUS)], ignore_conflicts=True)
            row = cursor.execute(find, [True]).fetchone()
    chain_id, length, digest = row
    return chain_id if isinstance(chain_id, UUID) else UUID(chain_id), Head(length, digest)


def _add(chain_id: UUID, entry: Entry, digest: str) -> None:
    values = [new_id(), chain_id, digest, *(getattr(entry, name) for name in _NAMES)]
    ready = [field.get_db_prep_save(value, connection) for field, value in zip(_FIELDS, values, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, ready)
        cursor.execute(_MOVE_HEAD, [entry.seq, digest, ready[1]])


def find_chains() -> list[AuditChain]:
    """Return all chains with their heads as they are now, our own first."""
    return list(AuditChain.objects.order_by("-ours", "id"))


def read_chain(chain: AuditChain) -> Iterator[tuple[Entry, str]]:
    """Yield the entries of a chain up to its head with their digests, in order; at most a thousand are in memory."""
    rows = AuditEntry.objects.filter(chain=chain, seq__lte=chain.length).order_by("seq", "id")
    for row in rows.values_list("digest", *_NAMES).iterator(chunk_size=_READ_AT_ONCE):
        yield Entry(**dict(zip(_NAMES, row[1:], strict=True))), row[0]


def head_of(chain: AuditChain) -> Head:
    """Return the head of a chain as it was read."""
    return Head(chain.length, chain.digest)


def first_beyond(chain: AuditChain) -> int | None:
    """Return the number of the first entry that stands after the chain's head as it is now, or None."""
    length = AuditChain.objects.values_list("length", flat=True).get(id=chain.id)
    after = AuditEntry.objects.filter(chain=chain, seq__gt=length).order_by("seq")
    return after.values_list("seq", flat=True).first()


def entries_without_head() -> int:
    """Return how many entries there are whose chain is not: then the head itself was removed."""
    return AuditEntry.objects.exclude(chain_id__in=AuditChain.objects.values("id")).count()
