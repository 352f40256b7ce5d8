"""Which commands are there? Each is a module that is only loaded when it is called: a cold `verify` loads no web."""

import argparse
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn

from borderpass.cli.refused import Refused, bad_usage

COMMANDS = {
    "demo": "tell the main job from application to crossing, for real, then serve the site",
    "serve": "serve the site, and do its long work",
    "work": "do the long work that waits, without serving",
    "init": "make the database, the national root, the gazetteer and the orders",
    "office": "add an office, or make its signing keys",
    "staff": "add somebody who signs in, list them, let one in again",
    "device": "make a code that lets a phone in, list the phones, revoke one",
    "issue": "take an application file all the way to a printed pass, as an operator",
    "pass": "revoke, suspend or reinstate a pass",
    "till": "say what an office's drawer should hold, or close its day",
    "books": "check or import the passes that were issued before this system",
    "verify": "say what is to be done with a pass: picture, PDF or QR text",
    "bundle": "export the signed bundle that a scanner runs on",
    "trust": "export the public trust list, for the other side",
    "orders": "check, simulate or enact legal orders",
    "counts": "print the exact figures",
    "manage": "Django's own commands",
}


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, as everything else that is refused."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"{self.prog}: {message}; see {self.prog} --help\n")
        sys.exit(2)


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status: 0 done, 1 refused, 2 bad usage."""
    words = sys.argv[1:] if arguments is None else arguments
    name = f"borderpass {words[0]}" if words and words[0] in COMMANDS else "borderpass"
    _make_streams_sure()
    try:
        try:
            return _run(words)
        finally:
            _flush()
    except Refused as refused:
        sys.stderr.write(f"{name}: {refused}\n")
        return refused.status
    except KeyboardInterrupt:
        sys.stderr.write(f"{name}: interrupted\n")
        return 130
    except BrokenPipeError:
        return 1  # whoever read us has gone (`borderpass counts | head`)
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        sys.stderr.write(f"{name}: {error.strerror or error}{where}\n")
        return 1


def _run(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help", "help"):
        sys.stdout.write(_help())
        return 0 if words else 2
    if words[0] == "--version":
        sys.stdout.write(f"borderpass {_version()}\n")
        return 0
    name = words[0]
    if name not in COMMANDS:
        raise bad_usage(f"there is no command {name!r}; see borderpass --help")
    module = import_module(f"borderpass.cli.{name}")
    if name == "manage":
        return int(module.run_words(words[1:]))
    parser = _Parser(prog=f"borderpass {name}", description=module.__doc__)
    module.add_arguments(parser)
    return int(module.run(parser.parse_args(words[1:])))


def _flush() -> None:
    """Write what is left while it can still be said that it cannot be written: Python must not complain at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise


def _make_streams_sure() -> None:
    """A stream that was closed (`>&-`) is nowhere; a letter that cannot be shown is written by its number."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123  # for as long as we run
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:
            setattr(sys, stream, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _help() -> str:
    lines = [f"  {name:<8} {what}" for name, what in COMMANDS.items()]
    return "usage: borderpass COMMAND ...\n\n" + "\n".join(lines) + "\n\nborderpass COMMAND --help says more of each.\n"


def _version() -> str:
    from importlib.metadata import version

    return version("borderpass")


if __name__ == "__main__":
    sys.exit(main())
