"""What is kept of an application before it is lodged, of the papers that lie with it, and of what was mended in it?"""

from django.db import models

from borderpass.domain.attachments import NAME_MAX_CHARACTERS, AttachmentKind
from borderpass.store.keys import new_id
from borderpass.store.models.applications import Application
from borderpass.store.models.offices import Office


class Draft(models.Model):
    """A form that one clerk has begun, as it was typed. `form` is the id that the application gets, or has.

    `picture` is the whole photo, upright, without metadata; the frame laid on it is among the fields. It is deleted
    when the form is lodged, or a week after it was last touched.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    form = models.UUIDField()
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="drafts")
    clerk = models.CharField(max_length=150)
    fields = models.JSONField(default=dict)
    picture = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "clerk"], name="draft_once")]
        indexes = [
            models.Index(fields=["office", "clerk", "updated_at"], name="draft_of_clerk"),
            models.Index(fields=["updated_at"], name="draft_age"),
        ]


class Attachment(models.Model):
    """A copied paper of a draft, and later of its application: a picture that we wrote anew, or a PDF as it came."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, null=True, related_name="attachments")
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, null=True, related_name="attachments")
    kind = models.CharField(max_length=20, choices=[(one.value, one.name) for one in AttachmentKind])
    name = models.CharField(max_length=NAME_MAX_CHARACTERS)
    media_type = models.CharField(max_length=20)
    octets = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(application__isnull=False) ^ models.Q(draft__isnull=False),
                name="attachment_of_one",
            ),
            models.UniqueConstraint(fields=["application", "sha256"], name="attachment_of_application_once"),
            models.UniqueConstraint(fields=["draft", "sha256"], name="attachment_of_draft_once"),
        ]


class PastPortrait(models.Model):
    """The photo that an application had before it was mended. Only ever added. `seq` is that of the event RESUBMIT."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="past_portraits")
    seq = models.PositiveIntegerField()
    print_jpeg = models.BinaryField()
    face_webp = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "seq"], name="past_portrait_once")]


class Mending(models.Model):
    """What a clerk changed in an application that was returned: each field with what stood there before and after.

    Only ever added. `seq` is that of the event RESUBMIT that it belongs to.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="mendings")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    changes = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "seq"], name="mending_once")]
