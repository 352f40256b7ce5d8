"""How do the reason codes of spec/reasons.yaml become Python?

    python tools/build_reasons.py            writes src/borderpass/domain/reasons.py
    python tools/build_reasons.py --check    exit 1 when that file is not what it would write

The YAML is read strictly: whatever is unknown, missing, doubled or against the rules of its class is an error
that names the code or the line. The output depends on the YAML alone, in the shape that `ruff format` gives.
"""

import argparse
import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from borderpass.domain.verdicts import Direction, ReasonClass, Verdict

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "spec" / "reasons.yaml"
TARGET = ROOT / "src" / "borderpass" / "domain" / "reasons.py"

LANGUAGES = ("en", "km", "th")
FIELDS = ("class", "exit", "entry", "text", "next")
MAX_SENTENCE_COLUMNS = 84

_CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
# The letters a sentence may be written in. Khmer leaves out the code points that Unicode advises against.
_ALPHABET = {
    "en": re.compile(r"[A-Za-z0-9 .,;:()'-]+"),
    "km": re.compile(r"[\u1780-\u17a2\u17a5-\u17b3\u17b6-\u17d2\u17d4-\u17dd\u17e0-\u17e90-9 ,;:()-]+"),
    "th": re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e59 0-9,;:()-]+"),
}
_CLASS_ALLOWS: dict[ReasonClass, dict[Direction, frozenset[Verdict]]] = {
    ReasonClass.AUTHENTICITY: dict.fromkeys(Direction, frozenset({Verdict.REFUSE})),
    ReasonClass.RULE: {
        Direction.EXIT: frozenset({Verdict.REFER, Verdict.REFUSE}),
        Direction.ENTRY: frozenset({Verdict.REFER}),
    },
    ReasonClass.DEVICE: dict.fromkeys(Direction, frozenset({Verdict.REFER})),
    ReasonClass.NOTICE: dict.fromkeys(Direction, frozenset({Verdict.ADMIT})),
}


class ReasonsError(ValueError):
    """spec/reasons.yaml says something it may not; the message names the code and the field."""


@dataclass(frozen=True, slots=True)
class ReasonEntry:
    """One checked entry; `text` and `next_step` map each of LANGUAGES to a sentence."""

    code: str
    reason_class: ReasonClass
    verdicts: dict[Direction, Verdict]
    text: dict[str, str]
    next_step: dict[str, str]


