"""Is the paper on the desk the pass that was signed? Scanned before it leaves, so that no bad print reaches a holder.

1. The text that the scanner read is, character for character, the one that was issued for the application.
2. The office's key made its signature, tested here and now; and it says what the register says of the person, because
   the letters on the paper are the register's.
3. The application stands printed, and the pass is good.

Whether the pass is on the published status list is not asked: a pass signed this minute is newer than the list.
What was found is kept, with the print that it is of: a paper that is printed again is checked again.
"""

from datetime import datetime
from uuid import UUID

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import Event, State
from borderpass.domain.asked import ASKED_MAX_CHARACTERS
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.hand_over import Check
from borderpass.domain.status import Status
from borderpass.services.find_application import find_for
from borderpass.services.search_office import search_office
from borderpass.store.models import Application, ApplicationEvent, IssuedPass, PaperCheck, TrustedKey
from borderpass.store.queries.applications import find_application
from borderpass.wire.claims import read_claims
from borderpass.wire.cose import decode_sign1, verify_sign1
from borderpass.wire.keys import load_point
from borderpass.wire.qr import parse_qr
from borderpass.wire.refusal import Refusal


def find_paper(text: str, office_code: str, actor: Actor) -> Application | None:
    """Return the application of an office whose pass a scanned code is, even an altered one; None where it is none."""
    if len(text) <= ASKED_MAX_CHARACTERS:  # typed, not scanned
        return None
    found = search_office(text, office_code, actor)
    return None if found.only is None else find_application(actor, found.only)


def check_paper(application_id: UUID, text: str, actor: Actor, now: datetime) -> PaperCheck | Declined:
    """Compare a scanned text with the pass of an application, keep what was found, and return it."""
    application = find_for(application_id, Act.HAND_OVER, actor)
    if isinstance(application, Declined):
        return application
    issued = IssuedPass.objects.filter(application=application, qr_text__isnull=False).first()
    if issued is None:
        return Declined(Ground.WRONG_STATE, f"application {application.reference} has no signed pass yet")
    found = _compare(text.strip("\r\n\t"), issued, application)
    made = {"application": application, "print": last_print(application), "found": found}
    return PaperCheck.objects.create(**made, at=now, by=actor.name)


def last_print(application: Application) -> ApplicationEvent | None:
    """Return the event of the last print of an application."""
    prints = ApplicationEvent.objects.filter(application=application, event=Event.PRINT)
    return prints.order_by("-seq").first()


def passed_check(application: Application) -> PaperCheck | None:
    """Return the check that the last print of an application passed, if the last check of it was one."""
    last = PaperCheck.objects.filter(application=application, print=last_print(application)).order_by("at", "id").last()
    return last if last is not None and last.print_id is not None and last.found == Check.OK else None


def _compare(text: str, issued: IssuedPass, application: Application) -> Check:
    octets = parse_qr(text)
    sign1 = octets if isinstance(octets, Refusal) else decode_sign1(octets)
    if isinstance(sign1, Refusal):
        return Check.UNREADABLE
    said = read_claims(sign1.payload)
    if isinstance(said, Refusal):
        return Check.UNREADABLE
    if said.number != issued.number:
        return Check.ANOTHER
    if text != issued.qr_text or sign1.payload != bytes(issued.payload):
        return Check.ALTERED
    key = TrustedKey.objects.get(kid=issued.kid)
    if not verify_sign1(sign1, load_point(bytes.fromhex(key.point))):
        return Check.NOT_SIGNED
    kept = (application.name_latin, application.name_khmer, application.born_on, application.sex)
    if kept != (said.holder.name_latin, said.holder.name_khmer, said.holder.born_on, said.holder.sex):
        return Check.NOT_AS_KEPT
    if application.state != State.PRINTED:
        return Check.NOT_PRINTED
    return Check.OK if issued.status == Status.VALID else Check.NOT_VALID
