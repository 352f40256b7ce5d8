"""Is what was typed kept for its clerk, and for nobody else, until it is lodged or forgotten?"""

from datetime import timedelta
from uuid import UUID

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.domain.passes import Sex
from borderpass.pictures.drawn_face import draw_face
from borderpass.pictures.portrait import Frame, Refusal
from borderpass.services.lodge_application import lodge_application
from borderpass.services.run_chores import CHORES
from borderpass.services.save_draft import discard_draft, forget_drafts, save_draft
from borderpass.services.save_draft_picture import frame_of, lay_frame, save_draft_picture
from borderpass.store.keys import new_id
from borderpass.store.models import Application, Attachment, Draft
from borderpass.store.queries.drafts import drafts_of, find_draft
from tests.cast import BOPHA, DARA, EVERYBODY, NEXT_CLERK, POIPET, SEREI
from tests.installation import NOW, declined, done, form, lodged, minutes_later, photo

pytestmark = pytest.mark.usefixtures("installation")
COLLEAGUE = Actor("another clerk of poipet", BOPHA.role, POIPET)


def saved(form_id: UUID, actor: Actor = BOPHA, office: str = POIPET, **fields: str) -> Draft:
    draft = done(save_draft(form_id, office, fields or {"name_khmer": "សុខ"}, actor, NOW))
    assert isinstance(draft, Draft)
    return draft


def test_the_latest_that_was_typed_is_kept_once() -> None:
    mine = new_id()
    saved(mine, name_latin="SOK")
    again = done(save_draft(mine, POIPET, {"name_latin": "SOKHA"}, BOPHA, minutes_later(3)))
    assert Draft.objects.get() == again
    assert (again.fields, again.made_at, again.updated_at) == ({"name_latin": "SOKHA"}, NOW, minutes_later(3))


def test_a_draft_is_its_clerks_alone_even_under_the_same_id() -> None:
    mine = new_id()
    saved(mine, BOPHA, name_latin="MINE")
    saved(mine, COLLEAGUE, name_latin="THEIRS")
    kept = find_draft(BOPHA, mine)
    assert kept is not None
    assert kept.fields == {"name_latin": "MINE"}
    for nobody in (DARA, NEXT_CLERK):
        assert find_draft(nobody, mine) is None
        assert not drafts_of(nobody).exists()


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
def test_only_a_clerk_of_the_office_keeps_one(actor: Actor) -> None:
    assert declined(save_draft(new_id(), POIPET, {}, actor, NOW)) is Ground.NOT_ALLOWED
    assert declined(save_draft_picture(new_id(), POIPET, photo(), actor, NOW)) is Ground.NOT_ALLOWED
    assert not Draft.objects.exists()


def test_a_form_of_another_offices_application_is_not_ours() -> None:
    theirs = lodged(1, office=SEREI)
    assert declined(save_draft(theirs.id, POIPET, {}, BOPHA, NOW)) is Ground.NOT_ALLOWED


def test_what_comes_after_it_was_lodged_is_not_kept() -> None:
    application = lodged()
    late = save_draft(application.id, POIPET, {"name_latin": "X"}, BOPHA, NOW)
    assert isinstance(late, Application)
    assert late.id == application.id
    assert isinstance(save_draft_picture(application.id, POIPET, photo(), BOPHA, NOW), Application)
    assert not Draft.objects.exists()


def test_lodging_takes_the_draft_and_its_papers_along() -> None:
    told = form()
    draft = saved(told.application_id)
    theirs = saved(told.application_id, COLLEAGUE)
    for one, digest in ((draft, "a" * 64), (theirs, "b" * 64)):
        Attachment.objects.create(
            draft=one, kind="other", name="x", media_type="application/pdf", octets=b"%PDF-", size=5, sha256=digest,
            added_at=NOW, added_by=BOPHA.name,
        )  # fmt: skip
    application = done(lodge_application(told, photo(), BOPHA, NOW))
    assert [one.sha256[0] for one in Attachment.objects.filter(application=application)] == ["a"]
    assert list(Draft.objects.all()) == [theirs]


