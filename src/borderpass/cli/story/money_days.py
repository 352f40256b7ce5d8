"""How does the money move in the story? Fees come in over the counter and by phone, one is given back, and drawers are
counted. A stand-in is the bank and the phones of those who pay.
"""

from datetime import datetime

from borderpass.banking.bakong import Bakong
from borderpass.banking.stand_in import StandInBank, serve
from borderpass.cli.installation import NATION, done
from borderpass.cli.story.stage import Stage, clerk
from borderpass.domain.ledger import Account, Method
from borderpass.domain.local_time import local_day
from borderpass.domain.till import NOTES_RIEL, Counted
from borderpass.services.begin_khqr import begin_khqr
from borderpass.services.check_khqr import check_khqr
from borderpass.services.close_till import close_till
from borderpass.services.print_receipt import print_fee_receipt
from borderpass.services.print_refund import print_refund_slip
from borderpass.services.return_fee import return_fee
from borderpass.services.set_office_account import AccountForm, set_office_account
from borderpass.services.share_fees import share_fees
from borderpass.services.take_fee import take_fee
from borderpass.store.keys import new_id
from borderpass.store.models import Application, LedgerEntry, Office, Receipt, Till
from borderpass.store.queries.ledger import balances_of, figures_of

_TOKEN = "of-the-demo"
_STAYS_RIEL = 50_000
"""What is left in a drawer as change for the next day."""


def set_accounts(stage: Stage, at: datetime) -> None:
    """The ministry says where the fees of each office go by KHQR."""
    for office in Office.objects.order_by("code"):
        form = AccountForm(f"owso_{office.code}@demo", f"OWSO {office.code}", "Cambodia")
        done(set_office_account(office.code, form, NATION, at))
    stage.teller.line(f"{Office.objects.count()} offices have an account for KHQR")


def take_cash(stage: Stage, application: Application, amount_riel: int, at: datetime) -> Receipt:
    """Take a fee in cash. A till that is open from the day before is counted first."""
    _count_earlier(application.office_id, at)
    return _keep(stage, done(take_fee(application.id, amount_riel, clerk(application.office_id), at)))


def take_by_phone(stage: Stage, application: Application, at: datetime) -> Receipt:
    """Show a code, which is paid with a phone; hear of it from the bank."""
    actor = clerk(application.office_id)
    asked = done(begin_khqr(new_id(), application.id, actor, at))
    stand_in = StandInBank(_TOKEN, lambda: at)
    with serve(stand_in) as address:
        stand_in.pay_khqr(asked.text)
        done(check_khqr(asked.id, Bakong(_TOKEN, address), actor, at))
    receipt = Receipt.objects.get(application=application)
    stage.tally.expect("a fee by KHQR", "khqr", receipt.method)
    return _keep(stage, receipt)


def _keep(stage: Stage, receipt: Receipt) -> Receipt:
    stage.tally.done.update(paid=1, fee_riel=receipt.amount_riel)
    (stage.home / "receipts" / f"{receipt.number}.pdf").write_bytes(print_fee_receipt(receipt))
    return receipt


def give_back(stage: Stage, application: Application, at: datetime) -> None:
    """Give back the fee of somebody who withdrew, as the order says."""
    _count_earlier(application.office_id, at)
    slip = done(return_fee(application.id, Method.CASH, "", clerk(application.office_id), at))
    stage.tally.done["refund_riel"] += slip.amount_riel
    (stage.home / "receipts" / f"{slip.number}.pdf").write_bytes(print_refund_slip(slip))
    stage.teller.line(f"{slip.amount_riel:,} riel go back (order {slip.order_number}), against slip {slip.number}")


def close_tills(stage: Stage, at: datetime) -> None:
    """Every office counts its drawer, which balances, and hands on all but some change."""
    tills = list(Till.objects.filter(closed_at=None).order_by("office_id"))
    counted_riel = sum(_count(till, at) for till in tills)
    stage.teller.line(f"{len(tills)} drawers are counted, {counted_riel:,} riel: each balances")


def _count_earlier(office: str, at: datetime) -> None:
    """Count the drawer where it is open from the day before: the story may be told around midnight."""
    for till in Till.objects.filter(office_id=office, closed_at=None).exclude(day=local_day(at)):
        _count(till, at)


def _count(till: Till, at: datetime) -> int:
    expected_riel = figures_of(till).expected_riel
    notes, rest = dict[int, int](), expected_riel
    for note in NOTES_RIEL:
        notes[note], rest = divmod(rest, note)
    handed_on = max(0, expected_riel - _STAYS_RIEL)
    done(close_till(till.id, Counted(notes, rest), handed_on, "", clerk(till.office_id), at))
    return expected_riel


def share(stage: Stage, at: datetime) -> None:
    """What was approved is earned, and shared as the order says."""
    fees = share_fees(at)
    held = balances_of(LedgerEntry.objects.all())
    stage.tally.expect("what all accounts hold together", 0, held.total())
    stage.teller.line(
        f"{fees} fees are earned: {-held[Account.DISTRICT]:,} riel are the cities' and districts', "
        f"{-held[Account.PROVINCE]:,} the provinces'"
    )
