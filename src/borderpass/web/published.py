"""Which bundle does the site answer with? The one published last, verified with the root's public key."""

from pathlib import Path

from django.conf import settings

from borderpass.domain.bundle import Bundle
from borderpass.services.load_bundle import latest_bundle, load_bundle

ROOT_FILE = "root.pem"


def root_path() -> Path:
    """Return where the root's public key is kept; `borderpass init` writes it."""
    return Path(settings.HOME) / ROOT_FILE


def current_bundle() -> Bundle | None:
    """Return the latest bundle, or None where nothing was published or the authority was not founded yet.

    Raise WireError or SigningError when the bundle does not verify: then this installation is damaged.
    """
    try:
        root_pem = root_path().read_bytes()
    except FileNotFoundError:
        return None
    published = latest_bundle()
    return None if published is None else load_bundle(published.serial, root_pem)
