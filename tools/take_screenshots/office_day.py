"""What lies on the desks of the office of Poipet when its pictures are taken? People of the story, at every step."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from borderpass.cli.installation import done
from borderpass.cli.story.residents import Resident, make_residents
from borderpass.cli.story.stage import clerk, governor
from borderpass.domain.application_form import ApplicationForm, DocumentKind
from borderpass.domain.attachments import AttachmentKind
from borderpass.domain.blanks import Lot, PaperForm
from borderpass.domain.old_book_columns import HEADINGS, Column
from borderpass.domain.provisions import Purpose
from borderpass.pictures.drawn_face import draw_face
from borderpass.services.approve_application import approve_application
from borderpass.services.attach_document import attach_document
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.lodge_application import lodge_application
from borderpass.services.open_keystore import open_keystore
from borderpass.services.print_pass import print_pass
from borderpass.services.receive_blanks import receive_blanks
from borderpass.services.sign_pass import sign_pass
from borderpass.services.take_fee import take_fee
from borderpass.signing.file_keystore import FileKeystore
from borderpass.store.keys import new_id
from borderpass.store.models import Application, IssuedPass, Staff

OFFICE = "0110"
_PEOPLE = {f"clerk-{OFFICE}": "ព្រំ បុប្ផា", f"governor-{OFFICE}": "ទេព ដារ៉ា"}
_FEE_RIEL = 20_000
_TOLD = 10
"""So many of the story's residents applied already."""
_UNPAID = (0, 0)
_PAID = (6, 3, 2, 1, 1, 0, 0)
_SIGNED = (2, 2, 1, 1)
_PRINTED = (3, 2)
"""How many days ago each of those was taken in who stands there."""


def lay_out(home: Path, now: datetime) -> dict[str, str]:
    """Have people apply, pay and be approved; return the text of a pass that waits to be fetched, the number of one
    that is out, and where an old book with mistakes lies.
    """
    for name, full_name in _PEOPLE.items():
        Staff.objects.filter(username=name).update(full_name=full_name)
    done(receive_blanks(new_id(), OFFICE, PaperForm.A6, Lot("PB", 1, 500), clerk(OFFICE), now - timedelta(days=7)))
    people, keystore = _people(now), open_keystore(home)
    for days in _UNPAID:
        _lodge(next(people), now, days)
    for number, days in enumerate(_PAID):
        _pay(_lodge(next(people), now, days, with_paper=number != 2), now)
    for days in _SIGNED:
        _sign(_pay(_lodge(next(people), now, days), now), keystore, now)
    printed = [_sign(_pay(_lodge(next(people), now, days), now), keystore, now) for days in _PRINTED]
    for one in printed:
        done(print_pass(one.application_id, PaperForm.A6, clerk(OFFICE), now - timedelta(minutes=30)))
    out = IssuedPass.objects.filter(application__office=OFFICE, application__state="handed_over").order_by("number")
    book = home / "book-2024.csv"
    book.write_bytes(_old_book(_people(now)))
    return {"text": printed[0].qr_text or "", "number": out[0].number, "book": str(book)}


def _people(now: datetime) -> Iterator[Resident]:
    told = make_residents(_TOLD + 200, load_gazetteer(), now.date())
    return (resident for office, resident in told[_TOLD:] if office == OFFICE)


def _lodge(resident: Resident, now: datetime, days: int, with_paper: bool = True) -> Application:
    at = now - timedelta(days=days, minutes=90 + resident.seed % 60)
    form = ApplicationForm(
        application_id=new_id(),
        office_code=OFFICE,
        purpose=Purpose.NEW,
        name_latin=resident.name_latin,
        name_khmer=resident.name_khmer,
        born_on=resident.born_on,
        sex=resident.sex,
        document_kind=DocumentKind.ID_CARD,
        document_number=resident.id_number,
        home_code=resident.home_code,
        occupation="ពាណិជ្ជករ",
        phone=f"012{345_000 + resident.seed}",
        companions=resident.companions,
    )
    photo = draw_face(resident.seed, int(resident.sex), (now.date() - resident.born_on).days // 365)
    if with_paper:
        paper = form.application_id, OFFICE, AttachmentKind.ID_CARD, "ID-card.jpg", _draw_card(resident, photo)
        done(attach_document(*paper, clerk(OFFICE), at))
    return done(lodge_application(form, photo, clerk(OFFICE), at))


def _pay(application: Application, now: datetime) -> Application:
    done(take_fee(application.id, _FEE_RIEL, clerk(OFFICE), now - timedelta(minutes=60)))
    return application


def _sign(application: Application, keystore: FileKeystore, now: datetime) -> IssuedPass:
    done(approve_application(application.id, governor(OFFICE), now - timedelta(minutes=50)))
    return done(sign_pass(application.id, keystore, now - timedelta(minutes=45)))


def _draw_card(resident: Resident, photo: bytes) -> bytes:
    """Return a picture that stands for the copy of an identity card."""
    card = Image.new("RGB", (900, 570), (206, 222, 232))
    card.paste(Image.open(io.BytesIO(photo)).resize((240, 300)), (40, 150))
    draw, font = ImageDraw.Draw(card), ImageFont.load_default(36)
    lines = ("IDENTITY CARD (DRAWN)", resident.id_number, resident.name_latin, f"{resident.born_on:%d.%m.%Y}")
    for number, line in enumerate(lines):
        draw.text((320 if number else 40, 60 + 90 * number), line, (30, 40, 60), font)
    made = io.BytesIO()
    card.save(made, "JPEG", quality=85)
    return made.getvalue()


def _old_book(people: Iterator[Resident]) -> bytes:
    """Return twelve passes of a ledger, as somebody copied them; three rows have mistakes that ledgers have."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([heading.km for heading in HEADINGS.values()])
    for number, resident in zip(range(1, 13), people, strict=False):
        row = {
            Column.OLD_NUMBER: f"{number:03d}/24",
            Column.NAME_KHMER: resident.name_khmer,
            Column.NAME_LATIN: resident.name_latin,
            Column.SEX: "ប្រុស" if int(resident.sex) == 1 else "ស្រី",
            Column.BORN_ON: f"{resident.born_on:%d/%m/%Y}",
            Column.DOCUMENT_NUMBER: resident.id_number,
            Column.ADDRESS: resident.home_code,
            Column.ISSUED_ON: "15/03/2025",
            Column.VALID_UNTIL: "14/03/2027",
            Column.OFFICE: OFFICE,
            Column.FEE: "20000",
        } | _MISTAKES.get(number, {})
        writer.writerow([row.get(column, "") for column in HEADINGS])
    return text.getvalue().encode()


_MISTAKES: dict[int, dict[Column, str]] = {
    3: {Column.BORN_ON: "02/01/2533"},
    6: {Column.DOCUMENT_NUMBER: "10203040"},
    9: {Column.ISSUED_ON: "31/02/2025"},
}
