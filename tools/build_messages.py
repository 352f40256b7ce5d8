"""How do the translations of the screens become what Django reads?

    python tools/build_messages.py            compiles each locale/*/LC_MESSAGES/django.po beside itself
    python tools/build_messages.py --check    exit 1 when a .mo is not what it would write, or a text is not translated

The texts are those in `{% translate "..." %}` of the templates and in gettext calls of the Python code. Formats: GNU
gettext manual, "The Format of PO Files" and "The Format of GNU MO Files". Only the standard library is needed.
"""

import argparse
import ast
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "borderpass"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("km", "th")
_TRANSLATE = re.compile(r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
_PLACEHOLDER = re.compile(r"%\(\w+\)s")
_SINGULAR = frozenset({"gettext", "gettext_lazy"})
_IN_CONTEXT = frozenset({"pgettext", "pgettext_lazy"})
_MAGIC = 0x950412DE


class Text(NamedTuple):
    """What is translated: the English text, in a context where the word alone is ambiguous, with its plural."""

    msgid: str
    context: str = ""
    plural: str = ""

    @property
    def key(self) -> str:
        """The key of the .mo file."""
        in_context = f"{self.context}\x04{self.msgid}" if self.context else self.msgid
        return f"{in_context}\0{self.plural}" if self.plural else in_context


class MessagesError(ValueError):
    """A catalogue cannot be read; the message names file and line."""


def find_texts(package: Path = PACKAGE) -> set[Text]:
    """Return all texts that the screens show in the page's language."""
    texts: set[Text] = set()
    for template in sorted(package.rglob("templates/**/*.html")):
        for double, single in _TRANSLATE.findall(template.read_text(encoding="utf-8")):
            texts.add(Text(double or single))
    for module in sorted(package.rglob("*.py")):
        texts.update(_texts_in(ast.parse(module.read_text(encoding="utf-8"))))
    return texts


def _texts_in(tree: ast.Module) -> Iterator[Text]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if node.func.id in _SINGULAR and words:
            yield Text(words[0])
        elif node.func.id in _IN_CONTEXT and len(words) == 2:
            yield Text(words[1], context=words[0])
        elif node.func.id == "ngettext" and len(words) == 2:
            yield Text(words[0], plural=words[1])


def read_catalogue(po: Path) -> dict[Text, str]:
    """Return the translations in a .po file, the header under the empty text. Raise MessagesError."""
    catalogue: dict[Text, str] = {}
    fields: dict[str, str] = {}
    current = ""
    for number, line in enumerate([*po.read_text(encoding="utf-8").splitlines(), ""], 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if fields:
                _keep(catalogue, fields, f"{po.name}, line {number}")
            fields, current = {}, ""
            continue
        keyword, quoted = (current, line) if line.startswith('"') else (line.partition(" ")[0], line.partition(" ")[2])
        if not (quoted.startswith('"') and quoted.endswith('"')) or not keyword:
            raise MessagesError(f"{po.name}, line {number}: not a keyword and a quoted text")
        current = keyword
        fields[keyword] = fields.get(keyword, "") + ast.literal_eval(quoted)
    return catalogue


def _keep(catalogue: dict[Text, str], fields: dict[str, str], where: str) -> None:
    said = fields.get("msgstr", fields.get("msgstr[0]"))
    if "msgid" not in fields or said is None:
        raise MessagesError(f"before {where}: a text without its translation")
    text = Text(fields["msgid"], fields.get("msgctxt", ""), fields.get("msgid_plural", ""))
    if text in catalogue:
        raise MessagesError(f"before {where}: {text.msgid!r} is translated twice")
    catalogue[text] = said


def find_faults(catalogue: dict[Text, str], texts: set[Text]) -> list[str]:
    """Return what is wrong with a catalogue: texts not translated, not used any more, or without a placeholder."""
    known = {text for text in catalogue if text.msgid}
    faults = [f"not translated: {text.msgid!r}" for text in sorted(texts - known)]
    faults += [f"not used any more: {text.msgid!r}" for text in sorted(known - texts)]
    for text in sorted(known & texts):
        if not catalogue[text]:
            faults.append(f"not translated: {text.msgid!r}")
        elif set(_PLACEHOLDER.findall(text.msgid)) != set(_PLACEHOLDER.findall(catalogue[text])):
            faults.append(f"other placeholders: {text.msgid!r}")
    return faults


def compile_catalogue(catalogue: dict[Text, str]) -> bytes:
    """Return the .mo file: a head, two tables of lengths and offsets sorted by key, and the texts, NUL after each."""
    pairs = sorted((text.key.encode(), said.encode()) for text, said in catalogue.items())
    count, head = len(pairs), 28
    place = head + 16 * count
    tables: list[bytes] = []
    texts = b""
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), place + len(texts)))
            texts += pair[column] + b"\0"
    return struct.pack("<7I", _MAGIC, 0, count, head, head + 8 * count, 0, head + 16 * count) + b"".join(tables) + texts


def main(arguments: list[str] | None = None) -> int:
    """Compile or check all catalogues; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when something is to be done")
    check = parser.parse_args(arguments).check
    texts, failed = find_texts(), False
    for language in LANGUAGES:
        po = LOCALE / language / "LC_MESSAGES" / "django.po"
        catalogue = read_catalogue(po)
        faults = find_faults(catalogue, texts)
        compiled, mo = compile_catalogue(catalogue), po.with_suffix(".mo")
        if not check:
            mo.write_bytes(compiled)
        elif not mo.exists() or mo.read_bytes() != compiled:
            faults.append(f"{mo.name} is not up to date: run python tools/build_messages.py")
        for fault in faults:
            sys.stderr.write(f"{language}: {fault}\n")
        failed = failed or bool(faults)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
