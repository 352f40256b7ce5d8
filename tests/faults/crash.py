"""How does a process die at every step of what it does? It is forked, its steps are counted, and at one it exits.

A step is a statement sent to the database, a commit, or a use of a key. `os._exit` runs no handler, flushes nothing and
closes nothing: to the database it is a client that is gone.
"""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from borderpass.signing.file_keystore import FileKeystore, FileSigner

KILLED, FINISHED, BROKEN = 9, 0, 1


class Steps:
    """Counts what a process does, and ends it just before or just after one of its steps."""

    def __init__(self, fatal: int | None, *, after: bool) -> None:
        self.fatal, self.after, self.taken, self.names = fatal, after, 0, list[str]()

    def take(self, name: str, act: Callable[..., Any], *arguments: Any) -> Any:
        self.taken += 1
        self.names.append(name)
        here = self.taken == self.fatal
        if here and not self.after:
            os._exit(KILLED)
        result = act(*arguments)
        if here:
            os._exit(KILLED)
        return result

    def count_all(self) -> None:
        """Count from now on, for the rest of this process."""
        connection.ensure_connection()
        connection.execute_wrappers.append(self._statement)
        self._count(connection, "_commit")
        self._count(FileSigner, "sign")
        self._count(FileKeystore, "open")

    def _statement(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        return self.take(sql.split(" ", 1)[0], execute, sql, params, many, context)

    def _count(self, owner: Any, name: str) -> None:
        original = getattr(owner, name)
        setattr(owner, name, lambda *arguments: self.take(name, original, *arguments))


def die_at(fatal: int, act: Callable[[], object], *, after: bool) -> bool:
    """Do something in a process of its own that dies at a step; tell whether it died. Fail if it broke otherwise."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            Steps(fatal, after=after).count_all()
            act()
        except BaseException:  # whatever it is: the parent has to know
            os._exit(BROKEN)
        os._exit(FINISHED)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == BROKEN:
        pytest.fail(f"the process broke at step {fatal} instead of dying")
    return code == KILLED


def steps_of(act: Callable[[], object]) -> list[str]:
    """Do something in a process of its own and return the names of its steps."""
    connection.close()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        steps = Steps(None, after=False)
        steps.count_all()
        act()
        os.write(writer, " ".join(steps.names).encode())
        os._exit(FINISHED)
    os.close(writer)
    with os.fdopen(reader) as file:
        names = file.read().split()
    os.waitpid(child, 0)
    return names
