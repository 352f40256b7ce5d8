"""Which offices issue passes, with which keys, under which orders, and what was published of that?"""

from django.db import models

from borderpass.domain.trust import Role
from borderpass.store.keys import new_id


class Office(models.Model):
    """An office that issues passes: a district's or city's (its gazetteer code) or a provincial hall (PP00)."""

    code = models.CharField(primary_key=True, max_length=4)
    name_km = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    name_th = models.CharField(max_length=120)
    issuer = models.CharField(max_length=64, unique=True)
    status_uri = models.CharField(max_length=64, unique=True)
    added_at = models.DateTimeField()

    @property
    def prefix(self) -> str:
        """The gazetteer prefix of the land the office may sign for."""
        return self.code.removesuffix("00")


class TrustedKey(models.Model):
    """A key of the trust list. The private half is in a keystore, under `keystore_name`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kid = models.CharField(max_length=16, unique=True)
    point = models.CharField(max_length=128)
    role = models.PositiveSmallIntegerField(choices=[(role.value, role.name) for role in Role])
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="keys")
    keystore_name = models.CharField(max_length=64)
    sign_from_at = models.DateTimeField()
    sign_until_at = models.DateTimeField()
    verify_until_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "role"], name="trusted_key_office_role")]


class EnactedOrder(models.Model):
    """A legal order as it was enacted: the text itself is the record, `digest` its SHA-256."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=120)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    enacted_at = models.DateTimeField()
    enacted_by = models.CharField(max_length=150)


class PublishedBundle(models.Model):
    """A bundle as it was published. Old ones are kept: a scan is decided again with the bundle it was decided with."""

    id = models.UUIDField(primary_key=True, default=new_id)
    serial = models.PositiveBigIntegerField(unique=True)
    issued_at = models.DateTimeField()
    octets = models.BinaryField()
    digest = models.CharField(max_length=64)
