"""In which capacity, by which order and with which office's key may somebody decide on an application?

- The governor of its office decides under the delegation to districts and cities (at a hall, that to provinces).
- A deputy decides in the governor's stead on the days they were named for, except on what they took in or took money
  for themselves: nobody both takes the money and approves.
- The governor at the provincial hall decides for a district of the province where a delegation to provinces covers the
  holder's home. The pass is then the hall's: its key signs, for its land is the whole province.
"""

from dataclasses import dataclass
from datetime import datetime

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event
from borderpass.domain.approval import Capacity
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.terms import may_sign
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.store.models import Application, ApplicationEvent, Office

_OWN_WORK = (Event.LODGE, Event.PAY, Event.RESUBMIT)


@dataclass(frozen=True, slots=True)
class Authority:
    """By what somebody decides: in which capacity, with which office's key, and by the number of which order."""

    capacity: Capacity
    signing_office: str
    order_number: str


def capacity_of(actor: Actor, office_code: str) -> Capacity:
    """Return in which capacity an actor who may decide for an office does."""
    if actor.acts_for == office_code:
        return Capacity.DEPUTY
    return Capacity.GOVERNOR if actor.scope == office_code else Capacity.PROVINCE


def find_authority(application: Application, act: Act, actor: Actor, now: datetime) -> Authority | Declined:
    """Return by what an actor decides on an application that they may see, or why they may not."""
    office_code = application.office_id
    if not actor.may_at_office(act, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) may not {act.replace('_', ' ')} here")
    capacity = capacity_of(actor, office_code)
    if capacity is Capacity.DEPUTY and _did_own_work(application, actor):
        words = f"{actor.name} took in application {application.reference} or its fee: somebody else decides on it"
        return Declined(Ground.OWN_WORK, words)
    signing_office = actor.scope if capacity is Capacity.PROVINCE else office_code
    if capacity is Capacity.PROVINCE and not Office.objects.filter(code=signing_office).exists():
        return Declined(Ground.NOT_ALLOWED, f"there is no office {signing_office} here that could sign")
    delegation = may_sign(rules_for_all_time(), signing_office, application.home_code, now)
    if delegation is None:
        return Declined(Ground.NOT_DELEGATED, f"no order in force lets office {signing_office} sign for this resident")
    return Authority(capacity, signing_office, delegation.term.order_number)


def _did_own_work(application: Application, actor: Actor) -> bool:
    return ApplicationEvent.objects.filter(application=application, by=actor.name, event__in=_OWN_WORK).exists()
