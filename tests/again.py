"""How does an application about a pass that there is already get as far as a test needs it?"""

from datetime import datetime, timedelta
from typing import Any

from borderpass.domain.actors import Actor
from borderpass.domain.again import Again
from borderpass.domain.blanks import PaperForm
from borderpass.domain.local_time import last_valid_day, start_of_day
from borderpass.domain.trust import Role
from borderpass.services.add_office import add_office_keys
from borderpass.services.add_trusted_key import current_key
from borderpass.services.apply_again import Asked, apply_again
from borderpass.services.approve_application import approve_application
from borderpass.services.check_paper import check_paper
from borderpass.services.print_pass import print_pass
from borderpass.services.sign_pass import sign_pass
from borderpass.services.take_fee import find_fee, take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import Application, IssuedPass
from tests.cast import BOPHA, MINISTRY
from tests.installation import Installation, clerk_of, done, fresh, governor_of, settle_till

NEEDED: dict[Again, dict[str, Any]] = {
    Again.RENEWAL: {},
    Again.EXTENSION: {},
    Again.REPLACEMENT: {"police_report": "POL 12/2028"},
    Again.CORRECTION: {"mistake": "a letter is missing", "changes": {"name_latin": "SOK SOKHAA"}},
}


def days_before_the_end(issued: IssuedPass, days: int) -> datetime:
    """Return ten in the morning, so many days before the last day of a pass."""
    return start_of_day(last_valid_day(issued.expires_at) - timedelta(days=days)) + timedelta(hours=10)


def ask(issued: IssuedPass, again: Again, now: datetime, actor: Actor = BOPHA, **more: Any) -> Any:
    """Ask for something about a pass, with what it needs; return what is answered."""
    return apply_again(Asked(new_id(), issued.number, again, **(NEEDED[again] | more)), actor, now)


def asked_for(issued: IssuedPass, again: Again, now: datetime, **more: Any) -> Application:
    """Return the application for something about a pass."""
    application: Application = done(ask(issued, again, now, **more))
    return application


def paid_again(application: Application, now: datetime) -> Application:
    """Take the fee of an application about a pass."""
    settle_till(application.office_id, now)
    fee = done(find_fee(application, now))
    done(take_fee(application.id, fee.amount_riel, clerk_of(application.office_id), now))
    return fresh(application)


def signed_again(installation: Installation, application: Application, now: datetime) -> IssuedPass:
    """Take an application about a pass through its fee and the governor to its signature, with a key of that year."""
    office = application.office_id
    if current_key(office, Role.PASS_SIGNER, now) is None:
        done(add_office_keys(office, installation.keystore, MINISTRY, now))
    paid_again(application, now)
    done(approve_application(application.id, governor_of(office), now))
    return done(sign_pass(application.id, installation.keystore, now))


def printed_again(installation: Installation, application: Application, now: datetime) -> IssuedPass:
    """Take it to the paper that was checked and waits for its holder."""
    issued, clerk = signed_again(installation, application, now), clerk_of(application.office_id)
    done(print_pass(application.id, PaperForm.A6, clerk, now))
    done(check_paper(application.id, issued.qr_text or "", clerk, now))
    return IssuedPass.objects.get(id=issued.id)


def standing(issued: IssuedPass) -> tuple[int, bool]:
    """Return the status of a paper as it is kept now, and whether its number means it."""
    return IssuedPass.objects.values_list("status", "current").get(id=issued.id)
