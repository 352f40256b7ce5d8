"""Which papers may lie with an application, and is nothing kept of a file but what it shows?"""

from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from borderpass.domain.attachments import MAX_FILE_BYTES, MAX_FILES, AttachmentKind
from borderpass.domain.declined import Declined, Ground
from borderpass.services.attach_document import attach_document, remove_document
from borderpass.services.lodge_application import lodge_application
from borderpass.store.keys import new_id
from borderpass.store.models import Attachment
from borderpass.store.queries.drafts import attachments_for, papers_of
from tests.cast import BOPHA, DARA, EVERYBODY, MALEE, NEXT_CLERK, POIPET, PROVINCE, RITH, VICHEA
from tests.installation import NOW, declined, done, form, lodged, photo

pytestmark = pytest.mark.usefixtures("installation")
PDF = b"%PDF-1.7 made of nothing"


def picture(kind: str = "PNG", colour: str = "white", **options: object) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (400, 300), colour).save(buffer, kind, **options)
    return buffer.getvalue()


def attach(form_id: UUID, data: bytes, name: str = "card.png", actor: object = BOPHA) -> Attachment | Declined:
    return attach_document(form_id, POIPET, AttachmentKind.ID_CARD, name, data, actor, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_written_anew_without_what_a_phone_wrote_into_it(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "LOCATION-13.657N"
    paper = done(attach(new_id(), picture(kind, exif=exif)))
    assert paper.media_type == "image/jpeg"
    assert bytes(paper.octets).startswith(b"\xff\xd8\xff")
    assert b"LOCATION" not in bytes(paper.octets)
    assert paper.size == len(paper.octets)


def test_a_pdf_is_kept_as_it_came() -> None:
    paper = done(attach(new_id(), PDF, "book.pdf"))
    assert (paper.media_type, bytes(paper.octets), paper.name) == ("application/pdf", PDF, "book.pdf")


@pytest.mark.parametrize(
    "octets", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ", b"\xff\xd8\xff cut", b" %PDF-"]
)
def test_anything_else_is_refused_and_leaves_nothing(octets: bytes) -> None:
    assert declined(attach(new_id(), octets)) is Ground.DOCUMENT_REFUSED
    assert not Attachment.objects.exists()


def test_one_byte_too_many_is_too_many() -> None:
    assert declined(attach(new_id(), PDF.ljust(MAX_FILE_BYTES + 1))) is Ground.DOCUMENT_REFUSED
    assert done(attach(new_id(), PDF.ljust(MAX_FILE_BYTES))).size == MAX_FILE_BYTES


def test_eight_papers_and_no_more() -> None:
    mine = new_id()
    for number in range(MAX_FILES):
        done(attach(mine, PDF + bytes([number])))
    assert declined(attach(mine, PDF + b"9")) is Ground.DOCUMENT_REFUSED
    assert done(attach(new_id(), PDF)).draft is not None


def test_the_same_file_twice_is_one_paper() -> None:
    mine = new_id()
    assert done(attach(mine, PDF)).id == done(attach(mine, PDF, "again.pdf")).id
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\files\\card.jpg", "card.jpg"), ("a\x00\u202eb\n.pdf", "ab.pdf"), ("", "?")],
)
def test_a_files_name_is_only_a_name(name: str, kept: str) -> None:
    assert done(attach(new_id(), PDF, name)).name == kept


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not BOPHA], ids=lambda actor: actor.name)
def test_only_a_clerk_of_the_office_adds_one(actor: object) -> None:
    assert declined(attach(new_id(), PDF, actor=actor)) is Ground.NOT_ALLOWED
    assert not Attachment.objects.exists()


def test_a_paper_of_a_draft_can_be_taken_off_and_one_of_an_application_stays() -> None:
    told = form()
    first, second = (done(attach(told.application_id, PDF + end)) for end in (b"1", b"2"))
    assert remove_document(told.application_id, first.id, NEXT_CLERK) == 0
    assert remove_document(new_id(), first.id, BOPHA) == 0
    assert remove_document(told.application_id, first.id, BOPHA) == 1
    application = done(lodge_application(told, photo(), BOPHA, NOW))
    assert remove_document(told.application_id, second.id, BOPHA) == 0
    assert [one.id for one in papers_of(application, None)] == [second.id]


def test_after_lodging_nothing_is_added_by_this_way() -> None:
    assert declined(attach(lodged().id, PDF)) is Ground.WRONG_STATE


def test_papers_are_seen_by_those_who_may_read_the_application() -> None:
    told = form()
    paper = done(attach(told.application_id, PDF))
    assert attachments_for(BOPHA).get() == paper
    assert not attachments_for(DARA).exists()
    done(lodge_application(told, photo(), BOPHA, NOW))
    for reader in (BOPHA, DARA, PROVINCE, RITH):
        assert attachments_for(reader).filter(id=paper.id).exists(), reader.name
    for other in (NEXT_CLERK, VICHEA, MALEE):
        assert not attachments_for(other).exists(), other.name
