"""Make the database, the national root and keys, and enact the orders that come with the product. Safe to repeat."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from borderpass.cli.installation import NATION, ROOT_PEM, in_plain_words, set_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to say but the command."""
    parser.epilog = "The keys' passphrase comes from BORDERPASS_KEY_PASSPHRASE_FILE or BORDERPASS_KEY_PASSPHRASE."


def run(_arguments: argparse.Namespace) -> int:
    """Found the authority and say what there is."""
    home = set_up()
    with in_plain_words():
        orders = found(home, datetime.now(UTC))
    sys.stdout.write(f"ready in {home}: {orders} orders enacted; the root's public key is {home / ROOT_PEM}\n")
    sys.stdout.write("next: borderpass office add CODE, borderpass office key CODE, borderpass bundle export FILE\n")
    return 0


def found(home: Path, now: datetime) -> int:
    """Migrate the database, found the authority, write the root's public key; return how many orders are enacted."""
    from django.core.management import call_command

    from borderpass.services.found_authority import found_authority
    from borderpass.services.load_gazetteer import load_gazetteer
    from borderpass.services.open_keystore import ROOT_KEY, open_keystore
    from borderpass.store.models import EnactedOrder

    home.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    load_gazetteer()
    keystore = open_keystore(home)
    found_authority(keystore, NATION, now)
    (home / ROOT_PEM).write_bytes(keystore.open(ROOT_KEY).public_pem())
    return EnactedOrder.objects.count()