def test_what_no_database_takes_is_left_out_and_what_is_too_long_is_cut() -> None:
    draft = saved(new_id(), name_latin="SO\x00K\ud800\n", born_at="ក" * 600)
    assert draft.fields["name_latin"] == "SOK\n"
    assert len(draft.fields["born_at"]) == 500
    too_many = {f"field{number}": "x" for number in range(100)}
    assert declined(save_draft(new_id(), POIPET, too_many, BOPHA, NOW)) is Ground.BAD_FORM


def test_a_draft_is_given_up_by_its_clerk_only() -> None:
    mine = new_id()
    saved(mine)
    assert discard_draft(mine, COLLEAGUE) == 0
    assert discard_draft(mine, BOPHA) == 1
    assert not Draft.objects.exists()


def test_a_draft_that_nobody_touched_for_a_week_is_forgotten_with_its_papers() -> None:
    saved(new_id())
    old = saved(new_id())
    Draft.objects.filter(id=old.id).update(updated_at=NOW - timedelta(days=7, seconds=1))
    Attachment.objects.create(
        draft=old, kind="other", name="x", media_type="application/pdf", octets=b"%PDF-", size=5, sha256="a" * 64,
        added_at=NOW, added_by=BOPHA.name,
    )  # fmt: skip
    assert forget_drafts(NOW) == 1
    assert (Draft.objects.count(), Attachment.objects.count()) == (1, 0)
    assert CHORES["forget_drafts"].run is forget_drafts


class TestPhoto:
    def test_it_is_kept_whole_with_the_frame_that_we_would_lay(self) -> None:
        mine = new_id()
        saved(mine, name_khmer="សុខ")
        draft = done(save_draft_picture(mine, POIPET, photo(), BOPHA, NOW))
        assert isinstance(draft, Draft)
        assert bytes(draft.picture or b"").startswith(b"\xff\xd8")
        assert draft.fields["name_khmer"] == "សុខ"
        assert frame_of(draft) is not None
        assert draft.fields["concerns"] == ""

    def test_what_is_typed_later_leaves_photo_and_frame_as_they_are(self) -> None:
        mine = new_id()
        before = done(save_draft_picture(mine, POIPET, photo(), BOPHA, NOW))
        assert isinstance(before, Draft)
        after = saved(mine, name_latin="SOK")
        assert frame_of(after) == frame_of(before)
        assert after.fields["picture_width"] == before.fields["picture_width"]
        assert Draft.objects.get().picture is not None

    def test_a_frame_that_is_laid_by_hand_is_looked_at(self) -> None:
        mine = new_id()
        done(save_draft_picture(mine, POIPET, photo(), BOPHA, NOW))
        laid = done(lay_frame(mine, Frame(0.0, 0.0, 0.1), BOPHA, NOW))
        assert isinstance(laid, Draft)
        assert frame_of(laid) == Frame(0.0, 0.0, 0.1)
        assert "NO_FACE_FOUND" in laid.fields["concerns"]
        assert declined(lay_frame(mine, Frame(0, 0, 1), COLLEAGUE, NOW)) is Ground.UNKNOWN_APPLICATION

    def test_a_picture_that_is_none_leaves_the_one_that_was_there(self) -> None:
        mine = new_id()
        done(save_draft_picture(mine, POIPET, photo(), BOPHA, NOW))
        assert save_draft_picture(mine, POIPET, b"no picture", BOPHA, NOW) is Refusal.NOT_A_PICTURE
        assert Draft.objects.get().picture is not None

    def test_the_frame_is_what_the_pass_shows(self) -> None:
        told = form()
        draft = done(save_draft_picture(told.application_id, POIPET, draw_face(3, Sex.MALE, 40), BOPHA, NOW))
        assert isinstance(draft, Draft)
        framed = done(lodge_application(told, bytes(draft.picture or b""), BOPHA, NOW, Frame(0.25, 0.2, 0.5)))
        assert framed.history.get().detail["face_found"] in (True, False)
        assert bytes(framed.portrait.print_jpeg) != bytes(draft.picture or b"")
