"""What is kept of a governor's approvals, and who stands in for a governor?"""

from django.db import models

from borderpass.domain.approval import Capacity, Method, Outcome
from borderpass.store.keys import new_id
from borderpass.store.models.applications import Application
from borderpass.store.models.offices import Office
from borderpass.store.models.staff import Staff


class ApprovalBatch(models.Model):
    """Applications that are approved together, with one touch. `id` is made by the page that proposes them.

    `statement` is what is signed (domain/approval.py) and `digest` its SHA-256 in hex. `evidence` is the passkey's
    assertion over it, empty where a password was typed instead; `signed_at` is set when it was given.
    """

    id = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="approvals")
    signing_office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="approvals")
    by = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    scope = models.CharField(max_length=32)
    capacity = models.CharField(max_length=10, choices=[(one.value, one.name) for one in Capacity])
    proposed_at = models.DateTimeField()
    statement = models.BinaryField()
    digest = models.CharField(max_length=64)
    method = models.CharField(max_length=8, blank=True, choices=[(one.value, one.name) for one in Method])
    evidence = models.JSONField(default=dict)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "signed_at"], name="approval_of_office")]


class ApprovalItem(models.Model):
    """One application of a batch: what its content was, and what became of it. `why` is a Ground, if it was not done.

    `order_number` is the order by which the office signs. What was refused a place in the statement has no content.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    batch = models.ForeignKey(ApprovalBatch, on_delete=models.PROTECT, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="approval_items")
    seq = models.PositiveIntegerField()
    content = models.CharField(max_length=64, blank=True)
    order_number = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=8, choices=[(one.value, one.name) for one in Outcome])
    why = models.CharField(max_length=24, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "batch"], name="approval_item_once"),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(outcome__in=[Outcome.APPROVED.value, Outcome.SIGNED.value]),
                name="approved_once",
            ),
        ]


class Deputy(models.Model):
    """Somebody of an office stands in for its governor on some local days, both included. Never deleted, only ended."""

    id = models.UUIDField(primary_key=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="deputies")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="deputyships")
    from_on = models.DateField()
    until_on = models.DateField()
    named_by = models.CharField(max_length=150)
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until_on__gte=models.F("from_on")), name="deputy_days_in_order")
        ]
        indexes = [models.Index(fields=["office", "until_on"], name="deputy_of_office")]
