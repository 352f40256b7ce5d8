"""How does an operator bring in an old book?"""

import pytest

from tests.old_books import csv_of, row


@pytest.fixture
def book(tmp_path):
    def write(octets):
        path = tmp_path / "book.csv"
        path.write_bytes(octets)
        return str(path)

    return write


def test_a_good_book_is_checked_then_imported_and_a_second_time_changes_nothing(office, borderpass, book):
    path = book(csv_of(row(), row(1)))
    assert borderpass("books", "check", path, "--office", "0110").done() == "2 rows, 0 of them wrong\n"
    for _ in range(2):
        said = borderpass("books", "import", path, "--office", "0110").done()
        assert said.startswith("office 0110: 2 passes of the old books, imported ")
    line = borderpass("books", "import", book(csv_of(row(), row(3))), "--office", "0110").refusal()
    assert "1 of 2 rows are wrong: nothing is imported" in line


def test_what_is_wrong_is_said_row_by_row(office, borderpass, book):
    ran = borderpass("books", "check", book(csv_of(row(), row(1, sex="?"))), "--office", "0110")
    assert ran.status == 1
    assert ran.out == "row 3, Sex: write M or F\n2 rows, 1 of them wrong\n"


@pytest.mark.parametrize("octets", [b"hello", csv_of(row()) + b'"x'])
def test_a_file_that_is_no_book_is_refused(office, borderpass, book, octets):
    assert "the file is refused" in borderpass("books", "import", book(octets), "--office", "0110").refusal()


def test_an_office_that_is_not_there_and_a_file_that_is_not(office, borderpass, book):
    assert "there is no office 0199" in borderpass("books", "check", book(b"x"), "--office", "0199").refusal()
    borderpass("books", "check", "/nowhere/book.csv", "--office", "0110").refusal()
