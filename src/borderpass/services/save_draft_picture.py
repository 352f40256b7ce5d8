"""How does a form come by its photo, and by the frame that somebody lays on it?

The whole picture is kept, upright and without metadata, until the form is lodged: the frame may then be moved as often
as somebody likes, and nothing is lost with a session.
"""

from datetime import datetime
from uuid import UUID

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Declined, Ground
from borderpass.pictures.portrait import Frame, PictureRefused, Refusal, find_concerns, read_whole
from borderpass.services.save_draft import FRAME_FIELDS, find_ground_against_draft, keep_draft
from borderpass.store.models import Application, Draft
from borderpass.store.queries.drafts import find_draft


def save_draft_picture(
    form: UUID, office_code: str, data: bytes, actor: Actor, now: datetime
) -> Draft | Application | Declined | Refusal:
    """Keep the photo of a form, with the frame that we would lay; return the draft. What was typed stays as it was.

    A Refusal says why the picture cannot be used; a photo that was there stays then.
    """
    refusal = find_ground_against_draft(form, office_code, actor)
    if refusal is not None:
        return refusal
    try:
        whole = read_whole(data)
        concerns = find_concerns(whole.jpeg, whole.frame)
    except PictureRefused as error:
        return error.code
    laid = _write(whole.frame) | {
        "picture_width": str(whole.width),
        "picture_height": str(whole.height),
        "concerns": ",".join(concerns),
    }
    before = find_draft(actor, form)
    fields = {**(before.fields if before else {}), **laid}
    return keep_draft(form, office_code, actor, now, {"fields": fields, "picture": whole.jpeg})


def lay_frame(form: UUID, frame: Frame, actor: Actor, now: datetime) -> Draft | Application | Declined:
    """Lay a frame on the photo of the actor's draft, and look again at what is in it; return the draft."""
    draft = find_draft(actor, form)
    if draft is None or draft.picture is None:
        return Declined(Ground.UNKNOWN_APPLICATION, "there is no photo to lay a frame on")
    try:
        concerns = find_concerns(bytes(draft.picture), frame)
    except PictureRefused as error:
        return Declined(Ground.PHOTO_REFUSED, str(error))
    fields = {**draft.fields, **_write(frame), "concerns": ",".join(concerns)}
    return keep_draft(form, draft.office_id, actor, now, {"fields": fields})


def frame_of(draft: Draft) -> Frame | None:
    """Return the frame on the photo of a draft."""
    try:
        return Frame(*(float(draft.fields[name]) for name in FRAME_FIELDS))
    except (KeyError, TypeError, ValueError):
        return None


def _write(frame: Frame) -> dict[str, str]:
    shares = (frame.left, frame.top, frame.width)
    return {name: f"{share:.4f}" for name, share in zip(FRAME_FIELDS, shares, strict=True)}
