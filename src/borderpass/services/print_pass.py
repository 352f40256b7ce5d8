"""How does a signed pass become paper, and what is recorded of it?

1. The paper is made first: what cannot be rendered is not recorded as printed.
2. The print is recorded; a print of what was printed before counts as a reprint only after a spoiled one.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import last_valid_day, local_day
from borderpass.domain.passes import PassKind, Sex
from borderpass.printing.papers import CompanionLine, PassPaper
from borderpass.printing.print_pass import print_pass_a6, print_pass_card
from borderpass.services.check_words import check_words
from borderpass.services.find_application import find_for, not_movable
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.store.models import Application, IssuedPass, Office
from borderpass.store.queries.applications import move

_SEX = {Sex.MALE: "male", Sex.FEMALE: "female", Sex.OTHER: "other"}
_KIND = {PassKind.TWO_YEAR: "two_year", PassKind.EXTENSION: "extension", PassKind.ONE_TIME: "one_time"}


class PaperForm(StrEnum):
    """What a pass is printed on."""

    A6 = "a6"
    CARD = "card"


def print_pass(application_id: UUID, form: PaperForm, actor: Actor, now: datetime) -> bytes | Declined:
    """Print the pass of an application and record it; return the PDF, or why not."""
    application = find_for(application_id, Act.PRINT, actor)
    if isinstance(application, Declined):
        return application
    signed = IssuedPass.objects.select_related("office", "application__portrait").filter(qr_text__isnull=False)
    issued = signed.filter(application=application).first()
    if issued is None:
        return Declined(Ground.WRONG_STATE, f"application {application.reference} has no signed pass yet")
    paper = describe_pass(issued)
    pdf = print_pass_a6(paper) if form is PaperForm.A6 else print_pass_card(paper)
    with transaction.atomic():
        if move(application, Event.PRINT, actor, now, form=form.value) is None:
            return not_movable(application, "cannot be printed")
    return pdf


def spoil_print(application_id: UUID, note: str, actor: Actor, now: datetime) -> Application | Declined:
    """Record that the printed paper was spoiled, and why; it can then be printed again."""
    application = find_for(application_id, Act.PRINT, actor)
    if isinstance(application, Declined):
        return application
    if (problem := check_words(note, "say what is wrong with the paper")) is not None:
        return problem
    with transaction.atomic():
        if move(application, Event.SPOIL, actor, now, note.strip()) is None:
            return not_movable(application, "has no paper to spoil")
    return application


def hand_over_pass(application_id: UUID, actor: Actor, now: datetime) -> Application | Declined:
    """Record that the holder has the pass. Handing it over again changes nothing."""
    application = find_for(application_id, Act.HAND_OVER, actor)
    if isinstance(application, Declined) or application.state == State.HANDED_OVER:
        return application
    with transaction.atomic():
        if move(application, Event.HAND_OVER, actor, now) is None:
            return not_movable(application, "cannot be handed over")
    return application


def describe_pass(issued: IssuedPass) -> PassPaper:
    """Return what the paper of a pass says."""
    application, office = issued.application, issued.office
    home = load_gazetteer().home_names(application.home_code[:6])
    hall = office.code.endswith("00")
    return PassPaper(
        number=issued.number,
        kind=_KIND[PassKind(issued.kind)],  # type: ignore[arg-type]  # the table's values are the paper's
        name_khmer=application.name_khmer,
        name_latin=application.name_latin,
        sex=_SEX[Sex(application.sex)],  # type: ignore[arg-type]  # as above
        born_on=application.born_on,
        home_km=home.km if home else application.home_code,
        home_latin=home.latin if home else application.home_code,
        office_km=office.name_km,
        office_latin=office.name_en,
        governor_title_km="អភិបាលខេត្ត" if hall else _governor_title_km(office),
        governor_title_latin="Governor",
        governor_name_km="",
        valid_from=local_day(issued.valid_from_at),
        valid_until=last_valid_day(issued.expires_at),
        issued_on=local_day(issued.issued_at),
        companions=tuple(
            CompanionLine(name, datetime.fromisoformat(born_on).date(), _SEX[Sex(sex)])  # type: ignore[arg-type]
            for name, born_on, sex in application.companions
        ),
        print_jpeg=bytes(application.portrait.print_jpeg),
        qr_text=issued.qr_text or "",
        order_number=issued.order_number,
    )


def _governor_title_km(office: Office) -> str:
    place = load_gazetteer().find(office.code)
    return "អភិបាលក្រុង" if place is not None and place.type == "municipality" else "អភិបាលស្រុក"
