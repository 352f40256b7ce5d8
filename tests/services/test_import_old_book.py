"""The old books: a file is checked row by row, goes back to be mended, and is imported as a whole or not at all."""

from datetime import date, timedelta

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.domain.jobs import JobState
from borderpass.domain.local_time import local_day
from borderpass.domain.old_book_columns import Column
from borderpass.domain.similar import Likeness, Person
from borderpass.services.count import count
from borderpass.services.find_old_passes import find_old_passes
from borderpass.services.import_old_book import begin_import
from borderpass.services.run_job import run_waiting_jobs
from borderpass.services.send_old_book import send_old_book
from borderpass.services.undo_old_book import forget_old_books, undo_old_book
from borderpass.sheets.open_old_book import open_old_book
from borderpass.sheets.refused import MOST_BYTES
from borderpass.store.keys import new_id
from borderpass.store.models import AuditEntry, Job, JobResult, OldImport, OldPass
from borderpass.store.models.old_books import BookState
from tests.cast import BOPHA, DARA, MALEE, NEXT_CLERK, POIPET, RITH, VICHEA
from tests.installation import NOW, Installation, declined, done, lodged, row_counts
from tests.old_books import csv_of, imported, row, sent, xlsx_of

pytestmark = pytest.mark.usefixtures("installation")
TODAY = local_day(NOW)
SOKHA = Person("SOK SOKHA", "សុខ សុខា", date(1990, 1, 2), "010203040")


class TestTheCheck:
    @pytest.mark.parametrize("octets", [csv_of(row(), row(1)), csv_of(row(), row(1), mark=";"), xlsx_of(row(), row(1))])
    def test_a_file_without_mistakes_is_good_and_nothing_is_imported_yet(self, octets: bytes) -> None:
        book = sent(octets)
        assert (book.state, book.rows, book.faulty_rows) == (BookState.GOOD, 2, 0)
        assert OldPass.objects.count() == 0
        job = Job.objects.get(id=book.id)
        assert (job.state, job.total, job.done) == (JobState.DONE, 2, 2)

    def test_one_with_mistakes_comes_back_with_words_in_front_and_its_rows_as_they_were(self) -> None:
        wrong = row(1, born_on="02/01/2533", sex="?", remarks="=HYPERLINK(1)")
        book = sent(csv_of(row(), wrong))
        assert (book.state, book.rows, book.faulty_rows) == (BookState.FAULTY, 2, 1)
        back = open_old_book(bytes(JobResult.objects.get(job_id=book.id).octets))
        first, second = back.rows()
        assert first.cells[0] == ""
        assert "2533" in str(second.cells[0])
        assert "ឆ្នាំពុទ្ធសករាជ" in str(second.cells[0])
        assert second.by_column(back.headings) == {column: wrong[column] for column in Column}

    def test_a_mended_sheet_is_good(self) -> None:
        book = sent(csv_of(row(), row(1, sex="?")))
        octets = bytes(JobResult.objects.get(job_id=book.id).octets)
        assert sent(octets).state == BookState.FAULTY
        assert sent(csv_of(row(), row(1))).state == BookState.GOOD

    def test_a_file_that_cannot_be_read_is_refused_with_its_reason(self) -> None:
        book = sent(b"a,b,c\n1,2,3\n")
        assert (book.state, book.refused_because) == (BookState.REFUSED, ["no_headings"])
        assert sent(csv_of()).refused_because == ["empty"]
        lacking = csv_of(row()).replace(b"Valid until", b"?").replace("មានសុពលភាពដល់".encode(), b"?")
        assert sent(lacking).refused_because == ["columns_missing", "valid_until"]

    def test_a_number_that_the_office_has_imported_is_told(self) -> None:
        imported(csv_of(row()))
        again = sent(csv_of(row(old_number=" ០១២ / ២៤"), row(1)))
        assert again.faults == [[2, "old_number", "there_already", []]]

    def test_sending_twice_under_one_id_is_once(self) -> None:
        one = new_id()
        for _ in range(2):
            assert done(send_old_book(one, POIPET, "b.csv", csv_of(row()), BOPHA, NOW)).id == one
        assert Job.objects.count() == 1
        assert declined(send_old_book(one, "0106", "b.csv", csv_of(row()), NEXT_CLERK, NOW)) is Ground.NOT_ALLOWED

    @pytest.mark.parametrize("actor", [DARA, NEXT_CLERK, VICHEA, MALEE, RITH], ids=lambda actor: actor.name)
    def test_only_the_offices_own_clerk_sends(self, actor: Actor) -> None:
        before = row_counts()
        assert declined(send_old_book(new_id(), POIPET, "b", b"x", actor, NOW)) is Ground.NOT_ALLOWED
        assert row_counts() == before

    def test_nothing_and_too_much_are_not_taken(self) -> None:
        for octets in (b"", b" " * (MOST_BYTES + 1)):
            assert declined(send_old_book(new_id(), POIPET, "b", octets, BOPHA, NOW)) is Ground.BAD_FORM


