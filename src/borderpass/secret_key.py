"""What does this installation sign its sessions with? A key of its own, made on first use and kept beside the data."""

import os
import secrets
from pathlib import Path


def read_secret_key(path: Path) -> str:
    """Return the installation's secret, making it if it is not there yet; readable by its owner only."""
    try:
        return path.read_text(encoding="ascii")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass  # another process was faster: its key counts
    finally:
        draft.unlink()
    return path.read_text(encoding="ascii")
