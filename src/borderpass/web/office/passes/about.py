"""Which pass is an application about, and why? For the application's page, and for whoever decides on it."""

from typing import Any

from borderpass.domain.again import Again
from borderpass.domain.local_time import last_valid_day, local_day
from borderpass.domain.status import Status
from borderpass.services.mend_application import form_of
from borderpass.store.models import Application, FollowUp
from borderpass.web.office.access import Here
from borderpass.web.office.desk.wording import SEXES, say_date
from borderpass.web.office.passes.wording import AGAIN, FIELDS, say_standing
from borderpass.web.wording import say_day


def describe_about(here: Here, application: Application) -> dict[str, Any] | None:
    """Return what the section shows, None where the application is about no pass."""
    follow_up = (
        FollowUp.objects.filter(application=application).select_related("old_pass__application", "stack").first()
    )
    if follow_up is None:
        return None
    old = follow_up.old_pass
    last_day = last_valid_day(old.expires_at)
    return {
        "what": AGAIN[Again(follow_up.again)],
        "number": old.number,
        "here": here.office.code in (old.office_id, old.application.office_id),
        "standing": say_standing(Status(old.status), ended=local_day(here.now) > last_day),
        "valid_until": say_day(last_day),
        "police_report": follow_up.police_report,
        "mistake": follow_up.mistake,
        "stack": follow_up.stack,
        "changes": _find_changes(old.application, application),
    }


def _find_changes(old: Application, new: Application) -> list[dict[str, str]]:
    """Return what the new form says otherwise than the old, field by field."""
    before, after = form_of(old), form_of(new)
    return [
        {"field": str(words), "before": _say(name, getattr(before, name)), "after": _say(name, getattr(after, name))}
        for name, words in FIELDS.items()
        if getattr(before, name) != getattr(after, name)
    ]


def _say(name: str, value: Any) -> str:
    if name == "sex":
        return str(SEXES[value])
    return say_date(value) if name == "born_on" else str(value) or "–"
