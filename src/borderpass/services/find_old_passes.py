"""Does somebody hold a pass of the old books, of this office or of any other?

An old pass prevents nothing by itself: nobody signed it, and no gate can check it. The clerk is shown it, takes it back
when the new one is handed over, and compares before taking in. Of another office's, only its office and how long it is
good may be shown.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from borderpass.domain.actors import Actor
from borderpass.domain.similar import Likeness, Person, how_alike
from borderpass.store.models import Office, OldPass
from borderpass.store.queries.old_books import old_candidates_for, old_passes_for

SHOWN_AT_MOST = 3


@dataclass(frozen=True, slots=True)
class OldPassFound:
    """A pass of the old books that may be somebody's. `old_pass` is None where it is another office's."""

    id: UUID
    likeness: Likeness
    office: Office
    valid_until: date
    is_good: bool
    old_pass: OldPass | None


def find_old_passes(person: Person, actor: Actor, today: date) -> list[OldPassFound]:
    """Return the old passes that may be a person's, those still good on a local day first, then the likest, then the
    latest; at most three."""
    alike = {
        one.id: likeness
        for one in old_candidates_for(person)
        if (likeness := how_alike(person, one.person)) is not None
    }
    if not alike:
        return []
    order = list(Likeness)
    every = list(OldPass.objects.select_related("office").filter(id__in=list(alike)))
    every.sort(key=lambda one: (one.valid_until < today, order.index(alike[one.id]), -one.valid_until.toordinal()))
    shown = every[:SHOWN_AT_MOST]
    mine = set(old_passes_for(actor).filter(id__in=[one.id for one in shown]).values_list("id", flat=True))
    return [
        OldPassFound(
            one.id,
            alike[one.id],
            one.office,
            one.valid_until,
            is_good=one.valid_until >= today,
            old_pass=one if one.id in mine else None,
        )
        for one in shown
    ]
