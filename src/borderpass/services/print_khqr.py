"""How is a code to pay by put on paper, for whoever has no phone at hand?"""

from borderpass.printing.money_papers import KhqrPaper
from borderpass.printing.print_khqr import print_khqr
from borderpass.store.models import KhqrRequest
from borderpass.wire.khqr import read_khqr


def print_khqr_slip(request: KhqrRequest) -> bytes:
    """Return the PDF of a request to pay: what stands on it is what stands in the code."""
    khqr, application = read_khqr(request.text), request.application
    return print_khqr(
        KhqrPaper(
            text=request.text,
            office_km=request.office.name_km,
            office_latin=request.office.name_en,
            payer_km=application.name_khmer,
            payer_latin=application.name_latin,
            application_reference=application.reference,
            account=khqr.account,
            account_name=khqr.name,
            amount_riel=khqr.amount_riel,
            order_number=request.order_number,
            expires_at=request.expires_at,
        )
    )
