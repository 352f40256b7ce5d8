"""Into which account do an office's fees go by KHQR? Its governor or the ministry says so; nobody at the counter."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from borderpass.domain.actors import Act, Actor
from borderpass.domain.audit import Deed
from borderpass.domain.declined import Declined, Ground
from borderpass.store.models import Office, OfficeAccount
from borderpass.store.queries.audit import write_audit
from borderpass.wire.khqr import Khqr, Merchant, write_khqr
from borderpass.wire.refusal import WireError


@dataclass(frozen=True, slots=True)
class AccountForm:
    """An account as it is typed: `name@bank`, of a merchant with its number and its bank, else of an individual."""

    account: str
    name: str
    city: str
    merchant_id: str = ""
    bank: str = ""
    name_khmer: str = ""


def set_office_account(office_code: str, form: AccountForm, actor: Actor, now: datetime) -> OfficeAccount | Declined:
    """Set an office's account; return it, or why it cannot be one. Codes that were made before keep theirs."""
    if not actor.may_at_office(Act.SET_ACCOUNT, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not say where the fees of office {office_code} go")
    if not Office.objects.filter(code=office_code).exists():
        return Declined(Ground.UNKNOWN_OFFICE, f"there is no office {office_code}")
    if bool(form.merchant_id) != bool(form.bank):
        return Declined(Ground.BAD_FORM, "a merchant's account has a number and a bank: give both, or neither")
    values = {name: getattr(form, name) for name in AccountForm.__dataclass_fields__}
    try:
        write_khqr(khqr_into(OfficeAccount(**values), 1, "A", now, now + timedelta(minutes=1)))
    except WireError as error:
        return Declined(Ground.BAD_FORM, f"this cannot be an account: {error}")
    with transaction.atomic():
        kept = {**values, "set_at": now, "set_by": actor.name}
        account, _ = OfficeAccount.objects.update_or_create(office_id=office_code, defaults=kept)
        said = {"account": form.account, "merchant_id": form.merchant_id}
        write_audit(Deed.SET_ACCOUNT, actor, now, "office", office_code, **said)
    return account


def khqr_into(
    account: OfficeAccount, amount_riel: int, bill_number: str, made_at: datetime, expires_at: datetime
) -> Khqr:
    """Return the request to pay an amount into an account under a bill's number."""
    merchant = Merchant(account.merchant_id, account.bank) if account.merchant_id else None
    return Khqr(
        account=account.account,
        amount_riel=amount_riel,
        name=account.name,
        city=account.city,
        bill_number=bill_number,
        created_at=made_at,
        expires_at=expires_at,
        merchant=merchant,
        name_khmer=account.name_khmer,
    )
