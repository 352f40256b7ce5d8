"""From which address does a request come, where proxies of ours stand in front? (X-Forwarded-For, as proxies write it.)

Each proxy appends the address that it was reached from: read from the right, the first as many entries as we have
proxies were written by them, and the last of these is the visitor's. What stands further left came with the request,
from whoever sent it, and never counts.
"""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse

VARIABLE = "BORDERPASS_PROXIES"
_MOST = 9


def read_proxies(text: str) -> int:
    """Return how many proxies a text says stand in front. Raise ImproperlyConfigured where it says no such number."""
    if not text.isascii() or not text.isdigit() or int(text) > _MOST:
        raise ImproperlyConfigured(f"{VARIABLE} is the number of your own proxies in front, 0 to {_MOST}")
    return int(text)


def client_address(forwarded: str, proxies: int) -> str | None:
    """Return the visitor's address from X-Forwarded-For behind so many proxies; None where they did not write one."""
    entries = forwarded.split(",")
    if not 0 < proxies <= len(entries):
        return None
    try:
        read = ipaddress.ip_address(entries[-proxies].strip())
    except ValueError:
        return None
    return None if isinstance(read, ipaddress.IPv6Address) and read.scope_id else str(read)


class ClientAddressMiddleware:
    """Let REMOTE_ADDR be the visitor's address. Where the proxies name none it stays that of the connection.

    X-Forwarded-Proto is not read: BORDERPASS_SECURE says that the site is reached over TLS, and no request can.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        if settings.PROXIES:
            found = client_address(request.META.get("HTTP_X_FORWARDED_FOR", ""), settings.PROXIES)
            request.META["REMOTE_ADDR"] = found or request.META.get("REMOTE_ADDR", "")
        return self._get_response(request)
