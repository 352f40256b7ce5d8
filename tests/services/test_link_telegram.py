"""Does an applicant who scans the code on the screen get told in that chat from then on?"""

from typing import Any

import pytest
from apprise.plugins.telegram import NotifyTelegram

from borderpass.domain.notices import Channel, NoticeKind
from borderpass.notices.telegram_bot import Received, TelegramBot, TelegramUnreachableError
from borderpass.services.link_telegram import link_telegram, link_through, telegram_link_of
from borderpass.services.run_chores import CHORES
from borderpass.services.send_notices import send_due_notices
from borderpass.store.keys import new_id
from borderpass.store.models import Application, AuditEntry, Contact, Notice
from tests.installation import NOW, lodged, paid
from tests.notices.stand_ins import http_gateway

pytestmark = pytest.mark.usefixtures("installation")
CHAT = 987654321


class Bot(TelegramBot):
    """Has received what the test says, and notes up to where it was told to forget."""

    def __init__(self, *received: Received) -> None:
        self.received, self.forgotten = list(received), -1

    def receive(self, after: int | None = None) -> list[Received]:
        self.forgotten = self.forgotten if after is None else after
        return [one for one in self.received if one.update > self.forgotten]


@pytest.fixture(autouse=True)
def offered(settings: Any) -> None:
    gateway = "tgram://123456789:abcdefghijklmnopqrstuvwxyz012345678/{to}"
    settings.NOTICE_GATEWAYS, settings.TELEGRAM_BOT = {"telegram": gateway, "sms": "json://127.0.0.1:9/{to}"}, "a_bot"


def start(application: Application) -> str:
    return "/start " + telegram_link_of(application).partition("start=")[2]


def test_the_chat_becomes_the_applicant_s_and_is_told_so_once() -> None:
    application = lodged()
    bot = Bot(Received(7, CHAT, "hello"), Received(8, CHAT, start(application)), Received(9, CHAT, start(application)))
    assert link_through(bot, NOW) == 1
    assert bot.forgotten == 9
    contact = Contact.objects.get(application=application)
    assert (contact.channel, contact.address, contact.set_by) == (Channel.TELEGRAM, str(CHAT), "telegram")
    notice = Notice.objects.get()
    assert (notice.kind, notice.channel, notice.address) == (NoticeKind.LINKED, Channel.TELEGRAM, str(CHAT))
    assert AuditEntry.objects.filter(deed="set_contact").count() == 1


def test_what_follows_is_told_there(monkeypatch: pytest.MonkeyPatch) -> None:
    application = paid()
    Notice.objects.all().delete()
    link_through(Bot(Received(8, CHAT, start(application))), NOW)
    with http_gateway() as heard:
        monkeypatch.setattr(NotifyTelegram, "notify_url", f"http://127.0.0.1:{heard.port}/bot")
        assert send_due_notices(NOW) == 1
    assert heard.posted[0][2]["chat_id"] == CHAT


@pytest.mark.parametrize("chat", [0, CHAT])
def test_a_group_and_a_made_up_word_link_nothing(chat: int) -> None:
    word = start(lodged())
    text = word if chat == 0 else word[:-2] + ("AA" if not word.endswith("AA") else "BB")
    assert link_through(Bot(Received(8, chat, text)), NOW) == 0
    assert not Contact.objects.exists()


def test_an_application_that_is_not_there_links_nothing() -> None:
    word = start(Application(id=new_id()))
    assert link_through(Bot(Received(8, CHAT, word)), NOW) == 0


def test_without_a_bot_s_name_or_token_nothing_is_asked(settings: Any) -> None:
    application = lodged()
    settings.TELEGRAM_BOT = ""
    assert (telegram_link_of(application), link_telegram(NOW)) == ("", 0)
    settings.TELEGRAM_BOT, settings.NOTICE_GATEWAYS = "a_bot", {}
    assert (telegram_link_of(application), link_telegram(NOW)) == ("", 0)


def test_the_worker_asks_the_bot_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[TelegramBot] = []

    def receive(bot: TelegramBot, after: int | None = None) -> list[Received]:
        asked.append(bot)
        return []

    monkeypatch.setattr(TelegramBot, "receive", receive)
    CHORES["link_telegram"].run(NOW)
    assert len(asked) == 1


def test_a_telegram_that_cannot_be_reached_is_one_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(bot: TelegramBot, after: int | None = None) -> list[Received]:
        raise TelegramUnreachableError("Telegram answers with status 401")

    monkeypatch.setattr(TelegramBot, "receive", fail)
    assert link_telegram(NOW) == 0
    assert caplog.messages == ["no chat was linked: Telegram answers with status 401"]
