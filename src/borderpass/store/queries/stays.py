"""Who is across? A pass is, when its last admitted crossing, at whichever gate, is an exit."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from borderpass.domain.actors import Actor
from borderpass.domain.records import Action
from borderpass.domain.verdicts import Direction
from borderpass.store.models import Record
from borderpass.store.queries.counts import scans_with_last_action
from borderpass.store.queries.scans import with_last_action

_ADMITTED = Action.ADMIT.name.lower()


def stays_for(actor: Actor, gate: str | None) -> QuerySet[Any]:
    """Return the exits in an actor's scope (at one gate, or at all) that no later crossing of the pass followed.

    Of an exit and an entry in the same second the entry counts: nobody is kept across by a tie.
    """
    later = with_last_action(Record.objects.filter(kind=Record.SCAN, pass_key=OuterRef("pass_key")))
    after = Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), direction=Direction.ENTRY)
    after |= Q(at=OuterRef("at"), direction=Direction.EXIT, id__gt=OuterRef("id"))
    later = later.filter(after, last_action=_ADMITTED)
    exits = scans_with_last_action(actor).filter(direction=Direction.EXIT, last_action=_ADMITTED)
    exits = exits.exclude(pass_key="")
    if gate is not None:
        exits = exits.filter(checkpoint=gate)
    return exits.filter(~Exists(later))
