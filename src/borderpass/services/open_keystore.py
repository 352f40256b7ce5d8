"""Where are this installation's private keys?"""

import os
from pathlib import Path

from borderpass.signing.file_keystore import FileKeystore, read_passphrase

ROOT_KEY, RULEBOOK_KEY, PUBLISHER_KEY = "root", "rulebook", "publisher"


def open_keystore(home: Path) -> FileKeystore:
    """Return the keystore of an installation. Raise SigningError when no passphrase is set."""
    return FileKeystore(home / "keys", read_passphrase(os.environ))
