"""How much processor time does a pass take from its approval to its PDF? By stage, against 40 ms.

The limit is not the machine's but the office's: 1,000 applicants a day on one small computer that does other things.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from time import process_time
from unittest.mock import patch
from uuid import UUID

from bench.measure import Result
from borderpass.cli.installation import NATION, done
from borderpass.cli.story.stage import clerk, governor
from borderpass.domain.application_form import ApplicationForm, DocumentKind
from borderpass.domain.blanks import PaperForm
from borderpass.domain.passes import Sex
from borderpass.domain.provisions import Purpose
from borderpass.pictures.drawn_face import draw_face
from borderpass.printing.papers import PassPaper
from borderpass.printing.print_pass import print_pass_a6
from borderpass.services import print_pass as print_pass_module
from borderpass.services.add_office import add_office, add_office_keys
from borderpass.services.approve_application import approve_application
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.lodge_application import lodge_application
from borderpass.services.open_keystore import open_keystore
from borderpass.services.sign_pass import sign_pass
from borderpass.services.take_fee import take_fee
from borderpass.store.keys import new_id

LIMIT_MS = 40.0
PASSES, WARM_UP = 45, 5
OFFICE = "0110"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def measure_issue(home: Path, now: datetime) -> Result:
    """Return milliseconds a pass, the median over passes, with the stages in the note."""
    keystore = open_keystore(home)
    done(add_office(OFFICE, load_gazetteer(), NATION, now - timedelta(days=30)))
    done(add_office_keys(OFFICE, keystore, NATION, now - timedelta(days=30)))
    photo = draw_face(1, int(Sex.FEMALE), 34)
    approved = [_approve(number, photo, now) for number in range(PASSES)]
    drawing: list[float] = []
    signing, printing = [], []
    with patch.object(print_pass_module, "print_pass_a6", _timed(print_pass_a6, drawing)):
        for application_id in approved:
            begun = process_time()
            done(sign_pass(application_id, keystore, now))
            signed = process_time()
            done(print_pass_module.print_pass(application_id, PaperForm.A6, clerk(OFFICE), now))
            printing.append(process_time() - signed)
            signing.append(signed - begun)
    sign_ms, print_ms, draw_ms = (_median_ms(stage) for stage in (signing, printing, drawing))
    stages = f"sign and store {sign_ms:.1f} ms, draw the paper {draw_ms:.1f} ms, record it {print_ms - draw_ms:.1f} ms"
    total = sign_ms + print_ms
    return Result("issue", total, LIMIT_MS, LIMIT_MS / total, "ms/pass", 1.0, stages)


def _timed(draw: Callable[[PassPaper], bytes], into: list[float]) -> Callable[[PassPaper], bytes]:
    def timed(paper: PassPaper) -> bytes:
        begun = process_time()
        pdf = draw(paper)
        into.append(process_time() - begun)
        return pdf

    return timed


def _median_ms(seconds: list[float]) -> float:
    ordered = sorted(seconds[WARM_UP:])
    return ordered[len(ordered) // 2] * 1000


def _approve(number: int, photo: bytes, now: datetime) -> UUID:
    form = ApplicationForm(
        application_id=new_id(),
        office_code=OFFICE,
        purpose=Purpose.NEW,
        name_latin=f"CHANRASMEY SO{_LETTERS[number // 26]}{_LETTERS[number % 26]}",
        name_khmer="ច័ន្ទរស្មី សុខា",
        born_on=date(1990, 1, 1) + timedelta(days=number),
        sex=Sex.FEMALE,
        document_kind=DocumentKind.ID_CARD,
        document_number=f"{100_000_000 + number}",
        home_code=f"{OFFICE}01",
    )
    application = done(lodge_application(form, photo, clerk(OFFICE), now))
    done(take_fee(application.id, 20_000, clerk(OFFICE), now))
    done(approve_application(application.id, governor(OFFICE), now))
    return application.id
