"""Which bank do the settings name, and what if they name none?"""

from typing import Any

import pytest

from borderpass.banking.bakong import Bakong
from borderpass.services.open_bank import open_bank


def test_without_a_token_there_is_none(settings: Any) -> None:
    settings.BAKONG_TOKEN = ""
    assert open_bank() is None


def test_with_a_token_it_is_the_central_bank_or_the_one_that_is_named(settings: Any) -> None:
    settings.BAKONG_TOKEN, settings.BAKONG_ADDRESS = "a-token", ""
    assert isinstance(open_bank(), Bakong)
    settings.BAKONG_ADDRESS = "http://127.0.0.1:8971"
    assert isinstance(open_bank(), Bakong)


@pytest.mark.parametrize(
    ("token", "address"), [("two words", ""), ("a-token", "http://elsewhere"), ("a-token", "no address")]
)
def test_settings_that_are_wrong_are_logged_and_offer_none(
    token: str, address: str, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.BAKONG_TOKEN, settings.BAKONG_ADDRESS = token, address
    assert open_bank() is None
    assert "KHQR is not offered" in caplog.text
    assert token not in caplog.text or token == "a-token"
