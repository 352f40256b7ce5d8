"""Who signs in?"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

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
    """Somebody with one role and one scope: an office's code, a province's two digits, a gate's id, or `*`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    username = models.CharField(max_length=150, unique=True)
    full_name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=20, choices=[(one.value, one.name) for one in StaffRole])
    scope = models.CharField(max_length=32)
    is_active = models.BooleanField(default=True)

    objects = StaffManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["role", "scope"]

    def actor(self) -> Actor:
        """Return who acts when this person does something."""
        return Actor(self.username, StaffRole(self.role), self.scope)
