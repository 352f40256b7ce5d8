"""How does a legal order come into force here?"""

import hashlib
from datetime import datetime

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.orders.read_orders import read_order
from borderpass.services.compile_rules import enacted_orders, rules_from
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.load_orders import OrdersRefused, find_unknown_places
from borderpass.store.models import EnactedOrder
from borderpass.store.queries.audit import write_audit


def enact_order(text: str, file_name: str, actor: Actor, now: datetime) -> EnactedOrder | Declined:
    """Enact an order; it reaches the gates with the next bundle. The same text again changes nothing."""
    if not actor.may(Act.ENACT_ORDERS):
        return Declined(Ground.NOT_ALLOWED, "only the national authority enacts orders")
    order = read_order(text, file_name)
    problems = order if isinstance(order, list) else find_unknown_places([order], load_gazetteer())
    if isinstance(order, list) or problems:
        return Declined(Ground.ORDERS_REFUSED, str(OrdersRefused(problems)))
    digest = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic():
        enacted = EnactedOrder.objects.filter(number=order.number).first()
        if enacted is not None and enacted.digest == digest:
            return enacted
        if enacted is not None:
            return Declined(
                Ground.ORDERS_REFUSED,
                f"{file_name}: order {order.number} was enacted with another text; make a new order that supersedes it",
            )
        try:
            rules_from((*enacted_orders(), order))
        except OrdersRefused as refused:
            return Declined(Ground.ORDERS_REFUSED, str(refused))
        enacted = EnactedOrder.objects.create(
            number=order.number, file_name=file_name, text=text, digest=digest, enacted_at=now, enacted_by=actor.name
        )
        write_audit(Deed.ENACT_ORDER, actor, now, "order", order.number, digest=digest)
    return enacted