class TestTheImport:
    def test_all_rows_come_in_together_as_they_were_written(self) -> None:
        book = imported(csv_of(row(), row(1, fee_riel="", document_number="", name_latin="")))
        assert (book.state, book.imported_by, book.octets) == (BookState.IMPORTED, BOPHA.name, None)
        first = OldPass.objects.get(old_number="012/24")
        assert (first.office_id, first.row, first.home_code, first.fee_riel) == (POIPET, 2, "01100101", 20_000)
        assert (first.born_on, first.valid_until) == (date(1990, 1, 2), date(2027, 3, 14))
        assert OldPass.objects.count() == 2
        assert AuditEntry.objects.filter(deed="import_old_book").count() == 1

    def test_they_are_counted_apart_on_the_day_of_the_import(self) -> None:
        imported(csv_of(row(), row(1)), NOW)
        assert [count(actor)[0].figures["old_books"] for actor in (BOPHA, RITH, NEXT_CLERK)] == [2, 2, 0]
        figures = count(BOPHA, TODAY, TODAY)[0].figures
        assert (figures["old_books"], figures["issued"]) == (2, 0)
        assert [one.figures["old_books"] for one in count(BOPHA, by="office") if one.key == POIPET] == [2]
        assert count(BOPHA, last=TODAY - timedelta(days=1))[0].figures["old_books"] == 0

    def test_the_same_file_again_changes_nothing(self) -> None:
        book = imported(csv_of(row()))
        before = row_counts()
        assert done(send_old_book(new_id(), POIPET, "again.csv", csv_of(row()), BOPHA, NOW)).id == book.id
        assert row_counts() == before

    def test_what_became_wrong_since_the_check_keeps_all_of_it_out(self) -> None:
        waiting = sent(csv_of(row(1), row(2)))
        imported(csv_of(row(2, name_latin="SOK SOKHEM")))
        done(begin_import(new_id(), waiting.id, BOPHA, NOW))
        run_waiting_jobs(lambda: NOW)
        found = OldImport.objects.get(id=waiting.id)
        assert (found.state, found.faults) == (BookState.FAULTY, [[3, "old_number", "there_already", []]])
        assert JobResult.objects.filter(job__kind="import_old_book").count() == 1
        assert OldPass.objects.count() == 1

    def test_two_imports_of_one_file_are_one(self) -> None:
        book = sent(csv_of(row()))
        for _ in range(2):
            done(begin_import(new_id(), book.id, BOPHA, NOW))
        jobs = run_waiting_jobs(lambda: NOW)
        assert [job.state for job in jobs] == [JobState.DONE, JobState.DONE]
        assert OldPass.objects.count() == 1

    def test_the_same_file_sent_twice_before_either_is_imported_comes_in_once(self) -> None:
        books = [sent(csv_of(row())), sent(csv_of(row()))]
        for book in books:
            done(begin_import(new_id(), book.id, BOPHA, NOW))
        run_waiting_jobs(lambda: NOW)
        assert {OldImport.objects.get(id=book.id).state for book in books} == {BookState.IMPORTED, BookState.FAULTY}
        assert OldPass.objects.count() == 1

    def test_only_a_good_file_of_the_own_office_is_imported(self) -> None:
        faulty, good = sent(csv_of(row(sex="?"))), sent(csv_of(row()))
        assert declined(begin_import(new_id(), faulty.id, BOPHA, NOW)) is Ground.WRONG_STATE
        assert declined(begin_import(new_id(), good.id, DARA, NOW)) is Ground.NOT_ALLOWED
        assert declined(begin_import(new_id(), good.id, NEXT_CLERK, NOW)) is Ground.UNKNOWN_OLD_BOOK
        assert declined(begin_import(new_id(), new_id(), BOPHA, NOW)) is Ground.UNKNOWN_OLD_BOOK

    def test_files_that_nobody_imports_are_forgotten_after_a_week(self) -> None:
        book = sent(csv_of(row()))
        assert forget_old_books(NOW + timedelta(days=7)) == 0
        later = NOW + timedelta(days=7, seconds=1)
        assert forget_old_books(later) == 1
        assert declined(begin_import(new_id(), book.id, BOPHA, later)) is Ground.TOO_LATE


