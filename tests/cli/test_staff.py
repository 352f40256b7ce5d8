"""Does the first person of an installation get in, and is everything refused in one line?"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from borderpass.services.sign_in import sign_in
from borderpass.store.models import AuditEntry, Staff
from tests.installation import NOW

SAID = re.compile(r"(\S+) signs in with ([0-9A-Z-]{19}), good until \d{4}-\d{2}-\d{2} \d{2}:\d{2}\n")


def password_of(said: str) -> str:
    read = SAID.fullmatch(said)
    assert read is not None, said
    return read[2]


def test_first_person_of_the_ministry_is_added_and_signs_in(home: Path, borderpass: Any) -> None:
    assert borderpass("staff", "list").done() == "nobody signs in here yet: borderpass staff add\n"
    password = password_of(borderpass("staff", "add", "Ministry", "national_authority", "*", "Chan Dara").done())
    staff = sign_in("ministry", password, "127.0.0.1", NOW)
    assert isinstance(staff, Staff)
    assert (
        "ministry  national_authority at *  Chan Dara  passkeys 0  last sign-in never"
        in borderpass("staff", "list").done()
    )
    assert AuditEntry.objects.get(deed="add_staff").actor == "operator"


def test_who_is_locked_out_begins_anew(office: Path, borderpass: Any) -> None:
    old = password_of(borderpass("staff", "add", "bopha", "clerk", "0110", "Bopha").done())
    for _ in range(5):
        sign_in("bopha", "wrong", "127.0.0.1", NOW)
    new = password_of(borderpass("staff", "reset", "Bopha").done())
    assert not isinstance(sign_in("bopha", old, "127.0.0.1", NOW), Staff)
    assert isinstance(sign_in("bopha", new, "127.0.0.1", NOW), Staff)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "b", "clerk", "0110", "Bopha"), "3 to 30 small Latin letters"),
        (("add", "bopha", "clerk", "0110", " "), "the person's name"),
        (("add", "bopha", "clerk", "0106", "Bopha"), "nobody works there in this role"),
        (("add", "bopha", "gate_officer", "0110", "Bopha"), "nobody works there in this role"),
        (("add", "operator", "clerk", "0110", "Bopha"), "somebody has this name already"),
        (("reset", "bopha"), "nobody signs in as 'bopha'"),
    ],
)
def test_what_is_wrong_is_one_line(office: Path, borderpass: Any, words: tuple[str, ...], said: str) -> None:
    assert said in borderpass("staff", *words).refusal()


@pytest.mark.parametrize("words", [(), ("add",), ("add", "bopha", "king", "0110", "Bopha"), ("sack", "bopha")])
def test_what_makes_no_sense_is_bad_usage(borderpass: Any, words: tuple[str, ...]) -> None:
    assert borderpass("staff", *words).status == 2


def test_trail_of_an_installation_is_whole(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit")
    assert re.fullmatch(r"\d+ entries, whole; the last is \d+:[0-9a-f]{64}\n", capsys.readouterr().out)
