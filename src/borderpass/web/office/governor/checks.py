"""What was checked of an application, and does it hold now? Each check is a sentence that the governor reads."""

from dataclasses import dataclass

from django.utils.translation import gettext

from borderpass.domain.actors import Act
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import age_on, local_day
from borderpass.domain.provisions import Purpose
from borderpass.domain.terms import companions_rule, fee_for, is_eligible, may_sign
from borderpass.services.approve_application import find_second_pass
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.find_authority import find_authority
from borderpass.store.models import Application, Receipt
from borderpass.web.office.access import Here
from borderpass.web.office.governor.wording import say_why
from borderpass.web.wording import say_number, say_years


@dataclass(frozen=True, slots=True)
class Check:
    """A check: whether it holds, and the sentence that says so or says what is wrong."""

    holds: bool
    text: str


def find_checks(here: Here, application: Application) -> list[Check]:
    """Return what was checked, in the order of the form."""
    found = [_address(here, application), _age(here, application), _fee(application), _second(here, application)]
    if here.may(Act.APPROVE):
        found += _own(here, application)
    return found


def _address(here: Here, application: Application) -> Check:
    rules = rules_for_all_time()
    if not is_eligible(rules, application.home_code, here.now):
        return Check(False, gettext("The address is in no province whose residents may hold a pass."))
    delegation = may_sign(rules, application.office_id, application.home_code, here.now)
    if delegation is None:
        return Check(False, say_why(Ground.NOT_DELEGATED))
    words = gettext("The address lies in this office's area; it signs by order %(order)s.")
    return Check(True, words % {"order": delegation.term.order_number})


def _age(here: Here, application: Application) -> Check:
    years = age_on(application.born_on, local_day(here.now))
    rule = companions_rule(rules_for_all_time(), here.now)
    holds = rule is not None and years >= rule.under_age_years
    words = gettext("Old enough for a pass of their own: %(years)s.") if holds else gettext("Too young: %(years)s.")
    return Check(holds, words % {"years": say_years(years)})


def _fee(application: Application) -> Check:
    receipt = Receipt.objects.filter(application=application).first()
    if receipt is None:
        return Check(False, say_why(Ground.UNPAID))
    fee = fee_for(rules_for_all_time(), Purpose(application.purpose), receipt.taken_at)
    told = {"amount": say_number(receipt.amount_riel), "receipt": receipt.number}
    if fee is None or fee.amount_riel != receipt.amount_riel:
        return Check(False, gettext("Paid %(amount)s riel, which is not what the order says (%(receipt)s).") % told)
    return Check(True, gettext("Paid %(amount)s riel as the order says (%(receipt)s).") % told)


def _second(here: Here, application: Application) -> Check:
    if find_second_pass(application, here.now, locked=False) is not None:
        return Check(False, say_why(Ground.LIVE_PASS_EXISTS))
    return Check(True, gettext("Holds no other pass that is good."))


def _own(here: Here, application: Application) -> list[Check]:
    """Return what stands against the person who looks at it: nothing is said where nothing does."""
    authority = find_authority(application, Act.APPROVE, here.actor, here.now)
    against = isinstance(authority, Declined) and authority.ground is not Ground.NOT_DELEGATED
    return [Check(False, say_why(authority.ground))] if against and isinstance(authority, Declined) else []
