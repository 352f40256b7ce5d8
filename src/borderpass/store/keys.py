"""What names a record? A UUIDv7 (RFC 9562): made anywhere, never the same twice, and in the order of making.

Two offices that work apart for a week merge without renumbering anything.
"""

import uuid

from uuid_utils import compat


def new_id() -> uuid.UUID:
    """Return a new UUIDv7."""
    return compat.uuid7()
