"""How does a browser send a form? With the token that a page gave it."""

from typing import Any

from django.test import Client

from tests.web.test_sign_in import token


def post(client: Client, url: str, fields: dict[str, Any] | None = None, **headers: Any) -> Any:
    """Send a form as a page of ours that shows it would."""
    return client.post(url, {**(fields or {}), "csrfmiddlewaretoken": token(client, "/")}, **headers)
