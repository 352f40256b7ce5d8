"""Behind proxies of ours, whose address counts? The one that the outermost of them saw, whatever a visitor claims."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client, RequestFactory

from borderpass.services.limit_tries import LIMITS, Tried
from borderpass.web.client_address import ClientAddressMiddleware, client_address, read_proxies
from tests.installation import Installation
from tests.web.apply import send

PROXY, VISITOR = "127.0.0.1", "203.0.113.9"


def seen(forwarded: str | None) -> str:
    """Return the address that a view sees of a request through the proxy."""
    headers: dict[str, Any] = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, **headers)
    return ClientAddressMiddleware(lambda asked: HttpResponse(asked.META["REMOTE_ADDR"]))(request).content.decode()


def test_without_proxies_the_connection_counts(settings: Any) -> None:
    settings.PROXIES = 0
    assert seen(VISITOR) == PROXY


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, VISITOR, VISITOR),
        (1, f"198.51.100.1, {VISITOR}", VISITOR),
        (1, f"198.51.100.1,{VISITOR}", VISITOR),
        (2, f"{VISITOR}, 10.0.0.2", VISITOR),
        (2, f"198.51.100.1, {VISITOR}, 10.0.0.2", VISITOR),
        (1, "2001:DB8::0:9", "2001:db8::9"),
        (1, None, PROXY),
        (1, "", PROXY),
        (1, f"{VISITOR},", PROXY),
        (1, "unknown", PROXY),
        (1, f"{VISITOR}:4711", PROXY),
        (1, "fe80::1%eth0", PROXY),
        (2, VISITOR, PROXY),
    ],
)
def test_behind_proxies_the_entry_of_the_outermost_counts(
    settings: Any, proxies: int, forwarded: str | None, address: str
) -> None:
    settings.PROXIES = proxies
    assert seen(forwarded) == address


def test_no_proxy_has_written_what_stands_behind_none() -> None:
    assert client_address(VISITOR, 0) is None


@pytest.mark.parametrize("text", ["", "-1", "one", "10", "1.5", "១"])
def test_another_number_of_proxies_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BORDERPASS_PROXIES"):
        read_proxies(text)


def test_a_number_of_proxies_is_read() -> None:
    assert [read_proxies(text) for text in ("0", "1", "9")] == [0, 1, 9]


def test_two_visitors_behind_the_proxy_are_counted_apart_and_claiming_another_address_does_not_help(
    settings: Any, monkeypatch: pytest.MonkeyPatch, client: Client, world: Installation
) -> None:
    settings.PROXIES = 1
    monkeypatch.setitem(LIMITS, Tried.BEGIN_FORM, (1, LIMITS[Tried.BEGIN_FORM][1]))

    def begin(forwarded: str) -> int:
        one = Client(HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR=PROXY)
        return int(send(one, "/apply/pass/", **{"pass": "new"}).status_code)

    assert begin(VISITOR) == 302
    assert begin(VISITOR) == 429
    assert begin(f"198.51.100.1, {VISITOR}") == 429
    assert begin("203.0.113.10") == 302
