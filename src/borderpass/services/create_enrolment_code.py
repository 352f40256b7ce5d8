"""How does a commander let a phone in? With a code for one gate, lane and direction, good once and for ten minutes."""

import secrets
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from borderpass.domain.actors import Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined
from borderpass.domain.enrolment_code import CODE_BYTES, CODE_LIFE, digest_of_code, write_code
from borderpass.domain.verdicts import Direction
from borderpass.services.enrol_device import check_binding
from borderpass.store.models import EnrolmentCode
from borderpass.store.queries.audit import write_audit


class NewCode(NamedTuple):
    """A code as it is shown, this once, and until when it is good. Afterwards only its digest is known."""

    code: str
    kept: EnrolmentCode


def create_enrolment_code(
    checkpoint: str, lane: str, direction: Direction, actor: Actor, now: datetime
) -> NewCode | Declined:
    """Make a code; return it, or why not."""
    lane = " ".join(lane.split())
    refused = check_binding(checkpoint, lane, actor)
    if refused is not None:
        return refused
    code = write_code(secrets.token_bytes(CODE_BYTES))
    with transaction.atomic():
        kept = EnrolmentCode.objects.create(
            digest=digest_of_code(code),
            checkpoint=checkpoint,
            lane=lane,
            direction=direction.value,
            made_at=now,
            made_by=actor.name,
            expires_at=now + CODE_LIFE,
        )
        write_audit(Deed.MAKE_CODE, actor, now, "gate", checkpoint, lane=lane, direction=direction.value)
    return NewCode(code, kept)
