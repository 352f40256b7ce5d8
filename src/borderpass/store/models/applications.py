"""What is kept of an application, its money and its photo?"""

from django.db import models

from borderpass.domain.application import Event, State
from borderpass.domain.passes import PassKind, Sex
from borderpass.domain.provisions import Purpose
from borderpass.store.keys import new_id
from borderpass.store.models.offices import Office


class Application(models.Model):
    """One application. `id` is made by whoever takes it in, so that taking it in twice is once.

    `state` is the fold of its events, kept beside them so that a queue is one query and a change one conditional
    update; `events` counts them.
    """

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=20, unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="applications")
    purpose = models.CharField(max_length=16, choices=[(one.value, one.name) for one in Purpose])
    pass_kind = models.PositiveSmallIntegerField(choices=[(one.value, one.name) for one in PassKind])
    name_latin = models.CharField(max_length=100)
    name_khmer = models.CharField(max_length=100)
    born_on = models.DateField()
    born_at = models.CharField(max_length=120, blank=True)
    sex = models.PositiveSmallIntegerField(choices=[(one.value, one.name) for one in Sex])
    nationality = models.CharField(max_length=3)
    document_kind = models.CharField(max_length=20)
    document_number = models.CharField(max_length=30)
    second_number = models.CharField(max_length=10, blank=True, default="")
    home_code = models.CharField(max_length=8)
    occupation = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    companions = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=[(one.value, one.name) for one in State])
    events = models.PositiveIntegerField()
    lodged_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["office", "state", "lodged_at"], name="application_queue"),
            models.Index(fields=["document_number"], name="application_document"),
            models.Index(fields=["name_latin", "born_on"], name="application_person"),
            models.Index(fields=["second_number"], name="application_second_number"),
            models.Index(fields=["born_on"], name="application_born_on"),
        ]


class ApplicationEvent(models.Model):
    """What happened to an application: who, when, what, why. Only ever added."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="history")
    seq = models.PositiveIntegerField()
    event = models.CharField(max_length=12, choices=[(one.value, one.name) for one in Event])
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    role = models.CharField(max_length=20)
    note = models.CharField(max_length=300, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "seq"], name="application_event_once")]
        indexes = [models.Index(fields=["event", "at"], name="application_event_at")]


class Portrait(models.Model):
    """The photo of an application: one for print, one for the code. Nothing of the picture that was sent is kept."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, primary_key=True, related_name="portrait")
    print_jpeg = models.BinaryField()
    face_webp = models.BinaryField()


class Receipt(models.Model):
    """Money taken at the counter, with the order that set the amount."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=20, unique=True)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="receipt")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="receipts")
    amount_riel = models.PositiveIntegerField()
    method = models.CharField(max_length=8)
    order_number = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=150)


class Sequence(models.Model):
    """The last number given out in one office, year and purpose. Numbers carry the office, so offices never meet."""

    id = models.UUIDField(primary_key=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="sequences")
    year = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=16)
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "year", "purpose"], name="sequence_once")]
