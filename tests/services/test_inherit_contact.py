"""Who applies again is told as before, without being asked again."""

from datetime import timedelta
from typing import Any

import pytest

from borderpass.domain.again import Again
from borderpass.domain.notices import Channel, Language
from borderpass.services.set_contact import set_contact
from borderpass.store.models import Contact, IssuedPass
from tests.again import asked_for
from tests.cast import BOPHA
from tests.installation import NOW, Installation, done, handed_over


@pytest.fixture
def held(installation: Installation, settings: Any) -> IssuedPass:
    settings.NOTICE_GATEWAYS = {"sms": "json://127.0.0.1:9/{to}", "email": "mailto://127.0.0.1:9?to={to}"}
    return handed_over(installation)


def told(held: IssuedPass, channel: Channel, address: str) -> None:
    done(set_contact(held.application_id, channel, address, Language.THAI, BOPHA, NOW))


def contact_after(held: IssuedPass, **changes: Any) -> tuple[str, str, str] | None:
    application = asked_for(held, Again.CORRECTION, NOW + timedelta(days=3), changes=changes)
    one = Contact.objects.filter(application=application).first()
    return (one.channel, one.address, one.language) if one else None


def test_who_was_told_by_email_is_told_by_email_again(held: IssuedPass) -> None:
    told(held, Channel.EMAIL, "sokha@example.org")
    assert contact_after(held) == (Channel.EMAIL, "sokha@example.org", Language.THAI)


def test_who_wanted_to_be_told_nothing_is_told_nothing(held: IssuedPass) -> None:
    told(held, Channel.NONE, "")
    assert contact_after(held) == (Channel.NONE, "", Language.THAI)


def test_who_has_another_phone_now_is_told_there(held: IssuedPass) -> None:
    told(held, Channel.SMS, held.application.phone)
    assert contact_after(held, phone="012999888") == (Channel.SMS, "+85512999888", Language.THAI)


def test_another_number_than_the_phone_stays(held: IssuedPass) -> None:
    told(held, Channel.SMS, "012777666")
    assert contact_after(held, phone="012999888") == (Channel.SMS, "+85512777666", Language.THAI)


def test_who_has_no_phone_any_more_or_said_nothing_is_told_as_usual(held: IssuedPass) -> None:
    assert contact_after(held) is None


def test_a_phone_that_is_gone_is_not_told(held: IssuedPass) -> None:
    told(held, Channel.SMS, held.application.phone)
    assert contact_after(held, phone="") is None


def test_what_is_not_offered_any_more_is_not_taken_over(held: IssuedPass, settings: Any) -> None:
    told(held, Channel.EMAIL, "sokha@example.org")
    settings.NOTICE_GATEWAYS = {"sms": "json://127.0.0.1:9/{to}"}
    assert contact_after(held) is None
