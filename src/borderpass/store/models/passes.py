"""What is kept of a pass that was issued, and of its good standing?"""

from django.db import models

from borderpass.domain.passes import PassKind
from borderpass.domain.status import Status
from borderpass.store.keys import new_id
from borderpass.store.models.applications import Application
from borderpass.store.models.offices import Office


class IssuedPass(models.Model):
    """A pass from the moment its content is fixed; it is issued once `qr_text` is set.

    The content (`payload`) is stored before the key is used, so that a crash in between leaves a record that can be
    completed to the very same pass, never a signature that nobody knows of.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="issued_pass")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="passes")
    number = models.CharField(max_length=16, unique=True)
    status_index = models.PositiveIntegerField()
    kind = models.PositiveSmallIntegerField(choices=[(one.value, one.name) for one in PassKind])
    valid_from_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    order_number = models.CharField(max_length=64)
    kid = models.CharField(max_length=16)
    payload = models.BinaryField()
    fingerprint = models.CharField(max_length=64, unique=True)
    qr_text = models.TextField(null=True)
    status = models.PositiveSmallIntegerField(choices=[(one.value, one.name) for one in Status])
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "status_index"], name="status_index_once")]


class StatusChange(models.Model):
    """A pass was revoked, suspended or reinstated: who, when, why. Only ever added."""

    id = models.UUIDField(primary_key=True, default=new_id)
    issued_pass = models.ForeignKey(IssuedPass, on_delete=models.PROTECT, related_name="status_changes")
    seq = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(choices=[(one.value, one.name) for one in Status])
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    ground = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issued_pass", "seq"], name="status_change_once")]
