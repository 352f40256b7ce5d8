"""Can a message be sent once more? A clerk says so: after it was given up, or when the applicant got nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.notice_texts import write_text
from borderpass.domain.notices import Channel, Language, NoticeKind, NoticeState, tidy_address
from borderpass.services.open_gateways import channels_offered
from borderpass.services.queue_notice import contact_of
from borderpass.store.models import Notice
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.notices import notices_for


def send_again(notice_id: UUID, actor: Actor, now: datetime) -> Notice | Declined:
    """Let a message be sent anew, to where the applicant is to be told now; return it, or why not.

    Asking twice is asking once: what waits already is sent by itself.
    """
    notice = notices_for(actor).filter(id=notice_id).first()
    if notice is None:
        return Declined(Ground.UNKNOWN_APPLICATION, f"there is no message {notice_id} here")
    if not actor.may_at_office(Act.TAKE_IN, notice.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) may not send messages here")
    if notice.state == NoticeState.WAITING:
        return notice
    contact = contact_of(notice.application)
    channel, language = Channel(contact.channel), Language(contact.language)
    address = tidy_address(channel, contact.address)
    if channel not in channels_offered() or not address:
        return Declined(Ground.BAD_FORM, "say first how the applicant is to be told")
    anew = {
        "channel": channel,
        "address": address,
        "language": language,
        "text": write_text(NoticeKind(notice.kind), language, notice.application.reference),
        "state": NoticeState.WAITING,
        "next_try_at": now,
        "tries": 0,
        "failure": "",
        "sent_at": None,
        "given_up_at": None,
    }
    as_read = Notice.objects.filter(id=notice.id, state=notice.state, tries=notice.tries)
    with transaction.atomic():
        if as_read.update(**anew):
            said = {"notice": notice.kind, "channel": channel.value}
            write_audit(Deed.SEND_AGAIN, actor, now, "application", notice.application.reference, **said)
    notice.refresh_from_db()
    return notice
