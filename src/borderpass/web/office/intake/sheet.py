"""What does the form on the counter show? What was typed, and beside it what follows from it at once."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from borderpass.domain.application import State
from borderpass.domain.application_form import ApplicationForm
from borderpass.domain.local_time import local_day
from borderpass.domain.passes import Sex
from borderpass.domain.provisions import Purpose
from borderpass.domain.similar import Person
from borderpass.domain.terms import companions_rule, fee_for
from borderpass.pictures.portrait import Concern
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.find_office_for import find_office_for
from borderpass.services.find_old_passes import OldPassFound, find_old_passes
from borderpass.services.find_similar import Similar, find_similar
from borderpass.services.mend_application import form_of
from borderpass.services.open_gateways import channels_offered
from borderpass.services.save_draft_picture import frame_of
from borderpass.store.models import Application, Attachment, Draft, Portrait
from borderpass.store.queries.drafts import find_draft, papers_of
from borderpass.web.office.access import Here
from borderpass.web.office.desk.wording import PURPOSES, SEXES, STATES, say_address, say_date, say_document, say_instant
from borderpass.web.office.imports.passes import describe_old_pass
from borderpass.web.office.intake.address import PlaceLine, fill_choices, usual_address
from borderpass.web.office.intake.card import CardWords
from borderpass.web.office.intake.forms import IntakeForm, digits, home_code_of, read_day
from borderpass.web.office.intake.wording import (
    CONCERNS,
    LIKENESSES,
    PAPERS,
    say_office_name,
    say_paper_limits,
    say_whose,
)
from borderpass.web.office.page import office_page
from borderpass.web.wording import say_clock, say_number

TICKET_SALT, TICKET_AGE_S = "borderpass.intake", 12 * 60 * 60
FIRST_FIELD = "card"


@dataclass(slots=True)
class Sheet:
    """One form in the hands of one clerk. `mending` is the returned application that it mends.

    `errors` is the form after it was tested; `focus` is where the hand goes on; `compared` is the word for those
    applications beside it that the clerk has compared.
    """

    here: Here
    form_id: UUID
    fields: dict[str, str]
    mending: Application | None = None
    draft: Draft | None = None
    errors: IntakeForm | None = None
    card: CardWords | None = None
    places: list[PlaceLine] | None = None
    picture_trouble: str = ""
    paper_trouble: str = ""
    focus: str = FIRST_FIELD
    compared: str = ""
    similar: list[Similar] = field(default_factory=list)
    old_passes: list[OldPassFound] = field(default_factory=list)

    @property
    def is_to_be_compared(self) -> bool:
        """Whether somebody has to look before this is taken in: at applications, or at an old pass that is good."""
        return bool(self.similar) or any(one.is_good for one in self.old_passes)

    @property
    def purpose(self) -> Purpose:
        """What is applied for."""
        if self.mending is not None:
            return Purpose(self.mending.purpose)
        chosen = self.fields.get("purpose", "")
        return Purpose(chosen) if chosen in list(Purpose) else Purpose.NEW

    @property
    def url(self) -> str:
        """The form's own address."""
        name = "intake_form" if self.mending is None else "intake_edit"
        return reverse(name, args=[self.here.office.code, self.form_id])


def open_sheet(here: Here, form_id: UUID, mending: Application | None = None) -> Sheet:
    """Return the form as it was left: the clerk's draft, else the application that is mended, else an empty one."""
    draft = find_draft(here.actor, form_id)
    if draft is not None:
        fields = {name: str(value) for name, value in draft.fields.items()}
    elif mending is not None:
        fields = write_fields(form_of(mending))
    else:
        fields = {"purpose": Purpose.NEW.value, "nationality": "KHM", **usual_address(here.office.code)}
    sheet = Sheet(here, form_id, fields, mending, draft)
    if fields.get("name_latin"):
        sheet.focus = "name_khmer"
    return sheet


