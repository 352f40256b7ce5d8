"""Every answer says what a page may load: files of its own host and nothing else."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from borderpass.web import content_policy

WEB = Path(content_policy.__file__).parent
PATHS = ["/", "/sign-in/", "/nothing", "/api/v1/openapi.json", "/healthz", "/counts/live/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_both_policies_go_with_every_answer(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self'; img-src 'self' data: blob:;")
    assert "unsafe" not in policy
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("file", sorted((WEB / "static").rglob("*.*")) + sorted((WEB / "templates").rglob("*.*")))
def test_no_file_of_a_page_names_another_host(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(?:https?:)?//[a-z0-9]", text)


def test_every_file_that_the_stylesheet_names_is_served() -> None:
    style = finders.find("borderpass/style.css")
    assert isinstance(style, str)
    named = re.findall(r'url\("\.\./([^"]+)"\)', Path(style).read_text(encoding="utf-8"))
    assert len(named) == 2
    for name in named:
        assert finders.find(name.replace("%5B", "[").replace("%5D", "]"))


def test_every_script_of_the_page_is_served() -> None:
    for name in ("django_htmx/htmx-2.min.js", "borderpass/front.js", "borderpass/passkey.js", "borderpass/icon.svg"):
        assert finders.find(name)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_apart_enough_to_be_read(scheme: str) -> None:
    """WCAG 2.2: AA (4.5) everywhere, AAA (7) for the verdicts, 3 for the edges of what is used."""
    style = (WEB / "static" / "borderpass" / "tokens.css").read_text(encoding="utf-8")
    tokens: dict[str, str] = {}
    for block in re.findall(r":root \{(.*?)\n\s*\}", style, re.DOTALL)[: 1 if scheme == "light" else 2]:
        tokens |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
    for text in ("text", "text-soft", "wrong", "action", "fresh", "stale"):
        for ground in ("ground", "panel", "drop"):
            assert _contrast(tokens[text], tokens[ground]) >= 4.5, (text, ground)
    assert _contrast(tokens["on-action"], tokens["action"]) >= 4.5
    for tone in ("admit", "refer", "refuse", "device"):
        assert _contrast(tokens[f"on-{tone}"], tokens[tone]) >= 7, tone
    for edge in ("line-strong", "focus"):
        assert _contrast(tokens[edge], tokens["panel"]) >= 3, edge
