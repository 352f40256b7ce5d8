"""How often may somebody without an account try something? Counted by where it comes from, or by what it is about.

An address is not kept, only its digest under the installation's key, and that for a day. Whole villages share an
address behind a phone company's: the numbers are those of a busy village, not of a person. Of two tries at the same
moment both may count as the last one that is allowed: an overrun of a few is harmless here.
"""

import ipaddress
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils.crypto import salted_hmac

from borderpass.store.models import PublicTry

_REMEMBERED = timedelta(days=1)
_SALT = "borderpass.services.limit_tries"
_HOME_NETWORK_BITS = 64


class Tried(StrEnum):
    """What is counted."""

    BEGIN_FORM = "begin_form"
    SEND_PHOTO = "send_photo"
    SEND_FORM = "send_form"
    FOLLOW_FROM = "follow_from"
    FOLLOW_WHAT = "follow_what"


LIMITS: dict[Tried, tuple[int, timedelta]] = {
    Tried.BEGIN_FORM: (120, timedelta(hours=1)),
    Tried.SEND_PHOTO: (100, timedelta(days=1)),
    Tried.SEND_FORM: (60, timedelta(hours=1)),
    Tried.FOLLOW_FROM: (30, timedelta(hours=1)),
    Tried.FOLLOW_WHAT: (10, timedelta(days=1)),
}
"""How many, within which time. Of following only what failed stays counted; ten birth dates a day for one reference."""


def try_once(what: Tried, key: str, now: datetime) -> PublicTry | None:
    """Count a try and return it, or return None where there were too many: then it is not counted, and not done."""
    most, within = LIMITS[what]
    digest = salted_hmac(_SALT, f"{what}:{key}", algorithm="sha256").hexdigest()
    with transaction.atomic():
        if PublicTry.objects.filter(what=what, key_digest=digest, at__gt=now - within).count() >= most:
            return None
        return PublicTry.objects.create(what=what, key_digest=digest, at=now)


def network_of(address: str) -> str:
    """Return what is counted as one place: an address of IPv4, the home network (/64) of one of IPv6."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((read, _HOME_NETWORK_BITS), strict=False))


def forget_tries(now: datetime) -> int:
    """Delete what was tried more than a day ago; return how many tries that were."""
    return PublicTry.objects.filter(at__lte=now - _REMEMBERED).delete()[0]
