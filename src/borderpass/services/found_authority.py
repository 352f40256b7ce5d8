"""How does an installation begin? With a root, the national keys, and the orders in force.

1. The root key is made, once; its public half goes to every verifier.
2. The rulebook's and the publisher's keys are made and entered in the trust list.
3. The orders that come with the product are enacted.

Each step is left alone where it was done before, so a broken beginning is simply begun again.
"""

import hashlib
from datetime import datetime

from django.db import transaction

from borderpass.domain.actors import Actor
from borderpass.domain.audit import Deed
from borderpass.domain.trust import Role
from borderpass.services.add_trusted_key import keep_key
from borderpass.services.load_orders import read_shipped_orders
from borderpass.services.open_keystore import PUBLISHER_KEY, ROOT_KEY, RULEBOOK_KEY
from borderpass.signing.file_keystore import FileKeystore
from borderpass.store.models import EnactedOrder
from borderpass.store.queries.audit import write_audit


def found_authority(keystore: FileKeystore, actor: Actor, now: datetime) -> int:
    """Found the national authority; return how many orders were enacted. Raise SigningError, or OrdersRefused."""
    if not keystore.has(ROOT_KEY):
        keystore.create(ROOT_KEY)
    with transaction.atomic():
        keep_key(keystore, RULEBOOK_KEY, Role.RULEBOOK_SIGNER, None, actor, now)
        keep_key(keystore, PUBLISHER_KEY, Role.PUBLISHER, None, actor, now)
        enacted = 0
        for order, file_name, text in read_shipped_orders():
            digest = hashlib.sha256(text.encode()).hexdigest()
            _, new = EnactedOrder.objects.get_or_create(
                number=order.number,
                defaults={
                    "file_name": file_name,
                    "text": text,
                    "digest": digest,
                    "enacted_at": now,
                    "enacted_by": actor.name,
                },
            )
            if new:
                enacted += 1
                write_audit(Deed.ENACT_ORDER, actor, now, "order", order.number, digest=digest)
    return enacted
