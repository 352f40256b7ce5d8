"""Which site is this to somebody's authenticator (WebAuthn Level 2, section 5.1.2: RP ID and origin)?

The host is the one the browser asked for, which Django has held against BORDERPASS_HOSTS. There are no passkeys where
a browser would allow none: on a bare address, and without TLS except on `localhost`.
"""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from borderpass.wire.passkeys import RelyingParty

_LOCAL = "localhost"


def relying_party(request: HttpRequest) -> RelyingParty | None:
    """Return the site of a request, or None where passkeys cannot be used."""
    host = request.get_host().lower()
    name = urlsplit(f"//{host}").hostname or ""
    secure = settings.SECURE or request.is_secure()
    if _is_address(name) or not (secure or name == _LOCAL):
        return None
    return RelyingParty(name, f"{'https' if secure else 'http'}://{host}")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
