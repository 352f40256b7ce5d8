"""Do the documents lead where they say, and does the index lead to all of them?"""

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INDEX = ROOT / "docs" / "README.md"
NOT_OURS = {"node_modules", "var", "dist", "build"}
# [text](target) and ![text](target), <img src="target">, and [label]: target. A target ends before a title.
_LINKS = (
    re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)"),
    re.compile(r"<(?:img|a)\b[^>]*?\b(?:src|href)=\"([^\"]+)\""),
    re.compile(r"^ {0,3}\[[^\]]+\]:\s+(\S+)", re.MULTILINE),
)
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def documents() -> list[Path]:
    """Return all Markdown files of the repository; what was installed or made here is left out."""
    found: list[Path] = []
    for folder, names, files in os.walk(ROOT):
        names[:] = [name for name in names if not name.startswith(".") and name not in NOT_OURS]
        found += [Path(folder, name) for name in files if name.endswith(".md")]
    return sorted(found)


def prose(path: Path) -> str:
    """Return a document's text without its code."""
    return _CODE.sub("", path.read_text(encoding="utf-8"))


def links(path: Path) -> list[str]:
    """Return the targets in this repository that a document names."""
    text = re.sub(r"<!--.*?-->", "", prose(path), flags=re.DOTALL)
    targets = [target for pattern in _LINKS for target in pattern.findall(text)]
    return [target for target in targets if not _ELSEWHERE.match(target)]


def anchors(path: Path) -> set[str]:
    """Return the names by which a document's headings are reached: small letters, no signs, hyphens for spaces."""
    text = re.sub(r"^(`{3,}|~{3,}).*?^\1[ \t]*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = (re.sub(r"\]\([^)]*\)", "", heading) for heading in _HEADING.findall(text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def find_broken(path: Path) -> list[str]:
    """Return the links of a document that lead nowhere."""
    broken = []
    for link in links(path):
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        if (
            not target.is_relative_to(ROOT)
            or not target.exists()
            or (anchor and (target.suffix != ".md" or anchor not in anchors(target)))
        ):
            broken.append(link)
    return broken


def find_reachable(start: Path) -> set[Path]:
    """Return the documents that links lead to from one of them, itself included."""
    reached, waiting = {start}, [start]
    while waiting:
        path = waiting.pop()
        targets = {(path.parent / link.partition("#")[0]).resolve() for link in links(path) if link[0] != "#"}
        new = {target for target in targets if target.suffix == ".md" and target.exists()} - reached
        reached |= new
        waiting += new
    return reached


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_documents() -> None:
    assert {"README.md", "docs/README.md", "orders/README.md"} <= {named(path) for path in documents()}


@pytest.mark.parametrize("path", documents(), ids=named)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    assert find_broken(path) == []


def test_every_page_of_the_docs_is_reached_from_their_index() -> None:
    pages = {path for path in documents() if path.is_relative_to(ROOT / "docs")}
    assert sorted(named(path) for path in pages - find_reachable(INDEX)) == []


def test_the_readme_leads_to_the_docs() -> None:
    assert INDEX in find_reachable(ROOT / "README.md")


@pytest.mark.parametrize("path", documents(), ids=named)
def test_no_page_is_left_half_written(path: Path) -> None:
    assert re.findall(r"\b(?:TODO|FIXME|TBD|XXX)\b", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b.md)", ["b.md"]),
        ('[a](b.md#c "title") and ![d](e.png)', ["b.md#c", "e.png"]),
        ('<img src="f.png" alt="">', ["f.png"]),
        ("[a]: b.md", ["b.md"]),
        ("[a](https://example.org/x.md), [m](mailto:a@example.org)", []),
        ("`[a](b.md)`", []),
        ("```\n[a](b.md)\n```", []),
    ],
)
def test_links_are_found_outside_code(text: str, expected: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    assert links(page) == expected


def test_an_anchor_is_its_heading_in_small_letters(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One: `two`\n\n```\n# no heading\n```\n## Three  four #\n", encoding="utf-8")
    assert anchors(page) == {"one-two", "three--four"}
