"""What is kept of a pass that was issued, of its good standing, and of what is applied for about it later?"""

from django.db import models

from borderpass.domain.again import Again
from borderpass.domain.passes import PassKind
from borderpass.domain.standing import StandingGround
from borderpass.domain.status import Status
from borderpass.store.keys import new_id
from borderpass.store.models.applications import Application
from borderpass.store.models.offices import Office


class IssuedPass(models.Model):
    """A pass from the moment its content is fixed; it is issued once `qr_text` is set.

    The content (`payload`) is stored before the key is used, so that a crash in between leaves a record that can be
    completed to the very same pass, never a signature that nobody knows of.

    A number names a pass to people, office and status index one paper of it to machines: a pass that is extended or
    corrected keeps its number and gets a new paper. `edition` counts the papers of a number from 1, and of them one
    is `current`: the one that the number means, the next as soon as its holder has it.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="issued_pass")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="passes")
    number = models.CharField(max_length=16)
    edition = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)
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
        constraints = [
            models.UniqueConstraint(fields=["office", "status_index"], name="status_index_once"),
            models.UniqueConstraint(fields=["number", "edition"], name="pass_edition_once"),
            models.UniqueConstraint(fields=["number"], condition=models.Q(current=True), name="pass_current_once"),
        ]


class StatusChange(models.Model):
    """A pass was revoked, suspended or reinstated: who, when, why. Only ever added.

    `code` is the ground, `ground` what was said of it in words; it may be empty where the code says enough.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    issued_pass = models.ForeignKey(IssuedPass, on_delete=models.PROTECT, related_name="status_changes")
    seq = models.PositiveIntegerField()
    status = models.PositiveSmallIntegerField(choices=[(one.value, one.name) for one in Status])
    at = models.DateTimeField()
    by = models.CharField(max_length=150)
    code = models.CharField(
        max_length=16, choices=[(one.value, one.name) for one in StandingGround], default=StandingGround.OTHER.value
    )
    ground = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issued_pass", "seq"], name="status_change_once")]


class Stack(models.Model):
    """Passes that an agent brought together, to be extended. `id` is made by the page: sent twice it is one stack."""

    id = models.UUIDField(primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="stacks")
    agent_name = models.CharField(max_length=100)
    agent_phone = models.CharField(max_length=20)
    brought_at = models.DateTimeField()
    taken_in_by = models.CharField(max_length=150)

    class Meta:
        indexes = [models.Index(fields=["office", "brought_at"], name="stack_of_office")]


class FollowUp(models.Model):
    """An application about a pass that there is already: to renew, extend, replace or correct it.

    `police_report` is its number, for a replacement; `mistake` is what was wrong, for a correction. `old_pass` stays
    as good as it is until the new paper is handed over (a lost one is revoked at once).
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, primary_key=True, related_name="follow_up"
    )
    old_pass = models.ForeignKey(IssuedPass, on_delete=models.PROTECT, related_name="follow_ups")
    again = models.CharField(max_length=12, choices=[(one.value, one.name) for one in Again])
    police_report = models.CharField(max_length=60, blank=True)
    mistake = models.CharField(max_length=300, blank=True)
    stack = models.ForeignKey(Stack, on_delete=models.PROTECT, null=True, related_name="lines")
