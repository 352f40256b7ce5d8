"""/office/<office>/imports/: an old book is sent, checked, mended, imported as a whole, and taken back within a day."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from borderpass.domain.old_book_columns import Column
from borderpass.services.run_job import run_waiting_jobs
from borderpass.sheets.open_old_book import open_old_book
from borderpass.sheets.refused import SheetTrouble
from borderpass.store.keys import new_id
from borderpass.store.models import Job, OldImport, OldPass
from borderpass.store.models.old_books import BookState
from borderpass.web.office.imports.notes import NOTES
from borderpass.web.office.imports.wording import say_state, say_trouble
from tests.cast import BOPHA, DARA, MALEE, POIPET, RITH, SEREI, VICHEA
from tests.installation import NOW, Installation, lodged
from tests.old_books import csv_of, imported, row, sent
from tests.web.conftest import sign_in
from tests.web.forms import post
from tests.web.intake import SOPHEA, form_url, send, take_photo, text_of

HOME = f"/office/{POIPET}/imports/"


@pytest.fixture
def clerk(client: Client, world: Installation) -> Client:
    return sign_in(client, BOPHA.name)


def upload(client: Client, octets: bytes, name: str = "book.csv", **fields: Any) -> Any:
    file = SimpleUploadedFile(name, octets, "application/octet-stream")
    return post(client, HOME, {"id": str(new_id()), "file": file, **fields})


def html_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return str(response.content.decode())


class TestSending:
    def test_from_the_empty_sheet_to_the_last_page(self, clerk: Client) -> None:
        assert "Nothing was sent yet." in html_of(clerk, HOME)
        response = upload(clerk, csv_of(row(), row(1)))
        book = OldImport.objects.get()
        assert response.headers["Location"] == f"/office/{POIPET}/jobs/{book.id}/"
        assert "Check an old book" in html_of(clerk, response.headers["Location"])
        run_waiting_jobs(lambda: NOW)
        assert f'href="{HOME}{book.id}/">Go on</a>' in html_of(clerk, response.headers["Location"])
        assert f'href="{HOME}{book.id}/"' in html_of(clerk, HOME)
        assert "Import all 2 rows" in html_of(clerk, f"{HOME}{book.id}/")
        begun = post(clerk, f"{HOME}{book.id}/import/", {"job_id": str(new_id())})
        assert "It is being imported." in html_of(clerk, f"{HOME}{book.id}/")
        run_waiting_jobs(lambda: NOW)
        assert "2 done" in html_of(clerk, begun.headers["Location"])
        page = html_of(clerk, f"{HOME}{book.id}/")
        assert "Take the import back" in page
        assert "Import all" not in page
        assert "012/24" in html_of(clerk, f"{HOME}passes/")

    def test_the_empty_sheet_is_one_that_we_read(self, clerk: Client) -> None:
        response = clerk.get(f"{HOME}sheet/")
        assert response.headers["Content-Disposition"] == 'attachment; filename="old-books-0110.xlsx"'
        assert list(open_old_book(response.content).rows()) == []
        explained = load_workbook(BytesIO(response.content))["How to fill in"]
        assert explained.max_row == len(NOTES) + 1
        assert [note[0] for note in NOTES] == list(Column)

    def test_a_double_click_sends_once(self, clerk: Client) -> None:
        one = str(new_id())
        for _ in range(2):
            assert upload(clerk, csv_of(row()), id=one).status_code == 302
        assert Job.objects.count() == 1

    def test_no_file_an_empty_one_or_a_bad_id_are_told_at_the_field(self, clerk: Client) -> None:
        assert "Choose the file." in text_of(post(clerk, HOME, {"id": str(new_id())}))
        assert "This file is empty." in text_of(upload(clerk, b""))
        assert upload(clerk, b"x", id="x").status_code == 422
        assert OldImport.objects.count() == 0

    def test_what_was_imported_before_is_told(self, clerk: Client) -> None:
        book = imported(csv_of(row()))
        response = upload(clerk, csv_of(row()))
        assert response.headers["Location"] == f"{HOME}{book.id}/"
        assert "imported before. Nothing was changed." in html_of(clerk, response.headers["Location"])

    def test_a_name_of_a_file_does_no_harm(self, clerk: Client) -> None:
        upload(clerk, csv_of(row(sex="?")), name="<b>ស\u202e.csv")
        run_waiting_jobs(lambda: NOW)
        assert "<b>ស" not in html_of(clerk, HOME)
        assert clerk.get(f"/office/{POIPET}/jobs/{OldImport.objects.get().id}/result/").status_code == 200


class TestAFileWithMistakes:
    def test_each_is_told_with_its_row_and_column_and_the_sheet_is_offered(self, clerk: Client) -> None:
        book = sent(csv_of(row(), row(1, born_on="02/01/2533", address="Poipet")))
        page = html_of(clerk, f"{HOME}{book.id}/")
        assert "2533 is a year of the Buddhist Era; if 1990 is meant, write 1990" in page
        assert "may be several places; write one code: 0110 Paoy Paet" in page
        assert f'href="/office/{POIPET}/jobs/{book.id}/result/"' in page
        assert "Import all" not in page
        assert "Row 3, Date of birth: 2533 is a year" in html_of(clerk, f"/office/{POIPET}/jobs/{book.id}/")

    def test_it_cannot_be_imported(self, clerk: Client) -> None:
        book = sent(csv_of(row(sex="?")))
        url = f"{HOME}{book.id}/import/"
        response = post(clerk, url, {"job_id": str(new_id())})
        assert "moved on meanwhile" in html_of(clerk, response.headers["Location"])
        assert post(clerk, url, {"job_id": "x"}).status_code == 302
        assert OldPass.objects.count() == 0

    def test_what_an_import_finds_wrong_is_offered_as_a_sheet_too(self, clerk: Client) -> None:
        waiting = sent(csv_of(row(1), row(2)))
        imported(csv_of(row(2, fee_riel="")))
        begun = post(clerk, f"{HOME}{waiting.id}/import/", {"job_id": str(new_id())}).headers["Location"]
        run_waiting_jobs(lambda: NOW)
        page = html_of(clerk, f"{HOME}{waiting.id}/")
        assert f'href="{begun}result/"' in page
        assert "this number was imported before" in page
        assert clerk.get(f"{begun}result/").status_code == 200

    def test_one_that_cannot_be_read_says_why(self, clerk: Client) -> None:
        book = sent(b"\xd0\xcf\x11\xe0 old")
        assert "Save it as .xlsx" in html_of(clerk, f"{HOME}{book.id}/")
        assert "Save it as .xlsx" in html_of(clerk, f"/office/{POIPET}/jobs/{book.id}/")

    def test_headings_that_mean_nothing_are_named(self, clerk: Client) -> None:
        octets = csv_of(row(), row(1, sex="?")).replace(b"Remarks", b"?").replace("កំណត់សម្គាល់".encode(), b"Weight")
        assert "“Weight ?”" in html_of(clerk, f"{HOME}{sent(octets).id}/")


class TestTakingBack:
    def test_it_is_said_until_when_and_done(self, clerk: Client) -> None:
        book = imported(csv_of(row()))
        assert "until 24 November 2026, 09:00" in html_of(clerk, f"{HOME}{book.id}/")
        post(clerk, f"{HOME}{book.id}/undo/")
        assert OldPass.objects.count() == 0
        assert "none of its passes is here any more" in html_of(clerk, f"{HOME}{book.id}/")

    def test_why_not_is_said(self, clerk: Client) -> None:
        book = imported(csv_of(row(5)))
        lodged(7, document_number="900000005")
        assert "Somebody of this book has applied since" in html_of(clerk, f"{HOME}{book.id}/")
        post(clerk, f"{HOME}{book.id}/undo/")
        assert OldPass.objects.count() == 1


class TestThePasses:
    @pytest.mark.parametrize("asked", ["012/24", "០១២/២៤", "sok", "សុខា", "02/01/1990", "010203040"])
    def test_they_are_found_by_what_is_known_of_them(self, clerk: Client, asked: str) -> None:
        imported(csv_of(row(), row(1, name_latin="CHEA DARA", name_khmer="ជា ដារ៉ា", born_on="03/03/1993")))
        page = text_of(clerk.get(f"{HOME}passes/", {"old": asked}))
        assert "SOK SOKHA" in page
        assert "CHEA DARA" not in page

    def test_the_search_of_the_office_leads_to_them(self, clerk: Client) -> None:
        imported(csv_of(row(5)))
        page = text_of(clerk.get(f"/office/{POIPET}/search/", {"q": "N5"}))
        assert f'href="{HOME}passes/?old=N5"' in page
        assert "passes/?old=" not in text_of(clerk.get(f"/office/{POIPET}/search/", {"q": "nobody"}))
        assert clerk.get(f"/office/{POIPET}/search/", {"q": "A" * 5_000}).status_code == 200

    def test_nonsense_finds_nothing(self, clerk: Client) -> None:
        imported(csv_of(row()))
        for asked in ("zzz", "%", "\0", "A" * 300, "A0110-26-000001-X"):
            assert clerk.get(f"{HOME}passes/", {"old": asked, "page": "x"}).status_code == 200
        assert "There is none." in text_of(clerk.get(f"{HOME}passes/", {"old": "zzz"}))


class TestWho:
    @pytest.mark.parametrize("name", [DARA.name, RITH.name])
    def test_others_of_the_office_look_and_do_nothing(self, client: Client, world: Installation, name: str) -> None:
        book, there = sent(csv_of(row())), sign_in(client, name)
        assert "Send and check" not in html_of(there, HOME)
        assert "Import all" not in html_of(there, f"{HOME}{book.id}/")
        assert upload(there, b"x").status_code == 403
        for rest in ("import/", "undo/"):
            assert post(there, f"{HOME}{book.id}/{rest}").status_code == 403
        assert there.get(f"{HOME}sheet/").status_code == 403

    def test_another_offices_is_not_there(self, client: Client, world: Installation) -> None:
        book = sent(csv_of(row()))
        there = sign_in(client, VICHEA.name)
        assert there.get(f"{HOME}{book.id}/").status_code == 404
        assert there.get(f"/office/{SEREI}/imports/{book.id}/").status_code == 404
        assert sign_in(client, MALEE.name).get(HOME).status_code == 403

    def test_what_changes_something_takes_a_post(self, clerk: Client) -> None:
        book = sent(csv_of(row()))
        for rest in ("import/", "undo/"):
            assert clerk.get(f"{HOME}{book.id}/{rest}").status_code == 405


class TestAtTheCounter:
    def test_who_holds_a_pass_of_the_old_books_is_shown_and_compared(self, clerk: Client) -> None:
        imported(csv_of(row(5, name_latin="SOK SOPHEA", name_khmer="សុខ សុភា", born_on="04/05/1992")))
        url = form_url()
        page = text_of(take_photo(clerk, url, **SOPHEA))
        assert "Holds a pass of the old books" in page
        assert "Good until 14/03/2027" in page
        assert "N5" in page
        told = send(clerk, url, **SOPHEA)
        assert told.status_code == 422
        assert "Compare, then tick the box." in text_of(told)
        word = text_of(told).split('name="compared"')[1].split('value="')[1].split('"')[0]
        assert send(clerk, url, **SOPHEA, compared=word).status_code == 302

    def test_one_that_has_ended_is_shown_and_asks_nothing(self, clerk: Client) -> None:
        ended = row(5, name_latin="SOK SOPHEA", name_khmer="", born_on="04/05/1992", valid_until="01/01/2026")
        imported(csv_of(ended))
        url = form_url()
        assert "Held a pass of the old books" in text_of(take_photo(clerk, url, **SOPHEA))
        assert send(clerk, url, **SOPHEA).status_code == 302


@pytest.mark.parametrize("trouble", SheetTrouble)
def test_each_reason_to_refuse_a_file_has_its_words(trouble: SheetTrouble) -> None:
    told = {"columns_missing": ["sex"], "column_twice": ["sex"]}.get(trouble, ["20"])
    assert say_trouble([trouble, *told])
    assert "%(" not in say_trouble([trouble, *told])


@pytest.mark.parametrize("state", BookState)
def test_each_state_has_its_words(state: BookState) -> None:
    assert say_state(state)
