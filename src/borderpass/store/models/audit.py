"""What is kept of what everybody did? Entries that are only ever added, and how far they have come.

Triggers in the database itself refuse to change or delete an entry (store/audit_triggers.py).
"""

from django.db import models

from borderpass.store.keys import new_id


class AuditChain(models.Model):
    """A chain of entries, and its head: the number and the digest of its last entry. An installation writes one chain.

    Where two installations are merged the other's chain comes along as it is: it is not `ours`.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    ours = models.BooleanField()
    length = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ours"], condition=models.Q(ours=True), name="audit_chain_of_ours")
        ]


class AuditEntry(models.Model):
    """One thing that was done (domain/audit.py says what each column means)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    chain = models.ForeignKey(AuditChain, on_delete=models.PROTECT, related_name="entries")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20, blank=True)
    scope = models.CharField(max_length=32, blank=True)
    deed = models.CharField(max_length=24)
    kind = models.CharField(max_length=16, blank=True)
    about = models.CharField(max_length=150, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_entry_once")]
