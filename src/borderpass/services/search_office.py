"""Which application of an office is meant by what was typed or scanned there?

A pass's code is looked up by what it says: found is only what this office signed, and said is whether the code is the
very one that was issued.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from borderpass.domain.actors import Actor
from borderpass.domain.asked import ASKED_MAX_CHARACTERS, understand
from borderpass.domain.pass_number import parse_pass_number
from borderpass.store.models import Application, IssuedPass
from borderpass.store.queries.applications import applications_for
from borderpass.store.queries.search import search_applications
from borderpass.wire.claims import read_claims
from borderpass.wire.cose import decode_sign1
from borderpass.wire.qr import TEXT_MAX_CHARACTERS, parse_qr
from borderpass.wire.refusal import Refusal


class Hint(StrEnum):
    """What there is to say of a search beside what it found."""

    NOTHING_ASKED = "nothing_asked"
    TOO_LONG = "too_long"
    MISTYPED = "mistyped"
    OTHER_OFFICE = "other_office"
    CODE_UNKNOWN = "code_unknown"
    CODE_ALTERED = "code_altered"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. `only` is set where exactly one can be meant; `made_at_home` is a reference to be taken in."""

    applications: QuerySet[Application]
    only: UUID | None = None
    hint: Hint | None = None
    made_at_home: str = ""
    other_office: str = ""


def search_office(text: str, office_code: str, actor: Actor) -> Found:
    """Return what is meant by a text among the applications of an office that an actor may read."""
    applications = applications_for(actor).filter(office_id=office_code)
    scanned = text.strip("\r\n\t")
    if len(scanned) > ASKED_MAX_CHARACTERS:
        return _find_scanned(scanned, office_code, applications)
    asked = understand(text)
    if asked is None:
        return Found(applications.none(), hint=Hint.NOTHING_ASKED)
    if asked.is_preapplication and not asked.mistyped:
        return Found(applications.none(), made_at_home=asked.reference)
    found = search_applications(applications, asked)
    exact = list(found.values_list("id", flat=True)[:2]) if asked.reference or asked.pass_number else []
    if not exact and asked.mistyped:
        return Found(found, hint=Hint.MISTYPED)
    number = (asked.reference[1:] or asked.pass_number)[:4]
    if not exact and number and number != office_code:
        return Found(found, hint=Hint.OTHER_OFFICE, other_office=number)
    return Found(found, only=exact[0] if len(exact) == 1 else None)


def _find_scanned(text: str, office_code: str, applications: QuerySet[Application]) -> Found:
    """Find the pass whose code was scanned, by the digest of what it says."""
    nothing = applications.none()
    octets = parse_qr(text)
    sign1 = octets if isinstance(octets, Refusal) else decode_sign1(octets)
    if isinstance(sign1, Refusal):
        hint = Hint.TOO_LONG if len(text) > TEXT_MAX_CHARACTERS else Hint.CODE_UNKNOWN
        return Found(nothing, hint=hint)
    fingerprint = hashlib.sha256(sign1.payload).hexdigest()
    issued = IssuedPass.objects.filter(fingerprint=fingerprint, application__in=applications).first()
    if issued is not None:
        altered = Hint.CODE_ALTERED if issued.qr_text != text else None
        return Found(applications.filter(id=issued.application_id).order_by("id"), issued.application_id, altered)
    said = read_claims(sign1.payload)
    number = None if isinstance(said, Refusal) else parse_pass_number(said.number)
    if number is not None and number.office != office_code:
        return Found(nothing, hint=Hint.OTHER_OFFICE, other_office=number.office)
    return Found(nothing, hint=Hint.CODE_UNKNOWN)
