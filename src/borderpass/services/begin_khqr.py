"""How is somebody asked to pay by KHQR? With a code for this application's fee, good for ten minutes.

A code that is still good for a while is shown again instead of a second one, so that nobody pays twice by reloading.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from borderpass.domain.actors import Act, Actor
from borderpass.domain.application import State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.khqr_payments import GOOD_FOR, KhqrState
from borderpass.domain.provisions import Fee
from borderpass.services.find_application import find_for
from borderpass.services.set_office_account import khqr_into
from borderpass.services.take_fee import find_fee
from borderpass.store.models import Application, KhqrRequest, OfficeAccount
from borderpass.wire.khqr import md5_of, read_khqr, write_khqr

_SHOWN_AGAIN = timedelta(minutes=2)


def begin_khqr(request_id: UUID, application_id: UUID, actor: Actor, now: datetime) -> KhqrRequest | Declined:
    """Return the code by which an application is paid for, or why there is none.

    `request_id` is made by whoever asks: the same id gives the same code.
    """
    application = find_for(application_id, Act.TAKE_FEE, actor)
    if isinstance(application, Declined):
        return application
    already = KhqrRequest.objects.filter(id=request_id).first()
    if already is not None:
        mine = already.application_id == application.id
        return already if mine else Declined(Ground.NOT_ALLOWED, "another request has this id; load the page again")
    if application.state != State.LODGED:
        words = f"application {application.reference} is {application.state}: there is no fee to pay"
        return Declined(Ground.WRONG_STATE, words)
    account = OfficeAccount.objects.filter(office_id=application.office_id).first()
    if account is None:
        return Declined(Ground.NO_ACCOUNT, f"office {application.office_id} has no account: its governor sets it")
    fee = find_fee(application, now)
    if isinstance(fee, Declined):
        return fee
    if fee.amount_riel == 0:
        return Declined(Ground.WRONG_AMOUNT, "this costs nothing: book it as a fee of 0 riel")
    return _find_good(application, fee, account, now) or _store(request_id, application, fee, account, actor, now)


def _find_good(application: Application, fee: Fee, account: OfficeAccount, now: datetime) -> KhqrRequest | None:
    """Return a code for this sum into this account that somebody can still pay in peace."""
    waiting = KhqrRequest.objects.filter(application=application, state=KhqrState.WAITING)
    for one in waiting.filter(expires_at__gt=now + _SHOWN_AGAIN).order_by("-expires_at"):
        if one.amount_riel == fee.amount_riel and read_khqr(one.text).account == account.account:
            return one
    return None


def _store(
    request_id: UUID, application: Application, fee: Fee, account: OfficeAccount, actor: Actor, now: datetime
) -> KhqrRequest:
    expires_at = now + GOOD_FOR
    text = write_khqr(khqr_into(account, fee.amount_riel, application.reference, now, expires_at))
    md5 = md5_of(text)
    try:
        with transaction.atomic():
            return KhqrRequest.objects.create(
                id=request_id,
                application=application,
                office_id=application.office_id,
                amount_riel=fee.amount_riel,
                order_number=fee.term.order_number,
                text=text,
                md5=md5,
                made_at=now,
                expires_at=expires_at,
                made_by=actor.name,
                role=actor.role.value,
                scope=actor.scope,
                state=KhqrState.WAITING,
            )
    except IntegrityError:
        # Asked for twice at once: the other one was faster.
        return KhqrRequest.objects.get(Q(id=request_id) | Q(md5=md5))
