"""Is the code written as the house writes it? What a linter does not know of."""

import ast
import re

from tests.architecture.source_files import (
    PACKAGE,
    ROOT,
    committed_files,
    folder_of,
    imports_of,
    modules,
    name_of,
    tree_of,
)

GENERATED = "# GENERATED"
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 70
CLOCKS = {
    "datetime": {"now", "today", "utcnow"},
    "date": {"today"},
    "timezone": {"now", "localtime", "localdate"},
    "time": {"time", "time_ns", "monotonic", "localtime", "gmtime"},
}
READS_CLOCKS = SPEAKS = {"cli", "web"}


def nodes(kind, leave_out=()):
    """Yield every node of a kind in the package, with where it stands."""
    for path in modules():
        if folder_of(path) not in leave_out:
            for node in ast.walk(tree_of(path)):
                if isinstance(node, kind):
                    yield node, f"{name_of(path)}:{getattr(node, 'lineno', 0)}"


def test_the_docstring_says_which_question_a_file_answers():
    unsaid = [name_of(path) for path in modules() if not (ast.get_docstring(tree_of(path)) or "").strip()]
    assert unsaid == []


def test_a_file_is_read_in_one_sitting():
    texts = {path: path.read_text("utf-8") for path in modules()}
    long = {name_of(path): text.count("\n") for path, text in texts.items() if not text.startswith(GENERATED)}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_a_function_fits_a_screen():
    lengths = {
        where: node.end_lineno - node.lineno + 1 for node, where in nodes(ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {where: lines for where, lines in lengths.items() if lines > MOST_LINES_OF_A_FUNCTION} == {}


def test_the_clock_is_an_argument():
    read = [
        where
        for node, where in nodes(ast.Attribute, leave_out=READS_CLOCKS)
        if isinstance(node.value, ast.Name) and node.attr in CLOCKS.get(node.value.id, ())
    ]
    in_models = [where for node, where in nodes(ast.keyword) if node.arg in ("auto_now", "auto_now_add")]
    assert read + in_models == []


def test_nothing_is_printed():
    """The command writes to the streams it is given; everything else gives values."""
    assert [where for node, where in nodes(ast.Call) if ast.unparse(node.func) == "print"] == []


def test_only_the_command_line_knows_the_standard_streams():
    streams = {"sys.stdout", "sys.stderr", "sys.stdin"}
    assert [where for node, where in nodes(ast.Attribute, leave_out=SPEAKS) if ast.unparse(node) in streams] == []


def test_nothing_happens_behind_a_signal():
    imported = {name for path in modules() for name in imports_of(path)}
    assert [name for name in imported if name.startswith("django.dispatch") or ".signals" in name] == []


def test_saving_saves_and_nothing_else():
    overridden = {"save", "delete", "full_clean", "save_base", "pre_save"}
    assert [where for node, where in nodes(ast.FunctionDef) if node.name in overridden] == []


def test_only_services_open_transactions():
    openers = {"atomic", "set_autocommit", "set_rollback", "on_commit"}
    assert [where for node, where in nodes(ast.Attribute, leave_out={"services"}) if node.attr in openers] == []


def test_there_is_no_drawer_for_odds_and_ends():
    drawers = {"utils", "util", "helpers", "common", "misc"}
    assert [name_of(path) for path in committed_files() if {path.stem, path.parent.name} & drawers] == []


def test_nothing_is_left_to_do():
    words = re.compile(rb"\b(?:TODO|FIXME|XXX)\b")
    product = (PACKAGE, ROOT / "tools", ROOT / "bench", ROOT / "scanner" / "src", ROOT / "Makefile")
    texts = [path for path in committed_files() if any(path.is_relative_to(one) for one in product)]
    left = [name_of(path) for path in texts if words.search(path.read_bytes())]
    assert left == []


def test_every_folder_of_code_is_a_typed_package():
    assert [name_of(path) for path in modules() if not (path.parent / "__init__.py").exists()] == []
    assert (PACKAGE / "py.typed").exists()
