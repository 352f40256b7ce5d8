"""Does a message reach the gateway that the settings name, and is it said why not?"""

from collections.abc import Iterator

import pytest
from apprise.plugins.telegram import NotifyTelegram

from borderpass.domain.notices import Channel, Failure
from borderpass.notices.gateways import Gateways
from borderpass.notices.sender import NotDeliveredError
from tests.notices.stand_ins import Heard, http_gateway, mail_server

TEXT = "ប័ណ្ណព្រំដែន៖ <A0110-26-000123> & ៣០"
PHONE = "+85512345678"
SMS = "json://clerk:pa%2Bss@127.0.0.1:{port}/send?:to={to}&:message=text&:title=&:version=&:type=&:attachments="


@pytest.fixture
def gateway() -> Iterator[Heard]:
    with http_gateway() as heard:
        yield heard


def sms(port: int) -> Gateways:
    return Gateways({Channel.SMS: SMS.replace("{port}", str(port))})


def failure(gateways: Gateways, channel: Channel = Channel.SMS, address: str = PHONE) -> tuple[Failure, int]:
    with pytest.raises(NotDeliveredError) as caught:
        gateways.send(channel, address, TEXT)
    return caught.value.failure, caught.value.status


def test_a_gateway_of_sms_gets_the_number_and_the_text_and_nothing_else(gateway: Heard) -> None:
    sms(gateway.port).send(Channel.SMS, PHONE, TEXT)
    [(path, headers, body)] = gateway.posted
    assert (path, body) == ("/send", {"to": PHONE, "text": TEXT})
    assert headers["authorization"].startswith("Basic ")


def test_a_gateway_can_be_shown_a_token(gateway: Heard) -> None:
    address = SMS.replace("{port}", str(gateway.port)).replace("clerk:pa%2Bss@", "") + "&+Authorization=Bearer%20abc"
    Gateways({Channel.SMS: address}).send(Channel.SMS, PHONE, TEXT)
    assert gateway.posted[0][1]["authorization"] == "Bearer abc"


def test_telegram_gets_the_text_for_the_chat(gateway: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NotifyTelegram, "notify_url", f"http://127.0.0.1:{gateway.port}/bot")
    bot = Gateways({Channel.TELEGRAM: "tgram://123456789:abcdefghijklmnopqrstuvwxyz012345678/{to}"})
    bot.send(Channel.TELEGRAM, "987654321", TEXT)
    [(path, _, body)] = gateway.posted
    assert path.endswith("/sendMessage")
    assert body["chat_id"] == 987654321
    assert "A0110-26-000123" in body["text"]


def test_a_mail_server_gets_the_text_for_the_mailbox() -> None:
    with mail_server() as heard:
        address = f"mailto://127.0.0.1:{heard.port}?from=office@example.org&to={{to}}&format=text"
        Gateways({Channel.EMAIL: address}).send(Channel.EMAIL, "sok.sokha+a@example.org", TEXT)
    assert heard.mails == [("sok.sokha+a@example.org", TEXT)]


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (400, Failure.REFUSED),
        (403, Failure.REFUSED),
        (401, Failure.WRONG_GATEWAY),
        (404, Failure.WRONG_GATEWAY),
        (429, Failure.UNREACHED),
        (503, Failure.UNREACHED),
    ],
)
def test_what_the_gateway_answers_is_said(status: int, why: Failure, gateway: Heard) -> None:
    gateway.status = status
    assert failure(sms(gateway.port)) == (why, status)


def test_a_gateway_that_leads_elsewhere_is_not_followed(gateway: Heard) -> None:
    gateway.status = 307
    assert failure(sms(gateway.port)) == (Failure.REFUSED, 307)
    assert len(gateway.posted) == 1


def test_a_gateway_that_is_not_there_is_not_reached() -> None:
    with http_gateway() as heard:
        closed = heard.port
    assert failure(sms(closed)) == (Failure.UNREACHED, 0)


@pytest.mark.parametrize("address", ["", "no address", "nosuchthing://host/{to}", "json://127.0.0.1:9/send"])
def test_an_address_that_is_no_gateway_sends_nothing(address: str) -> None:
    """The last one would send every message to one and the same place."""
    assert failure(Gateways({Channel.SMS: address})) == (Failure.WRONG_GATEWAY, 0)


def test_a_channel_without_a_gateway_sends_nothing(gateway: Heard) -> None:
    assert failure(sms(gateway.port), Channel.EMAIL, "a@example.org") == (Failure.WRONG_GATEWAY, 0)


def test_nothing_of_a_password_is_logged(gateway: Heard, caplog: pytest.LogCaptureFixture) -> None:
    gateway.status = 500
    failure(sms(gateway.port))
    failure(Gateways({Channel.SMS: "nosuchthing://clerk:pass@host/{to}"}))
    assert caplog.text == ""
