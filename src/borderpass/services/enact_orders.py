"""How do several orders come into force together? All of them, in the order given, or none."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Declined
from borderpass.services.enact_order import enact_order
from borderpass.store.models import EnactedOrder


def enact_orders(files: Iterable[tuple[str, str]], actor: Actor, now: datetime) -> list[EnactedOrder] | Declined:
    """Enact the orders of some files (name, text); return them, or why not the first that is declined."""
    enacted = []
    with transaction.atomic():
        for name, text in files:
            order = enact_order(text, name, actor, now)
            if isinstance(order, Declined):
                transaction.set_rollback(True)
                return order
            enacted.append(order)
    return enacted
