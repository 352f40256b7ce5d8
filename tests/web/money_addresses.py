"""What stands behind the addresses of an office's money? For the walk of `test_office_urls.py`, made in Poipet."""

from collections.abc import Callable
from typing import Any

from borderpass.domain.khqr_payments import KhqrState, OwedGround
from borderpass.domain.ledger import Method
from borderpass.services.record_print import record_print
from borderpass.services.return_fee import return_fee
from borderpass.store.keys import new_id
from borderpass.store.models import KhqrRequest, Receipt
from tests.cast import BOPHA
from tests.installation import NOW, Installation, done, lodged, paid
from tests.money import asked, closed, refused

Arguments = dict[str, Any]


def unpaid(world: Installation) -> Arguments:
    return {"application_id": lodged(7).id}


def refused_and_owed(world: Installation) -> Arguments:
    return {"application_id": refused(7).id}


def code(world: Installation) -> Arguments:
    return {"request_id": asked(lodged(7)).id}


def payment_owed(world: Installation) -> Arguments:
    one = asked(lodged(7))
    paid_in_vain = {"ground": OwedGround.OTHER_AMOUNT, "paid_amount": "5", "paid_currency": "KHR", "paid_at": NOW}
    KhqrRequest.objects.filter(id=one.id).update(state=KhqrState.OWED_BACK, **paid_in_vain)
    return {"request_id": one.id}


def receipt(world: Installation) -> Arguments:
    return {"number": Receipt.objects.get(application=paid(7)).number}


def slip(world: Installation) -> Arguments:
    return {"number": done(return_fee(refused(7).id, Method.CASH, "", BOPHA, NOW)).number}


def print_(world: Installation) -> Arguments:
    one = Receipt.objects.get(application=paid(7))
    return {"print_id": done(record_print(new_id(), one, BOPHA, NOW)).id}


def close(world: Installation) -> Arguments:
    return {"day": closed().day.isoformat()}


MONEY: dict[str, Callable[[Installation], Arguments]] = {
    "money_fee": unpaid,
    "money_begin_khqr": unpaid,
    "money_return_fee": refused_and_owed,
    "money_khqr": code,
    "money_khqr_state": code,
    "money_khqr_slip": code,
    "money_return_payment": payment_owed,
    "money_receipt": receipt,
    "money_receipt_preview": receipt,
    "money_receipt_print": receipt,
    "money_print": print_,
    "money_refund": slip,
    "money_refund_preview": slip,
    "money_refund_print": slip,
    "money_close": close,
    "money_close_report": close,
}
