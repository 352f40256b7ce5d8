"""How does a copied paper come to lie with an application? It is laid to the draft of the form, and goes with it.

A picture is decoded and written anew, upright and without metadata, so that nothing of the file that was sent is kept.
A PDF is kept as it came, is never opened here, and leaves only as a download (web/office/intake/papers.py).
"""

import hashlib
import unicodedata
from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Actor
from borderpass.domain.attachments import MAX_FILE_BYTES, MAX_FILES, NAME_MAX_CHARACTERS, AttachmentKind
from borderpass.domain.declined import Declined, Ground
from borderpass.pictures.magic import PDF_MAGIC
from borderpass.pictures.portrait import PictureRefused, read_whole
from borderpass.services.save_draft import save_draft
from borderpass.store.models import Application, Attachment, Draft
from borderpass.store.queries.applications import find_application
from borderpass.store.queries.drafts import drafts_of, find_draft, papers_of

PDF, JPEG = "application/pdf", "image/jpeg"


def attach_document(
    form: UUID, office_code: str, kind: AttachmentKind, name: str, data: bytes, actor: Actor, now: datetime
) -> Attachment | Declined:
    """Lay a paper to the actor's draft of a form; return it, or why not. The same file again is the one already there.

    `name` is the file's own name: it is kept for people to read, and never becomes a path.
    """
    if len(data) > MAX_FILE_BYTES:
        return Declined(
            Ground.DOCUMENT_REFUSED, f"a paper has at most {MAX_FILE_BYTES >> 20} MB: send a smaller picture"
        )
    read = _read(data)
    if isinstance(read, Declined):
        return read
    media_type, octets = read
    draft = _draft_of(form, office_code, actor, now)
    if isinstance(draft, Declined):
        return draft
    digest = hashlib.sha256(octets).hexdigest()
    with transaction.atomic():
        papers = papers_of(find_application(actor, form), Draft.objects.select_for_update().get(id=draft.id))
        there = next((one for one in papers if one.sha256 == digest), None)
        if there is not None:
            return there
        if len(papers) >= MAX_FILES:
            return Declined(Ground.DOCUMENT_REFUSED, f"at most {MAX_FILES} papers lie with one application")
        return Attachment.objects.create(
            draft=draft,
            kind=kind,
            name=_plain(name),
            media_type=media_type,
            octets=octets,
            size=len(octets),
            sha256=digest,
            added_at=now,
            added_by=actor.name,
        )


def remove_document(form: UUID, attachment_id: UUID, actor: Actor) -> int:
    """Take a paper off the actor's draft again; return how many there were. What is an application's stays."""
    mine = Attachment.objects.filter(id=attachment_id, draft__in=drafts_of(actor).filter(form=form))
    deleted: int = mine.delete()[0]
    return deleted


def _draft_of(form: UUID, office_code: str, actor: Actor, now: datetime) -> Draft | Declined:
    draft = find_draft(actor, form)
    if draft is not None and draft.office_id == office_code:
        return draft
    saved = save_draft(form, office_code, {}, actor, now)
    if isinstance(saved, Application):
        return Declined(Ground.WRONG_STATE, f"application {saved.reference} is taken in already")
    return saved


def _read(data: bytes) -> tuple[str, bytes] | Declined:
    """Return the media type and the bytes that are kept."""
    if data.startswith(PDF_MAGIC):
        return PDF, data
    try:
        return JPEG, read_whole(data).jpeg
    except PictureRefused as error:
        return Declined(Ground.DOCUMENT_REFUSED, f"{error} (or a PDF)")


def _plain(name: str) -> str:
    """Return a file's name without its folders and without control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(one for one in last if unicodedata.category(one) not in ("Cc", "Cf", "Cs"))
    return plain[-NAME_MAX_CHARACTERS:] or "?"