def write_fields(form: ApplicationForm) -> dict[str, str]:
    """Return a form as it would have been typed."""
    code = form.home_code
    fields = {
        "purpose": form.purpose.value,
        "name_khmer": form.name_khmer,
        "name_latin": form.name_latin,
        "sex": str(form.sex.value),
        "born_on": say_date(form.born_on),
        "born_at": form.born_at,
        "nationality": form.nationality,
        "document_kind": form.document_kind.value,
        "document_number": form.document_number,
        "second_number": form.second_number,
        "province": code[:2],
        "district": code[:4],
        "commune": code[:6] if len(code) > 4 else "",
        "village": code if len(code) == 8 else "",
        "occupation": form.occupation,
        "phone": form.phone,
    }
    for number, child in enumerate(form.companions, 1):
        fields[f"child{number}_name"] = child.name
        fields[f"child{number}_born_on"] = say_date(child.born_on)
        fields[f"child{number}_sex"] = str(child.sex.value)
    return fields


def person_of(fields: dict[str, str]) -> Person | None:
    """Return who is being typed, as far as it can be compared: None before there is a birth date."""
    born_on = read_day(fields.get("born_on", ""))
    if born_on is None:
        return None
    return Person(
        fields.get("name_latin", ""),
        fields.get("name_khmer", ""),
        born_on,
        digits(fields.get("document_number", "")).strip(),
        digits(fields.get("second_number", "")).strip(),
    )


def look_for_similar(sheet: Sheet) -> None:
    """Find who may be the same person, and which passes of the old books may be theirs."""
    person, here = person_of(sheet.fields), sheet.here
    sheet.similar = find_similar(person, here.actor, sheet.form_id) if person else []
    sheet.old_passes = find_old_passes(person, here.actor, local_day(here.now)) if person else []


def show_sheet(request: HttpRequest, sheet: Sheet, status: int = 200) -> HttpResponse:
    """Answer with the form: the whole page, or what stands in the middle of it where a script asked."""
    look_for_similar(sheet)
    context = describe(sheet)
    if request.headers.get("HX-Request") == "true":
        shown = {"here": sheet.here, **context}
        response = render(request, "office/intake/body.html", shown, status=status)
    else:
        response = office_page(request, sheet.here, "office/intake/form.html", context, status)
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
    return response


def describe(sheet: Sheet) -> dict[str, Any]:
    """Return what the templates of the form get."""
    here = sheet.here
    form = (
        sheet.errors if sheet.errors is not None else IntakeForm(initial={**sheet.fields, "compared": sheet.compared})
    )
    fill_choices(form, sheet.fields)
    _focus(form, sheet)
    rules = rules_for_all_time()
    children = companions_rule(rules, here.now)
    fee = fee_for(rules, sheet.purpose, here.now)
    whose = find_office_for(home_code_of(sheet.fields), here.office.code, here.now)
    return {
        "sheet": sheet,
        "form": form,
        "url": sheet.url,
        "ticket": write_ticket(here, sheet.form_id),
        "purpose": PURPOSES[sheet.purpose],
        "fee": {"amount": say_number(fee.amount_riel), "order": fee.term.order_number} if fee else None,
        "children": form.children[: children.at_most] if children else [],
        "asks_how_to_tell": sheet.mending is None and bool(channels_offered()),
        "under_age": children.under_age_years if children else None,
        "read": frozenset(sheet.fields.get("read", "").split(",")),
        "whose": say_whose(whose),
        "picture": _describe_picture(sheet),
        "has_photo": sheet.mending is not None and Portrait.objects.filter(application=sheet.mending).exists(),
        "papers": [describe_paper(here, one) for one in papers_of(sheet.mending, sheet.draft)],
        "paper_limits": say_paper_limits(),
        "similar": [describe_similar(here, one) for one in sheet.similar],
        "old_passes": [describe_old(here, one) for one in sheet.old_passes],
        "comparison": write_comparison(sheet),
        "saved_at": say_clock(sheet.draft.updated_at) if sheet.draft else "",
        "returned_because": _last_return(sheet.mending),
    }


def _focus(form: IntakeForm, sheet: Sheet) -> None:
    """Let the hand go on where something is wrong, else where the form says."""
    name = (form.first_wrong if form.is_bound else None) or sheet.focus
    if name in form.fields:
        form.fields[name].widget.attrs["autofocus"] = True


