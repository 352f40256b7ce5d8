"""How does a commander order how their gate works? By adding a setting; what was set before is kept."""

from datetime import datetime

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.services.load_gazetteer import load_checkpoints
from borderpass.store.models import GateSetting
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.gates import latest_setting


def set_gate_setting(checkpoint: str, admit_needs_tap: bool, actor: Actor, now: datetime) -> GateSetting | Declined:
    """Order whether admitting needs a tap at a gate; return what holds now, or why nothing was ordered.

    What was ordered last is not ordered again. Phones learn of it when they next ask for what the server knows of them.
    """
    if checkpoint not in load_checkpoints():
        return Declined(Ground.UNKNOWN_PLACE, f"there is no gate {checkpoint}")
    if not actor.may_at_gate(Act.SET_GATE, checkpoint):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not set how {checkpoint} works")
    with transaction.atomic():
        latest = latest_setting(checkpoint)
        if latest is not None and latest.admit_needs_tap == admit_needs_tap:
            return latest
        setting = GateSetting.objects.create(
            checkpoint=checkpoint, admit_needs_tap=admit_needs_tap, set_by=actor.name, set_at=now
        )
        write_audit(Deed.SET_GATE, actor, now, "gate", checkpoint, admit_needs_tap=admit_needs_tap)
    return setting
