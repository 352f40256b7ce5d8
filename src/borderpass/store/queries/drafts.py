"""Which forms has a clerk begun, and which papers lie with a draft or with an application?

A draft is its clerk's alone, in the office it was begun in: another clerk's is as unknown as none.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from borderpass.domain.actors import Act, Actor
from borderpass.store.models import Application, Attachment, Draft
from borderpass.store.queries.applications import applications_for


def drafts_of(actor: Actor) -> QuerySet[Draft]:
    """Return the drafts of whoever acts, where they may take in."""
    if not actor.may(Act.TAKE_IN):
        return Draft.objects.none()
    return Draft.objects.filter(clerk=actor.name, office_id=actor.scope)


def find_draft(actor: Actor, form: UUID) -> Draft | None:
    """Return the actor's draft of a form, or None."""
    return drafts_of(actor).filter(form=form).first()


def attachments_for(actor: Actor) -> QuerySet[Attachment]:
    """Return the papers that an actor may see: those of applications they may read, and of their own drafts."""
    theirs = Q(application__in=applications_for(actor)) | Q(draft__in=drafts_of(actor))
    return Attachment.objects.filter(theirs)


def papers_of(application: Application | None, draft: Draft | None) -> list[Attachment]:
    """Return what lies with an application and a draft of it, without the files themselves, in the order of adding."""
    lies = Q(pk__in=[])
    if application is not None:
        lies |= Q(application=application)
    if draft is not None:
        lies |= Q(draft=draft)
    return list(Attachment.objects.filter(lies).defer("octets").order_by("added_at", "id"))


def hand_papers_over(form: UUID, actor: Actor, application: Application) -> None:
    """Lay the papers of the actor's draft to the application that came of it, and delete the draft.

    A paper that lies there already is not laid there twice. Call it inside a transaction.
    """
    draft = find_draft(actor, form)
    if draft is None:
        return
    there = Attachment.objects.filter(application=application).values("sha256")
    new = Attachment.objects.filter(draft=draft).exclude(sha256__in=there)
    new.update(draft=None, application=application)
    draft.delete()


def drafts_untouched_since(instant: datetime) -> QuerySet[Draft]:
    """Return the drafts, whoever's they are, that nobody has touched since an instant."""
    return Draft.objects.filter(updated_at__lt=instant)
