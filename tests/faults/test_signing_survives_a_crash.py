"""Is there exactly one pass, whenever the process that makes it dies?

A process approves an application and signs the pass. It is killed before and after each of its steps, one run for each;
then the work is taken up again, and there must be one number, one index, one content and one signed text.
"""

import pytest

from borderpass.domain.application import Event, fold
from borderpass.domain.passes import Pass
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.approve_application import approve_application
from borderpass.services.count import count, find_imbalances
from borderpass.services.sign_pass import sign_pass, sign_waiting_passes
from borderpass.services.verify_pass import verify_pass
from borderpass.store.models import Application, IssuedPass
from borderpass.wire.claims import read_claims
from tests.cast import DARA, GATE, RITH
from tests.faults.crash import die_at, steps_of
from tests.installation import NOW, Installation, done, fresh, minutes_later, paid

pytestmark = pytest.mark.django_db(transaction=True)
LEAST_STEPS = 20
LATER = minutes_later(60)


def approve_and_sign(installation: Installation, application: Application) -> None:
    """Do what a governor's click does, in a process that has just started."""
    done(approve_application(application.id, DARA, NOW))
    done(sign_pass(application.id, installation.reopened_keystore(), NOW))


def take_up_again(installation: Installation, application: Application) -> IssuedPass:
    """Do what happens after a crash: the governor looks again, the worker signs what waits."""
    prepared = IssuedPass.objects.filter(application=application).first()
    done(approve_application(application.id, DARA, LATER))
    for answer in sign_waiting_passes(installation.reopened_keystore(), LATER):
        done(answer)
    issued = IssuedPass.objects.get(application=application)
    if prepared is not None:
        assert (issued.id, issued.number, issued.status_index) == (prepared.id, prepared.number, prepared.status_index)
        assert (bytes(issued.payload), issued.kid) == (bytes(prepared.payload), prepared.kid)
        assert prepared.qr_text in (None, issued.qr_text)
    return issued


def expect_whole(issued: IssuedPass, application: Application) -> None:
    """Everything that is said of the pass says the same, and the history can be."""
    content = read_claims(bytes(issued.payload))
    assert isinstance(content, Pass)
    assert (content.number, content.status_index) == (issued.number, issued.status_index)
    now = fresh(application)
    events = [Event(event.event) for event in now.history.order_by("seq")]
    assert events == [Event.LODGE, Event.PAY, Event.APPROVE]
    assert (fold(events), len(events)) == (now.state, now.events)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_one_pass_comes_of_it_wherever_the_process_dies(after: bool, installation: Installation) -> None:
    deaths = 0
    texts: list[str] = []
    while True:
        application = paid(deaths + 1)
        died = die_at(deaths + 1, lambda: approve_and_sign(installation, application), after=after)  # noqa: B023
        issued = take_up_again(installation, application)
        expect_whole(issued, application)
        texts.append(str(issued.qr_text))
        assert IssuedPass.objects.count() == len(texts)
        if not died:
            break
        deaths += 1
    assert deaths >= LEAST_STEPS
    serials = sorted(int(number[8:14]) for number in IssuedPass.objects.values_list("number", flat=True))
    assert serials == list(range(1, len(texts) + 1)), "no number is lost and none given twice"
    assert find_imbalances() == []
    figures = count(RITH)[0].figures
    assert figures["issued"] == figures["approved"] == len(texts) == deaths + 1
    bundle = installation.publish(LATER)
    for text in texts:
        assert verify_pass(text, Scan(GATE, Direction.EXIT), bundle, LATER).decision.verdict is Verdict.ADMIT


def test_steps_are_those_that_matter(installation: Installation) -> None:
    application = paid()
    names = steps_of(lambda: approve_and_sign(installation, application))
    assert names.count("_commit") >= 2, "the approval is stored before anything is signed"
    assert names.index("_commit") < names.index("sign")
    last_commit_before_signing = [place for place, name in enumerate(names) if name == "_commit"][1]
    assert last_commit_before_signing < names.index("sign"), "so is the content"
    assert names.count("sign") == 1
    assert "UPDATE" in names[names.index("sign") :], "and the signed text comes last"
    assert len(names) >= LEAST_STEPS


def test_process_that_dies_again_and_again_still_comes_to_the_same_pass(installation: Installation) -> None:
    """It dies at every step of one and the same application, as a machine does whose power fails all day."""
    application, deaths = paid(), 0
    while die_at(deaths + 1, lambda: approve_and_sign(installation, application), after=True):
        deaths += 1
    issued = take_up_again(installation, application)
    expect_whole(issued, application)
    assert deaths >= 5
    assert issued.number.startswith("0110-26-000001")
    IssuedPass.objects.update(qr_text=None)
    assert take_up_again(installation, application).qr_text == issued.qr_text, "a lost signature is made again the same"
