"""What may stand in an application file, and what is said of one that is wrong?"""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from borderpass.cli.application_file import MAX_BYTES, read_application_file
from borderpass.cli.refused import Refused
from borderpass.domain.application_form import DocumentKind
from borderpass.domain.passes import Companion, Sex
from borderpass.domain.provisions import Purpose
from tests.cli.conftest import SOKHA
from tests.cli.running import ROOT

MANUAL = ROOT / "docs" / "reference" / "application-file.md"


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        read_application_file(path)
    message = str(refused.value)
    assert len(message.splitlines()) == 1
    assert len(message) < 500
    return message


def test_the_least_file_takes_the_usual_for_the_rest(write_application, face):
    form, photo = read_application_file(write_application())
    assert photo == face
    assert (form.purpose, form.nationality, form.companions) == (Purpose.NEW, "KHM", ())
    assert (form.born_on, form.sex, form.document_kind) == (date(1990, 5, 4), Sex.FEMALE, DocumentKind.ID_CARD)


def test_the_id_comes_from_the_content_or_from_the_file(write_application):
    one, same, other = write_application("one"), write_application("two"), write_application("three", phone="012345678")
    ids = [read_application_file(path)[0].application_id for path in (one, same, other)]
    assert ids[0] == ids[1] != ids[2]
    given = "0193a5b0-1111-7222-8333-444455556666"
    form, _ = read_application_file(write_application("four", application_id=given))
    assert str(form.application_id) == given


def test_companions_are_read(write_application):
    form, _ = read_application_file(
        write_application(companions=[{"name": "SOK DARA", "born_on": "2019-01-02", "sex": "male"}])
    )
    assert form.companions == (Companion("SOK DARA", date(2019, 1, 2), Sex.MALE),)


def test_a_byte_order_mark_does_no_harm(write_application):
    path = write_application()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    read_application_file(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[]", b"NaN", b'"text"', b"\xff\xfe{}", b"{}" * 2, b"[" * 200_000, b"9" * 5_000, b"\0"],
    ids=lambda content: str(content[:8]),
)
def test_what_is_not_one_object_is_refused(tmp_path, content):
    (tmp_path / "a.json").write_bytes(content)
    assert re.match("not JSON in UTF-8: |not one JSON object", refusal(tmp_path / "a.json"))


def test_a_file_that_never_ends_is_refused(tmp_path):
    (tmp_path / "a.json").write_bytes(b" " * (MAX_BYTES + 1))
    assert refusal(tmp_path / "a.json").endswith("is larger than 1024 KiB")
    assert refusal(Path("/dev/zero")).endswith("is larger than 1024 KiB")


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert refusal(tmp_path / "a.json").endswith("No such file or directory")
    assert refusal(tmp_path).endswith("Is a directory")


@pytest.mark.parametrize("key", list(SOKHA))
def test_a_field_that_is_needed_is_missed_by_name(write_application, key):
    assert refusal(write_application(**{key: None})) == f"lacks {key}"


def test_an_unknown_field_is_named(write_application):
    assert refusal(write_application(colour="red", **{"a\nb": 1})) == "has unknown keys 'a\\nb', 'colour'"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("office_code", 110),
        ("name_latin", ["SOK"]),
        ("name_latin", "SOK\0SOKHA"),
        ("office_code", "\ud800"),
        ("occupation", "\udfff"),
        ("born_on", 19900504),
        ("born_on", "04/05/1990"),
        ("born_on", "1990-02-30"),
        ("born_on", "x" * 10_000),
        ("sex", "f"),
        ("sex", 2),
        ("sex", ["male"]),
        ("purpose", "holiday"),
        ("purpose", {}),
        ("document_kind", "passport"),
        ("application_id", "1"),
        ("application_id", 1),
        ("application_id", "x" * 10_000),
        ("phone", True),
        ("companions", "SOK DARA"),
        ("companions", [1]),
        ("companions", [{"name": "SOK DARA"}]),
        ("companions", [{"name": "SOK DARA", "born_on": "2019", "sex": "male"}]),
        ("companions", [{"name": "SOK DARA", "born_on": "2019-01-02", "sex": "boy"}]),
    ],
    ids=lambda value: str(value)[:20].encode("ascii", "backslashreplace").decode(),
)
def test_a_value_that_cannot_be_is_refused_with_its_field(write_application, field, value):
    assert refusal(write_application(**{field: value})).startswith(f"{field}")


def test_the_name_of_a_companion_is_a_text(write_application):
    child = {"name": 1, "born_on": "2019-01-02", "sex": "male"}
    assert refusal(write_application(companions=[child])) == "companions: name is not a text"


@pytest.mark.parametrize("photo", ["missing.png", ".", "/nowhere/at/all.png", "x" * 300])
def test_a_photo_that_cannot_be_read_is_named(write_application, photo):
    assert refusal(write_application(photo=photo)).startswith("photo: cannot read ")


@pytest.mark.parametrize("photo", ["a\0b", "\ud800", 1, ["sokha.png"]])
def test_a_photo_that_is_no_name_is_refused(write_application, photo):
    assert refusal(write_application(photo=photo)).startswith("photo")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=8), values, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from([*SOKHA, "companions", "purpose", "application_id", "born_at", "phone"])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.dictionaries(KEYS, JSON).map(lambda some: json.dumps({**SOKHA, **some}).encode()))
def test_any_file_is_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_bytes(content)
    try:
        read_application_file(path)
    except Refused as refused:
        assert len(str(refused).splitlines()) == 1  # noqa: PT017  # either outcome will do


def test_the_manual_s_example_is_an_application_file(write_application, face):
    example = re.search(r"```json\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL)
    assert example is not None
    path = write_application()
    path.write_text(example[1], "utf-8")
    (path.parent / json.loads(example[1])["photo"]).write_bytes(face)
    form, _ = read_application_file(path)
    assert form.companions


def test_the_manual_names_every_field():
    from borderpass.cli.application_file import _OPTIONAL, _REQUIRED

    rows = re.findall(r"^\| `(\w+)` \| (yes|no) \|", MANUAL.read_text("utf-8"), re.MULTILINE)
    assert {name for name, needed in rows if needed == "yes"} == _REQUIRED
    assert {name for name, needed in rows if needed == "no"} == _OPTIONAL
