"""Publish a new bundle and write it to a file: trust list, status lists, rulebook and gates, signed."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from borderpass.cli.installation import NATION, done, in_plain_words, set_up_founded
from borderpass.domain.local_time import PHNOM_PENH


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`export FILE`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="export")
    export = actions.add_parser("export", help="publish a new bundle and write it to FILE")
    export.add_argument("file", metavar="FILE", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Publish and write."""
    home = set_up_founded()
    from borderpass.services.open_keystore import open_keystore
    from borderpass.services.publish_bundle import publish_bundle

    with in_plain_words():
        published = done(publish_bundle(open_keystore(home), NATION, datetime.now(UTC)))
    octets = bytes(published.octets)
    arguments.file.write_bytes(octets)
    local = published.issued_at.astimezone(PHNOM_PENH)
    sys.stdout.write(f"bundle {published.serial} of {local:%Y-%m-%d %H:%M} (Phnom Penh), {len(octets):,} bytes\n")
    return 0
