"""What is kept of what the gates' phones saw and did?"""

from django.db import models

from borderpass.store.keys import new_id


class Device(models.Model):
    """A phone at a gate, bound to its lane and direction. `point` is its public key in hex.

    `last_contact_at` is when it last proved to be itself, to about a minute.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    checkpoint = models.CharField(max_length=32)
    lane = models.CharField(max_length=20)
    direction = models.CharField(max_length=5)
    point = models.CharField(max_length=128)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.CharField(max_length=150)
    revoked_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True)
    app_version = models.CharField(max_length=40, blank=True)


class Record(models.Model):
    """One record of a device's chain, as its bytes came, with what they say in columns. Never changed, never deleted.

    A scan has both decisions: the device's and ours. An action has its scan. A record that could not be read has
    neither, and a case. `decided` is null where the bundle of the scan is not known.
    """

    SCAN, ACTION, UNUSABLE = "scan", "action", "unusable"

    id = models.UUIDField(primary_key=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="records")
    device_seq = models.PositiveBigIntegerField(null=True)
    kind = models.CharField(max_length=8)
    octets = models.BinaryField()
    digest = models.BinaryField()
    received_at = models.DateTimeField()
    at = models.DateTimeField(null=True)
    checkpoint = models.CharField(max_length=32, blank=True)
    direction = models.CharField(max_length=5, blank=True)
    bundle_serial = models.PositiveBigIntegerField(null=True)
    pass_key = models.CharField(max_length=80, blank=True)
    pass_number = models.CharField(max_length=16, blank=True)
    device_verdict = models.PositiveSmallIntegerField(null=True)
    verdict = models.PositiveSmallIntegerField(null=True)
    reasons = models.CharField(max_length=300, blank=True)
    scan_id = models.UUIDField(null=True)
    action = models.CharField(max_length=10, blank=True)
    by_officer = models.BooleanField(null=True)
    ground = models.CharField(max_length=300, blank=True)
    back_by = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["device", "device_seq"], name="record_chain"),
            models.Index(fields=["scan_id", "device_seq"], name="record_action"),
            models.Index(fields=["checkpoint", "at"], name="record_gate"),
            models.Index(fields=["pass_key", "at"], name="record_pass"),
        ]


class Whereabouts(models.Model):
    """Where a pass crossed last, as far as its records are here: derived from them, and replaced as they arrive.

    `direction` is empty where no crossing is left (it was corrected away). `pass_key` is issuer and index.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    pass_key = models.CharField(max_length=80, unique=True)
    pass_number = models.CharField(max_length=16, blank=True)
    direction = models.CharField(max_length=5, blank=True)
    checkpoint = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(null=True)
    back_by = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["direction", "checkpoint", "back_by"], name="across_gate"),
            models.Index(fields=["direction", "back_by"], name="across_overdue"),
        ]


class Case(models.Model):
    """Something a person has to look at: a gap, a broken chain, two verdicts, an impossible sequence or clock."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=24)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, related_name="cases")
    record_id = models.UUIDField(null=True)
    detail = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["resolved_at", "opened_at"], name="case_open")]
