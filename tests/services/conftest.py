"""Who holds which pass, and which phone is at the gate, when a test of the gates begins?"""

import pytest

from borderpass.store.models import IssuedPass
from tests.installation import Installation, signed
from tests.phone import Phone


@pytest.fixture
def issued(installation: Installation) -> IssuedPass:
    return signed(installation)


@pytest.fixture
def text(issued: IssuedPass) -> str:
    return str(issued.qr_text)


@pytest.fixture
def phone(installation: Installation, text: str) -> Phone:
    return Phone(installation, installation.publish())
