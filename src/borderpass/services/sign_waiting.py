"""Which passes were approved when the office's key could not be used, and can be signed now? The worker asks.

Where there is no passphrase in its environment nothing is signed, and everything goes on waiting.
"""

from datetime import datetime

from django.conf import settings

from borderpass.domain.approval import Outcome
from borderpass.services.open_keystore import open_keystore
from borderpass.services.sign_pass import sign_waiting_passes
from borderpass.signing.signer import SigningError
from borderpass.store.models import ApprovalItem
from borderpass.store.queries.passes import unsigned_applications


def sign_waiting(now: datetime) -> None:
    """Sign what waits, and note it with its approval, so that the governor's page says so too."""
    if not unsigned_applications().exists():
        return
    try:
        keystore = open_keystore(settings.HOME)
        sign_waiting_passes(keystore, now)
    except SigningError:
        return
    approved = ApprovalItem.objects.filter(outcome=Outcome.APPROVED.value)
    approved.filter(application__issued_pass__qr_text__isnull=False).update(outcome=Outcome.SIGNED.value, why="")
