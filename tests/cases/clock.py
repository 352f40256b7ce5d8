"""When do the cases play? Instants are written as local time in Phnom Penh, as an order would write them."""

from datetime import UTC, datetime

from borderpass.domain.local_time import PHNOM_PENH


def local(text: str) -> datetime:
    """Return the aware UTC instant of `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS` in Phnom Penh."""
    return datetime.fromisoformat(text).replace(tzinfo=PHNOM_PENH).astimezone(UTC)


def seconds(text: str) -> int:
    """Return the same instant as Unix seconds."""
    return int(local(text).timestamp())


MONDAY = local("2026-11-23 09:00:00")
"""The usual instant of a scan: a Monday morning, the gate open, the status lists three hours old."""
