"""How is something measured on a busy machine? In turns with its limit, the best of many rounds."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True)
class Result:
    """A figure, what it is held against, and their ratio (1 is the limit; more is better)."""

    name: str
    value: float
    limit: float
    ratio: float
    unit: str
    aim: float
    note: str = ""

    def line(self) -> str:
        """Return the figure in words."""
        mark = "ok" if self.ratio >= self.aim else "below its aim"
        figures = f"{self.name:<12} {self.value:>10,.1f} {self.unit:<12} limit {self.limit:>10,.1f}"
        note = f"\n             {self.note}" if self.note else ""
        return f"{figures}   ratio {self.ratio:.2f} (aim {self.aim:.2f}: {mark}){note}"


def in_turns(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Return the best time in seconds of each of two things done in turns, so that both see the same machine."""
    best_one = best_other = float("inf")
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            best_one = min(best_one, _seconds(one))
            best_other = min(best_other, _seconds(other))
    finally:
        gc.enable()
    return best_one, best_other


def _seconds(thing: Callable[[], object]) -> float:
    begun = perf_counter()
    thing()
    return perf_counter() - begun
