"""How does an application that was taken in become a slip for the applicant?"""

from borderpass.domain.local_time import local_day
from borderpass.domain.provisions import Purpose
from borderpass.domain.terms import fee_for
from borderpass.printing.print_taken_in import TakenInPaper, print_taken_in
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.find_due_days import find_due_days
from borderpass.services.print_receipt import PURPOSES
from borderpass.store.models import Application


def print_taken_in_slip(application: Application) -> bytes:
    """Return the PDF of the slip: the reference with its QR code, the price and its order as on the day of lodging."""
    purpose = Purpose(application.purpose)
    fee = fee_for(rules_for_all_time(), purpose, application.lodged_at)
    due = find_due_days(application.lodged_at, application.lodged_at)
    purpose_km, purpose_latin = PURPOSES[purpose]
    return print_taken_in(
        TakenInPaper(
            reference=application.reference,
            office_km=application.office.name_km,
            office_latin=application.office.name_en,
            name_khmer=application.name_khmer,
            name_latin=application.name_latin,
            purpose_km=purpose_km,
            purpose_latin=purpose_latin,
            taken_in_on=local_day(application.lodged_at),
            amount_riel=fee.amount_riel if fee is not None else None,
            fee_order_number=fee.term.order_number if fee is not None else "",
            ready_on=due.practice_on if due is not None else None,
        )
    )
