"""Is the form complete, and is it taken in? Each thing wrong stands at its field, in the page's language."""

from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from borderpass.domain.application_form import NEEDS_NO_OTHER_PASS, ApplicationForm, find_problems, tidy
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.notices import Wanted
from borderpass.domain.terms import companions_rule
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.find_office_for import Whose, find_office_for
from borderpass.services.lodge_application import lodge_application
from borderpass.services.mend_application import mend_application
from borderpass.services.save_draft_picture import frame_of
from borderpass.store.models import Application, IssuedPass
from borderpass.store.queries.passes import live_passes_of, passes_for
from borderpass.web.office.intake.address import fill_choices, find_lines, is_complete
from borderpass.web.office.intake.card import expired_on, find_reference, say_expired
from borderpass.web.office.intake.forms import IntakeForm, read_form, read_how_to_tell
from borderpass.web.office.intake.sheet import Sheet, look_for_similar, write_comparison
from borderpass.web.office.intake.wording import PROBLEMS
from borderpass.web.wording import say_day

_FIELD_OF = {"home_code": "village", "companions": "child1_name"}


def take_in(sheet: Sheet) -> Application | None:
    """Lodge the form, or send the mended one back to its governor; None, with the errors in the sheet, where not."""
    here, today = sheet.here, local_day(sheet.here.now)
    form = sheet.errors = IntakeForm({**sheet.fields, "compared": sheet.compared})
    fill_choices(form, sheet.fields)
    if sheet.fields.get("place") and not is_complete(sheet.fields):
        # Enter in the field of the search, without scripts: what is meant is to search.
        sheet.places = find_lines(sheet.fields["place"], here.office.code)
    read = read_form(form, sheet.form_id, here.office.code, sheet.purpose, today)
    wanted = read_how_to_tell(form) if sheet.mending is None else None
    _find_missing(sheet, form, today)
    if read is not None:
        _find_wrong(sheet, form, tidy(read), today)
        _find_uncompared(sheet, form)
    if read is None or form.errors:
        return None
    done = _send(sheet, read, wanted)
    if isinstance(done, Declined):
        _say_declined(sheet, form, tidy(read), done)
        return None
    return done


def _find_missing(sheet: Sheet, form: IntakeForm, today: date) -> None:
    for name in ("name_khmer", "name_latin", "document_number"):
        if not sheet.fields.get(name, "").strip():
            form.add_error(name, str(PROBLEMS[name]))
    if not is_complete(sheet.fields):
        form.add_error("village", str(PROBLEMS["home_code"]))
    ended = expired_on(sheet.fields, today)
    if ended is not None:
        form.add_error("document_kind", say_expired(ended))
    has_picture = sheet.draft is not None and sheet.draft.picture is not None
    if not has_picture and sheet.mending is None:
        form.add_error("picture", gettext("Take the photo of the applicant, or choose it from a file."))


def _find_wrong(sheet: Sheet, form: IntakeForm, filled: ApplicationForm, today: date) -> None:
    """Add what the rules say: those of the form, then those of the orders in force."""
    for problem in find_problems(filled, today):
        name = _FIELD_OF.get(problem.field, problem.field)
        if name not in form.errors:
            form.add_error(name, str(PROBLEMS[problem.field]))
    found = find_office_for(filled.home_code, filled.office_code, sheet.here.now)
    if is_complete(sheet.fields) and (found is None or found.whose is not Whose.OURS):
        form.add_error("village", gettext("This office does not sign for this address. See below whose it is."))
    children = companions_rule(rules_for_all_time(), sheet.here.now)
    if children is None:
        form.add_error(None, gettext("No order in force says up to which age children travel with a parent."))
        return
    age = {"age": children.under_age_years}
    if age_on(filled.born_on, today) < children.under_age_years and "born_on" not in form.errors:
        form.add_error("born_on", gettext("A child under %(age)s travels on a parent's pass.") % age)
    for number, child in enumerate(filled.companions, 1):
        if age_on(child.born_on, today) >= children.under_age_years:
            form.add_error(
                f"child{number}_born_on", gettext("Who is %(age)s or older needs a pass of their own.") % age
            )


def _find_uncompared(sheet: Sheet, form: IntakeForm) -> None:
    look_for_similar(sheet)
    if sheet.is_to_be_compared and sheet.compared != write_comparison(sheet):
        form.add_error("compared", gettext("Somebody like this is known already. Compare, then tick the box."))


def _send(sheet: Sheet, filled: ApplicationForm, wanted: Wanted | None) -> Application | Declined:
    here, draft = sheet.here, sheet.draft
    photo = bytes(draft.picture) if draft is not None and draft.picture is not None else None
    frame = frame_of(draft) if draft is not None and photo is not None else None
    if sheet.mending is not None:
        return mend_application(filled, photo, frame, sheet.fields.get("note", ""), here.actor, here.now)
    from_home = find_reference(sheet.fields.get("reference", "")) or ""
    return lodge_application(filled, photo or b"", here.actor, here.now, frame, from_home, wanted)


def _say_declined(sheet: Sheet, form: IntakeForm, filled: ApplicationForm, declined: Declined) -> None:
    """Say why it is not taken in after all."""
    if declined.ground is Ground.LIVE_PASS_EXISTS and filled.purpose in NEEDS_NO_OTHER_PASS:
        person = (filled.document_number, filled.name_latin, filled.born_on)
        held = live_passes_of(*person, sheet.here.now).first()
        if held is not None:
            words = gettext("The applicant holds border pass %(number)s, good until %(day)s. Begin at that pass.")
            said = words % {"number": held.number, "day": say_day(last_valid_day(held.expires_at))}
            form.add_error(None, _link_to_pass(said, held, sheet))
            return
    if declined.ground is Ground.PHOTO_REFUSED:
        form.add_error("picture", gettext("The photo cannot be used. Take another one."))
    elif declined.ground is Ground.WRONG_STATE:
        form.add_error(None, gettext("This application has moved on meanwhile. Look at its page."))
    else:
        words = gettext("This cannot be taken in: %(why)s")
        form.add_error(None, words % {"why": declined.message})


def _link_to_pass(words: str, held: IssuedPass, sheet: Sheet) -> str:
    """Return words that lead to the page of a pass, where this clerk may open it at this office."""
    office = sheet.here.office.code
    of_here = Q(office=office) | Q(application__office=office)
    if not passes_for(sheet.here.actor).filter(of_here, number=held.number, current=True).exists():
        return words
    return format_html('<a href="{}">{}</a>', reverse("passes_one", args=[office, held.number]), words)
