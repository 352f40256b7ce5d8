"""What has the server of a phone's records? Read from its database, beside it and read-only."""

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from borderpass.domain.records import FIRST_PREVIOUS
from borderpass.wire.records import digest_of_record, read_record

SCAN, ACTION = "scan", "action"


@dataclass(frozen=True, slots=True)
class Kept:
    """One record. A scan has a pass, a verdict (a number) and reasons; an action has what was done, by whom and why."""

    seq: int
    kind: str
    pass_number: str
    device_verdict: int | None
    reasons: str
    action: str
    by_officer: bool
    ground: str
    octets: bytes


class Ledger:
    """The server's database."""

    def __init__(self, home: Path) -> None:
        self._path = home / "borderpass.sqlite3"

    def newest_device(self) -> str:
        """Return the id of the device that was enrolled last, as the database writes it."""
        return str(self._all("SELECT id FROM store_device ORDER BY enrolled_at DESC, id DESC LIMIT 1")[0][0])

    def records(self, device: str) -> list[Kept]:
        """Return a device's records in the order of their numbers."""
        columns = "device_seq, kind, pass_number, device_verdict, reasons, action, by_officer, ground, octets"
        rows = self._all(f"SELECT {columns} FROM store_record WHERE device_id = ? ORDER BY device_seq", device)
        return [Kept(*row) for row in rows]

    def cases(self, device: str) -> list[str]:
        """Return what somebody has to look at, by kind."""
        return [kind for (kind,) in self._all("SELECT kind FROM store_case WHERE device_id = ? ORDER BY id", device)]

    def hold(self, device: str, *, scans: int, actions: int | None = None, cases: tuple[str, ...] = ()) -> list[Kept]:
        """Fail unless everything is there once and in order, in one unbroken chain, with no other case; return it."""
        records = self.records(device)
        counted = Counter(record.kind for record in records)
        told = [f"{record.seq} {record.kind} {record.pass_number or record.action}" for record in records]
        assert counted[SCAN] == scans, told
        assert actions is None or counted[ACTION] == actions, told
        assert [record.seq for record in records] == list(range(1, len(records) + 1))
        previous = FIRST_PREVIOUS
        for record in records:
            assert read_record(record.octets).link.previous == previous, f"{record.seq} does not follow"
            previous = digest_of_record(record.octets)
        assert sorted(self.cases(device)) == sorted(cases)
        return records

    def bundle(self, serial: int) -> bytes:
        """Return a published bundle."""
        return bytes(self._all("SELECT octets FROM store_publishedbundle WHERE serial = ?", serial)[0][0])

    def _all(self, query: str, *words: Any) -> list[Any]:
        with closing(sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, timeout=20)) as connection:
            return connection.execute(query, words).fetchall()
