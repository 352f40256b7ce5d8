"""What does the YAML of a legal order say, in domain values, and what is wrong with it?

Reading is strict: whatever is unknown, missing, doubled or of the wrong form is a problem with its file and
line, and all of them are reported, not the first alone. The fields are described in orders/README.md.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from borderpass.domain.local_time import end_of_day, start_of_day
from borderpass.domain.orders import DraftProvision, Evidence, Order, OrderProblem
from borderpass.domain.provisions import Kind, Term
from borderpass.orders import fields as f
from borderpass.orders.fields import FieldError, FieldReader
from borderpass.orders.provision_shapes import SHAPES, Values
from borderpass.orders.yaml_tree import MAX_BYTES, List, Map, Node, TreeError, read_tree


def read_order(text: bytes | str, file_name: str) -> Order | list[OrderProblem]:
    """Return the order that a YAML text holds, or all that is wrong with it. Never raises."""
    octets = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    try:
        tree = read_tree(octets)
    except TreeError as error:
        return [OrderProblem(file_name, error.line, error.message)]
    header, errors = f.read_fields(tree, _ORDER_REQUIRED, _ORDER_OPTIONAL)
    errors += _clashes_in_header(header, tree.line)
    provisions, more = _read_provisions(tree, header)
    errors += more
    if errors:
        told = sorted({(error.line, error.message) for error in errors})
        return [OrderProblem(file_name, line, message) for line, message in told]
    del header["provisions"]
    targets = header.pop("supersedes", ())
    return Order(
        **{"ends_on": None, "extended_automatically": False, **header},
        supersedes=targets,
        provisions=provisions,
        file_name=file_name,
        line=tree.line,
        supersedes_lines=_lines_of(tree, "supersedes"),
    )


def read_order_files(paths: Iterable[Path]) -> tuple[Order, ...] | list[OrderProblem]:
    """Return the orders of several files, or all that is wrong with any, files that do not open included."""
    orders: list[Order] = []
    problems: list[OrderProblem] = []
    for path in paths:
        try:
            with path.open("rb") as file:
                read = read_order(file.read(MAX_BYTES + 1), str(path))
        except OSError as error:
            read = [OrderProblem(str(path), 0, f"cannot be read ({error.strerror}); check the name")]
        if isinstance(read, Order):
            orders.append(read)
        else:
            problems += read
    return problems or tuple(orders)


def _any_node(node: Node) -> Node:
    """Leave a part to be read later, when what it depends on is known."""
    return node


_ORDER_REQUIRED: dict[str, FieldReader] = {
    "number": f.text(80),
    "title": f.names,
    "authority": f.names,
    "evidence": f.choice(f.member_names(Evidence)),
    "source": f.text(2_000),
    "signed_on": f.day,
    "in_force_on": f.day,
    "provisions": _any_node,
}
_ORDER_OPTIONAL: dict[str, FieldReader] = {
    "ends_on": f.day,
    "extended_automatically": f.true_or_false,
    "supersedes": f.list_of(f.text(150)),
}
_PROVISION_REQUIRED: dict[str, FieldReader] = {
    "id": f.word,
    "kind": f.choice(f.member_names(Kind)),
}
_PROVISION_OPTIONAL: dict[str, FieldReader] = {"from": f.day, "until": f.day}


def _clashes_in_header(header: Values, line: int) -> list[FieldError]:
    errors = []
    begins, ends = header.get("in_force_on"), header.get("ends_on")
    if begins and ends and ends < begins:
        errors.append(FieldError(line, f"ends_on {ends} is before in_force_on {begins}"))
    if header.get("extended_automatically") and "ends_on" not in header:
        message = "extended_automatically without ends_on; give the trial's last day, or leave both out"
        errors.append(FieldError(line, message))
    return errors


def _lines_of(tree: Node, key: str) -> tuple[int, ...]:
    node = tree.entries.get(key) if isinstance(tree, Map) else None
    return tuple(item.line for item in node.items) if isinstance(node, List) else ()


def _read_provisions(tree: Node, header: Values) -> tuple[tuple[DraftProvision, ...], list[FieldError]]:
    """Read the list of provisions; it may be empty only in an order that supersedes another."""
    node = header.get("provisions")
    if node is None:
        return (), []
    if not isinstance(node, List):
        return (), [FieldError(node.line, "provisions: expected a list, each item beginning with '- id:'")]
    if not node.items and not header.get("supersedes"):
        return (), [FieldError(node.line, "provisions: none, and nothing is superseded; the order does nothing")]
    drafts: list[DraftProvision] = []
    errors: list[FieldError] = []
    lines: dict[str, int] = {}
    for item in node.items:
        draft, wrong = _read_provision(item, header)
        errors += wrong
        if draft is not None:
            drafts.append(draft)
            provision_id = draft.provision.term.provision_id
            first = lines.setdefault(provision_id, item.line)
            if first != item.line:
                errors.append(FieldError(item.line, f"id: {provision_id} is already in line {first}"))
    return tuple(drafts), errors


def _read_provision(node: Node, header: Values) -> tuple[DraftProvision | None, list[FieldError]]:
    if not isinstance(node, Map):
        return None, [FieldError(node.line, "expected a provision, beginning with 'id' and 'kind'")]
    common = {**_PROVISION_REQUIRED, **_PROVISION_OPTIONAL}
    head = Map({key: part for key, part in node.entries.items() if key in common}, node.line, node.key_lines)
    values, errors = f.read_fields(head, _PROVISION_REQUIRED, _PROVISION_OPTIONAL)
    kind = values.get("kind")
    if kind is None:
        # Without its kind nothing can be said about the other fields.
        return None, errors
    shape = SHAPES[kind]
    body = Map({key: part for key, part in node.entries.items() if key not in common}, node.line, node.key_lines)
    own, wrong = f.read_fields(body, shape.required, shape.optional)
    errors += wrong
    if errors or "number" not in header or "in_force_on" not in header:
        return None, _named(errors, values.get("id"))
    try:
        provision = shape.build(_term(values, header), own)
    except ValueError as error:
        return None, _named([FieldError(node.line, str(error))], values["id"])
    return DraftProvision(provision, node.line), []


def _named(errors: list[FieldError], provision_id: str | None) -> list[FieldError]:
    if provision_id is None:
        return errors
    return [FieldError(error.line, f"{provision_id}: {error.message}") for error in errors]


def _term(values: Values, header: Values) -> Term:
    """Return when a provision holds by itself: its order's dates, or narrower ones of its own."""
    order_begins: date = header["in_force_on"]
    order_ends: date | None = None if header.get("extended_automatically") else header.get("ends_on")
    begins: date = values.get("from", order_begins)
    ends: date | None = values.get("until", order_ends)
    if begins < order_begins:
        raise ValueError(f"from {begins} is before the order is in force, on {order_begins}")
    if order_ends is not None and (begins > order_ends or (ends is not None and ends > order_ends)):
        raise ValueError(f"the provision goes on after the order ends, on {order_ends}")
    if ends is not None and ends < begins:
        raise ValueError(f"the provision ends on {ends}, before it begins on {begins}")
    number = header["number"]
    return Term(f"{number}/{values['id']}", number, start_of_day(begins), None if ends is None else end_of_day(ends))