def _describe_picture(sheet: Sheet) -> dict[str, Any] | None:
    draft = sheet.draft
    if draft is None or draft.picture is None:
        return None
    width, height = (int(draft.fields.get(name, "0") or 0) for name in ("picture_width", "picture_height"))
    frame = frame_of(draft)
    if frame is None or not width or not height:
        return None
    across = round(frame.width * width)
    concerns = [one for one in str(draft.fields.get("concerns", "")).split(",") if one in list(Concern)]
    return {
        "url": reverse("intake_picture", args=[sheet.here.office.code, sheet.form_id]),
        "version": int(draft.updated_at.timestamp()),
        "width": width,
        "height": height,
        "x": round(frame.left * width),
        "y": round(frame.top * height),
        "across": across,
        "down": round(across * 5 / 4),
        "concerns": [str(CONCERNS[Concern(one)]) for one in concerns],
        "frame": {name: draft.fields[name] for name in ("frame_left", "frame_top", "frame_width")},
    }


def describe_paper(here: Here, paper: Attachment) -> dict[str, Any]:
    """Return a paper as a line of a list."""
    return {
        "id": paper.id,
        "kind": str(PAPERS[paper.kind]),  # type: ignore[index]  # the kinds are texts
        "name": paper.name,
        "size": say_number(max(1, paper.size // 1024)),
        "url": reverse("intake_paper", args=[here.office.code, paper.id]),
        "is_picture": paper.media_type.startswith("image/"),
        "may_go": paper.draft_id is not None,
    }


def describe_similar(here: Here, similar: Similar) -> dict[str, Any]:
    """Return an application that may be of the same person: all of it where it is our own."""
    shown: dict[str, Any] = {
        "why": str(LIKENESSES[similar.likeness]),
        "office": say_office_name(similar.office),
        "reference": similar.reference,
        "state": str(STATES[similar.state]),
        "own": None,
    }
    application = similar.application
    if application is not None and application.office_id == here.office.code:
        shown["own"] = {
            "url": reverse("office_application", args=[here.office.code, application.id]),
            "photo": reverse("office_photo", args=[here.office.code, application.id]),
            "name_khmer": application.name_khmer,
            "name_latin": application.name_latin,
            "born_on": say_date(application.born_on),
            "sex": str(SEXES[Sex(application.sex)]),
            "document": f"{say_document(application.document_kind)} {application.document_number}",
            "address": " ".join(say_address(application.home_code)),
            "lodged_at": say_instant(application.lodged_at),
        }
    return shown


def describe_old(here: Here, found: OldPassFound) -> dict[str, Any]:
    """Return a pass of the old books that may be the same person's: all of it where it is our own."""
    own = found.old_pass is not None and found.old_pass.office_id == here.office.code
    return {
        "why": str(LIKENESSES[found.likeness]),
        "office": say_office_name(found.office),
        "is_good": found.is_good,
        "valid_until": say_date(found.valid_until),
        "own": describe_old_pass(here, found.old_pass) if own and found.old_pass is not None else None,
    }


def write_comparison(sheet: Sheet) -> str:
    """Return a word for what is shown beside: whoever compared this has not compared anything else."""
    shown = [one.reference for one in sheet.similar]
    shown += [str(one.id) for one in sheet.old_passes if one.is_good]
    return signing.Signer(salt=TICKET_SALT).signature(",".join(sorted(shown)))[:32]


def write_ticket(here: Here, form_id: UUID) -> str:
    """Return what lets a form be kept after its clerk's session ended: for that clerk's draft, and to write only."""
    return signing.dumps([here.actor.name, here.office.code, str(form_id)], salt=TICKET_SALT)


def read_ticket(ticket: str) -> tuple[str, str, str] | None:
    """Return the clerk, the office and the form of a ticket of today, or None."""
    try:
        clerk, office, form_id = signing.loads(ticket, salt=TICKET_SALT, max_age=TICKET_AGE_S)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return clerk, office, form_id


def _last_return(mending: Application | None) -> str:
    if mending is None or mending.state != State.RETURNED:
        return ""
    last = mending.history.filter(event="return").order_by("-seq").first()
    return last.note if last else ""
