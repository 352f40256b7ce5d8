"""How does one signed pass become paper, and what is recorded of it?

1. The pass is good: no blank is spent on one that cannot be handed over, and nobody is told to come for it.
2. The paper is made first: what cannot be rendered is not recorded as printed.
3. The print is recorded, with the number of the blank where the office has numbered ones; a print of what was printed
   before counts as a reprint only after a spoiled one.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event
from borderpass.domain.blanks import Blank, PaperForm
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.notices import NoticeKind
from borderpass.printing.print_pass import print_pass_a6, print_pass_card
from borderpass.services.describe_paper import describe_pass
from borderpass.services.find_application import find_for, not_movable
from borderpass.services.queue_notice import queue_notice
from borderpass.services.supersede_old_pass import find_not_good
from borderpass.services.use_blanks import find_used, hold_blank, keep_blank, plan_blanks, said_of
from borderpass.store.models import IssuedPass
from borderpass.store.queries.applications import move


def print_pass(
    application_id: UUID, form: PaperForm, actor: Actor, now: datetime, first: Blank | None = None
) -> bytes | Declined:
    """Print the pass of an application and record it; return the PDF, or why not.

    `first` is the number that lies on top in the printer, where blanks are numbered; None: the next unused one.
    """
    application = find_for(application_id, Act.PRINT, actor)
    if isinstance(application, Declined):
        return application
    signed = IssuedPass.objects.select_related("office", "application__portrait").filter(qr_text__isnull=False)
    issued = signed.filter(application=application).first()
    if issued is None:
        return Declined(Ground.WRONG_STATE, f"application {application.reference} has no signed pass yet")
    if (problem := find_not_good(issued)) is not None:
        return problem
    planned = plan_blanks(application.office_id, form, 1, first)
    if isinstance(planned, Declined):
        return planned
    if (problem := find_used(application.office_id, form, first)) is not None:
        return problem
    [blank] = planned
    paper = describe_pass(issued)
    pdf = print_pass_a6(paper) if form is PaperForm.A6 else print_pass_card(paper)
    with transaction.atomic():
        if (problem := hold_blank(application.office_id, blank)) is not None:
            return problem
        if move(application, Event.PRINT, actor, now, form=form.value, **said_of(blank)) is None:
            return not_movable(application, "cannot be printed")
        keep_blank(application, blank, form, actor, now)
        queue_notice(application, NoticeKind.READY, now)
    return pdf
