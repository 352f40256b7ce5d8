"""What do offices and the ministry do while a phone is at work? One process on a home, asked line by line in JSON.

Each line of standard input names a deed and its words, each line of standard output is what came of it. Django starts
once for all of them, which is most of what a command costs.
"""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from borderpass.cli.installation import NATION, done, set_up_founded
from borderpass.domain.actors import Actor, StaffRole

if TYPE_CHECKING:
    from borderpass.signing.file_keystore import FileKeystore


def make_code(lane: str, direction: str) -> str:
    """Return a new enrolment code of the gate of Poipet."""
    from borderpass.domain.verdicts import Direction
    from borderpass.services.create_enrolment_code import create_enrolment_code

    return done(create_enrolment_code("poipet", lane, Direction(direction), NATION, datetime.now(UTC))).code


def publish(days_ago: int = 0) -> int:
    """Publish a bundle, dated back where a test needs an old one; return its serial."""
    from borderpass.services.open_keystore import open_keystore
    from borderpass.services.publish_bundle import publish_bundle

    at = datetime.now(UTC) - timedelta(days=days_ago)
    return done(publish_bundle(open_keystore(HOME), NATION, at)).serial


def change_status(number: str, status: str) -> str:
    """Revoke, suspend or reinstate a pass; it holds from the next bundle on."""
    from borderpass.domain.status import Status
    from borderpass.services.change_status import change_status

    done(change_status(number, Status[status.upper()], "a test says so", NATION, datetime.now(UTC)))
    return status


def set_tap(tap: bool) -> bool:
    """Say whether an admission at Poipet needs a tap."""
    from borderpass.services.set_gate_setting import set_gate_setting

    done(set_gate_setting("poipet", tap, NATION, datetime.now(UTC)))
    return tap


def prepare(passes: int) -> list[dict[str, str]]:
    """Forget who crossed in the demo's story, and issue so many passes more; return them, with their QR texts."""
    from borderpass.pictures.drawn_face import draw_face
    from borderpass.pictures.portrait import read_portrait
    from borderpass.services.open_keystore import open_keystore
    from borderpass.store.models import Case, Device, Record, Whereabouts

    for model in (Case, Whereabouts, Record, Device):
        model.objects.all().delete()
    photo, keystore = draw_face(4, 2, 33), open_keystore(HOME)
    with patch("borderpass.services.lodge_application.read_portrait", lru_cache(read_portrait)):
        issued = [_issue(number, photo, keystore) for number in range(passes)]
    publish()
    return issued


def _issue(number: int, photo: bytes, keystore: "FileKeystore") -> dict[str, str]:
    """Give somebody made up a pass signed an hour ago; how it was paid for and approved is no matter at a gate."""
    from borderpass.domain.application import State
    from borderpass.domain.application_form import ApplicationForm, DocumentKind
    from borderpass.domain.local_time import local_day
    from borderpass.domain.passes import Sex
    from borderpass.domain.provisions import Purpose
    from borderpass.services.lodge_application import lodge_application
    from borderpass.services.sign_pass import sign_pass
    from borderpass.store.keys import new_id
    from borderpass.store.models import Application

    at = datetime.now(UTC) - timedelta(hours=1)
    form = ApplicationForm(
        application_id=new_id(),
        office_code="0110",
        purpose=Purpose.NEW,
        name_latin=f"TEST {_letters(number)}",
        name_khmer="សុខ សុខា",
        born_on=local_day(at) - timedelta(days=30 * 365 + number),
        sex=Sex.FEMALE,
        document_kind=DocumentKind.ID_CARD,
        document_number=f"{770_000_000 + number:09d}",
        home_code="01100101",
        occupation="ពាណិជ្ជករ",
        companions=(),
    )
    application = done(lodge_application(form, photo, Actor("clerk", StaffRole.CLERK, "0110"), at))
    Application.objects.filter(id=application.id).update(state=State.APPROVED)
    issued = done(sign_pass(application.id, keystore, at))
    assert issued.qr_text is not None
    return {"number": issued.number, "name": form.name_latin, "text": issued.qr_text}


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + digit) for digit in divmod(number, 26))


_DEEDS: dict[str, Callable[..., Any]] = {
    one.__name__: one for one in (make_code, publish, change_status, set_tap, prepare)
}

if __name__ == "__main__":
    HOME: Path = set_up_founded()
    for line in sys.stdin:
        deed, words = json.loads(line)
        sys.stdout.write(json.dumps(_DEEDS[deed](**words)) + "\n")
        sys.stdout.flush()
