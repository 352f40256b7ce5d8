"""What can a package of the office add to the pages that all share?

Each package has a `part.py` with its `PART`; `web/office/parts.py` puts them in order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.store.models import Application
from borderpass.web.office.access import Here

Words = str | Promise


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A place of the office in the column on the left. `url_name` is reversed with the office's code alone."""

    text: Words
    url_name: str
    act: Act = Act.READ_OFFICE


def _always(_: Application) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class NextStep:
    """What somebody may do next with an application. `url_name` is reversed with the office's code and the id.

    It is shown in the states given, to whoever may do the act here, where `fits` says so. On the application's page
    the first one is the main action, the others stand beside it.
    """

    states: frozenset[State]
    act: Act
    text: Words
    url_name: str
    fits: Callable[[Application], bool] = _always


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the application's page: a template, and what it gets (None: there is nothing to show).

    The template begins with its own `<section class="panel">`; it also gets `here` and `application`.
    """

    template: str
    describe: Callable[[Here, Application], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class NewLine:
    """Something in the queue of what is new: who, since when (aware), and the address where it is taken in."""

    reference: str
    name_khmer: str
    name_latin: str
    since: datetime
    url: str


@dataclass(frozen=True, slots=True)
class NewWork:
    """What waits to be taken in and is no application yet: how many, and a slice of it, oldest first."""

    count: Callable[[Here], int]
    lines: Callable[[Here, int, int], list[NewLine]]


@dataclass(frozen=True, slots=True)
class Part:
    """All that one package adds."""

    menu: tuple[MenuEntry, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    sections: tuple[Section, ...] = ()
    new_work: tuple[NewWork, ...] = ()
