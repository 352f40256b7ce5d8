"""What is kept of long work: who wants what done, how far it is, and what came of it?"""

from django.db import models

from borderpass.domain.jobs import JobState
from borderpass.store.models.offices import Office


class Job(models.Model):
    """A piece of long work. `id` is made by whoever begins it, so that beginning it twice is once.

    `parameters` is what the kind's function needs, `troubles` what could not be done as [about, why] pairs (`failed`
    counts all of them). A worker holds a running job until `held_until`; after that, another takes it up again.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=24)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="jobs")
    parameters = models.JSONField(default=dict)
    made_by = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    scope = models.CharField(max_length=32)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=[(one.value, one.name) for one in JobState])
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    troubles = models.JSONField(default=list)
    runs = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "made_at"], name="job_waiting"),
            models.Index(fields=["office", "made_at"], name="job_of_office"),
        ]


class JobResult(models.Model):
    """The file that a job made."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="result")
    file_name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    octets = models.BinaryField()


class ChoreTime(models.Model):
    """When something that has to be done again and again is due next. Whoever moves it on does it."""

    name = models.CharField(primary_key=True, max_length=40)
    due_at = models.DateTimeField()
