"""Tell the main job for real on an embedded database, from application to crossing, then serve the site.

It works in var/demo (or BORDERPASS_HOME/demo), which it empties first, and leaves there passes, bundle, keys and
counts to try things on.
"""

import argparse
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from borderpass.banking.stand_in import PAY_PATH, StandInBank
from borderpass.banking.stand_in import serve as serve_bank
from borderpass.cli.refused import Refused, bad_usage

_MARK = ".borderpass-demo"
_LEAST, _MOST = 10, 5_000
_APPS = ("gate", "check")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--no-serve`, `--residents`, `--port`."""
    parser.add_argument("--no-serve", action="store_true", help="stop after the story; exit 0 only if every step held")
    parser.add_argument("--residents", metavar="N", type=int, default=28, help="how many apply (28)")
    parser.add_argument("--port", metavar="P", type=int, default=8000, help="where the site is served (8000)")


def run(arguments: argparse.Namespace) -> int:
    """Tell the story, and serve what it left."""
    if not _LEAST <= arguments.residents <= _MOST:
        raise bad_usage(f"--residents is from {_LEAST} to {_MOST}")
    if not arguments.no_serve:
        from borderpass.cli.serve import DEFAULT_HOST, address_of, find_port_free

        find_port_free(DEFAULT_HOST, arguments.port)
    home = Path(os.environ.get("BORDERPASS_HOME", "var")).resolve() / "demo"
    _empty(home)
    _point_at(home)
    from borderpass.cli.installation import in_plain_words, set_up

    set_up()
    from borderpass.cli.story.staff import add_staff
    from borderpass.cli.story.story import tell

    with in_plain_words():
        tally = tell(home, arguments.residents, datetime.now(UTC))
    if tally.wrong:
        raise Refused("these steps did not hold:\n  " + "\n  ".join(tally.wrong))
    sys.stdout.write(f"\nEvery step held. Passes, keys and the bundle are in {os.path.relpath(home)}\n")
    _say_what_to_try(home)
    with in_plain_words():
        logins = add_staff()
    if arguments.no_serve:
        return 0
    sys.stdout.write("\nSign in as\n" + "".join(f"  {name:<22} password {word}\n" for name, word in logins))
    from borderpass.cli.serve import DEFAULT_HOST, address_of, serve

    site = address_of(DEFAULT_HOST, arguments.port)
    sys.stdout.write(f"Devices and cases of the gate: {site}/gate-office/poipet/ (as commander-poipet)\n")
    with in_plain_words():
        sys.stdout.write(say_phone(site, home, datetime.now(UTC)))
    with bank_beside() as bank:
        sys.stdout.write(
            f"KHQR: the bank is stood in for; POST {{'qr': TEXT}} to {bank}{PAY_PATH} pays a code as a phone does\n"
        )
        serve(DEFAULT_HOST, arguments.port, workers=1)
    return 0


@contextmanager
def bank_beside() -> Iterator[str]:
    """Keep a stand-in for the bank running for as long as the block does; the site asks it. Gives its address."""
    token = secrets.token_urlsafe(24)
    with serve_bank(StandInBank(token, lambda: datetime.now(UTC))) as address:
        os.environ["BORDERPASS_BAKONG_TOKEN"], os.environ["BORDERPASS_BAKONG_ADDRESS"] = token, address
        yield address


def say_phone(site: str, home: Path, now: datetime) -> str:
    """Return how a phone is put to work: the apps' addresses and a new enrolment code; or that they were not built."""
    from django.conf import settings

    from borderpass.cli.device import make_code
    from borderpass.cli.story.stage import GATE

    root: Path | None = settings.WHITENOISE_ROOT
    if root is None or not all((root / app / "index.html").is_file() for app in _APPS):
        return "The phone's apps were not built here: run make phone, then the demo again\n"
    words = (GATE, "1", "exit")
    code = make_code(*words, now)
    again = f"BORDERPASS_HOME={os.path.relpath(home)} .venv/bin/borderpass device code {' '.join(words)}"
    return (
        f"\nScanner of an officer: {site}/gate/ - it asks for this code, good for 10 minutes:\n\n{code}\n"
        f"Another code: {again}\n  or as commander-{GATE} on {site}/gate-office/{GATE}/\n"
        f"Scanner of the other side, for everybody: {site}/check/\n\n"
    )


def _empty(home: Path) -> None:
    """Empty the demo's folder. Whatever is not the demo's own is left alone."""
    if home.exists() and any(home.iterdir()):
        if not (home / _MARK).exists():
            raise Refused(f"{home} holds something that is not the demo's: move it away, or set BORDERPASS_HOME")
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / _MARK).touch()


def _point_at(home: Path) -> None:
    """Work on the embedded database in the demo's folder, whatever the environment says of another."""
    passphrase = home / "passphrase"
    with os.fdopen(os.open(passphrase, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(24))
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("BORDERPASS_KEY_PASSPHRASE", None)
    os.environ["BORDERPASS_KEY_PASSPHRASE_FILE"] = str(passphrase)
    os.environ["BORDERPASS_HOME"] = str(home)
    # Not every machine that tries the demo has a passkey.
    os.environ.setdefault("BORDERPASS_APPROVE_BY_PASSWORD", "1")


def _say_what_to_try(home: Path) -> None:
    relative = os.path.relpath(home)
    first = min((home / "passes").glob("*.png")).name
    sys.stdout.write(
        "Try:  .venv/bin/borderpass verify"
        f" --bundle {relative}/bundle.cbor --root {relative}/root.pem --checkpoint poipet {relative}/passes/{first}\n"
    )
