"""Which application is meant, and may this actor do that with it?"""

from uuid import UUID

from borderpass.domain.actors import Act, Actor
from borderpass.domain.declined import Declined, Ground
from borderpass.store.models import Application
from borderpass.store.queries.applications import find_application


def find_for(application_id: UUID, act: Act, actor: Actor) -> Application | Declined:
    """Return an application the actor may do something with. Another office's is as unknown as none."""
    application = find_application(actor, application_id)
    if application is None:
        return Declined(Ground.UNKNOWN_APPLICATION, f"there is no application {application_id} here")
    if not actor.may_at_office(act, application.office_id):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} ({actor.role}) may not {act.replace('_', ' ')} here")
    return application


def not_movable(application: Application, what: str) -> Declined:
    """Return the answer to something that an application's state does not allow."""
    application.refresh_from_db()
    return Declined(Ground.WRONG_STATE, f"application {application.reference} {what}: it is {application.state}")
