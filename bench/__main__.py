"""Measure everything, or the phone alone (`python -m bench phone`), say it, and write it to var/bench.json."""

import json
import sys
from pathlib import Path

from bench.installation import own_installation
from bench.measure import Result
from bench.phone import measure_phone
from bench.verify import measure_verify
from bench.world import NOON, make_world

TARGET = Path("var") / "bench.json"


def main(words: list[str]) -> None:
    """Run the benchmarks one after the other; what is not measured this time stays as it was written before."""
    alone = words == ["phone"]
    results = [] if alone else _measure_servers()
    results += [_told(one) for one in measure_phone()]
    TARGET.parent.mkdir(exist_ok=True)
    figures = json.loads(TARGET.read_text("utf-8")) if alone and TARGET.is_file() else {}
    figures |= {
        one.name: {"value": one.value, "limit": one.limit, "ratio": one.ratio, "unit": one.unit} for one in results
    }
    TARGET.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(f"written to {TARGET}")


def _measure_servers() -> list[Result]:
    results: list[Result] = []
    world = make_world()
    for name, aim, face in (("verify", 0.65, False), ("verify_face", 0.55, True)):
        results.append(_told(measure_verify(world, name, aim, face=face)))
    with own_installation(NOON) as home:
        # These need Django, which is set up by now.
        from bench.approve import measure_approve
        from bench.issue import measure_issue
        from bench.print_sheet import measure_print_sheet
        from bench.record import measure_record

        results.append(_told(measure_issue(home, NOON)))
        results.append(_told(measure_approve(home, NOON)))
        results.append(_told(measure_print_sheet(NOON)))
        results.append(_told(measure_record(world, NOON)))
    return results


def _told(result: Result) -> Result:
    print(result.line(), flush=True)
    return result


main(sys.argv[1:])
