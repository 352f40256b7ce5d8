"""What is kept of forms that people fill in at home, without an account, and of how often somebody tries?"""

from django.db import models

from borderpass.store.keys import new_id
from borderpass.store.models.applications import Application
from borderpass.store.models.offices import Office


class PreApplication(models.Model):
    """A form from home that waits for its counter. `form` has the names of `domain.application_form.ApplicationForm`.

    When it is taken in, `application` names what came of it, and form and photo are emptied: they are there now.
    `expires_at` is when the row is deleted.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    reference = models.CharField(max_length=20, unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="preapplications")
    born_on = models.DateField()
    form = models.JSONField(default=dict)
    photo = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    application = models.OneToOneField(Application, on_delete=models.PROTECT, null=True, related_name="preapplication")

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="preapplication_expires")]


class HomeForm(models.Model):
    """A form while it is filled in at home, for whoever has its token: of that only SHA-256 is kept (in hex).

    Once it is sent, `sent` names what it became, and answers and photo are emptied.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    token_digest = models.CharField(max_length=64, unique=True)
    answers = models.JSONField(default=dict)
    photo = models.BinaryField(null=True)
    touched_at = models.DateTimeField()
    sent = models.ForeignKey(PreApplication, on_delete=models.CASCADE, null=True, related_name="home_forms")

    class Meta:
        indexes = [models.Index(fields=["touched_at"], name="home_form_touched")]


class PublicTry(models.Model):
    """Somebody without an account tried something that is counted: what, under a keyed digest of the address or the
    reference, and when. Kept for a day.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    what = models.CharField(max_length=20)
    key_digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["what", "key_digest", "at"], name="public_try_of"),
            models.Index(fields=["at"], name="public_try_at"),
        ]
