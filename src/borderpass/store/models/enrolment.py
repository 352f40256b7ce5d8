"""What is kept of how phones are enrolled, and of what is asked at a gate about a pass that cannot be read?"""

from django.db import models

from borderpass.store.keys import new_id
from borderpass.store.models.scans import Device


class EnrolmentCode(models.Model):
    """A one-time code, of which only SHA-256 is kept (in hex). Once used it names the device that it made."""

    id = models.UUIDField(primary_key=True, default=new_id)
    digest = models.CharField(max_length=64)
    checkpoint = models.CharField(max_length=32)
    lane = models.CharField(max_length=20)
    direction = models.CharField(max_length=5)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="codes")

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="code_made")]


class FailedEnrolment(models.Model):
    """A wrong code was tried from an address: kept for a day, to count them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="failed_from")]


class LookUp(models.Model):
    """A pass was looked up by its number: by which device or person (`by`: the device's id or the user name), when."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=16)
    by = models.CharField(max_length=150)
    device = models.ForeignKey(Device, on_delete=models.PROTECT, null=True, related_name="look_ups")
    found = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "at"], name="look_up_by")]
