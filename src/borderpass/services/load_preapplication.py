"""What did somebody fill in at home under this reference, for a clerk of an office that signs for where they live?

The district's office and the provincial hall may both sign for an address: either takes the form in.
"""

from datetime import datetime

from borderpass.domain.actors import Act, Actor
from borderpass.domain.asked import understand
from borderpass.domain.declined import Declined, Ground
from borderpass.services.find_office_for import Whose, find_office_for
from borderpass.store.models import PreApplication
from borderpass.store.queries.preapplications import kept_preapplications


def load_preapplication(reference: str, actor: Actor, now: datetime) -> PreApplication | Declined:
    """Return the form from home that waits under a reference, typed or scanned; or why it does not for this actor."""
    if not actor.may(Act.TAKE_IN):
        return Declined(Ground.NOT_ALLOWED, "forms from home are taken in by the clerks of an office")
    asked = understand(reference)
    found = kept_preapplications(now).filter(reference=asked.reference) if asked and asked.is_preapplication else None
    one = found.select_related("application", "office").first() if found is not None else None
    if one is None:
        return Declined(Ground.UNKNOWN_APPLICATION, "no form from home waits under this reference")
    if one.application is not None:
        if one.application.office_id != actor.scope:
            return Declined(Ground.OUTSIDE_JURISDICTION, f"office {one.application.office_id} has taken it in")
        return Declined(Ground.WRONG_STATE, f"it was taken in as {one.application.reference}")
    office = find_office_for(str(one.form["home_code"]), actor.scope, now)
    if office is None or office.whose is not Whose.OURS:
        return Declined(Ground.OUTSIDE_JURISDICTION, f"it is for office {one.office_id}, {one.office.name_en}")
    return one
