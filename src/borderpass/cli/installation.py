"""Which installation does a command work on? Its folder, its database, its keys; set up only when it is needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from borderpass.cli.refused import Refused
from borderpass.domain.actors import EVERYWHERE, Actor, StaffRole
from borderpass.domain.declined import Declined

T = TypeVar("T")
NATION = Actor("operator", StaffRole.NATIONAL_AUTHORITY, EVERYWHERE)
ROOT_PEM = "root.pem"


def set_up() -> Path:
    """Set Django up and return the installation's folder. Raise Refused when DATABASE_URL names no database."""
    import django
    from dj_database_url import ParseError, UnknownSchemeError
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borderpass.settings")
    try:
        django.setup()
    except (ParseError, UnknownSchemeError):
        # The URL itself may hold a password: it is not repeated.
        raise Refused("DATABASE_URL is not of the form postgresql://user:password@host:port/name") from None
    except ImproperlyConfigured as error:
        raise Refused(f"the installation is not configured right: {_first_line(error)}") from None
    home: Path = settings.HOME
    return home


def set_up_founded() -> Path:
    """Set Django up for an installation that `borderpass init` has made. Raise Refused where it has not."""
    home = set_up()
    from django.db import DatabaseError

    from borderpass.store.models import TrustedKey

    try:
        founded = TrustedKey.objects.exists()
    except DatabaseError as error:
        raise Refused(f"the database cannot be used ({_first_line(error)}): run borderpass init") from None
    if not founded:
        raise Refused(f"nothing is here yet in {home}: run borderpass init")
    return home


def root_pem(home: Path) -> bytes:
    """Return the public half of the installation's root. Raise Refused when it is missing."""
    try:
        return (home / ROOT_PEM).read_bytes()
    except FileNotFoundError:
        raise Refused(f"there is no {home / ROOT_PEM}: run borderpass init") from None


def done(result: T | Declined) -> T:
    """Return what a use case did. Raise Refused with its words where it did nothing."""
    if isinstance(result, Declined):
        raise Refused(result.message)
    return result


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn the errors of keys, orders, bundles and the database into one line each."""
    from django.db import DatabaseError

    from borderpass.services.load_orders import OrdersRefused
    from borderpass.signing.signer import SigningError
    from borderpass.wire.refusal import WireError

    try:
        yield
    except (SigningError, OrdersRefused, WireError) as error:
        raise Refused(str(error)) from None
    except DatabaseError as error:
        raise Refused(f"the database cannot be used: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
