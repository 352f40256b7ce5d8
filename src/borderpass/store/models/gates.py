"""What did the commander of a gate order for it?"""

from django.db import models

from borderpass.store.keys import new_id


class GateSetting(models.Model):
    """How a gate works from an instant on; the one set last holds. Only ever added, so that it is known who and when.

    `admit_needs_tap`: silence does not admit any more, the officer has to tap that too.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    checkpoint = models.CharField(max_length=32)
    admit_needs_tap = models.BooleanField()
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["checkpoint", "set_at"], name="gate_setting")]
