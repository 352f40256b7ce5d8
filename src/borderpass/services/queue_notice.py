"""What is an applicant told of an event? Written into the outbox in the event's transaction; sent later, by the worker.

Whoever causes the event waits for nobody: no gateway is asked here. And no message breaks what it tells of: where it
cannot be written, that is logged, and the event stands.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from borderpass.domain.notice_texts import write_text
from borderpass.domain.notices import (
    ONCE,
    READY_WAITS,
    Channel,
    Language,
    NoticeKind,
    NoticeState,
    first_daytime,
    tidy_address,
)
from borderpass.services.open_gateways import channels_offered
from borderpass.store.models import Application, Contact, Notice

_log = logging.getLogger(__name__)
_AGAIN_AND_AGAIN = frozenset({NoticeKind.RETURNED})
_WAITS = {NoticeKind.READY: READY_WAITS}


def queue_notice(application: Application, kind: NoticeKind, now: datetime) -> Notice | None:
    """Write a message to an applicant; return it, or None where nobody is to be told. Call it inside a transaction.

    What was told once is not told again, except that an application can be returned more than once.
    """
    try:
        offered = channels_offered()
        if not offered:
            return None
        with transaction.atomic():
            return _queue(application, kind, offered, now)
    except Exception:  # a fee that was taken stays taken, whatever is wrong with its message
        _log.exception("no message %s was written for application %s", kind, application.reference)
        return None


def contact_of(application: Application) -> Contact:
    """Return how an applicant wants to be told: as kept, else by SMS to the telephone, in Khmer. Not tidied."""
    kept = Contact.objects.filter(application=application).first()
    if kept is not None:
        return kept
    channel = Channel.SMS if application.phone else Channel.NONE
    return Contact(application=application, channel=channel, address=application.phone, language=Language.KHMER)


def _queue(application: Application, kind: NoticeKind, offered: frozenset[Channel], now: datetime) -> Notice | None:
    contact = contact_of(application)
    channel, language = Channel(contact.channel), Language(contact.language)
    address = tidy_address(channel, contact.address)
    if channel not in offered or not address:
        return None
    due_at = now + _WAITS.get(kind, timedelta())
    written = {
        "office_id": application.office_id,
        "language": language,
        "channel": channel,
        "address": address,
        "text": write_text(kind, language, application.reference),
        "made_at": now,
        "state": NoticeState.WAITING,
        "next_try_at": first_daytime(due_at) if kind is NoticeKind.EXPIRING else due_at,
    }
    occasion = application.events if kind in _AGAIN_AND_AGAIN else ONCE
    notice, _ = Notice.objects.get_or_create(application=application, kind=kind, occasion=occasion, defaults=written)
    return notice
