"""Which addresses of an office lead to its money? Each begins below /office/<office>/."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.office.money import account, closes, fee, home, khqr, ledger, receipts, refunds, till

_FEE, _KHQR = "applications/<uuid:application_id>/fee", "money/khqr/<uuid:request_id>"
_RECEIPT, _REFUND = "money/receipts/<str:number>", "money/refunds/<str:number>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("money/", home.money, name="money"),
    path(f"{_FEE}/", fee.fee, name="money_fee"),
    path(f"{_FEE}/khqr/", fee.begin, name="money_begin_khqr"),
    path(f"{_FEE}/return/", refunds.give_fee_back, name="money_return_fee"),
    path(f"{_KHQR}/", khqr.khqr, name="money_khqr"),
    path(f"{_KHQR}/state/", khqr.state, name="money_khqr_state"),
    path(f"{_KHQR}/slip/", khqr.slip, name="money_khqr_slip"),
    path(f"{_KHQR}/return/", refunds.give_payment_back, name="money_return_payment"),
    path("money/receipts/", receipts.receipts, name="money_receipts"),
    path(f"{_RECEIPT}/", receipts.receipt, name="money_receipt"),
    path(f"{_RECEIPT}/preview/", receipts.preview, name="money_receipt_preview"),
    path(f"{_RECEIPT}/print/", receipts.print_receipt, name="money_receipt_print"),
    path("money/prints/<uuid:print_id>/", receipts.printed, name="money_print"),
    path(f"{_REFUND}/", refunds.refund, name="money_refund"),
    path(f"{_REFUND}/preview/", refunds.preview, name="money_refund_preview"),
    path(f"{_REFUND}/print/", refunds.print_refund, name="money_refund_print"),
    path("till/", till.till, name="money_till"),
    path("till/close/", till.close, name="money_till_close"),
    path("closes/", closes.closes, name="money_closes"),
    path("closes/<str:day>/", closes.close, name="money_close"),
    path("closes/<str:day>/report/", closes.report, name="money_close_report"),
    path("money/ledger/", ledger.ledger, name="money_ledger"),
    path("money/account/", account.account, name="money_account"),
]
