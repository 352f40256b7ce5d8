"""Which numbered blank does a print take? The next one that nothing became of, from the one that lies in the printer.

An office prints a form onto numbered blanks from its first delivery of them on; before that it prints without, and
nothing is kept.
"""

from datetime import datetime
from typing import Any

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event
from borderpass.domain.blanks import Blank, Outcome, PaperForm
from borderpass.domain.declined import Declined, Ground
from borderpass.store.models import Application, ApplicationEvent, BlankUse
from borderpass.store.queries.blanks import has_blanks, instant_of_use, is_used, lock_stock, lots_of, unused_blanks


def plan_blanks(
    office_code: str, form: PaperForm, count: int, first: Blank | None = None
) -> list[Blank] | list[None] | Declined:
    """Return the blanks that so many prints will take, or why they cannot; a None for each where none are numbered.

    `first` is the number that lies on top in the printer; None: the next unused one.
    """
    if not has_blanks(office_code, form):
        return [None] * count
    if first is not None and not any(lot.holds(first) for lot in lots_of(office_code, form)):
        return Declined(Ground.WRONG_BLANK, f"blank {first} was not delivered here: look at the number in the printer")
    found = unused_blanks(office_code, form, count, first)
    if len(found) < count:
        return Declined(
            Ground.WRONG_BLANK, f"there are {len(found)} blanks for {count} passes: take a delivery in first"
        )
    return found


def find_used(office_code: str, form: PaperForm, first: Blank | None) -> Declined | None:
    """Return that the number in the printer is used already, or None."""
    if first is None or not has_blanks(office_code, form) or not is_used(first):
        return None
    return Declined(Ground.WRONG_BLANK, f"blank {first} is used already: look at the number in the printer")


def hold_blank(office_code: str, blank: Blank | None) -> Declined | None:
    """Hold a planned blank for the caller's transaction, or return that somebody else took it in the meantime."""
    if blank is None:
        return None
    lock_stock(office_code)
    if is_used(blank):
        return Declined(Ground.WRONG_BLANK, f"somebody else took blank {blank}: look at the number in the printer")
    return None


def keep_blank(application: Application, blank: Blank | None, form: PaperForm, actor: Actor, now: datetime) -> None:
    """Keep that a blank carries the pass which an application now stands printed with. Call it after `move`."""
    if blank is None:
        return
    BlankUse.objects.create(
        office_id=application.office_id,
        form=form,
        series=blank.series,
        number=blank.number,
        outcome=Outcome.PRINTED,
        print=ApplicationEvent.objects.get(application=application, seq=application.events, event=Event.PRINT),
        at=instant_of_use(application.office_id, form, now),
        by=actor.name,
    )


def said_of(blank: Blank | None) -> dict[str, Any]:
    """Return what the event of a print says of its blank; which one it is may be mended later."""
    return {} if blank is None else {"numbered": True}


def spoil_blank(application: Application) -> None:
    """Mark the blank of an application's last print as spoiled, if it has a number."""
    prints = ApplicationEvent.objects.filter(application=application, event=Event.PRINT).order_by("-seq")
    last = prints.values_list("id", flat=True).first()
    BlankUse.objects.filter(print_id=last, outcome=Outcome.PRINTED).update(outcome=Outcome.SPOILED)
