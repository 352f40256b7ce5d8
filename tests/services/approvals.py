"""How does Dara approve in the tests of services? With an authenticator in software, as a browser would ask it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from borderpass.domain.actors import Actor
from borderpass.services.add_passkey import begin_registration, finish_registration
from borderpass.services.approve_batch import approve_by_passkey, ask_for_touch
from borderpass.services.ask_passkey import Asked
from borderpass.services.propose_approval import propose_approval
from borderpass.services.run_job import run_waiting_jobs
from borderpass.store.keys import new_id
from borderpass.store.models import Application, ApprovalBatch, Job, Staff
from borderpass.wire.passkeys import RelyingParty
from tests.authenticator import Authenticator
from tests.installation import NOW, done
from tests.services.people import ADDRESS, PASSWORD, add

PARTY = RelyingParty("localhost", "http://localhost")


@dataclass(slots=True)
class Hand:
    """Somebody with their authenticator."""

    actor: Actor
    staff: Staff
    authenticator: Authenticator

    def propose(self, *applications: Application, office: str = "", now: datetime = NOW) -> ApprovalBatch:
        """Put applications into a batch."""
        ids = [one.id for one in applications]
        return done(propose_approval(new_id(), ids, office or self.actor.scope, self.actor, now))

    def answer(self, batch: ApprovalBatch, now: datetime = NOW) -> str:
        """Touch the passkey; return the browser's answer."""
        options = ask_for_touch(batch, PARTY, now)
        assert isinstance(options, str), options
        return self.authenticator.get(options)

    def touch(self, batch: ApprovalBatch, now: datetime = NOW) -> Job:
        """Sign a batch; nothing of the work is done yet."""
        return done(approve_by_passkey(batch, self.answer(batch, now), PARTY, self.actor, now))

    def approve(self, *applications: Application, office: str = "", now: datetime = NOW) -> ApprovalBatch:
        """Propose, touch, and let the work be done."""
        batch = self.propose(*applications, office=office, now=now)
        self.touch(batch, now)
        run_waiting_jobs(lambda: now)
        batch.refresh_from_db()
        return batch


def hand_of(actor: Actor) -> Hand:
    """Enter somebody of the cast, with a passkey."""
    staff, authenticator = add(actor), Authenticator()
    begun = begin_registration(staff, PASSWORD, PARTY, ADDRESS, NOW)
    assert isinstance(begun, Asked)
    answer = authenticator.create(begun.options)
    done(finish_registration(staff, begun.challenge_id, answer, "phone", PARTY, NOW))
    return Hand(actor, staff, authenticator)


def outcomes(batch: ApprovalBatch) -> dict[UUID, tuple[str, str]]:
    """Return what became of each application of a batch, and why."""
    return {item.application_id: (item.outcome, item.why) for item in batch.items.all()}
