"""What speaks against an application, whoever takes it in and however? One test for lodging and for mending.

1. The form is filled in right, field by field.
2. The address: is the applicant eligible at all, and does this office sign for where they live?
3. The age: a child under the order's age travels with a parent, and only such a child does.
4. No live pass of the same person (a new pass would be their second).
"""

from datetime import datetime

from borderpass.domain.application_form import NEEDS_NO_OTHER_PASS, ApplicationForm, find_problems
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.gazetteer import Gazetteer
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.terms import companions_rule, is_eligible, may_sign
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.store.models import FollowUp, IssuedPass
from borderpass.store.queries.passes import live_passes_of


def find_ground_against(
    form: ApplicationForm, now: datetime, *, leave_out: IssuedPass | None = None
) -> Declined | None:
    """Return what speaks against a tidied form at an aware instant, the first in the order above; None: nothing.

    `leave_out` is the pass that the application is about: it does not speak against its own renewal. Where the
    application is there already (it is mended), the pass is known.
    """
    problems = find_problems(form, local_day(now))
    if problems:
        return Declined(Ground.BAD_FORM, "; ".join(f"{one.field}: {one.message}" for one in problems))
    rulebook = rules_for_all_time()
    return _find_place_against(form, rulebook, load_gazetteer(), now) or _find_person_against(
        form, rulebook, now, leave_out
    )


def _find_place_against(
    form: ApplicationForm, rulebook: Rulebook, gazetteer: Gazetteer, now: datetime
) -> Declined | None:
    if gazetteer.find(form.home_code) is None:
        return Declined(
            Ground.UNKNOWN_PLACE, f"no place has the code {form.home_code}; choose the address from the list"
        )
    if not is_eligible(rulebook, form.home_code, now):
        return Declined(Ground.NOT_ELIGIBLE, "only permanent residents of the border provinces may hold a border pass")
    if may_sign(rulebook, form.office_code, form.home_code, now) is None:
        home = gazetteer.home_names(form.home_code[:4])
        where = home.latin if home else form.home_code[:4]
        return Declined(
            Ground.OUTSIDE_JURISDICTION,
            f"the applicant lives in {where}: apply at office {form.home_code[:4]}, or at the provincial hall",
        )
    return None


def _find_person_against(
    form: ApplicationForm, rulebook: Rulebook, now: datetime, leave_out: IssuedPass | None
) -> Declined | None:
    today = local_day(now)
    children = companions_rule(rulebook, now)
    if children is None:
        return Declined(Ground.NO_RULE, "no order in force says up to which age children travel with a parent")
    if age_on(form.born_on, today) < children.under_age_years:
        return Declined(
            Ground.TOO_YOUNG,
            f"a child under {children.under_age_years} travels on a parent's pass, not on one of its own",
        )
    if len(form.companions) > children.at_most:
        return Declined(Ground.BAD_FORM, f"at most {children.at_most} children travel on one pass")
    if any(age_on(child.born_on, today) >= children.under_age_years for child in form.companions):
        return Declined(Ground.BAD_FORM, f"who is {children.under_age_years} or older needs a pass of their own")
    if form.purpose in NEEDS_NO_OTHER_PASS:
        held = live_passes_of(form.document_number, form.name_latin, form.born_on, now)
        about = FollowUp.objects.filter(application=form.application_id).values("old_pass")
        if leave_out is not None:
            held = held.exclude(id=leave_out.id)
        live = held.exclude(id__in=about).first()
        if live is not None:
            return Declined(
                Ground.LIVE_PASS_EXISTS,
                f"{form.name_latin} holds pass {live.number}, good until {last_valid_day(live.expires_at)}",
            )
    return None
