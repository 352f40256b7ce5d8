"""How does an operator get from an application file to a printed pass?"""

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from borderpass.pictures.read_codes import read_codes


def number_in(said: str) -> str:
    found = re.search(r": pass (\S+) in ", said)
    assert found is not None, said
    return found[1]


@pytest.fixture
def not_issued(borderpass):
    """Issue a file that is refused; return the line that says why, without what names the file."""

    def call(path):
        prefix = f"borderpass issue: {path}: "
        line = borderpass("issue", path).refusal()
        assert line.startswith(prefix)
        return line.removeprefix(prefix)

    return call


def test_a_good_file_becomes_a_pass_that_verifies(office, borderpass, write_application):
    path = write_application()
    said = borderpass("issue", path).done()
    pdf = office / "passes" / f"{number_in(said)}.pdf"
    assert said == f"{path}: pass {pdf.stem} in {pdf}\n"
    borderpass("bundle", "export", office / "bundle.cbor").done()
    verified = borderpass(
        "verify", "--json", "--bundle", office / "bundle.cbor", "--root", office / "root.pem", pdf
    ).done()
    answer = json.loads(verified)
    assert (answer["verdict"], answer["pass"]["number"]) == ("ADMIT", pdf.stem)
    assert (answer["holder"]["name_latin"], answer["holder"]["name_khmer"]) == ("SOK SOKHA", "សុខ សុខា")


def test_the_same_file_again_is_the_same_pass(office, borderpass, write_application):
    path = write_application()
    assert borderpass("issue", path).done() == borderpass("issue", path).done()
    counts = json.loads(borderpass("counts", "--json").done())[0]
    assert (counts["lodged"], counts["issued"], counts["printed"], counts["reprinted"]) == (1, 1, 1, 0)
    assert counts["fee_riel"] == 20_000


def test_the_papers_go_where_they_are_wanted_as_a_card_too(office, borderpass, write_application, tmp_path):
    said = borderpass("issue", "--card", "--out", tmp_path / "new" / "folder", write_application()).done()
    pdf = tmp_path / "new" / "folder" / f"{number_in(said)}.pdf"
    assert len(read_codes(pdf.read_bytes())) == 1


def test_companions_and_every_other_field_are_taken(office, borderpass, write_application):
    path = write_application(
        application_id="0193a5b0-1111-7222-8333-444455556666",
        purpose="one_time",
        born_at="បាត់ដំបង",
        nationality="KHM",
        occupation="ពាណិជ្ជករ",
        phone="012 345 678",
        companions=[{"name": "SOK DARA", "born_on": "2019-01-02", "sex": "male"}],
    )
    borderpass("issue", path).done()


def test_what_is_refused_does_not_stop_the_others(office, borderpass, write_application):
    stranger = write_application("stranger", home_code="02120101", document_number="010203041")
    good = write_application("good")
    ran = borderpass("issue", stranger, good, stranger)
    assert ran.status == 1
    assert ran.out.startswith(f"{good}: pass ")
    assert len(ran.out.splitlines()) == 1
    assert [line.split(": ")[1] for line in ran.err.splitlines()] == [str(stranger)] * 2
    assert "apply at office 0212, or at the provincial hall" in ran.err


def test_an_office_without_keys_signs_nothing_and_goes_on_when_it_has_them(home, borderpass, write_application):
    borderpass("office", "add", "0110").done()
    path = write_application()
    borderpass("issue", path).refusal()
    borderpass("office", "key", "0110").done()
    borderpass("issue", path).done()
    assert json.loads(borderpass("counts", "--json").done())[0]["lodged"] == 1


def test_an_unknown_office_is_one_line(home, not_issued, write_application):
    assert not_issued(write_application()) == "there is no office 0110"


def test_a_second_pass_of_the_same_person_is_refused(office, borderpass, not_issued, write_application):
    borderpass("issue", write_application()).done()
    assert "SOK SOKHA holds pass " in not_issued(write_application("again", occupation="ពាណិជ្ជករ"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name_latin": "123"}, "name_latin: "),
        ({"name_khmer": "SOKHA"}, "name_khmer: "),
        ({"document_number": "12"}, "document_number: "),
        ({"home_code": "1"}, "home_code: "),
        ({"home_code": "01990101"}, "01990101"),
        ({"home_code": "12010101"}, "border provinces"),
        ({"born_on": "1800-01-01"}, "born_on: "),
        ({"born_on": "2120-01-01"}, "born_on: "),
        ({"office_code": "0000"}, "there is no office 0000"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_the_counter_would_refuse_is_one_line(office, not_issued, write_application, changes, words):
    assert words in not_issued(write_application(**changes))


def test_a_photo_that_is_none_is_one_line(office, not_issued, write_application):
    path = write_application(photo="note.txt")
    (path.parent / "note.txt").write_text("not a photo", "utf-8")
    assert "not a JPEG, PNG, WebP or HEIC picture" in not_issued(path)


def test_a_photo_that_is_too_small_is_one_line(office, not_issued, write_application):
    path = write_application(photo="small.png")
    octets = BytesIO()
    Image.new("RGB", (20, 20)).save(octets, "PNG")
    (path.parent / "small.png").write_bytes(octets.getvalue())
    assert "send one of at least" in not_issued(path)


def test_a_folder_that_cannot_be_made_is_one_line(office, borderpass, write_application, tmp_path):
    (tmp_path / "taken").write_bytes(b"")
    assert "File exists" in borderpass("issue", "--out", tmp_path / "taken", write_application()).refusal()
