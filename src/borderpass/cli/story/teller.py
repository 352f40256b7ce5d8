"""How is the story told in the terminal? Headings, a line for each thing that happens, a bar where it takes long."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

T = TypeVar("T")
_MARKS = {"ADMIT": "[green]✔ ADMIT[/]", "REFER": "[yellow]▲ REFER[/]", "REFUSE": "[red]⬣ REFUSE[/]"}


class Teller:
    """Tells a story on standard output; without a terminal, plainly."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)

    def chapter(self, title: str) -> None:
        """Begin a part of the story."""
        self._console.print(f"\n[bold]{escape(title)}[/]")

    def line(self, text: str) -> None:
        """Tell one thing."""
        self._console.print(f"  {escape(text)}", soft_wrap=True)

    def verdict(self, who: str, verdict: str, why: str) -> None:
        """Tell what the gate's screen showed."""
        self._console.print(f"  {_MARKS[verdict]}  {escape(who)}  [dim]{escape(why)}[/]", soft_wrap=True)

    def long(self, what: str, items: Iterable[T], total: int) -> Iterator[T]:
        """Go through many things, showing how far it is on a terminal, and when it is done elsewhere."""
        if not self._console.is_terminal:
            yield from items
            self.line(f"{what}: {total}")
            return
        columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._console) as progress:
            yield from progress.track(items, total=total, description=what)

    def figures(self, rows: list[tuple[str, int, int]]) -> None:
        """Show what was done beside what is counted."""
        table = Table("what", "done", "counted", "", box=None, pad_edge=False)
        for name, done, counted in rows:
            mark = "[green]=[/]" if done == counted else "[red]≠[/]"
            table.add_row(name.replace("_", " "), f"{done:,}", f"{counted:,}", mark)
        self._console.print(table)
