"""How is a case closed? By somebody of its gate, with a note; once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.services.check_words import check_words
from borderpass.store.models import Case
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.devices import cases_for


def resolve_case(case_id: UUID, note: str, actor: Actor, now: datetime) -> Case | Declined:
    """Resolve an open case; return it, or why not. A case of another gate is as unknown as none."""
    if not actor.may(Act.RESOLVE_CASE):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not resolve cases")
    case = cases_for(actor).filter(id=case_id).first()
    if case is None:
        return Declined(Ground.UNKNOWN_CASE, f"there is no case {case_id}")
    refused = check_words(note, "say what you found")
    if refused is not None:
        return refused
    with transaction.atomic():
        changed = Case.objects.filter(id=case.id, resolved_at=None).update(
            resolved_at=now, resolved_by=actor.name, note=note.strip()
        )
        if changed:
            said = {"case": case.kind, "note": note.strip()}
            write_audit(Deed.RESOLVE_CASE, actor, now, "case", str(case.id), **said)
    if changed != 1:
        return Declined(Ground.WRONG_STATE, "somebody has resolved this case already")
    case.refresh_from_db()
    return case
