"""Take application files all the way to printed passes, as an operator: lodge, take the fee, approve, sign, print.

Each file is one application (docs/reference/application-file.md). The same file again gives the same pass.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from borderpass.cli.application_file import read_application_file
from borderpass.cli.installation import done, in_plain_words, set_up_founded
from borderpass.cli.refused import Refused
from borderpass.domain.actors import Actor, StaffRole


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The files, and where the papers go."""
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument(
        "--out", metavar="DIR", type=Path, help="where the PDFs go (default: passes/ in the installation)"
    )
    parser.add_argument("--card", action="store_true", help="print an ID-1 card instead of A6")


def run(arguments: argparse.Namespace) -> int:
    """Issue one pass after the other; a file that is refused does not stop the others."""
    home = set_up_founded()
    folder = arguments.out or home / "passes"
    folder.mkdir(parents=True, exist_ok=True)
    refused = 0
    for path in arguments.files:
        try:
            with in_plain_words():
                number, pdf = _issue(path, home, card=arguments.card)
        except (Refused, OSError) as error:
            refused += 1
            sys.stderr.write(f"borderpass issue: {path}: {error}\n")
            continue
        target = folder / f"{number}.pdf"
        target.write_bytes(pdf)
        sys.stdout.write(f"{path}: pass {number} in {target}\n")
    return 1 if refused else 0


def _issue(path: Path, home: Path, *, card: bool) -> tuple[str, bytes]:
    from borderpass.domain.application import State
    from borderpass.domain.blanks import PaperForm
    from borderpass.domain.terms import fee_for
    from borderpass.printing.print_pass import print_pass_a6, print_pass_card
    from borderpass.services.approve_application import approve_application
    from borderpass.services.compile_rules import rules_for_all_time
    from borderpass.services.describe_paper import describe_pass
    from borderpass.services.lodge_application import lodge_application
    from borderpass.services.open_keystore import open_keystore
    from borderpass.services.print_pass import print_pass
    from borderpass.services.sign_pass import sign_pass
    from borderpass.services.take_fee import take_fee

    form, photo = read_application_file(path)
    now = datetime.now(UTC)
    clerk = Actor("operator", StaffRole.CLERK, form.office_code)
    governor = Actor("operator", StaffRole.GOVERNOR, form.office_code)
    application = done(lodge_application(form, photo, clerk, now))
    fee = fee_for(rules_for_all_time(), form.purpose, now)
    if application.state == State.LODGED:
        done(take_fee(application.id, fee.amount_riel if fee else 0, clerk, now))
    application.refresh_from_db()
    if application.state == State.PAID:
        done(approve_application(application.id, governor, now))
    issued = done(sign_pass(application.id, open_keystore(home), now))
    application.refresh_from_db()
    if application.state in (State.APPROVED, State.SPOILED):
        return issued.number, done(print_pass(application.id, PaperForm.CARD if card else PaperForm.A6, clerk, now))
    paper = describe_pass(issued)
    return issued.number, print_pass_card(paper) if card else print_pass_a6(paper)
