"""How does an operator close an office's day?"""

import pytest


@pytest.fixture
def paid(office, borderpass, write_application):
    """A fee of 20,000 riel in the drawer of Poipet's office."""
    borderpass("issue", write_application()).done()


def test_it_says_what_should_be_there(paid, borderpass):
    assert "20,000 riel should be in the drawer" in borderpass("till", "show", "0110").done()


def test_the_day_is_closed_with_what_was_counted(paid, borderpass):
    said = borderpass("till", "close", "0110", "20000", "--handed-on", "15000").done()
    assert said.endswith("is closed with 20,000 riel: it balances\n")
    assert borderpass("till", "show", "0110").refusal() == "borderpass till: no till is open in office 0110"
    borderpass("counts", "--prove").done()


def test_a_difference_needs_a_reason(paid, borderpass):
    line = borderpass("till", "close", "0110", "19500").refusal()
    assert "19,500 riel were counted and 20,000 should be there: count again, or say why" in line
    said = borderpass("till", "close", "0110", "19500", "--reason", "a note was torn").done()
    assert said.endswith("is closed with 19,500 riel: -500 riel\n")
    borderpass("counts", "--prove").done()


@pytest.mark.parametrize("words", [("close", "0110", "-1"), ("close", "0110", "5", "--handed-on", "6")])
def test_what_cannot_be_counted_closes_nothing(words, paid, borderpass):
    borderpass("till", *words, "--reason", "x").refusal()
    assert "20,000" in borderpass("till", "show", "0110").done()


def test_a_closed_day_takes_no_cash(paid, borderpass, write_application):
    borderpass("till", "close", "0110", "20000").done()
    another = write_application("another", document_number="010203042", name_latin="CHAN DARA")
    assert "the till of" in borderpass("issue", another).refusal()