class _StrictLoader(yaml.SafeLoader):
    """SafeLoader, but a key given twice is an error: PyYAML would silently keep the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise ReasonsError(f"{name}: given twice, again in line {key.start_mark.line + 1}")
            seen.add(name)
        return super().construct_mapping(node, deep)


def read_reasons(source: str) -> list[ReasonEntry]:
    """Read the text of spec/reasons.yaml into checked entries, in the order of the file.

    Raises ReasonsError on the first thing that is wrong.
    """
    try:
        # A SafeLoader underneath: it builds plain values only.
        tree = yaml.load(source, Loader=_StrictLoader)
    except yaml.YAMLError as error:
        raise ReasonsError(f"not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(tree, dict) or not tree:
        raise ReasonsError("the file must be a map from code to entry")
    return [_read_entry(code, entry) for code, entry in tree.items()]


def render(entries: Sequence[ReasonEntry]) -> str:
    """Write the Python module that holds `entries` as the enum `Reason`."""
    table = "\n".join(_render_entry(priority, entry) for priority, entry in enumerate(entries))
    members = "\n".join(f'    {entry.code} = "{entry.code}"' for entry in entries)
    return _HEAD + table + _CLASS_HEAD + members + _CLASS_TAIL


def main(arguments: Sequence[str] | None = None, source: Path = SOURCE, target: Path = TARGET) -> int:
    """Write `target` from `source`, or with --check only compare; gives the exit code."""
    parser = argparse.ArgumentParser(description="Turn spec/reasons.yaml into Python.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if out of date")
    options = parser.parse_args(arguments)
    try:
        wanted = render(read_reasons(source.read_text(encoding="utf-8")))
    except ReasonsError as error:
        print(f"{source.name}: {error}", file=sys.stderr)
        return 1
    if not options.check:
        target.write_text(wanted, encoding="utf-8")
        return 0
    if target.exists() and target.read_text(encoding="utf-8") == wanted:
        return 0
    print(f"{target.name} is out of date: run python tools/build_reasons.py", file=sys.stderr)
    return 1


def _read_entry(code: object, entry: object) -> ReasonEntry:
    if not isinstance(code, str) or not _CODE.fullmatch(code):
        raise ReasonsError(f"{code}: a code is written in capitals, like PASS_NOT_ACCEPTED_HERE")
    fields = _exact_map(code, entry, FIELDS)
    reason_class = _read_class(code, fields["class"])
    verdicts = {direction: _read_verdict(code, fields, direction) for direction in Direction}
    for direction, verdict in verdicts.items():
        if verdict not in _CLASS_ALLOWS[reason_class][direction]:
            raise ReasonsError(f"{code}: class {reason_class} is never {verdict.name} on {direction}")
    return ReasonEntry(
        code=code,
        reason_class=reason_class,
        verdicts=verdicts,
        text=_read_sentences(code, "text", fields["text"]),
        next_step=_read_sentences(code, "next", fields["next"]),
    )


def _read_class(code: str, name: object) -> ReasonClass:
    for reason_class in ReasonClass:
        if name == reason_class.value:
            return reason_class
    raise ReasonsError(f"{code}: class {name!r} is unknown; it is one of {', '.join(ReasonClass)}")


def _read_verdict(code: str, fields: dict[str, object], direction: Direction) -> Verdict:
    name = fields[direction.value]
    if not isinstance(name, str) or name not in Verdict.__members__:
        known = ", ".join(Verdict.__members__)
        raise ReasonsError(f"{code}: {direction} verdict {name!r} is unknown; it is one of {known}")
    return Verdict[name]


def _read_sentences(code: str, field: str, value: object) -> dict[str, str]:
    sentences: dict[str, str] = {}
    for language, sentence in _exact_map(f"{code}.{field}", value, LANGUAGES).items():
        where = f"{code}.{field}.{language}"
        if not isinstance(sentence, str) or not sentence or sentence != sentence.strip():
            raise ReasonsError(f"{where}: give one sentence, without blanks around it")
        if not unicodedata.is_normalized("NFC", sentence):
            raise ReasonsError(f"{where}: the sentence is not in Unicode form NFC")
        if not _ALPHABET[language].fullmatch(sentence):
            odd = sorted({letter for letter in sentence if not _ALPHABET[language].fullmatch(letter)})
            raise ReasonsError(f"{where}: these do not belong to the script: {' '.join(map(ascii, odd))}")
        if _count_columns(sentence) > MAX_SENTENCE_COLUMNS:
            raise ReasonsError(f"{where}: longer than {MAX_SENTENCE_COLUMNS} columns, make it fit a phone")
        sentences[language] = sentence
    return sentences


def _exact_map(where: str, value: object, keys: Sequence[str]) -> dict[str, object]:
    """Give `value` as a map with exactly `keys`, in their order."""
    if not isinstance(value, dict):
        raise ReasonsError(f"{where}: give a map of {', '.join(keys)}")
    for key in value:
        if key not in keys:
            raise ReasonsError(f"{where}: {key!r} is unknown; the keys are {', '.join(keys)}")
    for key in keys:
        if key not in value:
            raise ReasonsError(f"{where}: {key} is missing")
    return {key: value[key] for key in keys}


def _count_columns(sentence: str) -> int:
    """Count the columns a sentence takes: marks above and below a letter take none."""
    return sum(unicodedata.category(letter) != "Mn" for letter in sentence)


def _render_entry(priority: int, entry: ReasonEntry) -> str:
    verdicts = ", ".join(f"Direction.{way.name}: Verdict.{value.name}" for way, value in entry.verdicts.items())
    lines = [
        f'    "{entry.code}": _Entry(',
        f"        priority={priority},",
        f"        reason_class=ReasonClass.{entry.reason_class.name},",
        f"        verdicts={{{verdicts}}},",
    ]
    for name, sentences in (("text", entry.text), ("next_step", entry.next_step)):
        lines.append(f"        {name}={{")
        lines.extend(f'            "{language}": "{sentence}",' for language, sentence in sentences.items())
        lines.append("        },")
    lines.append("    ),")
    return "\n".join(lines)


_HEAD = '''\
# GENERATED from spec/reasons.yaml by `python tools/build_reasons.py`. Do not edit: edit the YAML, run that.
"""Which reasons can a gate give, what does each lead to, and what does it say to the officer?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from borderpass.domain.verdicts import Direction, ReasonClass, Verdict


@dataclass(frozen=True, slots=True)
class _Entry:
    priority: int
    reason_class: ReasonClass
    verdicts: Mapping[Direction, Verdict]
    text: Mapping[str, str]
    next_step: Mapping[str, str]


_ENTRIES = {
'''

_CLASS_HEAD = '''
}


class Reason(Enum):
    """A stable reason code; `Reason("EXPIRED")` finds one by its code, which is also its value.

    `reason_class` says what kind of matter it is; `priority` counts from 0, and the lowest is shown first.
    """

'''

_CLASS_TAIL = '''

    def __init__(self, code: str) -> None:
        # Copied onto the member, so that a gate in a hurry reads plain attributes.
        entry = _ENTRIES[code]
        self.reason_class = entry.reason_class
        self.priority = entry.priority
        self._verdicts = entry.verdicts
        self._text = entry.text
        self._next_step = entry.next_step

    def verdict_on(self, direction: Direction) -> Verdict:
        """Give the verdict this reason leads to in that direction."""
        return self._verdicts[direction]

    def text(self, language: str) -> str:
        """Give the sentence that says what is the matter, in "en", "km" or "th"; KeyError for any other."""
        return self._text[language]

    def next_step(self, language: str) -> str:
        """Give the sentence that says what to do next, in "en", "km" or "th"; KeyError for any other."""
        return self._next_step[language]
'''


if __name__ == "__main__":
    sys.exit(main())
