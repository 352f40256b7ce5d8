"""Does any committed file name a place that only one network or one machine has?

Registries are named by the configuration of whoever installs; pages load nothing from another host.
"""

import re

import pytest

from tests.architecture.source_files import PACKAGE, ROOT, committed_files, name_of

# Joined from parts, so that this file does not name them either.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("anaconda", "org"),
        ("crates", "io"),
        ("ghcr", "io"),
        ("docker", "io"),
        ("proxy", "golang", "org"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("cdnjs", "cloudflare", "com"),
        ("fonts", "googleapis", "com"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.*}-])/(?:root|Users|work|github/workspace)/|(?<![\w.*}-])/home/\w")
ADDRESS = re.compile(r"https?://([^\s/\"'<>)`]+)")
WITHOUT_SCHEME = re.compile(r"""(?:src|href|action)\s*=\s*["']//|url\(\s*["']?//|@import\s+["']//""")
NAMESPACES = {"www.w3.org"}
PAGE_KINDS = {".html", ".css", ".js", ".mjs", ".ts", ".tsx", ".svg", ".webmanifest"}
BYTES = {".png", ".mo", ".b64", ".webp", ".ico", ".woff2"}
TEXTS = {path: path.read_text("utf-8") for path in committed_files() if path.suffix not in BYTES}
SERVED = (PACKAGE / "web", ROOT / "scanner" / "src", ROOT / "scanner" / "public", ROOT / "scanner" / "index.html")
PAGES = {
    name_of(path): text
    for path, text in TEXTS.items()
    if path.suffix in PAGE_KINDS and any(path.is_relative_to(one) for one in SERVED)
}


def registries_in(text):
    lowered = text.lower()
    return [host for host in REGISTRIES if host in lowered]


def test_every_committed_file_is_text_or_known_not_to_be():
    assert [name_of(path) for path, text in TEXTS.items() if "\0" in text] == []


def test_no_file_names_a_registry():
    named = {name_of(path): registries_in(text) for path, text in TEXTS.items()}
    assert {name: registries for name, registries in named.items() if registries} == {}


def test_no_file_names_a_folder_of_one_machine():
    named = {name_of(path): found[0] for path, text in TEXTS.items() if (found := MACHINE_PATH.search(text))}
    assert named == {}


def test_there_are_pages_to_look_at():
    assert len(PAGES) > 10


def test_a_page_loads_nothing_from_another_host():
    hosts = {name: set(ADDRESS.findall(text)) - NAMESPACES for name, text in PAGES.items()}
    assert {name: named for name, named in hosts.items() if named} == {}
    assert [name for name, text in PAGES.items() if WITHOUT_SCHEME.search(text)] == []


def test_the_typesetter_s_templates_load_no_package():
    for path in (PACKAGE / "printing" / "templates").glob("*.typ"):
        assert '"@' not in path.read_text("utf-8"), name_of(path)


@pytest.mark.parametrize(
    "line",
    ["see https://" + REGISTRIES[0] + "/x", "//registry." + REGISTRIES[2], REGISTRIES[5] + "/debian", REGISTRIES[1]],
)
def test_a_registry_would_be_found(line):
    assert registries_in(line)


@pytest.mark.parametrize("line", ["cd /ro" + "ot/x", '"/ho' + 'me/sokha/x"', "=/wo" + "rk/main"])
def test_a_machine_s_path_would_be_found(line):
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["keys/ro" + "ot/x", "a/ho" + "me/x", "${X}/ro" + "ot/", "net" + "work/x"])
def test_a_path_of_the_project_is_none_of_a_machine(line):
    assert not MACHINE_PATH.search(line)
