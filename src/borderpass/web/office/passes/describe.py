"""What does the page of one pass show? What the pass says, how it stands, what happened to it, what can be done now."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from borderpass.domain.actors import Act, StaffRole
from borderpass.domain.again import Again, find_why_not
from borderpass.domain.application import Event, State
from borderpass.domain.local_time import last_valid_day, local_day
from borderpass.domain.passes import PassKind, Sex
from borderpass.domain.standing import StandingGround, grounds_for
from borderpass.domain.status import Status
from borderpass.services.apply_again import standing_of
from borderpass.store.models import (
    Application,
    ApplicationEvent,
    IssuedPass,
    Portrait,
    Staff,
    StatusChange,
    Whereabouts,
)
from borderpass.store.queries.passes import open_follow_ups
from borderpass.web.office.access import Here
from borderpass.web.office.desk.wording import EVENTS, SEXES, STATES, say_address, say_date, say_instant, say_role
from borderpass.web.office.passes.wording import ACTS, AGAIN, CHANGES, GROUNDS, KINDS, say_not_now, say_standing
from borderpass.web.wording import say_day

_SHOWN = (Event.LODGE, Event.APPROVE, Event.PRINT, Event.SPOIL, Event.HAND_OVER)
_CHANGES_LAST = 1_000
"""Of an event and a change of standing at the same instant, the event came first."""
_SEE_CROSSINGS = frozenset({StaffRole.GOVERNOR, StaffRole.NATIONAL_AUTHORITY, StaffRole.AUDITOR})


def describe_pass_page(here: Here, issued: IssuedPass) -> dict[str, Any]:
    """Return what the template of the page gets for the current paper of a pass."""
    application, today = issued.application, local_day(here.now)
    last_day, status = last_valid_day(issued.expires_at), Status(issued.status)
    papers = list(IssuedPass.objects.filter(number=issued.number, qr_text__isnull=False).select_related("application"))
    return {
        "issued": issued,
        "application": application,
        "kind": KINDS[PassKind(issued.kind)],
        "status": status.name.lower() if status is not Status.VALID or today <= last_day else "ended",
        "standing": say_standing(status, ended=today > last_day),
        "ground": _say_last_change(issued),
        "valid_from": say_day(local_day(issued.valid_from_at)),
        "valid_until": say_day(last_day),
        "born_on": say_date(application.born_on),
        "sex": SEXES[Sex(application.sex)],
        "address": say_address(application.home_code),
        "companions": [name for name, _, _ in application.companions],
        "has_photo": application.office_id == here.office.code
        and Portrait.objects.filter(application=application).exists(),
        "papers": len(papers),
        "history": _say_history(papers),
        "across": _say_across(here, issued),
        "coming": [
            _say_coming(one.application, one.again) for one in open_follow_ups(issued).select_related("application")
        ],
        **_describe_acts(here, issued),
    }


def _describe_acts(here: Here, issued: IssuedPass) -> dict[str, Any]:
    """Return what can be done now, by whom, and what not and why."""
    standing, today = standing_of(issued), local_day(here.now)
    takes_in = here.may(Act.TAKE_IN) and issued.application.office_id == here.office.code
    under_way = {follow_up.again for follow_up in open_follow_ups(issued)}
    again = []
    for one in Again:
        why_not = find_why_not(one, standing, today)
        hinders = one in under_way if one is Again.REPLACEMENT else bool(under_way)
        hindered = gettext("Another application about it is under way.") if hinders else ""
        url = reverse("passes_again", args=[here.office.code, issued.number, one.value])
        again.append(
            {
                "text": AGAIN[one],
                "url": url if takes_in and why_not is None and not hindered else "",
                "why_not": say_not_now(why_not, standing.last_day) if why_not is not None else hindered,
            }
        )
    may_change = here.actor.may_at_office(Act.CHANGE_STATUS, issued.office_id)
    changes = may_change and standing.ground is not StandingGround.SUPERSEDED
    return {
        "again": again,
        "who_changes": not may_change,
        "changes": [
            {
                "value": status.name.lower(),
                "text": ACTS[status],
                "grounds": {one.value: GROUNDS[one] for one in grounds_for(status) if one is not StandingGround.DEATH},
                "danger": status is Status.REVOKED,
            }
            for status in (Status.VALID, Status.SUSPENDED, Status.REVOKED)
            if changes and status != issued.status
        ],
    }


def _say_last_change(issued: IssuedPass) -> dict[str, str] | None:
    last = StatusChange.objects.filter(issued_pass=issued).order_by("-seq").first()
    return None if last is None or issued.status == Status.VALID else _say_change(last)


def _say_change(change: StatusChange) -> dict[str, Any]:
    ground = StandingGround(change.code)
    words = "" if ground is StandingGround.OTHER and change.ground else str(GROUNDS[ground])
    return {"words": words, "note": change.ground, "at": say_instant(change.at), "sort": change.at, "by": change.by}


def _say_history(papers: list[IssuedPass]) -> list[dict[str, Any]]:
    """Return what happened to all papers of the number, newest first: events, prints, changes of its standing."""
    edition = {one.application_id: one.edition for one in papers}
    events = ApplicationEvent.objects.filter(application__in=edition, event__in=_SHOWN)
    lines: list[dict[str, Any]] = [
        {
            "what": str(EVENTS[Event(one.event)]),
            "at": say_instant(one.at),
            "sort": one.at,
            "by": one.by,
            "role": say_role(one.role),
            "note": one.note,
            "edition": edition[one.application_id],
            "seq": one.seq,
        }
        for one in events
    ]
    of_paper = {one.id: one.edition for one in papers}
    for change in StatusChange.objects.filter(issued_pass__in=papers):
        what = {"what": str(CHANGES[Status(change.status)]), "edition": of_paper[change.issued_pass_id]}
        lines.append({**_say_change(change), **what, "seq": _CHANGES_LAST + change.seq})
    names = dict(Staff.objects.filter(username__in={one["by"] for one in lines}).values_list("username", "full_name"))
    for line in lines:
        line["paper"] = gettext("paper %(edition)s") % {"edition": line["edition"]}
        line["by"] = names.get(line["by"]) or line["by"]
    return sorted(lines, key=lambda line: (line["sort"], line["seq"]), reverse=True)


def _say_across(here: Here, issued: IssuedPass) -> str:
    """Return whether the holder is across, for those who may know: the governor, the ministry, the auditor."""
    if here.actor.role not in _SEE_CROSSINGS:
        return ""
    last = Whereabouts.objects.filter(pass_number=issued.number).exclude(at=None).order_by("-at").first()
    if last is None or last.at is None:
        return gettext("No crossing is known.")
    if last.direction != "exit":
        return gettext("Came back on %(day)s.") % {"day": say_instant(last.at)}
    return gettext("Left on %(day)s and has not come back.") % {"day": say_instant(last.at)}


def _say_coming(application: Application, again: str) -> dict[str, Any]:
    return {
        "id": application.id,
        "reference": application.reference,
        "what": AGAIN[Again(again)],
        "state": STATES[State(application.state)],
    }