class TestTakingItBack:
    def test_all_of_an_import_goes_and_the_file_can_come_again(self) -> None:
        book = imported(csv_of(row(), row(1)))
        later = NOW + timedelta(hours=24) - timedelta(seconds=1)
        assert done(undo_old_book(book.id, BOPHA, later)).state == BookState.UNDONE
        assert OldPass.objects.count() == 0
        assert done(undo_old_book(book.id, BOPHA, later)).state == BookState.UNDONE
        assert AuditEntry.objects.filter(deed="undo_old_book").count() == 1
        assert imported(csv_of(row(), row(1))).state == BookState.IMPORTED

    def test_after_a_day_it_stays(self) -> None:
        book = imported(csv_of(row()))
        assert declined(undo_old_book(book.id, BOPHA, NOW + timedelta(hours=24))) is Ground.TOO_LATE

    def test_once_one_of_its_people_has_applied_it_stays(self) -> None:
        book = imported(csv_of(row()))
        lodged(now=NOW + timedelta(minutes=1))
        assert declined(undo_old_book(book.id, BOPHA, NOW + timedelta(minutes=2))) is Ground.IN_USE
        assert OldPass.objects.count() == 1

    def test_only_the_own_offices_clerk_takes_it_back(self) -> None:
        book = imported(csv_of(row()))
        assert declined(undo_old_book(book.id, DARA, NOW)) is Ground.NOT_ALLOWED
        assert declined(undo_old_book(book.id, NEXT_CLERK, NOW)) is Ground.UNKNOWN_OLD_BOOK
        assert declined(undo_old_book(sent(csv_of(row(3))).id, BOPHA, NOW)) is Ground.WRONG_STATE


class TestFindingOldPasses:
    def test_somebodys_old_pass_is_found_by_number_and_by_name_and_birth_date(self) -> None:
        imported(csv_of(row(), row(1, name_latin="CHEA DARA", name_khmer="ជា ដារ៉ា")))
        (found,) = find_old_passes(SOKHA, BOPHA, TODAY)
        assert found.likeness is Likeness.SAME_NUMBER
        assert found.is_good
        assert found.old_pass is not None
        (by_name,) = find_old_passes(SOKHA._replace(document_number="999999999", name_latin="SOK SOKAH"), BOPHA, TODAY)
        assert by_name.likeness is Likeness.SAME_DAY
        assert find_old_passes(SOKHA._replace(born_on=date(1970, 5, 5), document_number=""), BOPHA, TODAY) == []

    def test_one_that_is_good_comes_before_one_that_has_ended(self) -> None:
        imported(csv_of(row(valid_until="15/03/2026"), row(1, document_number="010203040")))
        assert [one.is_good for one in find_old_passes(SOKHA, BOPHA, TODAY)] == [True, False]

    def test_of_another_offices_only_the_office_and_the_day_are_told(self, installation: Installation) -> None:
        imported(csv_of(row()))
        (found,) = find_old_passes(SOKHA, NEXT_CLERK, TODAY)
        assert (found.old_pass, found.office.code, found.valid_until) == (None, POIPET, date(2027, 3, 14))

    def test_it_prevents_nothing_by_itself(self) -> None:
        imported(csv_of(row()))
        assert lodged().state


def test_a_job_that_is_run_again_after_a_crash_changes_nothing() -> None:
    book = imported(csv_of(row()))
    Job.objects.update(state=JobState.WAITING)
    before = row_counts()
    run_waiting_jobs(lambda: NOW)
    assert row_counts() == before
    assert BOPHA.name == OldImport.objects.get(id=book.id).imported_by


def test_a_check_that_lost_its_sheet_in_a_crash_makes_it_again() -> None:
    book = sent(csv_of(row(sex="?")))
    JobResult.objects.all().delete()
    Job.objects.update(state=JobState.WAITING)
    run_waiting_jobs(lambda: NOW)
    assert JobResult.objects.filter(job_id=book.id).exists()
    assert OldImport.objects.get(id=book.id).state == BookState.FAULTY
