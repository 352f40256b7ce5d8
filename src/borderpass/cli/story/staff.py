"""Who can sign in after the demo?"""

from django.contrib.auth.hashers import make_password

from borderpass.cli.story.residents import OFFICES
from borderpass.domain.actors import EVERYWHERE, StaffRole
from borderpass.store.models import Staff

PASSWORD = "border-pass-demo"


def add_staff() -> list[tuple[str, str]]:
    """Add the demo's staff; return names and passwords. Only the demo's own database ever has them."""
    people = [(f"clerk-{code}", StaffRole.CLERK, code) for code in OFFICES]
    people += [(f"governor-{code}", StaffRole.GOVERNOR, code) for code in OFFICES]
    people += [
        ("province-01", StaffRole.PROVINCIAL_OFFICER, "01"),
        ("officer-poipet", StaffRole.GATE_OFFICER, "poipet"),
        ("commander-poipet", StaffRole.GATE_COMMANDER, "poipet"),
        ("ministry", StaffRole.NATIONAL_AUTHORITY, EVERYWHERE),
        ("auditor", StaffRole.AUDITOR, EVERYWHERE),
    ]
    hashed = make_password(PASSWORD)  # hashing is slow on purpose, and the password is the same for all
    Staff.objects.bulk_create(
        [Staff(username=name, password=hashed, role=role.value, scope=scope) for name, role, scope in people]
    )
    return [(username, PASSWORD) for username, _, _ in people]
