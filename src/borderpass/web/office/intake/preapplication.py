"""How does a form that was filled in at home come onto the counter? By its reference, which its QR code holds."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from borderpass.domain.application_form import ApplicationForm, DocumentKind
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.notices import Channel
from borderpass.domain.passes import Sex
from borderpass.domain.provisions import Purpose
from borderpass.services.load_preapplication import load_preapplication
from borderpass.services.save_draft_picture import save_draft_picture
from borderpass.store.models import Draft
from borderpass.store.queries.applications import read_companions
from borderpass.web.office.intake.card import CardWords
from borderpass.web.office.intake.sheet import Sheet, write_fields

_OF_A_PERSON = ("document_number", "name_latin", "born_on")


def fill_from_home(sheet: Sheet, reference: str) -> None:
    """Fill the form with what was filled in at home under a reference, or say why that is not possible.

    A photo that came along becomes the draft's, unless one was taken already.
    """
    here = sheet.here
    loaded = load_preapplication(reference, here.actor, here.now)
    if isinstance(loaded, Declined):
        sheet.card = CardWords("wrong", _say_declined(reference, loaded))
        return
    form = _read(loaded.form, sheet.form_id, here.office.code)
    forget_home(sheet)
    sheet.fields = {**sheet.fields, **write_fields(form), "reference": loaded.reference}
    if "wanted" in loaded.form:
        by, where, language = map(str, loaded.form["wanted"])
        # Without a number it goes to the telephone of the form, which the clerk may still mend.
        where = "" if by == Channel.SMS else where
        sheet.fields |= {"tell_by": by, "tell_where": where, "tell_in": language}
    sheet.card = CardWords("good", gettext("This is the form from home. Compare it with the papers."))
    sheet.focus = "name_khmer"
    if loaded.photo and (sheet.draft is None or sheet.draft.picture is None):
        saved = save_draft_picture(sheet.form_id, here.office.code, bytes(loaded.photo), here.actor, here.now)
        if isinstance(saved, Draft):
            sheet.draft = saved
            sheet.fields |= {name: str(value) for name, value in saved.fields.items()}


def is_of_somebody_else(card: dict[str, str], typed: dict[str, str]) -> bool:
    """Tell whether a card is not of the person of whom a form from home was filled in: none of it is the same."""
    told = [name for name in _OF_A_PERSON if card.get(name)]
    return bool(typed.get("reference") and told) and all(card[name] != typed.get(name, "") for name in told)


def forget_home(sheet: Sheet) -> None:
    """Let the form from home be nothing to this one any more, nor how its applicant wants to be told."""
    sheet.fields |= dict.fromkeys(("reference", "tell_by", "tell_where", "tell_in"), "")


def _say_declined(reference: str, declined: Declined) -> str:
    if declined.ground is Ground.WRONG_STATE:
        return gettext("The form %(reference)s was taken in before.") % {"reference": reference}
    if declined.ground is Ground.OUTSIDE_JURISDICTION:
        return gettext("The form %(reference)s is for another office: %(why)s") % {
            "reference": reference,
            "why": declined.message,
        }
    return gettext("There is no form from home under %(reference)s here.") % {"reference": reference}


def _read(kept: dict[str, Any], form_id: UUID, office_code: str) -> ApplicationForm:
    """Return the form that is kept as JSON under the names of `ApplicationForm`."""
    texts = ("name_latin", "name_khmer", "document_number", "home_code", "born_at", "occupation", "phone")
    return ApplicationForm(
        application_id=form_id,
        office_code=office_code,
        purpose=Purpose(kept.get("purpose", Purpose.NEW.value)),
        born_on=date.fromisoformat(kept["born_on"]),
        sex=Sex(int(kept["sex"])),
        document_kind=DocumentKind(kept["document_kind"]),
        nationality=kept.get("nationality", "KHM"),
        second_number=kept.get("second_number", ""),
        companions=read_companions(kept.get("companions", [])),
        **{name: str(kept.get(name, "")) for name in texts},
    )
