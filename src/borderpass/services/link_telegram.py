"""Which applicants have linked their chat? A chore, every minute, where there is a bot.

1. What was written to the bot is fetched. It is not forgotten there yet.
2. A word that is ours (domain/telegram_link.py) makes the chat that application's; the applicant is told so, there.
3. Only then is the next asked for, which lets Telegram forget these. After a crash in between they are read again.
"""

import logging
import re
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from borderpass.domain.audit import Somebody
from borderpass.domain.notices import Channel, Language, NoticeKind
from borderpass.domain.telegram_link import link_of, read_start
from borderpass.notices.telegram_bot import TelegramBot, TelegramUnreachableError
from borderpass.services.open_gateways import channels_offered
from borderpass.services.queue_notice import contact_of, queue_notice
from borderpass.services.set_contact import keep_contact
from borderpass.store.models import Application

_log = logging.getLogger(__name__)
_TOKEN = re.compile(r"tgram://(?:bot)?([0-9]+:[A-Za-z0-9_-]+)/")


def telegram_link_of(application: Application) -> str:
    """Return the address by which an applicant links a chat, or nothing where the installation has no bot."""
    bot: str = settings.TELEGRAM_BOT
    return link_of(bot, application.id, _key()) if bot and Channel.TELEGRAM in channels_offered() else ""


def link_telegram(now: datetime) -> int:
    """Link the chats of those who wrote to the bot of the settings; return how many."""
    token = _TOKEN.match(settings.NOTICE_GATEWAYS.get(Channel.TELEGRAM, ""))
    if token is None or not settings.TELEGRAM_BOT:
        return 0
    try:
        return link_through(TelegramBot(token[1]), now)
    except TelegramUnreachableError as error:
        _log.warning("no chat was linked: %s", error)
        return 0


def link_through(bot: TelegramBot, now: datetime) -> int:
    """Do that through a bot."""
    received = bot.receive()
    linked = 0
    for one in received:
        application_id = read_start(one.text, _key()) if one.chat else None
        linked += application_id is not None and _link(application_id, one.chat, now)
    if received:
        bot.receive(after=received[-1].update)
    return linked


def _link(application_id: UUID, chat: int, now: datetime) -> bool:
    application = Application.objects.filter(id=application_id).first()
    if application is None:
        return False
    before = contact_of(application)
    if (before.channel, before.address) == (Channel.TELEGRAM, str(chat)):
        return False
    language = Language(before.language)
    whoever = Somebody("telegram", "system", application.office_id)
    with transaction.atomic():
        keep_contact(application, Channel.TELEGRAM, str(chat), language, whoever, now)
        queue_notice(application, NoticeKind.LINKED, now)
    return True


def _key() -> bytes:
    return settings.SECRET_KEY.encode()
