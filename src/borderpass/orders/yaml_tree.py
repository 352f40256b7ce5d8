"""How does the text of an order become a tree, every part with its line and every value still text?

A small part of YAML 1.1 (yaml.org/spec/1.1): maps, lists and text. Values stay text, so that nothing is
guessed from how they look: `no` is no Boolean, `012` no octal, `08:00` no number in base sixty. Anchors,
aliases, tags, directives, doubled keys and further documents are refused: whoever reads the file would not
see what they do.
"""

from dataclasses import dataclass, field

import yaml

MAX_BYTES = 131_072
MAX_DEPTH = 6
_SHOWN_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as written, quotes taken off."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class List:
    """A list of parts."""

    items: list["Node"]
    line: int


@dataclass(frozen=True, slots=True)
class Map:
    """A map, each key with the line it stands on."""

    entries: dict[str, "Node"]
    line: int
    key_lines: dict[str, int] = field(default_factory=dict)


Node = Text | List | Map


class TreeError(ValueError):
    """The text is not of the form an order may have; `line` counts from 1, 0 is the file as a whole."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def read_tree(octets: bytes) -> Node:
    """Return the tree of a UTF-8 text. Raise TreeError at the first thing that is wrong with its form."""
    if len(octets) > MAX_BYTES:
        raise TreeError(0, f"longer than {MAX_BYTES // 1024} KiB, which no order is; split it")
    try:
        # Editors of some systems put a byte order mark in front.
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = octets[: error.start].count(b"\n") + 1
        raise TreeError(line, "not UTF-8; save the file as UTF-8") from error
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise TreeError(mark.line + 1 if mark else 0, f"not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise TreeError(0, f"not YAML: {' '.join(str(error).split())}") from error
    except (ValueError, OverflowError) as error:
        if isinstance(error, TreeError):
            raise
        # PyYAML lets these through for an escape beyond Unicode or a version of a thousand digits.
        raise TreeError(0, "not YAML: an escape or a directive in it has no meaning") from error
    if builder.root is None:
        raise TreeError(0, "the file is empty; orders/README.md says what goes into it")
    return builder.root


def shown(text: str) -> str:
    """Return a piece of input as a message may show it: one short line, odd characters escaped."""
    if len(text) > _SHOWN_CHARACTERS:
        text = text[:_SHOWN_CHARACTERS] + "..."
    return repr(text)


class _Builder:
    """Puts the parser's events together, with its own stack, so that depth is bounded here."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[List | Map] = []
        self._keys: list[Text | None] = []
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Take in one event."""
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise TreeError(line, "a second document; a file holds one order, without '---' in it")
            if event.version or event.tags:
                raise TreeError(line, "a directive (%); leave it out")
        elif isinstance(event, yaml.AliasEvent):
            raise TreeError(line, f"an alias (*{shown(event.anchor or '')[1:-1]}); write the value out, or in quotes")
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            if event.anchor is not None:
                raise TreeError(line, "an anchor (&); write the value out, or in quotes")
            if event.tag is not None:
                raise TreeError(line, "a tag (!); leave it out, or put the value in quotes")
            self._take_node(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._keys.pop()
            self._put(self._open.pop())

    def _take_node(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._put(Text(event.value, line))
            return
        if len(self._open) >= MAX_DEPTH:
            raise TreeError(line, f"nested more than {MAX_DEPTH} deep, which no order is")
        if self._open and isinstance(self._open[-1], Map) and self._keys[-1] is None:
            raise TreeError(line, "a key that is a list or a map; a key is a word")
        self._open.append(Map({}, line) if isinstance(event, yaml.MappingStartEvent) else List([], line))
        self._keys.append(None)

    def _put(self, node: Node) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, List):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is not None:
            parent.entries[key.value] = node
            self._keys[-1] = None
        elif isinstance(node, Text):
            first = parent.key_lines.setdefault(node.value, node.line)
            if node.value in parent.entries:
                raise TreeError(node.line, f"{shown(node.value)} is already given in line {first}; keep one of the two")
            self._keys[-1] = node
