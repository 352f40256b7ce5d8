"""How does a page say what is kept of the money: accounts, entries, amounts, and why something is not done?"""

from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from borderpass.domain.application import State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.khqr_payments import KhqrState, OwedGround
from borderpass.domain.ledger import Account, EntryKind, Method
from borderpass.web.wording import say_number

METHODS: dict[Method, Promise] = {
    Method.CASH: gettext_lazy("Cash"),
    Method.KHQR: gettext_lazy("By phone, KHQR"),
}
GIVEN_BY: dict[Method, Promise] = {
    Method.CASH: gettext_lazy("In cash, out of the drawer"),
    Method.KHQR: gettext_lazy("By a bank transfer"),
}
ACCOUNTS: dict[Account, Promise] = {
    Account.DRAWER: gettext_lazy("In the drawer"),
    Account.TREASURER: gettext_lazy("With the treasurer"),
    Account.BANK: gettext_lazy("In the bank"),
    Account.UNEARNED: gettext_lazy("Fees not earned yet"),
    Account.DISTRICT: gettext_lazy("Share of the city or district"),
    Account.PROVINCE: gettext_lazy("Share of the province"),
    Account.OWED_BACK: gettext_lazy("Paid in vain, owed back"),
    Account.OVER_SHORT: gettext_lazy("Over or short at closes"),
}
ENTRIES: dict[EntryKind, Promise] = {
    EntryKind.FEE: gettext_lazy("Fee taken"),
    EntryKind.SHARE: gettext_lazy("Fee shared"),
    EntryKind.GIVE_BACK: gettext_lazy("Fee given back"),
    EntryKind.OWE: gettext_lazy("Paid in vain"),
    EntryKind.PAY_OWED: gettext_lazy("Payment given back"),
    EntryKind.BRING: gettext_lazy("Change brought"),
    EntryKind.HAND_ON: gettext_lazy("Handed to the treasurer"),
    EntryKind.DIFFERENCE: gettext_lazy("Difference at the close"),
}
OWED: dict[OwedGround, Promise] = {
    OwedGround.OTHER_AMOUNT: gettext_lazy("Another amount was paid than was asked for"),
    OwedGround.PAID_BEFORE: gettext_lazy("It had been paid already"),
    OwedGround.APPLICATION_ENDED: gettext_lazy("The application had ended"),
}
KHQR_STATES: dict[KhqrState, Promise] = {
    KhqrState.WAITING: gettext_lazy("Waits for the bank"),
    KhqrState.RECEIPTED: gettext_lazy("Paid, the receipt is written"),
    KhqrState.OWED_BACK: gettext_lazy("Paid, but not as the fee: it is owed back"),
    KhqrState.LAPSED: gettext_lazy("Not paid in time"),
}
ENDED: dict[State, Promise] = {
    State.REFUSED: gettext_lazy("Refused: the fee is given back"),
    State.WITHDRAWN: gettext_lazy("Withdrawn: the fee is given back"),
}
_WHY: dict[Ground, Promise] = {
    Ground.NOT_ALLOWED: gettext_lazy("You may not do this here."),
    Ground.WRONG_STATE: gettext_lazy("This is not possible any more: look at the application."),
    Ground.WRONG_AMOUNT: gettext_lazy("The fee has changed since this page was loaded. Look at it again."),
    Ground.NO_RULE: gettext_lazy("No order in force says how much. Tell the ministry; do not guess."),
    Ground.TILL_CLOSED: gettext_lazy(
        "Today's till is closed: cash is taken again tomorrow. Until then it can be paid by KHQR."
    ),
    Ground.TILL_NOT_CLOSED: gettext_lazy("The till of an earlier day is still open. Count and close it first."),
    Ground.TILL_SHORT: gettext_lazy("There is not enough in the drawer. Let the treasurer bring some, or transfer it."),
    Ground.OUT_OF_BALANCE: gettext_lazy(
        "What was counted is not what should be there. Count again, or write why it differs."
    ),
    Ground.NOTHING_OWED: gettext_lazy("Nothing is to be given back."),
    Ground.NO_ACCOUNT: gettext_lazy("This office has no account for KHQR. The governor sets it."),
}


def say_why(declined: Declined) -> str:
    """Return why something is not done, in the page's language; in the use case's own words where it has no others."""
    words = _WHY.get(declined.ground)
    return declined.message if words is None else str(words)


def say_riel(riel: int) -> str:
    """Return an amount with its currency."""
    return gettext("%(riel)s riel") % {"riel": say_number(riel)}


def say_signed(riel: int) -> str:
    """Return an amount that may be below zero, with its sign."""
    sign = "+" if riel > 0 else "−" if riel < 0 else ""
    return f"{sign}{say_riel(abs(riel))}"


def say_paid(amount: str, currency: str) -> str:
    """Return what a bank says was paid, whatever its currency."""
    try:
        number = Decimal(amount)
    except InvalidOperation:
        return f"{amount} {currency}"
    if currency == "KHR" and number == int(number):
        return say_riel(int(number))
    return f"{number:,f} {currency}"


def say_receipts(number: int) -> str:
    """Return how many receipts there are."""
    return ngettext("%(count)s receipt", "%(count)s receipts", number) % {"count": say_number(number)}


def say_slips(number: int) -> str:
    """Return how many slips for money given back there are."""
    return ngettext("%(count)s slip", "%(count)s slips", number) % {"count": say_number(number)}
