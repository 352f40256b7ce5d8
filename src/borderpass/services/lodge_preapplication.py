"""How is a form from home sent to its office, and when is it forgotten?

1. A form that was sent before gives what it became: sent twice is once.
2. Nothing is wrong with it (services/check_preapplication.py), and not too many came from the same place.
3. It gets its reference and its photo, and what was typed is emptied, all or nothing.

Nothing is decided by it: at the counter somebody compares it with the papers and takes it in.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from borderpass.domain.application_form import ApplicationForm, tidy
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import local_day
from borderpass.domain.notices import Wanted
from borderpass.domain.preapplication import make_reference, waits_until
from borderpass.services.check_preapplication import find_faults, find_home_office
from borderpass.services.limit_tries import Tried, network_of, try_once
from borderpass.store.models import HomeForm, Office, PreApplication
from borderpass.store.queries.applications import next_number, write_companions


def lodge_preapplication(
    home_form: HomeForm, form: ApplicationForm, address: str, now: datetime, wanted: Wanted | None = None
) -> PreApplication | Declined:
    """Send a form that was filled in at home; return what its office has of it, or why it is not sent.

    `wanted` is how its applicant wants to be told, where they said.
    """
    if home_form.sent is not None:
        return home_form.sent
    form = tidy(form)
    faults = find_faults(form, now)
    office = find_home_office(form.home_code, now)
    if faults or office is None:
        fields = ", ".join(sorted({one.field for one in faults})) or "home_code"
        return Declined(Ground.BAD_FORM, f"something is wrong with {fields}; mend it, then send the form again")
    if try_once(Tried.SEND_FORM, network_of(address), now) is None:
        return Declined(Ground.TOO_MANY_TRIES, "too many forms were sent from here: wait an hour, then send it again")
    with transaction.atomic():
        locked = HomeForm.objects.select_for_update().filter(id=home_form.id).first()
        if locked is None:
            return Declined(Ground.UNKNOWN_APPLICATION, "this form was deleted meanwhile: fill in a new one")
        if locked.sent is not None:
            return locked.sent
        made = _store(locked, form, office, now, wanted)
    home_form.sent = made
    return made


def forget_preapplications(now: datetime) -> int:
    """Delete the forms from home whose time is over; return how many."""
    old = PreApplication.objects.filter(expires_at__lte=now)
    deleted: int = old.delete()[1].get("store.PreApplication", 0)
    return deleted


def _store(
    home_form: HomeForm, form: ApplicationForm, office: Office, now: datetime, wanted: Wanted | None
) -> PreApplication:
    serial = next_number(office.code, "preapplication", now)
    made = PreApplication.objects.create(
        reference=make_reference(office.code, local_day(now).year, serial),
        office=office,
        born_on=form.born_on,
        form={**_write(form), **({"wanted": list(wanted)} if wanted is not None else {})},
        photo=home_form.photo,
        made_at=now,
        expires_at=waits_until(now),
    )
    HomeForm.objects.filter(id=home_form.id).update(sent=made, answers={}, photo=None, touched_at=now)
    return made


def _write(form: ApplicationForm) -> dict[str, Any]:
    texts = (
        "name_latin",
        "name_khmer",
        "document_number",
        "home_code",
        "born_at",
        "nationality",
        "occupation",
        "phone",
    )
    return {
        "purpose": form.purpose.value,
        "born_on": form.born_on.isoformat(),
        "sex": form.sex.value,
        "document_kind": form.document_kind.value,
        "companions": write_companions(form.companions),
        **{name: getattr(form, name) for name in texts},
    }
