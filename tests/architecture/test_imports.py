"""Do imports point inward only?

web, cli -> services -> {domain, wire, signing, printing, pictures, orders, store}; each of these knows the domain and
little else; the domain knows nothing.
"""

import sys

import pytest

from tests.architecture.source_files import PACKAGE, folder_of, imports_of, modules, name_of

INWARD = {"domain", "wire", "signing", "printing", "pictures", "orders", "banking", "notices", "sheets", "store"}
MAY_IMPORT = {
    "domain": (set(), set()),
    "wire": ({"domain"}, {"cbor2", "cryptography", "webauthn"}),
    "signing": ({"domain", "wire"}, {"cryptography", "pkcs11"}),
    "orders": ({"domain"}, {"yaml"}),
    "notices": ({"domain"}, {"apprise"}),
    "banking": ({"domain", "wire"}, set()),
    "sheets": ({"domain"}, {"openpyxl"}),
    "pictures": ({"domain"}, {"PIL", "numpy", "cv2", "zxingcpp", "pypdfium2", "pi_heif"}),
    "printing": (
        {"domain"},
        {"PIL", "typst", "zxingcpp", "fontpkg_noto_sans", "fontpkg_noto_sans_khmer", "fontpkg_noto_sans_thai"},
    ),
    "store": ({"domain"}, {"django", "uuid_utils"}),
    "services": (INWARD, {"django"}),
    "web": (INWARD | {"services"}, {"django", "django_htmx", "ninja", "pydantic", "prometheus_client"}),
    "cli": (
        INWARD | {"services"},
        {"django", "dj_database_url", "cryptography", "granian", "pypdfium2", "PIL", "rich"},
    ),
    "": ({"secret_key", "web"}, {"django", "dj_database_url", "fontpkg_noto_sans_khmer", "fontpkg_noto_sans_thai"}),
}
"""For each folder: which folders of ours, and which libraries."""
NO_INPUT_OR_OUTPUT = {
    *("asyncio", "getpass", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random", "secrets"),
    *("shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib"),
}


def outward_imports(path):
    """Yield what a file imports and may not."""
    ours, libraries = MAY_IMPORT[folder_of(path)]
    allowed = ours | {folder_of(path), "__doc__"}
    for name in imports_of(path):
        top, *rest = name.split(".")
        if (top == "borderpass" and rest[0] not in allowed) or (
            top != "borderpass" and top not in sys.stdlib_module_names | libraries
        ):
            yield name


def test_every_folder_has_its_rule():
    assert {folder_of(path) for path in modules()} == set(MAY_IMPORT)


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_imports_point_inward(folder):
    files = [path for path in modules() if folder_of(path) == folder]
    assert files
    outward = {name_of(path): names for path in files if (names := list(outward_imports(path)))}
    assert outward == {}


def test_the_domain_reads_and_writes_nothing():
    tops = {name.split(".")[0] for path in modules() if folder_of(path) == "domain" for name in imports_of(path)}
    assert tops & NO_INPUT_OR_OUTPUT == set()


def test_the_command_loads_its_parts_only_when_they_are_called():
    """Only what is named at the top; that a cold `verify` loads nothing heavy at all is tested in tests/cli."""
    for name in ("main.py", "verify.py", "outcome_words.py", "refused.py"):
        at_once = set(imports_of(PACKAGE / "cli" / name, nested=False))
        assert not [one for one in at_once if one.split(".")[0] in ("django", "PIL", "rich", "granian", "pypdfium2")]
