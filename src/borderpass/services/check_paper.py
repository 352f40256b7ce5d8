"""Is the paper on the desk the pass that was signed? Scanned before it leaves, so that no bad print reaches a holder.

The text that the scanner read must be, character for character, the one that the office's key signed for this
application. A print that cannot be read at all never gets here: it is spoiled.
"""

from uuid import UUID

from borderpass.domain.actors import Act, Actor
from borderpass.domain.declined import Declined, Ground
from borderpass.services.find_application import find_for
from borderpass.store.models import Application, IssuedPass


def check_paper(application_id: UUID, text: str, actor: Actor) -> Application | Declined:
    """Return the application whose paper it is, or why the paper is not to be handed over."""
    application = find_for(application_id, Act.HAND_OVER, actor)
    if isinstance(application, Declined):
        return application
    issued = IssuedPass.objects.filter(application=application, qr_text__isnull=False).first()
    if issued is None:
        return Declined(Ground.WRONG_STATE, f"application {application.reference} has no signed pass yet")
    if text.strip() != issued.qr_text:
        return Declined(Ground.WRONG_PAPER, f"this is not the pass {issued.number}: do not hand it over")
    return application
