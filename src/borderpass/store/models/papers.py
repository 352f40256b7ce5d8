"""What is kept of the paper: numbered blanks and their counts, what the desk found on it, and who took it?"""

from django.db import models
from django.db.models import F, Q

from borderpass.domain.blanks import Outcome, PaperForm
from borderpass.domain.hand_over import Check, Collector
from borderpass.store.keys import new_id
from borderpass.store.models.applications import Application, ApplicationEvent
from borderpass.store.models.offices import Office

_FORMS = [(one.value, one.name) for one in PaperForm]


class BlankDelivery(models.Model):
    """Numbered blanks that an office received: both numbers are among them. `id` is made by the page.

    No number is delivered twice, wherever: numbers are the printer's, not the office's.
    """

    id = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="blank_deliveries")
    form = models.CharField(max_length=4, choices=_FORMS)
    series = models.CharField(max_length=4)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="blank_delivery_in_order"),
            models.UniqueConstraint(fields=["series", "first"], name="blank_delivery_once"),
        ]
        indexes = [models.Index(fields=["office", "form"], name="blank_delivery_of_office")]


class BlankUse(models.Model):
    """What became of a blank. One that carries a pass hangs on the event of its print; a void one has a reason."""

    id = models.UUIDField(primary_key=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="blank_uses")
    form = models.CharField(max_length=4, choices=_FORMS)
    series = models.CharField(max_length=4)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=[(one.value, one.name) for one in Outcome])
    print = models.OneToOneField(ApplicationEvent, on_delete=models.PROTECT, null=True, related_name="blank")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="blank_used_once"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.VOID.value, print=None)
                | Q(outcome__in=[Outcome.PRINTED.value, Outcome.SPOILED.value], print__isnull=False),
                name="blank_void_or_printed",
            ),
        ]
        indexes = [models.Index(fields=["office", "form", "at"], name="blank_use_of_office")]


class BlankCount(models.Model):
    """The blanks of an office and a form were counted on a local day; the last count of a day is its close.

    What it states is of the day up to `at`; nothing of it is changed afterwards.
    """

    id = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="blank_counts")
    form = models.CharField(max_length=4, choices=_FORMS)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    opening = models.PositiveIntegerField()
    received = models.PositiveIntegerField()
    printed = models.PositiveIntegerField()
    spoiled = models.PositiveIntegerField()
    void = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["office", "form", "at"], name="blank_count_of_office")]


class PaperCheck(models.Model):
    """A printed paper was scanned before it left the desk. Only ever added; the last one of a print counts."""

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="paper_checks")
    print = models.ForeignKey(ApplicationEvent, on_delete=models.PROTECT, null=True, related_name="paper_checks")
    found = models.CharField(max_length=12, choices=[(one.value, one.name) for one in Check])
    at = models.DateTimeField()
    by = models.CharField(max_length=150)


class HandOver(models.Model):
    """A pass was taken: by whom, and what stands for it. `unchecked` is why it left without being scanned."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, primary_key=True, related_name="handed_over"
    )
    collector = models.CharField(max_length=8, choices=[(one.value, one.name) for one in Collector])
    name = models.CharField(max_length=100, blank=True)
    relation = models.CharField(max_length=100, blank=True)
    signature_png = models.BinaryField(null=True)
    typed = models.CharField(max_length=100, blank=True)
    unchecked = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
