"""How does a fee that was taken become a receipt on paper?"""

from collections.abc import Sequence

from borderpass.domain.ledger import Method
from borderpass.domain.provisions import Purpose
from borderpass.printing.papers import PaymentMethod, ReceiptPaper
from borderpass.printing.print_receipt import draw_receipt, print_receipts
from borderpass.services.find_due_days import find_due_days
from borderpass.store.models import Receipt, Staff

PURPOSES: dict[Purpose, tuple[str, str]] = {
    Purpose.NEW: ("ប័ណ្ណព្រំដែនថ្មី", "New border pass"),
    Purpose.EXTENSION: ("ការបន្តសុពលភាពប័ណ្ណព្រំដែន", "Extension of a border pass"),
    Purpose.REPLACEMENT: ("ប័ណ្ណព្រំដែនជំនួស", "Replacement of a border pass"),
    Purpose.ONE_TIME: ("ប័ណ្ណព្រំដែនប្រើម្ដង", "One-time border pass"),
    Purpose.CORRECTION: ("ការកែប័ណ្ណព្រំដែន", "Correction of a border pass"),
}
METHODS: dict[Method, PaymentMethod] = {Method.CASH: "cash", Method.KHQR: "khqr"}
PREVIEW_PPI = 110


def print_fee_receipt(receipt: Receipt, *, copy: bool = False) -> bytes:
    """Return the PDF of a receipt; it names the day on which the pass is ready. `copy` marks a second print."""
    return print_fee_receipts([receipt], copy=copy)


def print_fee_receipts(receipts: Sequence[Receipt], *, copy: bool = False) -> bytes:
    """Return one PDF of several receipts, a page each: for an agent who pays for many at once."""
    return print_receipts([_describe(receipt, copy) for receipt in receipts])


def preview_fee_receipt(receipt: Receipt, *, copy: bool = False) -> bytes:
    """Return a PNG picture of the receipt as it will be on paper."""
    return draw_receipt(_describe(receipt, copy), PREVIEW_PPI)


def say_who(username: str) -> str:
    """Return the full name of somebody of the staff as papers have it; the user name where there is none."""
    names = Staff.objects.filter(username=username).values_list("full_name", flat=True)
    return names.first() or username


def _describe(receipt: Receipt, copy: bool) -> ReceiptPaper:
    application = receipt.application
    purpose_km, purpose_latin = PURPOSES[Purpose(application.purpose)]
    due = find_due_days(receipt.taken_at, receipt.taken_at)  # the office's days run from the payment on
    return ReceiptPaper(
        number=receipt.number,
        office_km=receipt.office.name_km,
        office_latin=receipt.office.name_en,
        payer_km=application.name_khmer,
        payer_latin=application.name_latin,
        purpose_km=purpose_km,
        purpose_latin=purpose_latin,
        amount_riel=receipt.amount_riel,
        method=METHODS[Method(receipt.method)],
        paid_at=receipt.taken_at,
        clerk=say_who(receipt.taken_by),
        application_reference=application.reference,
        fee_order_number=receipt.order_number,
        collect_on=due.practice_on if due is not None else None,
        copy=copy,
    )
