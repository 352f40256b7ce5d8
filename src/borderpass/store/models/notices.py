"""What is kept of the messages to applicants, and of how an applicant wants to be told?"""

from django.db import models

from borderpass.domain.notices import Channel, Language, NoticeKind, NoticeState
from borderpass.store.keys import new_id
from borderpass.store.models.applications import Application
from borderpass.store.models.offices import Office


class Contact(models.Model):
    """How an applicant wants to be told. Without one it is by SMS to the telephone of the application, in Khmer."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, primary_key=True, related_name="contact")
    channel = models.CharField(max_length=8, choices=[(one.value, one.name) for one in Channel])
    address = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, choices=[(one.value, one.name) for one in Language])
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=150)


class Notice(models.Model):
    """A message: written with what it tells of, in one transaction, and sent later by the worker.

    `occasion` is the number of the event, or 0 for what is told once. `next_try_at` is None where nothing is left to
    do; while one worker sends it, it is a little ahead. `failure` is why the last try failed, in short.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="notices")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=[(one.value, one.name) for one in NoticeKind])
    occasion = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=[(one.value, one.name) for one in Language])
    channel = models.CharField(max_length=8, choices=[(one.value, one.name) for one in Channel])
    address = models.CharField(max_length=120)
    text = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=[(one.value, one.name) for one in NoticeState])
    next_try_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "kind", "occasion"], name="notice_once")]
        indexes = [
            models.Index(fields=["next_try_at"], name="notice_due", condition=models.Q(next_try_at__isnull=False)),
            models.Index(fields=["office", "state", "made_at"], name="notice_of_office"),
        ]
