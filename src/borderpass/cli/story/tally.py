"""What did the story do? Kept apart from the database, so that the figures have something to be held against."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What was done, by the names of `services.count`, and every step that did not come out as told."""

    done: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def expect(self, what: str, expected: object, seen: object) -> bool:
        """Note a step that came out otherwise; tell whether it came out as expected."""
        if expected != seen:
            self.wrong.append(f"{what}: expected {expected}, came out as {seen}")
        return expected == seen
