"""How does money that was given back become a slip on paper?"""

from borderpass.domain.application import State
from borderpass.domain.khqr_payments import OwedGround
from borderpass.domain.ledger import Method
from borderpass.printing.money_papers import RefundPaper
from borderpass.printing.print_refund import draw_refund, print_refund
from borderpass.services.print_receipt import METHODS, PREVIEW_PPI, say_who
from borderpass.store.models import Refund

_ENDED = {
    State.REFUSED: ("ពាក្យសុំត្រូវបានបដិសេធ", "Application refused"),
    State.WITHDRAWN: ("អ្នកដាក់ពាក្យបានដកពាក្យសុំវិញ", "Application withdrawn"),
}
_OWED = {
    OwedGround.OTHER_AMOUNT: ("បានបង់ខុសចំនួន", "Another amount was paid"),
    OwedGround.PAID_BEFORE: ("បានបង់ពីរដង", "Paid twice"),
    OwedGround.APPLICATION_ENDED: ("បង់ក្រោយពេលពាក្យសុំបានបិទ", "Paid after the application had ended"),
}


def print_refund_slip(refund: Refund, *, copy: bool = False) -> bytes:
    """Return the PDF of a slip. `copy` marks a second print."""
    return print_refund(_describe(refund, copy))


def preview_refund_slip(refund: Refund, *, copy: bool = False) -> bytes:
    """Return a PNG picture of the slip as it will be on paper."""
    return draw_refund(_describe(refund, copy), PREVIEW_PPI)


def _describe(refund: Refund, copy: bool) -> RefundPaper:
    application, request = refund.application, refund.request
    if request is None:
        reason_km, reason_latin = _ENDED[State(application.state)]
        paid_how = refund.receipt.number if refund.receipt is not None else ""
        other_amount = ""
    else:
        reason_km, reason_latin = _OWED[OwedGround(request.ground)]
        paid_how = f"KHQR {request.transaction_hash[:8]}"
        other_amount = "" if refund.amount_riel else f"{request.paid_amount} {request.paid_currency}"
    return RefundPaper(
        number=refund.number,
        office_km=refund.office.name_km,
        office_latin=refund.office.name_en,
        payee_km=application.name_khmer,
        payee_latin=application.name_latin,
        reason_km=reason_km,
        reason_latin=reason_latin,
        amount_riel=refund.amount_riel,
        method=METHODS[Method(refund.method)],
        given_at=refund.given_at,
        clerk=say_who(refund.given_by),
        application_reference=application.reference,
        paid_how=paid_how,
        order_number=refund.order_number,
        reference=refund.reference,
        other_amount=other_amount,
        copy=copy,
    )
