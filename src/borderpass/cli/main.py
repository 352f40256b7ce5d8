"""Which commands are there? Each is a module that is only loaded when it is called: a cold `verify` loads no web."""

import argparse
import os
import sys
from importlib import import_module
from typing import NoReturn

from borderpass.cli.refused import Refused

COMMANDS = {
    "demo": "tell the main job from application to crossing, for real, then serve the site",
    "serve": "serve the site",
    "init": "make the database, the national root, the gazetteer and the orders",
    "office": "add an office, or make its signing keys",
    "issue": "take an application file all the way to a printed pass, as an operator",
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
    if not words or words[0] in ("-h", "--help", "help"):
        sys.stdout.write(_help())
        return 0 if words else 2
    if words[0] == "--version":
        sys.stdout.write(f"borderpass {_version()}\n")
        return 0
    name = words[0]
    if name not in COMMANDS:
        sys.stderr.write(f"borderpass: there is no command {name!r}; see borderpass --help\n")
        return 2
    module = import_module(f"borderpass.cli.{name}")
    if name == "manage":
        return int(module.run_words(words[1:]))
    parser = _Parser(prog=f"borderpass {name}", description=module.__doc__)
    module.add_arguments(parser)
    try:
        return int(module.run(parser.parse_args(words[1:])))
    except Refused as refused:
        sys.stderr.write(f"borderpass {name}: {refused}\n")
        return refused.status
    except KeyboardInterrupt:
        sys.stderr.write(f"borderpass {name}: interrupted\n")
        return 130
    except BrokenPipeError:
        # Whoever read us has gone (`borderpass counts | head`); Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        sys.stderr.write(f"borderpass {name}: {error.strerror or error}{where}\n")
        return 1


def _help() -> str:
    lines = [f"  {name:<8} {what}" for name, what in COMMANDS.items()]
    return "usage: borderpass COMMAND ...\n\n" + "\n".join(lines) + "\n\nborderpass COMMAND --help says more of each.\n"


def _version() -> str:
    from importlib.metadata import version

    return version("borderpass")


if __name__ == "__main__":
    sys.exit(main())
