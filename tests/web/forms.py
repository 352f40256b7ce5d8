"""How does a browser send a form? With the token that a page gave it."""

from typing import Any

from django.conf import settings
from django.test import Client

_SECRET = "a" * 32


def token(client: Client) -> str:
    """Give a browser the cookie that any page with a form would have given it; return the token that goes with it."""
    client.cookies[settings.CSRF_COOKIE_NAME] = _SECRET
    return _SECRET


def post(client: Client, url: str, fields: dict[str, Any] | None = None, **headers: Any) -> Any:
    """Send a form as a page of ours that shows it would."""
    return client.post(url, {**(fields or {}), "csrfmiddlewaretoken": token(client)}, **headers)
