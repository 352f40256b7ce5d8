"""Which rules hold? The enacted orders, compiled."""

from datetime import UTC, datetime
from functools import lru_cache

from borderpass.domain.orders import Order, compile_rulebook
from borderpass.domain.rulebook import Rulebook
from borderpass.orders.read_orders import read_order
from borderpass.services.load_orders import OrdersRefused
from borderpass.store.models import EnactedOrder

_BEGINNING = datetime(1990, 1, 1, tzinfo=UTC)


def enacted_orders() -> tuple[Order, ...]:
    """Return all orders enacted here. Raise OrdersRefused if one cannot be read any more."""
    return tuple(_read(digest) for digest in _digests())


def rules_for_all_time() -> Rulebook:
    """Return the rulebook of every day, past ones too: what an office asks. Raise OrdersRefused."""
    return _rules_of(_digests())


def rules_from(orders: tuple[Order, ...]) -> Rulebook:
    """Return what some orders provide on every day. Raise OrdersRefused when they contradict each other."""
    return compile_orders(orders, _BEGINNING, 0)


def compile_orders(orders: tuple[Order, ...], at: datetime, serial: int) -> Rulebook:
    """Return the rulebook of some orders from an instant on. Raise OrdersRefused when they contradict each other."""
    rulebook = compile_rulebook(orders, at, serial, at)
    if isinstance(rulebook, list):
        raise OrdersRefused(rulebook)
    return rulebook


def _digests() -> tuple[str, ...]:
    return tuple(EnactedOrder.objects.order_by("number").values_list("digest", flat=True))


# A digest is of an order's text: what was read and compiled once is right in every database that has the same.


@lru_cache(maxsize=16)
def _rules_of(digests: tuple[str, ...]) -> Rulebook:
    return rules_from(tuple(_read(digest) for digest in digests))


@lru_cache(maxsize=512)
def _read(digest: str) -> Order:
    enacted = EnactedOrder.objects.filter(digest=digest).latest("enacted_at")
    order = read_order(enacted.text, enacted.file_name)
    if isinstance(order, list):
        raise OrdersRefused(order)
    return order
