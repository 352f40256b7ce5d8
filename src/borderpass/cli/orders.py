"""Check legal orders, replay past crossings under them, or enact them."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from borderpass.cli.days import read_day
from borderpass.cli.installation import NATION, done, in_plain_words, root_pem, set_up_founded
from borderpass.cli.refused import Refused, bad_usage
from borderpass.domain.orders import Order, OrderProblem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`check FILE...`, `simulate FILE...`, `enact FILE...`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="check|simulate|enact")
    check = actions.add_parser("check", help="read the files and try them against the orders that ship, or --alone")
    check.add_argument("--alone", action="store_true", help="try the files against each other only")
    simulate = actions.add_parser("simulate", help="replay recorded scans as if the files had been in force")
    simulate.add_argument("--from", dest="first", metavar="D", type=read_day, help="first day, YYYY-MM-DD")
    simulate.add_argument("--to", dest="last", metavar="D", type=read_day, help="last day, YYYY-MM-DD")
    enact = actions.add_parser("enact", help="enact the files; the next bundle carries them to the gates")
    for action in (check, simulate, enact):
        action.add_argument("files", metavar="FILE", nargs="+", type=Path)


def run(arguments: argparse.Namespace) -> int:
    """Do it and say what came of it."""
    texts = {path: _read_text(path) for path in arguments.files}
    if arguments.action == "check":
        return _check(texts, alone=arguments.alone)
    if arguments.action == "simulate" and arguments.first and arguments.last and arguments.first > arguments.last:
        raise bad_usage("--from is after --to")
    home = set_up_founded()
    with in_plain_words():
        if arguments.action == "enact":
            return _enact(texts)
        return _simulate(texts, root_pem(home), arguments.first, arguments.last)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise bad_usage(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise bad_usage(f"{path} is not text in UTF-8") from None


def _read_orders(texts: dict[Path, str]) -> list[Order]:
    from borderpass.orders.read_orders import read_order

    orders, problems = [], list[OrderProblem]()
    for path, text in texts.items():
        read = read_order(text, str(path))
        if isinstance(read, Order):
            orders.append(read)
        else:
            problems += read
    if problems:
        raise Refused("\n".join(str(problem) for problem in problems))
    return orders


def _check(texts: dict[Path, str], *, alone: bool) -> int:
    from borderpass.domain.orders import find_conflicts
    from borderpass.services.load_gazetteer import load_gazetteer
    from borderpass.services.load_orders import find_unknown_places, load_orders

    orders = _read_orders(texts)
    numbers = {order.number for order in orders}
    others = [] if alone else [order for order in load_orders() if order.number not in numbers]
    problems = [*find_conflicts([*others, *orders]), *find_unknown_places(orders, load_gazetteer())]
    if problems:
        raise Refused("\n".join(str(problem) for problem in problems))
    provisions = sum(len(order.provisions) for order in orders)
    sys.stdout.write(f"{len(orders)} orders with {provisions} provisions: no overlap, no gap, no unknown place\n")
    return 0


def _enact(texts: dict[Path, str]) -> int:
    from borderpass.services.enact_orders import enact_orders

    files = [(path.name, text) for path, text in texts.items()]
    for enacted in done(enact_orders(files, NATION, datetime.now(UTC))):
        sys.stdout.write(f"order {enacted.number} is enacted; the next bundle carries it to the gates\n")
    return 0


def _simulate(texts: dict[Path, str], root: bytes, first: date | None, last: date | None) -> int:
    from borderpass.services.simulate_orders import simulate_orders

    drafts = _read_orders(texts)
    simulation = simulate_orders(drafts, NATION, root, first, last)
    changed = sum(simulation.changes.values())
    sys.stdout.write(f"{simulation.scans:,} scans replayed, {changed:,} would have come out otherwise\n")
    for (before, after), times in simulation.changes.most_common():
        sys.stdout.write(f"  {times:>8,}  {before}  ->  {after}\n")
    if simulation.left_out:
        sys.stdout.write(f"{simulation.left_out:,} could not be replayed: their bundle is not kept here\n")
    return 0
