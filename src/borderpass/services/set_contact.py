"""How does an applicant want to be told? By SMS, Telegram or e-mail, in Khmer, Thai or English, or not at all.

What waits to be sent goes there too: a number that was wrong is wrong for all of them.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Author, Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.notice_texts import write_text
from borderpass.domain.notices import Channel, Language, NoticeKind, NoticeState, Wanted, tidy_address
from borderpass.services.find_application import find_for
from borderpass.services.open_gateways import channels_offered
from borderpass.store.models import Application, Contact, Notice
from borderpass.store.queries.audit import write_audit


def set_contact(
    application_id: UUID, channel: Channel, address: str, language: Language, actor: Actor, now: datetime
) -> Contact | Declined:
    """Keep how an applicant wants to be told; return it, or why not."""
    application = find_for(application_id, Act.TAKE_IN, actor)
    if isinstance(application, Declined):
        return application
    if channel is not Channel.NONE and channel not in channels_offered():
        return Declined(Ground.BAD_FORM, f"this installation has no gateway for {channel}")
    tidy = tidy_address(channel, address)
    if tidy is None:
        return Declined(Ground.BAD_FORM, f"{address!r} is no address for {channel}")
    with transaction.atomic():
        return keep_contact(application, channel, tidy, language, actor, now)


def keep_contact(
    application: Application, channel: Channel, address: str, language: Language, author: Author, now: datetime
) -> Contact:
    """Keep a tidy address, let what waits go there, and write it into the audit trail. Call it inside a transaction."""
    kept = {"channel": channel, "address": address, "language": language, "set_at": now, "set_by": author.name}
    contact, _ = Contact.objects.update_or_create(application=application, defaults=kept)
    waiting = Notice.objects.filter(application=application, state=NoticeState.WAITING)
    if channel is Channel.NONE:
        waiting.update(state=NoticeState.UNNEEDED, next_try_at=None)
    for notice in waiting:
        text = write_text(NoticeKind(notice.kind), language, application.reference)
        waiting.filter(id=notice.id).update(channel=channel, address=address, language=language, text=text)
    said = {"channel": channel.value, "language": language.value}
    write_audit(Deed.SET_CONTACT, author, now, "application", application.reference, **said)
    return contact


def inherit_contact(earlier: Application, later: Application, author: Author, now: datetime) -> Contact | None:
    """Let a later application be told as an earlier one was; None where nothing was said then, or it is not possible.

    Who was told by SMS on their telephone is told on the one that they have now. Call it inside a transaction.
    """
    kept = Contact.objects.filter(application=earlier).first()
    if kept is None or kept.channel not in channels_offered() | {Channel.NONE}:
        return None
    wanted = Wanted(Channel(kept.channel), kept.address, Language(kept.language))
    if wanted.channel is Channel.SMS and kept.address == tidy_address(Channel.SMS, earlier.phone):
        phone = tidy_address(Channel.SMS, later.phone)
        if phone is None:
            return None
        wanted = wanted._replace(address=phone)
    return keep_contact(later, *wanted, author, now)
