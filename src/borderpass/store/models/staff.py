"""Who signs in, and with what?"""

import secrets
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from borderpass.domain.actors import Actor, StaffRole
from borderpass.store.keys import new_id


class StaffManager(BaseUserManager["Staff"]):
    """How staff are found when they sign in."""

    def add(self, username: str, password: str, role: StaffRole, scope: str, full_name: str = "") -> "Staff":
        """Add somebody who may sign in."""
        staff = self.model(username=username, role=role.value, scope=scope, full_name=full_name)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff


class Staff(AbstractBaseUser):
    """Somebody with one role and one scope: an office's code, a province's two digits, a gate's id, or `*`.

    `one_time_until` is set where the password is one that somebody else knows: it is good until then, and for nothing
    but choosing another. Whoever has another `session_salt` than their session began with is signed out.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=20, choices=[(one.value, one.name) for one in StaffRole])
    scope = models.CharField(max_length=32)
    is_active = models.BooleanField(default=True)
    one_time_until = models.DateTimeField(null=True)
    session_salt = models.CharField(max_length=32, blank=True)

    objects = StaffManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["role", "scope"]

    class Meta:
        indexes = [models.Index(fields=["scope", "role", "username"], name="staff_post")]

    def actor(self) -> Actor:
        """Return who acts when this person does something."""
        return Actor(self.username, StaffRole(self.role), self.scope)

    def get_session_auth_hash(self) -> str:
        """Return what a session has to know to go on: it changes with the password and with `session_salt`."""
        return _session_hash(self, None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same for secret keys that were replaced (SECRET_KEY_FALLBACKS)."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield _session_hash(self, secret)

    def end_sessions(self) -> None:
        """Let every session of this person end with its next request. It is for the caller to save."""
        self.session_salt = secrets.token_hex(16)


def _session_hash(staff: Staff, secret: str | bytes | None) -> str:
    value = f"{staff.password} {staff.session_salt}"
    return salted_hmac("borderpass.store.Staff.session", value, secret=secret, algorithm="sha256").hexdigest()


class Passkey(models.Model):
    """A key that an authenticator holds for somebody (WebAuthn Level 2, section 4: public key credential source).

    `credential_id` is in base64url, `public_key` a COSE_Key (RFC 9053). One that was removed stays: what it signed is
    verified with it years later.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="passkeys")
    credential_id = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    sign_count = models.PositiveBigIntegerField()
    rp_id = models.CharField(max_length=253)
    name = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["staff", "removed_at"], name="passkey_of")]


class PasskeyChallenge(models.Model):
    """A question that an authenticator was to answer: good once, for five minutes, and for one purpose."""

    id = models.UUIDField(primary_key=True, default=new_id)
    challenge = models.BinaryField()
    purpose = models.CharField(max_length=8)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, null=True, related_name="challenges")
    address = models.CharField(max_length=45)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="passkey_challenge_made")]


class SignInFailure(models.Model):
    """A password was tried and not found right: kept for a day, to count them. Of the name only SHA-256 is kept (hex).

    It may be the name of nobody; people also type their password where the name belongs.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    name_digest = models.CharField(max_length=64)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["name_digest", "at"], name="failure_of_name"),
            models.Index(fields=["address", "at"], name="failure_from"),
        ]
