"""Is the audit trail whole? Walks each chain from its first entry to its head, and names the first broken link."""

import re
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from borderpass.domain.audit import BrokenLink, Fault, walk_chain
from borderpass.store.models import AuditChain
from borderpass.store.queries.audit import entries_without_head, find_chains, first_beyond, head_of, read_chain

_NOTED = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")


class _NotWhole(Exception):  # noqa: N818  # what is said and left with
    """The trail is not whole, or what was asked makes no sense."""


class Command(BaseCommand):
    """Exit 0 when every chain is whole, 1 at the first broken link."""

    requires_system_checks = ()  # it asks the database only
    help = "walk the audit trail; exit 1 and name the first broken link, if there is one"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--noted SEQ:DIGEST`, as often as one likes."""
        parser.add_argument(
            "--noted",
            metavar="SEQ:DIGEST",
            action="append",
            default=[],
            help="a number and its digest of our own chain, as an earlier run of this command said them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, and say how far each chain has come."""
        try:
            self._walk(dict(map(_read_noted, options["noted"])))
        except _NotWhole as broken:
            self.stderr.write(f"borderpass manage verify_audit: {broken}")
            sys.exit(1)

    def _walk(self, noted: dict[int, str]) -> None:
        orphans = entries_without_head()
        if orphans:
            raise _NotWhole(f"the head of the chain is missing, and {orphans:,} entries have none")
        chains = find_chains()
        if noted and not any(chain.ours for chain in chains):
            raise _NotWhole("nothing was written yet, or the whole trail is missing: the noted entry is not there")
        for chain in chains:
            self.stdout.write(_walk(chain, noted if chain.ours else {}))
        if not chains:
            self.stdout.write("0 entries: nothing was written yet")


def _read_noted(text: str) -> tuple[int, str]:
    read = _NOTED.fullmatch(text.lower())
    if read is None:
        raise _NotWhole(f"{text!r} is no SEQ:DIGEST: give it as this command said it")
    return int(read[1]), read[2]


def _walk(chain: AuditChain, noted: dict[int, str]) -> str:
    name = "" if chain.ours else f" of chain {chain.id}"
    entries, broken = walk_chain(chain.id, read_chain(chain), head_of(chain), noted)
    if broken is None and (seq := first_beyond(chain)) is not None:
        broken = BrokenLink(seq, Fault.INSERTED, "it stands after the head")
    if broken is not None:
        raise _NotWhole(
            f"entry {broken.seq}{name} is {broken.fault}: {broken.how}; the {entries:,} entries before it hold"
        )
    return f"{entries:,} entries{name}, whole; the last is {chain.length}:{chain.digest}"
