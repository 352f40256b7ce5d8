"""Which legal orders does a new installation start from, and are they sound?

Reads the YAML that ships with the package (orders/README.md describes it) and tries the orders against each other
and against the gazetteer.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from borderpass.domain.gazetteer import Gazetteer
from borderpass.domain.orders import Order, OrderProblem, find_conflicts
from borderpass.domain.provisions import (
    ANY_CHECKPOINT,
    Acceptance,
    BulkExtension,
    Closure,
    Delegation,
    Eligibility,
    Opening,
    Provision,
    Quota,
)
from borderpass.orders.read_orders import read_order
from borderpass.services.load_gazetteer import load_gazetteer


class OrdersRefused(Exception):  # noqa: N818  # a refusal, not a fault
    """Orders are unsound. `problems` holds all that was found; the text has one line for each."""

    def __init__(self, problems: Sequence[OrderProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class ShippedOrder(NamedTuple):
    """An order with the file it stands in and the text of it, which is what is enacted."""

    order: Order
    file_name: str
    text: str


def load_orders() -> tuple[Order, ...]:
    """Return the orders that ship with the package, by file name. Raise OrdersRefused when unsound."""
    return tuple(shipped.order for shipped in read_shipped_orders())


@cache
def read_shipped_orders() -> tuple[ShippedOrder, ...]:
    """Return the orders that ship, with their texts, by file name; read once. Raise OrdersRefused when unsound."""
    folder = files("borderpass").joinpath("data", "orders")
    shipped: list[ShippedOrder] = []
    problems: list[OrderProblem] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            octets = file.read_bytes()
            order = read_order(octets, f"orders/{file.name}")
            if isinstance(order, Order):
                shipped.append(ShippedOrder(order, file.name, octets.decode("utf-8-sig")))
            else:
                problems += order
    if not problems:
        orders = [one.order for one in shipped]
        problems = [*find_conflicts(orders), *find_unknown_places(orders, load_gazetteer())]
    if problems:
        raise OrdersRefused(problems)
    return tuple(shipped)


def find_unknown_places(orders: Iterable[Order], gazetteer: Gazetteer) -> list[OrderProblem]:
    """Return a problem for each gate and each stretch of land that orders name and the gazetteer does not know."""
    return [
        OrderProblem(order.file_name, draft.line, f"{draft.provision.term.provision_id}: {message}")
        for order in orders
        for draft in order.provisions
        for message in _unknown_places(draft.provision, gazetteer)
    ]


def _unknown_places(provision: Provision, gazetteer: Gazetteer) -> Iterator[str]:
    if isinstance(provision, Acceptance | Opening | Closure | Quota):
        for gate in provision.case.checkpoints:
            if gate != ANY_CHECKPOINT and gazetteer.find_checkpoint(gate) is None:
                yield f"there is no checkpoint {gate}; the ids stand in gazetteer/checkpoints.csv"
    if isinstance(provision, Acceptance | Delegation | Eligibility | BulkExtension):
        for code in provision.prefixes:
            if gazetteer.find(code) is None:
                yield f"there is no place with code {code}; the codes stand in gazetteer/*.csv"
