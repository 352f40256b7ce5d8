"""What is kept of the old books: the files that were sent, and the passes that were issued before this system?"""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from borderpass.domain.passes import Sex
from borderpass.store.keys import new_id
from borderpass.store.models.offices import Office


class BookState(StrEnum):
    """How far a file of an old book is."""

    CHECKING = "checking"
    REFUSED = "refused"
    FAULTY = "faulty"
    GOOD = "good"
    IMPORTED = "imported"
    UNDONE = "undone"


class OldImport(models.Model):
    """A file of an old book that somebody sent. `id` is made by the page that sends it, so that twice is once.

    `octets` is kept until it was imported, at most a week; `refused_because` is a SheetTrouble and what it tells;
    `faults` the first rows with something wrong as [row, column, wrong, [told]]; `unknown` headings that mean nothing.
    """

    id = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="old_imports")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    octets = models.BinaryField(null=True)
    state = models.CharField(max_length=8, choices=[(one.value, one.name) for one in BookState])
    rows = models.PositiveIntegerField(default=0)
    faulty_rows = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    refused_because = models.JSONField(default=list)
    sent_by = models.CharField(max_length=150)
    sent_at = models.DateTimeField()
    imported_by = models.CharField(max_length=150, blank=True)
    imported_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "sha256"], condition=Q(state="imported"), name="old_book_imported_once"
            )
        ]
        indexes = [models.Index(fields=["office", "sent_at"], name="old_import_of_office")]


class OldPass(models.Model):
    """A pass of the old books: a paper that nobody signed. It is known, counted apart, and opens no gate.

    `number_key` is its number without spaces; `row` is where it stood in the file.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="old_passes")
    book = models.ForeignKey(OldImport, on_delete=models.PROTECT, related_name="passes")
    row = models.PositiveIntegerField()
    old_number = models.CharField(max_length=40)
    number_key = models.CharField(max_length=40)
    name_khmer = models.CharField(max_length=100, blank=True)
    name_latin = models.CharField(max_length=100, blank=True)
    sex = models.PositiveSmallIntegerField(choices=[(one.value, one.name) for one in Sex])
    born_on = models.DateField()
    document_number = models.CharField(max_length=30, blank=True)
    home_code = models.CharField(max_length=8)
    issued_on = models.DateField()
    valid_until = models.DateField()
    fee_riel = models.PositiveIntegerField(null=True)
    remarks = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "number_key"], name="old_pass_once")]
        indexes = [
            models.Index(fields=["born_on"], name="old_pass_born_on"),
            models.Index(fields=["document_number"], name="old_pass_document"),
        ]
