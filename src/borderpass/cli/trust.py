"""Write the public trust list to a file: what colleagues on the other side need to check a pass without asking us."""

import argparse
import sys
from pathlib import Path

from borderpass.cli.installation import in_plain_words, root_pem, set_up_founded
from borderpass.cli.refused import Refused
from borderpass.domain.local_time import last_valid_day


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`export FILE`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="export")
    export = actions.add_parser("export", help="write the trust list of the latest bundle to FILE")
    export.add_argument("file", metavar="FILE", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Write it, and say whose keys are in it."""
    home = set_up_founded()
    from borderpass.services.load_bundle import latest_bundle
    from borderpass.signing.file_keystore import read_public_pem
    from borderpass.wire.bundle import take_apart
    from borderpass.wire.trust import read_trust_list

    with in_plain_words():
        published = latest_bundle()
        if published is None:
            raise Refused("nothing was published yet: run borderpass bundle export FILE")
        octets = take_apart(bytes(published.octets)).trust_list
        trust = read_trust_list(octets, read_public_pem(root_pem(home)))
    arguments.file.write_bytes(octets)
    sys.stdout.write(
        f"trust list {trust.serial} with {len(trust.entries)} keys, good until {last_valid_day(trust.expires_at)};"
        f" check it with {home / 'root.pem'}\n"
    )
    return 0
