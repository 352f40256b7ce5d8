"""What is kept of the money: the ledger, the day's till, what was asked for by KHQR, and what was given back?"""

from django.db import models
from django.db.models import F, Q

from borderpass.domain.khqr_payments import KhqrState
from borderpass.domain.ledger import Account, EntryKind, Method
from borderpass.store.keys import new_id
from borderpass.store.models.applications import Application, Receipt
from borderpass.store.models.offices import Office

_METHODS = [(one.value, one.name) for one in Method]
_ACCOUNTS = [(one.value, one.name) for one in Account]


class OfficeAccount(models.Model):
    """Where an office's fees go by KHQR (wire/khqr.py says what fits). A merchant's account has a number and a bank."""

    id = models.UUIDField(primary_key=True, default=new_id)
    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="account")
    account = models.CharField(max_length=32)
    merchant_id = models.CharField(max_length=32, blank=True)
    bank = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=25)
    city = models.CharField(max_length=15)
    name_khmer = models.CharField(max_length=25, blank=True)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=150)


class Till(models.Model):
    """The drawer of an office on one local day. What it opens with is what was left in it, and what is brought.

    The close states what was received, returned and counted; nothing of it is changed afterwards. `counted` holds how
    many of which note ({"20000": 7}), and under "other" the sum of everything else.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="tills")
    day = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=150)
    opening_riel = models.BigIntegerField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)
    received_riel = models.BigIntegerField(null=True)
    returned_riel = models.BigIntegerField(null=True)
    counted_riel = models.BigIntegerField(null=True)
    handed_on_riel = models.BigIntegerField(null=True)
    counted = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "day"], name="till_of_day"),
            models.UniqueConstraint(fields=["office"], condition=Q(closed_at=None), name="till_open_once"),
        ]


class KhqrRequest(models.Model):
    """A QR code that somebody was asked to pay, and what became of it. `id` is made by the page that asks for it.

    `text` is the code, `md5` what the bank is asked by; `trouble` is why the bank last gave no answer. What was paid
    stands as the bank said it. Whoever asked for it is kept whole: the bank may be asked again when they are gone.
    """

    id = models.UUIDField(primary_key=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="khqr_requests")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="khqr_requests")
    amount_riel = models.PositiveIntegerField()
    order_number = models.CharField(max_length=64)
    text = models.TextField()
    md5 = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    scope = models.CharField(max_length=32)
    state = models.CharField(max_length=12, choices=[(one.value, one.name) for one in KhqrState])
    ground = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)
    paid_amount = models.CharField(max_length=32, blank=True)
    paid_currency = models.CharField(max_length=3, blank=True)
    transaction_hash = models.CharField(max_length=128, blank=True)
    payer_hash = models.CharField(max_length=64, blank=True)
    paid_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "asked_at"], name="khqr_waiting"),
            models.Index(fields=["office", "state"], name="khqr_of_office"),
        ]


class Refund(models.Model):
    """Money given back, with the number of its slip: of a fee, or of a payment that was owed back. Each only once.

    `reference` is the bank's, where it was transferred. `amount_riel` is 0 for a payment in another currency, which its
    request names.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="refunds")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="refunds")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, null=True, related_name="refund")
    request = models.OneToOneField(KhqrRequest, on_delete=models.PROTECT, null=True, related_name="refund")
    amount_riel = models.PositiveIntegerField()
    method = models.CharField(max_length=8, choices=_METHODS)
    reference = models.CharField(max_length=64, blank=True)
    order_number = models.CharField(max_length=64, blank=True)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(receipt=None, request__isnull=False) | Q(receipt__isnull=False, request=None),
                name="refund_of_one_thing",
            )
        ]
        indexes = [models.Index(fields=["office", "given_at"], name="refund_of_office")]


class LedgerEntry(models.Model):
    """An amount moved from the account that is credited to the one that is debited. Only ever added.

    Each entry is a double entry by itself, so that all balances always sum to zero. `place` is whose share it is (the
    gazetteer code of a district or a province); `till`, `receipt`, `refund` and `request` are what it rests on.
    Triggers in the database refuse to change or delete it (store/append_only.py).
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=[(one.value, one.name) for one in EntryKind])
    debit = models.CharField(max_length=12, choices=_ACCOUNTS)
    credit = models.CharField(max_length=12, choices=_ACCOUNTS)
    amount_riel = models.PositiveBigIntegerField()
    place = models.CharField(max_length=4, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    till = models.ForeignKey(Till, on_delete=models.PROTECT, null=True, related_name="entries")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="entries")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, null=True, related_name="entries")
    request = models.ForeignKey(KhqrRequest, on_delete=models.PROTECT, null=True, related_name="entries")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_riel__gt=0), name="ledger_entry_moves"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="ledger_entry_two_sided"),
            models.UniqueConstraint(
                fields=["receipt", "kind", "credit"], condition=Q(refund=None), name="ledger_entry_of_receipt"
            ),
            models.UniqueConstraint(fields=["refund"], name="ledger_entry_of_refund"),
            models.UniqueConstraint(fields=["request"], name="ledger_entry_of_request"),
            models.UniqueConstraint(
                fields=["till", "kind"],
                condition=Q(receipt=None, refund=None, request=None),
                name="ledger_entry_of_till",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "debit"], name="ledger_debit"),
            models.Index(fields=["office", "credit"], name="ledger_credit"),
            models.Index(fields=["office", "at"], name="ledger_at"),
        ]


class SlipPrint(models.Model):
    """A receipt or a refund's slip went to the printer. `id` is made by the page; the first is the original."""

    id = models.UUIDField(primary_key=True)
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, null=True, related_name="prints")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, null=True, related_name="prints")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "seq"], condition=Q(refund=None), name="receipt_print_once"),
            models.UniqueConstraint(fields=["refund", "seq"], condition=Q(receipt=None), name="refund_print_once"),
        ]
