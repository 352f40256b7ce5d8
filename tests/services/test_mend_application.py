"""Is an application mended as it is right now, once, with what stood there before kept beside it?"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.application import Event, State
from borderpass.domain.application_form import ApplicationForm, DocumentKind
from borderpass.domain.attachments import AttachmentKind
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.passes import Companion, Sex
from borderpass.domain.provisions import Purpose
from borderpass.pictures.drawn_face import draw_face
from borderpass.services.approve_application import approve_application
from borderpass.services.attach_document import attach_document
from borderpass.services.close_application import close_application
from borderpass.services.mend_application import form_of, mend_application
from borderpass.services.save_draft import save_draft
from borderpass.services.sign_pass import sign_pass
from borderpass.store.models import Application, AuditEntry, Draft, Mending, PastPortrait, Portrait
from borderpass.store.queries.drafts import papers_of
from tests.cast import BOPHA, DARA, EVERYBODY, NEXT_CLERK, POIPET, SEREI
from tests.installation import NOW, Installation, declined, done, fresh, lodged, minutes_later, paid, row_counts

pytestmark = pytest.mark.usefixtures("installation")
SON = Companion("SOK VEASNA", date(2019, 4, 30), Sex.MALE)


@pytest.fixture
def returned() -> Application:
    application = paid()
    done(close_application(application.id, Event.RETURN, "the name is cut", DARA, NOW))
    return fresh(application)


def mend(application: Application, photo: bytes | None = None, actor: Actor = BOPHA, **changes: Any) -> Any:
    told = replace(form_of(application), **changes)
    return mend_application(told, photo, None, "as on the card", actor, minutes_later(5))


def test_what_is_right_now_is_kept_and_the_governor_has_it_again(returned: Application) -> None:
    mended = done(mend(returned, name_latin="sok sokha maly", born_on=date(1990, 1, 3), companions=(SON,)))
    kept = fresh(mended)
    assert (kept.state, kept.name_latin, kept.born_on) == (State.PAID, "SOK SOKHA MALY", date(1990, 1, 3))
    assert kept.companions == [["SOK VEASNA", "2019-04-30", 1]]
    assert (kept.reference, kept.lodged_at, kept.office_id) == (returned.reference, returned.lodged_at, POIPET)


def test_before_and_after_are_kept_and_the_event_names_fields_only(returned: Application) -> None:
    done(mend(returned, name_latin="SOK SOKHA MALY", phone=""))
    mending = Mending.objects.get()
    assert mending.changes == {"name_latin": ["SOK SOKHA", "SOK SOKHA MALY"], "phone": ["012345678", ""]}
    event = returned.history.order_by("-seq").first()
    assert event is not None
    assert (event.event, event.seq, event.note) == (Event.RESUBMIT, mending.seq, "as on the card")
    assert event.detail == {"changed": ["name_latin", "phone"]}
    audited = AuditEntry.objects.order_by("-seq").first()
    assert audited is not None
    assert "SOK SOKHA" not in str(audited.detail)


def test_another_photo_takes_the_place_of_the_one_that_is_kept(returned: Application) -> None:
    before = bytes(Portrait.objects.get(application=returned).print_jpeg)
    done(mend(returned, draw_face(9, 2, 36)))
    assert bytes(PastPortrait.objects.get().print_jpeg) == before
    assert bytes(Portrait.objects.get(application=returned).print_jpeg) != before
    assert returned.history.get(event=Event.RESUBMIT).detail["changed"] == ["photo"]


def test_it_may_go_back_as_it_is_with_a_paper_more(returned: Application) -> None:
    paper = done(attach_document(returned.id, POIPET, AttachmentKind.OTHER, "a.pdf", b"%PDF-", BOPHA, NOW))
    done(mend(returned))
    assert [one.id for one in papers_of(returned, None)] == [paper.id]
    assert not Mending.objects.exists()
    assert not Draft.objects.exists()


def test_sent_twice_it_is_mended_once(returned: Application) -> None:
    done(mend(returned, name_latin="SOK SOKHA MALY"))
    before = row_counts()
    again = done(mend(returned, name_latin="SOMEBODY ELSE"))
    assert (again.id, again.name_latin) == (returned.id, "SOK SOKHA MALY")
    assert row_counts() == before


def test_what_it_is_for_and_where_cannot_be_mended(returned: Application) -> None:
    mended = done(mend(returned, purpose=Purpose.ONE_TIME, office_code=SEREI))
    assert (fresh(mended).purpose, fresh(mended).office_id) == (Purpose.NEW, POIPET)


@pytest.mark.parametrize(
    ("changes", "ground"),
    [
        ({"name_latin": "សុខ"}, Ground.BAD_FORM),
        ({"home_code": "01060201"}, Ground.OUTSIDE_JURISDICTION),
        ({"home_code": "120101"}, Ground.NOT_ELIGIBLE),
        (
            {"born_on": date(2016, 1, 1), "document_kind": DocumentKind.BIRTH_CERTIFICATE, "document_number": "N1"},
            Ground.TOO_YOUNG,
        ),
        ({"companions": (SON,) * 5}, Ground.BAD_FORM),
    ],
)
def test_what_would_not_be_taken_in_is_not_taken_back_either(
    returned: Application, changes: dict[str, Any], ground: Ground
) -> None:
    before = row_counts()
    assert declined(mend(returned, **changes)) is ground
    assert declined(mend(returned, b"no picture")) is Ground.PHOTO_REFUSED
    assert row_counts() == before
    assert fresh(returned).state == State.RETURNED


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
def test_only_a_clerk_of_the_office_mends(returned: Application, actor: Actor) -> None:
    assert declined(mend(returned, actor=actor)) in (Ground.NOT_ALLOWED, Ground.UNKNOWN_APPLICATION)
    assert fresh(returned).state == State.RETURNED


def test_what_was_not_returned_is_not_mended() -> None:
    for application in (lodged(1), paid(2)):
        assert declined(mend(application, name_latin="X")) is Ground.WRONG_STATE
    nobody: ApplicationForm = replace(form_of(lodged(3)), application_id=uuid4())
    answer: Application | Declined = mend_application(nobody, None, None, "", BOPHA, NOW)
    assert declined(answer) is Ground.UNKNOWN_APPLICATION
    assert declined(mend(lodged(4), actor=NEXT_CLERK)) is Ground.UNKNOWN_APPLICATION


def test_the_pass_says_what_was_mended(returned: Application, installation: Installation) -> None:
    done(mend(returned, name_latin="SOK SOKHA MALY"))
    done(approve_application(returned.id, DARA, minutes_later(6)))
    issued = done(sign_pass(returned.id, installation.keystore, minutes_later(7)))
    assert issued.application.name_latin == "SOK SOKHA MALY"


def test_a_draft_of_a_returned_one_is_kept_and_goes_with_it(returned: Application) -> None:
    draft = done(save_draft(returned.id, POIPET, {"name_latin": "SOK"}, BOPHA, NOW))
    assert isinstance(draft, Draft)
    done(mend(returned))
    assert not Draft.objects.exists()


def test_form_of_an_application_is_the_form_it_was_made_of() -> None:
    application = lodged(companions=(SON,), second_number="1234567890")
    made = form_of(fresh(application))
    assert made.companions == (SON,)
    assert made.second_number == "1234567890"
    assert (made.application_id, made.sex) == (application.id, Sex.FEMALE)
