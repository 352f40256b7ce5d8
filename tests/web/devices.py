"""How does a phone talk to the site in a test? As the reference says, and wrongly where a test says so."""

from datetime import datetime
from typing import Any

from django.test import Client

from borderpass.domain.local_time import to_timestamp
from borderpass.web.api.base64url import write_base64url
from tests.phone import Phone
from tests.web.conftest import NOW

SCANS = "/api/v1/scans"


def signed_headers(phone: Phone, path: str, at: datetime = NOW, method: str = "GET", **changes: str) -> dict[str, str]:
    """Return the three headers of a signed request; `changes` replace what is signed or sent (`device`, `date`)."""
    device = changes.get("device", str(phone.device.id))
    date = changes.get("date", str(to_timestamp(at)))
    lines = "\n".join(("borderpass-request-v1", method, path, device, date)).encode()
    return {
        "BorderPass-Device": device,
        "BorderPass-Date": date,
        "BorderPass-Signature": write_base64url(phone.signer.sign(lines)),
    }


def ask(client: Client, phone: Phone, path: str, at: datetime = NOW) -> Any:
    """Send a signed GET request."""
    return client.get(path, headers=signed_headers(phone, path, at))


def send(client: Client, phone: Phone, body: bytes | None = None, **changes: Any) -> Any:
    """Send a batch: the phone's whole outbox, or these bytes."""
    device = changes.pop("device", str(phone.device.id))
    content_type = changes.pop("content_type", "application/cose")
    octets = phone.batch() if body is None else body
    headers = {} if device is None else {"BorderPass-Device": device}
    return client.post(SCANS, octets, content_type=content_type, headers=headers)
