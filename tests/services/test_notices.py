"""Is an applicant told of what happens, once, later where it fails, and never at the cost of what happens?"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from borderpass.domain.application import Event, State
from borderpass.domain.blanks import PaperForm
from borderpass.domain.notices import AGAIN_AFTER, Channel, Failure, NoticeKind, NoticeState
from borderpass.notices.sender import NotDeliveredError
from borderpass.services.close_application import close_application
from borderpass.services.forget_notices import KEPT, forget_notices
from borderpass.services.hand_over_pass import hand_over_pass
from borderpass.services.print_pass import print_pass
from borderpass.services.queue_notice import queue_notice
from borderpass.services.run_chores import CHORES, run_due_chores
from borderpass.services.send_notices import send_due_notices, send_through
from borderpass.services.spoil_print import spoil_print
from borderpass.store.keys import new_id
from borderpass.store.models import Application, Contact, Notice, Receipt
from tests.cast import BOPHA, DARA
from tests.installation import NOW, Installation, done, fresh, lodged, minutes_later, paid, printed
from tests.notices.stand_ins import Heard, http_gateway

pytestmark = pytest.mark.usefixtures("installation")
SMS = "json://127.0.0.1:{port}/send?:to={to}&:message=text&:title=&:version=&:type=&:attachments="
PHONE = "+85512345678"


class Post:
    """Sends whatever it is given, or fails as it was told to."""

    def __init__(self, *failures: Failure | None) -> None:
        self.failures = list(failures)
        self.sent: list[tuple[Channel, str, str]] = []

    def send(self, channel: Channel, address: str, text: str) -> None:
        if self.failures and (failure := self.failures.pop(0)) is not None:
            raise NotDeliveredError(failure, 503)
        self.sent.append((channel, address, text))


@pytest.fixture(autouse=True)
def offered(settings: Any) -> None:
    settings.NOTICE_GATEWAYS = {"sms": "json://127.0.0.1:9/{to}", "email": "", "telegram": ""}


def refused() -> Application:
    return done(close_application(paid().id, Event.REFUSE, "no residence here", DARA, NOW))


def returned() -> Application:
    return done(close_application(paid().id, Event.RETURN, "the photo is dark", DARA, NOW))


def kinds(application: Application) -> list[str]:
    return sorted(Notice.objects.filter(application=application).values_list("kind", flat=True))


def one(kind: NoticeKind) -> Notice:
    return Notice.objects.get(kind=kind)


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (lodged, []),
        (paid, [NoticeKind.PAID]),
        (returned, [NoticeKind.PAID, NoticeKind.RETURNED]),
        (refused, [NoticeKind.PAID, NoticeKind.REFUSED]),
    ],
)
def test_the_applicant_is_told(happens: Callable[[], Application], told: list[NoticeKind]) -> None:
    assert kinds(happens()) == told


def test_a_message_is_written_for_the_telephone_of_the_form_in_khmer() -> None:
    application = paid()
    notice = one(NoticeKind.PAID)
    assert (notice.channel, notice.address, notice.language) == ("sms", PHONE, "km")
    assert (notice.state, notice.next_try_at, notice.office_id) == ("waiting", NOW, application.office_id)
    assert application.reference in notice.text
    assert application.name_khmer not in notice.text


def test_the_holder_is_told_once_that_the_pass_is_ready(installation: Installation) -> None:
    issued = printed(installation)
    done(spoil_print(issued.application_id, "the card is bent", BOPHA, NOW))
    done(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW))
    assert kinds(issued.application) == [NoticeKind.PAID, NoticeKind.READY]


def test_whoever_mends_twice_is_told_twice() -> None:
    application = returned()
    done(close_application(application.id, Event.RESUBMIT, "", BOPHA, NOW))
    done(close_application(application.id, Event.RETURN, "still dark", DARA, NOW))
    assert kinds(application).count(NoticeKind.RETURNED) == 2


@pytest.mark.parametrize(
    ("changes", "contact", "gateways"),
    [
        ({"phone": ""}, None, {"sms": "json://x/{to}"}),
        ({}, None, {}),
        ({}, None, {"email": "mailto://x?to={to}"}),
        ({}, (Channel.NONE, ""), {"sms": "json://x/{to}"}),
        ({}, (Channel.EMAIL, "a@example.org"), {"sms": "json://x/{to}"}),
        ({}, (Channel.SMS, "no number"), {"sms": "json://x/{to}"}),
    ],
)
def test_nobody_is_told_who_cannot_or_will_not_be(
    changes: dict[str, Any], contact: tuple[Channel, str] | None, gateways: dict[str, str], settings: Any
) -> None:
    settings.NOTICE_GATEWAYS = gateways
    application = lodged(**changes)
    if contact:
        kept = {"channel": contact[0], "address": contact[1], "language": "km"}
        Contact.objects.create(application=application, **kept, set_at=NOW, set_by="bopha")
    assert queue_notice(application, NoticeKind.PAID, NOW) is None
    assert Notice.objects.count() == 0


def test_a_message_that_cannot_be_written_does_not_break_what_it_tells_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        # As a database says it: without a savepoint of its own it would take the fee along.
        Receipt.objects.create(id=new_id())

    monkeypatch.setattr("borderpass.services.queue_notice.write_text", breaks)
    application = paid()
    assert application.state == State.PAID
    assert Receipt.objects.filter(application=application).exists()
    assert Notice.objects.count() == 0
    assert "no message paid was written" in caplog.text


def test_what_is_undone_tells_nobody() -> None:
    from django.db import transaction

    application = lodged()
    with transaction.atomic():
        queue_notice(application, NoticeKind.PAID, NOW)
        transaction.set_rollback(True)
    assert Notice.objects.count() == 0


def test_what_is_due_is_sent_once() -> None:
    application = paid()
    post = Post()
    assert send_through(post, NOW) == 1
    assert [(channel, to) for channel, to, _ in post.sent] == [(Channel.SMS, PHONE)]
    assert application.reference in post.sent[0][2]
    sent = one(NoticeKind.PAID)
    assert (sent.state, sent.sent_at, sent.tries, sent.next_try_at) == (NoticeState.SENT, NOW, 1, None)
    assert send_through(post, minutes_later(60)) == 0


def test_a_failure_is_kept_and_tried_again_later() -> None:
    paid()
    post = Post(Failure.UNREACHED)
    assert send_through(post, NOW) == 0
    failed = one(NoticeKind.PAID)
    assert (failed.state, failed.failure, failed.tries) == (NoticeState.WAITING, "unreached 503", 1)
    assert failed.next_try_at == NOW + AGAIN_AFTER[0]
    assert send_through(post, NOW) == 0
    assert send_through(post, NOW + AGAIN_AFTER[0]) == 1
    assert one(NoticeKind.PAID).failure == ""


def test_after_the_last_try_it_is_given_up() -> None:
    paid()
    post, now, last = Post(*[Failure.REFUSED] * 99), NOW, NOW
    for wait in (*AGAIN_AFTER, timedelta()):
        send_through(post, now)
        last, now = now, now + wait
    given_up = one(NoticeKind.PAID)
    assert (given_up.state, given_up.given_up_at, given_up.next_try_at) == (NoticeState.GIVEN_UP, last, None)
    assert given_up.tries == len(AGAIN_AFTER) + 1
    assert send_through(post, now + timedelta(days=9)) == 0


def test_a_gateway_that_is_not_reached_is_left_in_peace_until_the_next_time() -> None:
    paid(1), paid(2)
    post = Post(Failure.UNREACHED)
    send_through(post, NOW)
    assert sorted(Notice.objects.values_list("tries", flat=True)) == [0, 1]


def test_a_number_that_is_refused_holds_up_nobody_else() -> None:
    paid(1), paid(2)
    assert send_through(Post(Failure.REFUSED), NOW) == 1


def test_what_another_worker_holds_is_not_sent_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    paid()

    class Slow(Post):
        def send(self, channel: Channel, address: str, text: str) -> None:
            assert send_through(other, NOW) == 0
            super().send(channel, address, text)

    other, slow = Post(), Slow()
    assert send_through(slow, NOW) == 1
    assert (len(slow.sent), other.sent) == (1, [])


def test_a_crash_while_it_is_sent_sends_it_once_more() -> None:
    paid()

    class Crash(Post):
        def send(self, channel: Channel, address: str, text: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_through(Crash(), NOW)
    assert send_through(Post(), minutes_later(14)) == 0
    assert send_through(Post(), minutes_later(15)) == 1


def _ready(installation: Installation, then: Callable[[Any], object]) -> tuple[list[str], Notice]:
    issued = printed(installation)
    Notice.objects.exclude(kind=NoticeKind.READY).delete()
    then(issued.application_id)
    post = Post()
    send_through(post, minutes_later(10))
    return [to for _, to, _ in post.sent], one(NoticeKind.READY)


def test_ready_is_told_ten_minutes_after_the_print(installation: Installation) -> None:
    def too_early(_: Any) -> None:
        assert send_through(Post(), minutes_later(9)) == 0

    assert _ready(installation, too_early)[0] == [PHONE]


def test_whoever_has_the_pass_is_not_told_that_it_is_ready(installation: Installation) -> None:
    sent, notice = _ready(installation, lambda one: done(hand_over_pass(one, BOPHA, NOW, unchecked="no scanner")))
    assert (sent, notice.state, notice.next_try_at) == ([], NoticeState.UNNEEDED, None)


def test_a_spoiled_paper_is_not_told_of_until_there_is_a_good_one(installation: Installation) -> None:
    sent, notice = _ready(installation, lambda one: done(spoil_print(one, "bent", BOPHA, NOW)))
    assert (sent, notice.state, notice.tries) == ([], NoticeState.WAITING, 0)
    done(print_pass(notice.application_id, PaperForm.A6, BOPHA, minutes_later(11)))
    assert send_through(Post(), minutes_later(25)) == 1


@pytest.fixture
def gateway(settings: Any) -> Iterator[Heard]:
    with http_gateway() as heard:
        settings.NOTICE_GATEWAYS = {"sms": SMS.replace("{port}", str(heard.port))}
        yield heard


def test_the_worker_sends_through_the_gateway_of_the_settings(gateway: Heard) -> None:
    application = paid()
    assert "send_notices" in run_due_chores(NOW)
    [(to, text)] = gateway.texts()
    assert to == PHONE
    assert application.reference in text
    assert CHORES["send_notices"].every == timedelta(minutes=1)


def test_a_gateway_that_fails_is_no_matter_to_the_office(gateway: Heard) -> None:
    gateway.status = 500
    application = paid()
    assert send_due_notices(NOW) == 0
    assert fresh(application).state == State.PAID
    assert one(NoticeKind.PAID).failure == "unreached 500"


def test_without_gateways_there_is_nothing_to_do(settings: Any) -> None:
    paid()
    settings.NOTICE_GATEWAYS = {}
    assert send_due_notices(NOW) == 0
    assert one(NoticeKind.PAID).tries == 0


def test_what_is_over_for_more_than_a_year_is_forgotten() -> None:
    paid(1), paid(2)
    send_through(Post(None, Failure.REFUSED), NOW)
    assert forget_notices(NOW + KEPT) == 0
    assert forget_notices(NOW + KEPT + timedelta(seconds=1)) == 1
    assert Notice.objects.get().state == NoticeState.WAITING
    assert "forget_notices" in CHORES
