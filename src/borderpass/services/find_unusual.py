"""What is unusual about some applications? The facts are looked up for all of them at once, then the rules are asked.

For many at once this is a handful of queries: other applications with the same number, phone, or name and birth date;
what was said of the photo when it was taken in; the papers, the payments, and who did what.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q

from borderpass.domain.actors import StaffRole
from borderpass.domain.application import Event, State
from borderpass.domain.khqr_payments import KhqrState
from borderpass.domain.local_time import local_day
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.domain.terms import companions_rule
from borderpass.domain.unusual import Earlier, Facts, Sign, Unusual, find_unusual
from borderpass.pictures.portrait import Concern
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.store.models import Application, ApplicationEvent, Attachment, KhqrRequest, Staff, StatusChange

_ENDED = (State.REFUSED, State.WITHDRAWN, State.HANDED_OVER)
_LOST = (Status.REVOKED, Status.SUSPENDED)


class _Known(NamedTuple):
    """What was looked up for all of them."""

    others: list[Any]
    superseded: set[UUID]
    phones: Counter[str]
    events: dict[UUID, list[ApplicationEvent]]
    papers: Counter[UUID]
    payments: Counter[UUID]
    at_counter: Counter[str]
    names: dict[str, str]


def unusual_of(applications: Sequence[Application], now: datetime) -> dict[UUID, list[Sign]]:
    """Return what is unusual about each of some applications, by their ids; an empty list: nothing is."""
    if not applications:
        return {}
    known = _look_up(applications)
    children = companions_rule(rules_for_all_time(), now)
    under = children.under_age_years if children else 0
    found = {one.id: find_unusual(_facts(one, known, local_day(now), under)) for one in applications}
    return {key: [_named(sign, known) for sign in signs] for key, signs in found.items()}


def _named(sign: Sign, known: _Known) -> Sign:
    """Return a sign that names a person by their full name, where it is known."""
    if sign.what is not Unusual.SAME_HANDS:
        return sign
    return replace(sign, about=known.names.get(sign.about) or sign.about)


def _look_up(applications: Sequence[Application]) -> _Known:
    ids = [one.id for one in applications]
    same = Q(document_number__in={one.document_number for one in applications})
    same |= Q(
        born_on__in={one.born_on for one in applications}, name_latin__in={one.name_latin for one in applications}
    )
    others = list(Application.objects.filter(same).select_related("issued_pass").order_by("-lodged_at", "-id"))
    superseded = StatusChange.objects.filter(code=StandingGround.SUPERSEDED, issued_pass__application__in=others)
    phones = {one.phone for one in applications if one.phone}
    by_phone = Application.objects.filter(phone__in=phones).values_list("phone", "document_number").distinct()
    events: dict[UUID, list[ApplicationEvent]] = defaultdict(list)
    for event in ApplicationEvent.objects.filter(application__in=ids).order_by("seq"):
        events[event.application_id].append(event)
    offices = {one.office_id for one in applications}
    clerks = Staff.objects.filter(role=StaffRole.CLERK.value, scope__in=offices, is_active=True)
    paid = KhqrRequest.objects.filter(application__in=ids, state__in=[KhqrState.RECEIPTED, KhqrState.OWED_BACK])
    return _Known(
        others=others,
        superseded=set(superseded.values_list("issued_pass", flat=True)),
        phones=Counter(phone for phone, _ in by_phone),
        events=events,
        papers=_count(Attachment.objects.filter(application__in=ids)),
        payments=_count(paid),
        at_counter=Counter(clerk.scope for clerk in clerks),
        names={clerk.username: clerk.full_name for clerk in clerks},
    )


def _count(rows: Any) -> Counter[UUID]:
    counted = rows.values("application").annotate(n=Count("id")).order_by()
    return Counter({row["application"]: row["n"] for row in counted})


def _facts(application: Application, known: _Known, today: date, travels_under: int) -> Facts:
    events = known.events[application.id]
    by = {event.event: event.by for event in reversed(events)}
    concerns, face_found = _photo(events)
    mended = [event for event in events if event.event == Event.RESUBMIT]
    cash_and_more = known.payments[application.id] + (1 if _paid_cash(events) else 0)
    return Facts(
        today=today,
        office_code=application.office_id,
        name_latin=application.name_latin,
        name_khmer=application.name_khmer,
        born_on=application.born_on,
        home_code=application.home_code,
        travels_under=travels_under,
        children_born_on=tuple(date.fromisoformat(born_on) for _, born_on, _ in application.companions),
        earlier=tuple(_earlier(application, known)),
        others_with_phone=max(0, known.phones[application.phone] - 1) if application.phone else 0,
        face_found=face_found,
        photo_dark=Concern.DARK in concerns,
        photo_blurred=Concern.BLURRED in concerns,
        papers=known.papers[application.id],
        payments=cash_and_more,
        times_mended=len(mended),
        hands=(by.get(Event.LODGE, ""), by.get(Event.PAY, "")),
        hands_in_office=known.at_counter[application.office_id],
        fields_mended=tuple(sorted({name for event in mended for name in event.detail.get("changed", [])})),
    )


def _photo(events: Iterable[ApplicationEvent]) -> tuple[set[str], bool]:
    """Return what was said of the photo that is there now, and whether a face was found; old ones say less."""
    concerns: set[str] = set()
    face_found = True
    for event in events:
        if "concerns" in event.detail:
            concerns = set(event.detail["concerns"])
            face_found = Concern.NO_FACE_FOUND not in concerns
        elif "face_found" in event.detail:
            face_found = bool(event.detail["face_found"])
    return concerns, face_found


def _paid_cash(events: Iterable[ApplicationEvent]) -> bool:
    return any(event.event == Event.PAY and event.detail.get("method") == "cash" for event in events)


def _earlier(application: Application, known: _Known) -> Iterable[Earlier]:
    """Yield the other applications of the person. A pass that a newer one took the place of lost no standing."""
    for one in known.others:
        same_number = one.document_number == application.document_number
        same_person = one.name_latin == application.name_latin and one.born_on == application.born_on
        if one.id == application.id or not (same_number or same_person):
            continue
        issued = getattr(one, "issued_pass", None)
        lost = issued is not None and issued.status in _LOST and issued.id not in known.superseded
        yield Earlier(
            reference=one.reference,
            office_code=one.office_id,
            name_latin=one.name_latin,
            name_khmer=one.name_khmer,
            born_on=one.born_on,
            home_code=one.home_code,
            lodged_on=local_day(one.lodged_at),
            same_number=same_number,
            has_ended=one.state in _ENDED,
            lost_standing=lost,
        )
