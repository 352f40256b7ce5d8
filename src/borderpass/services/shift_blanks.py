"""What if the printer ate a blank in the middle of a sheet? Every paper from there on lies on the blank after its own.

The eaten blank becomes void. What is shifted are the blanks of the last prints of the sheet's papers, in its order; a
paper that was spoiled keeps its place in that order, because its blank went through the printer too.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.blanks import Blank, Outcome, PaperForm, shift
from borderpass.domain.declined import Declined, Ground
from borderpass.services.print_sheet import sheet_events
from borderpass.store.models import BlankUse, Job
from borderpass.store.queries.audit import write_audit
from borderpass.store.queries.blanks import instant_of_use, lock_stock, unused_blanks

EATEN = "the printer ate it"
"""The reason that is kept; pages say it in their own words."""


def shift_blanks(job: Job, application_id: UUID, eaten: Blank, actor: Actor, now: datetime) -> Blank | Declined:
    """Take down that the printer ate the blank on which a paper of a sheet was to lie; return it. Twice is once."""
    if not actor.may_at_office(Act.PRINT, job.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) does not print at office {job.office_id}")
    with transaction.atomic():
        lock_stock(job.office_id)
        uses = _uses_from(job, application_id)
        if not uses:
            return Declined(Ground.WRONG_BLANK, "this paper has no numbered blank")
        form, numbers = PaperForm(uses[0].form), [Blank(one.series, one.number) for one in uses]
        if BlankUse.objects.filter(**eaten._asdict(), office=job.office_id, outcome=Outcome.VOID).exists():
            return eaten
        if numbers[0] != eaten:
            return Declined(Ground.WRONG_BLANK, f"this paper lies on blank {numbers[0]}: load the page again")
        spare = unused_blanks(job.office_id, form, 1, numbers[-1])
        if not spare:
            return Declined(Ground.WRONG_BLANK, "there is no blank left after these: take a delivery in first")
        for use, blank in reversed(list(zip(uses, shift(numbers, spare), strict=True))):
            BlankUse.objects.filter(id=use.id).update(series=blank.series, number=blank.number)
        BlankUse.objects.create(
            office_id=job.office_id,
            form=form,
            **eaten._asdict(),
            outcome=Outcome.VOID,
            reason=EATEN,
            at=instant_of_use(job.office_id, form, now),
            by=actor.name,
        )
        said = {"form": form.value, "series": eaten.series, "first": eaten.number, "last": eaten.number}
        about = {"reason": EATEN, "shifted": len(uses)}
        write_audit(Deed.VOID_BLANKS, actor, now, "office", job.office_id, **said, **about)
    return eaten


def _uses_from(job: Job, application_id: UUID) -> list[BlankUse]:
    """Return the blanks of a sheet from one paper on, in the order of the sheet."""
    events = sheet_events(job)
    kept = {one.print_id: one for one in BlankUse.objects.filter(print__in=events)}
    places = [at for at, event in enumerate(events) if event.application_id == application_id]
    return [kept[event.id] for event in events[places[0] :] if event.id in kept] if places else []
