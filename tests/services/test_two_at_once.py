"""What happens when two people do the same thing at the same moment? It is done once.

Both have looked before either acts: they meet at a barrier in between. On SQLite one then waits for the other's
transaction, on PostgreSQL for the other's row.
"""

from collections.abc import Callable
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from borderpass.domain.application import Event
from borderpass.domain.blanks import Lot, PaperForm
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.status import Status
from borderpass.domain.verdicts import Direction
from borderpass.services import approve_application as approving
from borderpass.services import change_status as changing
from borderpass.services import close_application as closing
from borderpass.services import lodge_application as lodging
from borderpass.services import print_pass as printing
from borderpass.services import sign_pass as signing
from borderpass.services import take_fee as paying
from borderpass.services.count import find_imbalances
from borderpass.services.receive_blanks import receive_blanks
from borderpass.services.record_scans import Receipt as Answer
from borderpass.services.record_scans import record_scans
from borderpass.services.sign_pass import sign_waiting_passes
from borderpass.store.keys import new_id
from borderpass.store.models import (
    Application,
    ApplicationEvent,
    BlankUse,
    Case,
    IssuedPass,
    Receipt,
    Record,
    StatusChange,
)
from tests.cast import BOPHA, DARA, NEXT_CLERK, POIPET, SEREI, VICHEA
from tests.installation import (
    FEE_RIEL,
    NOW,
    Installation,
    approved,
    cached_portraits,
    done,
    form,
    lodged,
    paid,
    photo,
    printed,
    signed,
)
from tests.phone import Phone

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do things in threads of their own and return what each gave; what one raised is raised here."""
    results: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            results[place] = act()
        except BaseException as error:
            results[place] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
        assert not thread.is_alive(), "two that wait for each other"
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


@pytest.fixture
def meet(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """Let the first who calls a function of a module wait there for the second."""

    def arrange(module: Any, name: str) -> None:
        barrier, comers, original = Barrier(2), iter(range(2)), getattr(module, name)

        def wait_and_go_on(*arguments: Any, **named: Any) -> Any:
            if next(comers, None) is not None:
                barrier.wait(SECONDS)
            return original(*arguments, **named)

        monkeypatch.setattr(module, name, wait_and_go_on)

    return arrange


Meet = Callable[[Any, str], None]


def test_two_governors_of_one_office_approve(installation: Installation, meet: Meet) -> None:
    application = paid()
    meet(approving, "find_authority")
    act = lambda: approving.approve_application(application.id, DARA, NOW)  # noqa: E731  # both do the same
    answers = at_once(act, act)
    assert sum(isinstance(answer, Application) for answer in answers) >= 1
    assert ApplicationEvent.objects.filter(event=Event.APPROVE).count() == 1
    assert find_imbalances() == []


def test_one_approves_and_the_other_refuses(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    application, barrier = paid(), Barrier(2)

    def both_have_looked(*arguments: Any, original: Any) -> Any:
        found = original(*arguments)
        barrier.wait(SECONDS)
        return found

    for module in (approving, closing):
        monkeypatch.setattr(module, "find_for", partial(both_have_looked, original=module.find_for))
    at_once(
        lambda: approving.approve_application(application.id, DARA, NOW),
        lambda: closing.close_application(application.id, Event.REFUSE, "a reason", DARA, NOW),
    )
    events = ApplicationEvent.objects.filter(event__in=[Event.APPROVE, Event.REFUSE])
    assert events.count() == 1
    assert find_imbalances() == []


def test_two_districts_approve_for_the_same_person(installation: Installation, meet: Meet) -> None:
    here = paid()
    there = paid(office=SEREI, name_latin="SOK SOKHA", document_number="010203040")
    meet(approving, "find_authority")
    answers = at_once(
        lambda: approving.approve_application(here.id, DARA, NOW),
        lambda: approving.approve_application(there.id, VICHEA, NOW),
    )
    (no,) = [answer for answer in answers if isinstance(answer, Declined)]
    assert no.ground is Ground.LIVE_PASS_EXISTS
    assert ApplicationEvent.objects.filter(event=Event.APPROVE).count() == 1


def test_two_clerks_take_the_fee(installation: Installation, meet: Meet) -> None:
    application = lodged()
    meet(paying, "fee_for")
    act = lambda: paying.take_fee(application.id, FEE_RIEL, BOPHA, NOW)  # noqa: E731  # both do the same
    first, second = at_once(act, act)
    assert first == second == Receipt.objects.get()
    assert first.number == "R0110-26-000001"
    assert ApplicationEvent.objects.filter(event=Event.PAY).count() == 1


def test_two_clerks_take_the_fees_of_two_applications(installation: Installation, meet: Meet) -> None:
    first, second = lodged(1), lodged(2)
    meet(paying, "fee_for")
    receipts = at_once(
        lambda: done(paying.take_fee(first.id, FEE_RIEL, BOPHA, NOW)),
        lambda: done(paying.take_fee(second.id, FEE_RIEL, BOPHA, NOW)),
    )
    assert sorted(receipt.number for receipt in receipts) == ["R0110-26-000001", "R0110-26-000002"]


def test_same_application_is_sent_twice(installation: Installation, meet: Meet) -> None:
    told = form()
    cached_portraits(photo())
    meet(lodging, "find_ground_against")
    act = lambda: lodging.lodge_application(told, photo(), BOPHA, NOW)  # noqa: E731  # both do the same
    first, second = at_once(act, act)
    assert first.id == second.id == Application.objects.get().id
    assert ApplicationEvent.objects.count() == 1


def test_two_workers_sign_the_same_application(installation: Installation, meet: Meet) -> None:
    application = approved()
    meet(signing, "current_key")
    act = lambda: signing.sign_pass(application.id, installation.reopened_keystore(), NOW)  # noqa: E731
    first, second = at_once(act, act)
    issued = IssuedPass.objects.get()
    assert first.id == second.id == issued.id
    assert first.qr_text == second.qr_text == issued.qr_text
    assert issued.number.startswith("0110-26-000001")


def test_two_workers_sign_whatever_waits(installation: Installation, meet: Meet) -> None:
    for number in range(1, 6):
        approved(number)
    meet(signing, "unsigned_applications")
    act = lambda: sign_waiting_passes(installation.reopened_keystore(), NOW)  # noqa: E731
    for answers in at_once(act, act):
        for answer in answers:
            done(answer)
    assert IssuedPass.objects.exclude(qr_text=None).count() == 5
    assert sorted(IssuedPass.objects.values_list("number", flat=True))[-1].startswith("0110-26-000005")
    assert find_imbalances() == []


def test_two_passes_draw_the_same_index(
    installation: Installation, meet: Meet, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = approved(1), approved(2)
    drawn = iter([7, 7, 8, 9])
    monkeypatch.setattr(signing, "pick_status_index", lambda _: next(drawn))
    meet(signing, "find_term")
    at_once(
        lambda: done(signing.sign_pass(first.id, installation.reopened_keystore(), NOW)),
        lambda: done(signing.sign_pass(second.id, installation.reopened_keystore(), NOW)),
    )
    assert sorted(IssuedPass.objects.values_list("status_index", flat=True)) == [7, 8]
    assert [number[8:14] for number in sorted(IssuedPass.objects.values_list("number", flat=True))] == [
        "000001",
        "000002",
    ]


def test_two_clerks_print_one_pass(installation: Installation, meet: Meet) -> None:
    issued = signed(installation)
    meet(printing, "print_pass_a6")
    act = lambda: printing.print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW)  # noqa: E731
    answers = at_once(act, act)
    (no,) = [answer for answer in answers if isinstance(answer, Declined)]
    assert no.ground is Ground.WRONG_STATE
    assert ApplicationEvent.objects.filter(event=Event.PRINT).count() == 1


def test_two_clerks_print_onto_one_blank(installation: Installation, meet: Meet) -> None:
    first, second = signed(installation, 1), signed(installation, 2)
    done(receive_blanks(new_id(), POIPET, PaperForm.A6, Lot("PB", 1, 9), BOPHA, NOW))
    meet(printing, "print_pass_a6")
    answers = at_once(
        lambda: printing.print_pass(first.application_id, PaperForm.A6, BOPHA, NOW),
        lambda: printing.print_pass(second.application_id, PaperForm.A6, BOPHA, NOW),
    )
    (no,) = [answer for answer in answers if isinstance(answer, Declined)]
    assert no.ground is Ground.WRONG_BLANK
    assert list(BlankUse.objects.values_list("number", flat=True)) == [1]
    assert find_imbalances() == []


def test_one_revokes_and_the_other_suspends(installation: Installation, meet: Meet) -> None:
    number = printed(installation).number
    meet(changing, "check_words")
    at_once(
        lambda: changing.change_status(number, Status.REVOKED, "one reason", DARA, NOW),
        lambda: changing.change_status(number, Status.SUSPENDED, "another", DARA, NOW),
    )
    (change,) = StatusChange.objects.all()
    assert IssuedPass.objects.get().status == change.status
    assert find_imbalances() == []


def test_phone_sends_its_batch_twice(installation: Installation) -> None:
    phone = Phone(installation, installation.publish(), Direction.EXIT)
    for _ in range(20):
        phone.scan("NOT A PASS")
    batch = phone.batch()
    act = lambda: done(record_scans(phone.device.id, batch, installation.root_pem, NOW))  # noqa: E731
    answers = [answer.receipt for batch_answers in at_once(act, act) for answer in batch_answers]
    assert sorted(answers) == [Answer.ALREADY] * 20 + [Answer.RECORDED] * 20
    assert (Record.objects.count(), Case.objects.count()) == (20, 0)


def test_two_offices_work_at_once_and_neither_waits_for_the_others_numbers(
    installation: Installation, meet: Meet
) -> None:
    here, there = lodged(1), lodged(2, office=SEREI)
    meet(paying, "fee_for")
    numbers = at_once(
        lambda: done(paying.take_fee(here.id, FEE_RIEL, BOPHA, NOW)).number,
        lambda: done(paying.take_fee(there.id, FEE_RIEL, NEXT_CLERK, NOW)).number,
    )
    assert numbers == ["R0110-26-000001", "R0106-26-000001"]
