"""Which files are ours, and what do their syntax trees hold?"""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "borderpass"
_NOT_OURS = {".git", ".venv", ".venv-oracles", ".uv", ".stamps", "var", "dist", "node_modules", "__pycache__"}
_NOT_OURS |= {".node", "phone"}
_NOT_OURS |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}


@cache
def committed_files() -> tuple[Path, ...]:
    """Return what is or would be committed; without git, everything that is not installed or made."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
        paths = [ROOT / name for name in listed if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if not _NOT_OURS & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file() and not path.is_symlink()))


@cache
def modules() -> tuple[Path, ...]:
    """Return the Python files of the package, without what Django generates."""
    return tuple(path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a file's syntax tree, parsed once."""
    return ast.parse(path.read_text("utf-8"), str(path))


def name_of(path: Path) -> str:
    """Return a path as seen from the root of the checkout."""
    return str(path.relative_to(ROOT))


def folder_of(path: Path) -> str:
    """Return the folder of the package that a module is in; empty for one that stands beside them."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imports_of(path: Path, *, nested: bool = True) -> Iterator[str]:
    """Yield the full name of each thing that a file imports: anywhere in it, or only when it is loaded."""
    for node in ast.walk(tree_of(path)) if nested else tree_of(path).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports by dots"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
