"""What stands behind each address of the site that names something? A line for each address that is ours to guard.

`test_office_urls.py` walks over all addresses there are, and fails for one that is missing here. Add it to `BEHIND`
under its URL name:

- `Thing(make)`: `make(world)` makes one in Poipet (office 0110, gate `poipet`) and returns the arguments of the
  address, without `office` or `checkpoint`. The walk makes sure that nobody else's people find it.
- `Word({"name": "value"})`: the argument is a word of ours, and names nothing that belongs to anybody.

What is nobody's secret stands in `FOR_EVERYBODY`, under its route, with the reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from borderpass.domain.application import Event
from borderpass.domain.jobs import JobState
from borderpass.domain.local_time import local_day
from borderpass.services.close_application import close_application
from borderpass.services.name_deputy import name_deputy
from borderpass.services.propose_approval import propose_approval
from borderpass.store.keys import new_id
from borderpass.store.models import ApprovalBatch, Attachment, Case, Device, Draft, Job, JobResult, Passkey, Staff
from tests.cast import BOPHA, COMMANDER, DARA, GATE, POIPET
from tests.installation import NOW, Installation, done, lodged, paid
from tests.web.applicant_addresses import APPLICANT
from tests.web.import_addresses import IMPORTS
from tests.web.money_addresses import MONEY
from tests.web.notices_addresses import NOTICES
from tests.web.passes_addresses import PASSES
from tests.web.printing_addresses import PRINTING

Arguments = dict[str, Any]


@dataclass(frozen=True)
class Thing:
    """Something of Poipet's, made for the test."""

    make: Callable[[Installation], Arguments]


@dataclass(frozen=True)
class Word:
    """A word of ours."""

    arguments: Arguments


def application(world: Installation) -> Arguments:
    """An application that was taken in and not paid."""
    return {"application_id": lodged(7).id}


def job(world: Installation) -> Arguments:
    """Work that Bopha had done, with a file."""
    made = {"made_by": BOPHA.name, "role": BOPHA.role, "scope": BOPHA.scope, "made_at": NOW}
    done = {"state": JobState.DONE, "total": 1, "done": 1, "finished_at": NOW + timedelta(minutes=1)}
    one = Job.objects.create(id=new_id(), kind="any", office_id=POIPET, **made, **done)
    JobResult.objects.create(job=one, file_name="a.pdf", media_type="application/pdf", octets=b"%PDF-")
    return {"job_id": one.id}


def device(world: Installation) -> Arguments:
    """A phone at Poipet's gate."""
    bound = {"checkpoint": GATE, "lane": "1", "direction": "exit", "point": "00" * 64}
    return {"device_id": Device.objects.create(**bound, enrolled_at=NOW, enrolled_by=COMMANDER.name).id}


def case(world: Installation) -> Arguments:
    """A case of that phone."""
    at = device(world)["device_id"]
    return {"case_id": Case.objects.create(kind="gap", device_id=at, detail="1 to 2", opened_at=NOW).id}


def member_of_staff(world: Installation) -> Arguments:
    """Bopha, who is Dara's clerk."""
    return {"staff_id": Staff.objects.get(username=BOPHA.name).id}


def approval(world: Installation) -> Arguments:
    """What Dara approved, and signed."""
    batch = done(propose_approval(new_id(), [paid(8).id], POIPET, DARA, NOW))
    ApprovalBatch.objects.filter(id=batch.id).update(signed_at=NOW, method="password")
    return {"batch_id": batch.id}


def deputy(world: Installation) -> Arguments:
    """Bopha, who stands in for Dara today."""
    holder = Staff.objects.get(username=BOPHA.name)
    return {"deputy_id": done(name_deputy(POIPET, holder.id, local_day(NOW), local_day(NOW), DARA, NOW)).id}


def passkey(world: Installation) -> Arguments:
    """A passkey of Dara's."""
    holder = Staff.objects.get(username=DARA.name)
    kept = {"credential_id": "AAAA", "public_key": b"\0", "sign_count": 0, "rp_id": "localhost", "name": "a"}
    return {"passkey_id": Passkey.objects.create(staff=holder, **kept, added_at=NOW).id}


def draft_picture(world: Installation) -> Arguments:
    """The photo of a form that Bopha has begun."""
    form = new_id()
    fields = {"frame_left": "0", "frame_top": "0", "frame_width": "1"}
    Draft.objects.create(
        form=form, office_id=POIPET, clerk=BOPHA.name, fields=fields, picture=b"x", made_at=NOW, updated_at=NOW
    )
    return {"form_id": form}


def returned(world: Installation) -> Arguments:
    """An application that Dara returned."""
    application = paid(11)
    done(close_application(application.id, Event.RETURN, "the name is cut", DARA, NOW))
    return {"application_id": application.id}


def paper(world: Installation) -> Arguments:
    """A copied paper of an application."""
    kept = {"kind": "other", "name": "a.pdf", "media_type": "application/pdf", "octets": b"%PDF-", "size": 5}
    one = lodged(12)
    added = Attachment.objects.create(application=one, sha256="0" * 64, added_at=NOW, added_by=BOPHA.name, **kept)
    return {"attachment_id": added.id}


BEHIND: dict[str, Thing | Word] = {
    "intake_form": Word({"form_id": new_id()}),  # each clerk's own: it names nothing of another's
    "intake_picture": Thing(draft_picture),
    "intake_edit": Thing(returned),
    "intake_done": Thing(application),
    "intake_slip": Thing(application),
    "intake_paper": Thing(paper),
    "office_queue": Word({"queue": "to-pay"}),
    "office_application": Thing(application),
    "office_photo": Thing(application),
    "office_job": Thing(job),
    "office_job_progress": Thing(job),
    "office_job_result": Thing(job),
    "governor_batch": Thing(approval),
    "governor_outcome": Thing(approval),
    "governor_touch": Thing(approval),
    "governor_sign": Thing(approval),
    "governor_deputy_end": Thing(deputy),
    "governor_decide": Thing(application),
    "governor_return": Thing(application),
    "governor_refuse": Thing(application),
    "gate_revoke": Thing(device),
    "gate_resolve": Thing(case),
    "staff_one": Thing(member_of_staff),
    "staff_reset": Thing(member_of_staff),
    "staff_change": Thing(lambda world: member_of_staff(world) | {"what": "lift"}),
    "passkey_remove": Thing(passkey),
}
BEHIND |= {name: Thing(make) for name, make in (MONEY | NOTICES).items()}
BEHIND |= {name: Thing(make) for name, make in IMPORTS.items()}
BEHIND |= {name: Thing(make) for name, make in PASSES.items()}
BEHIND |= {name: Thing(make) for name, make in PRINTING.items()}
FOR_EVERYBODY = {
    "gate/<path:rest>": "the phone's app says that it was not built here; it names nothing",
    "check/<path:rest>": "as above",
    "api/v1/status-lists/<office>": "status lists are public: every verifier needs them, and they name nobody",
    "api/v1/passes/<number>": "for devices by their signature; tests/web/test_api_pass.py",
    "api/v1/passes/<number>/photo": "for devices by their signature and for officers; tests/web/test_api_photo.py",
    **APPLICANT,
}
