"""How much processor time does a pass take when 200 are approved with one touch? Approved and signed, in one job.

The limit is the governor's: 200 applications are approved and signed within ten seconds of the touch. Only what the
touch begins is measured; the statement that is signed, and the proof afterwards, are in the note.
"""

from datetime import date, datetime, timedelta
from pathlib import Path
from time import process_time
from uuid import UUID

from django.conf import settings
from tests.authenticator import Authenticator

from bench.measure import Result
from borderpass.cli.installation import done
from borderpass.cli.story.stage import clerk, governor
from borderpass.domain.application_form import ApplicationForm, DocumentKind
from borderpass.domain.passes import Sex
from borderpass.domain.provisions import Purpose
from borderpass.pictures.drawn_face import draw_face
from borderpass.services.add_passkey import begin_registration, finish_registration
from borderpass.services.approve_batch import approve_by_passkey, ask_for_touch
from borderpass.services.ask_passkey import Asked
from borderpass.services.lodge_application import lodge_application
from borderpass.services.propose_approval import propose_approval
from borderpass.services.run_job import run_waiting_jobs
from borderpass.services.take_fee import take_fee
from borderpass.services.verify_approvals import verify_approvals
from borderpass.store.keys import new_id
from borderpass.store.models import IssuedPass, Staff
from borderpass.wire.passkeys import RelyingParty

LIMIT_MS = 50.0
MANY = 200
OFFICE = "0110"
_SITE = RelyingParty("localhost", "http://localhost")
_PASSWORD = "only for the benchmarks"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def measure_approve(home: Path, now: datetime) -> Result:
    """Return milliseconds a pass. The office is there already, with its keys: `measure_issue` made it."""
    settings.HOME = home
    actor = governor(OFFICE)
    photo = draw_face(1, int(Sex.MALE), 34)
    applications = [_pay(number, photo, now) for number in range(MANY)]
    authenticator, staff = _give_passkey(now)
    begun = process_time()
    batch = done(propose_approval(new_id(), applications, OFFICE, actor, now))
    proposed = process_time()
    options = ask_for_touch(batch, _SITE, now)
    assert isinstance(options, str), options
    answer = authenticator.get(options)
    touched = process_time()
    done(approve_by_passkey(batch, answer, _SITE, actor, now))
    [job] = run_waiting_jobs(lambda: now)
    finished = process_time()
    assert (job.done, job.failed) == (MANY, 0), job.troubles
    assert IssuedPass.objects.filter(application__in=applications, qr_text__isnull=False).count() == MANY
    proving = process_time()
    assert verify_approvals().problems == []
    proved = process_time()
    each = (finished - touched) / MANY * 1000
    steps = ((proposed - begun) / MANY * 1000, (proved - proving) / MANY * 1000)
    note = f"{MANY} with one touch of {staff.username}; propose {steps[0]:.1f} ms, prove {steps[1]:.1f} ms a pass"
    return Result("approve", each, LIMIT_MS, LIMIT_MS / each, "ms/pass", 1.0, note)


def _give_passkey(now: datetime) -> tuple[Authenticator, Staff]:
    actor = governor(OFFICE)
    staff = Staff.objects.add(actor.name, _PASSWORD, actor.role, OFFICE)
    authenticator = Authenticator()
    begun = begin_registration(staff, _PASSWORD, _SITE, "127.0.0.1", now)
    assert isinstance(begun, Asked), begun
    made = authenticator.create(begun.options)
    done(finish_registration(staff, begun.challenge_id, made, "bench", _SITE, now))
    return authenticator, staff


def _pay(number: int, photo: bytes, now: datetime) -> UUID:
    form = ApplicationForm(
        application_id=new_id(),
        office_code=OFFICE,
        purpose=Purpose.NEW,
        name_latin=f"SEREYVUTH SO{_LETTERS[number // 26]}{_LETTERS[number % 26]}",
        name_khmer="សេរីវុឌ្ឍ សុខា",
        born_on=date(1980, 1, 1) + timedelta(days=number),
        sex=Sex.MALE,
        document_kind=DocumentKind.ID_CARD,
        document_number=f"{200_000_000 + number}",
        home_code=f"{OFFICE}01",
    )
    application = done(lodge_application(form, photo, clerk(OFFICE), now))
    done(take_fee(application.id, 20_000, clerk(OFFICE), now))
    return application.id
