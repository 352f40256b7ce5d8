"""Every address of the site that names something: for whoever has nothing to do with it, it is as if it were not there.

The walk goes over all addresses that Django knows. One that names something has to stand in `tests/web/addresses.py`:
as a thing of Poipet's, as a word of ours, or as nobody's secret with the reason.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from borderpass.domain.actors import Actor, StaffRole
from borderpass.store.models import Staff
from tests.cast import (
    BOPHA,
    COMMANDER,
    DARA,
    GATE,
    MALEE,
    MINISTRY,
    NEXT_CLERK,
    OTHER_COMMANDER,
    OTHER_PROVINCE,
    POIPET,
    SEREI,
    VICHEA,
)
from tests.installation import Installation
from tests.web.addresses import BEHIND, FOR_EVERYBODY, Thing, Word
from tests.web.conftest import sign_in

METHODS = ("GET", "POST")
FOUND_BY_NOBODY, NOT_THIS_WAY, NOT_FOR_THIS_ROLE = 404, 405, 403


class Address(NamedTuple):
    """An address: its name, its route, and what its route names."""

    name: str
    route: str
    names: frozenset[str]


class Side(NamedTuple):
    """Whose things they are: what names the place in the address, whose people may see them, and whose may not."""

    place: dict[str, str]
    elsewhere: dict[str, str]
    own: tuple[Actor, ...]
    others: tuple[Actor, ...]


OFFICE = Side({"office": POIPET}, {"office": SEREI}, (BOPHA, DARA), (NEXT_CLERK, VICHEA))
SIDES = {
    "office/": OFFICE,
    "gate-office/": Side({"checkpoint": GATE}, {"checkpoint": "malai"}, (COMMANDER,), (OTHER_COMMANDER,)),
    "staff/": Side({}, {}, (DARA,), (VICHEA,)),
    "account/": Side({}, {}, (DARA,), (VICHEA, BOPHA)),
}


def addresses(resolver: Any = None, route: str = "", space: str = "") -> Iterator[Address]:
    for one in (resolver or get_resolver()).url_patterns:
        here = route + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, here, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            named = frozenset(here.split("<")[1:])
            yield Address(
                space + (one.name or ""), here, frozenset(part.split(">")[0].split(":")[-1] for part in named)
            )


NAMING = [address for address in addresses() if address.names]
GUARDED = [address for address in NAMING if address.route not in FOR_EVERYBODY]
THINGS = [address for address in GUARDED if isinstance(BEHIND.get(address.name), Thing)]
PLACES = [address for address in GUARDED if address.names <= {"office", "checkpoint"}]
WORDS = [address for address in GUARDED if isinstance(BEHIND.get(address.name), Word)]


def side_of(address: Address) -> Side:
    found = [side for prefix, side in SIDES.items() if address.route.startswith(prefix)]
    assert found, f"{address.route} lies nowhere that the walk knows: add its part of the site to SIDES here"
    return found[0]


@pytest.mark.parametrize("address", GUARDED, ids=lambda address: address.name or address.route)
def test_every_address_that_names_something_is_known_here(address: Address) -> None:
    assert side_of(address)
    assert address.name, f"{address.route} has no name: give it one"
    if address not in PLACES:
        assert address.name in BEHIND, (
            f'add "{address.name}" to BEHIND in tests/web/addresses.py: what {address.route} names,'
            " made in Poipet, so that the walk can make sure that no other office's people find it"
        )


def test_nothing_stands_here_that_the_site_does_not_have() -> None:
    assert set(BEHIND) - {address.name for address in GUARDED} == set()
    assert set(FOR_EVERYBODY) - {address.route for address in NAMING} == set()


@pytest.mark.parametrize("address", THINGS, ids=lambda address: address.name)
class TestAThingOfPoipets:
    def test_is_not_there_for_others_neither_in_its_place_nor_in_theirs(
        self, world: Installation, address: Address
    ) -> None:
        side, made = side_of(address), behind(address, world)
        for actor in side.others:
            client = browser(actor)
            assert asked(client, address, side.place | made) == {FOUND_BY_NOBODY}, actor.name
            assert asked(client, address, side.elsewhere | made) <= {FOUND_BY_NOBODY, NOT_FOR_THIS_ROLE}, actor.name

    def test_is_there_for_its_own(self, world: Installation, address: Address) -> None:
        side, made = side_of(address), behind(address, world)
        answers = [asked(browser(actor), address, side.place | made, ("GET",)) for actor in side.own]
        # One that only takes a POST has nothing to say to a GET; what it does has tests of its own.
        assert any(answer == set() or min(answer) < 400 for answer in answers), answers

    def test_is_there_for_nobody_who_is_not_signed_in(self, world: Installation, address: Address) -> None:
        url = reverse(address.name, kwargs=side_of(address).place | behind(address, world))
        for method in METHODS:
            response = Client().generic(method, url)
            assert response.status_code in (302, NOT_THIS_WAY)
            if response.status_code == 302:
                assert response.headers["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("address", [*PLACES, *WORDS], ids=lambda address: address.name)
def test_a_place_is_not_there_for_those_of_another(world: Installation, address: Address) -> None:
    side = side_of(address)
    words = BEHIND[address.name].arguments if address in WORDS else {}  # type: ignore[union-attr]
    for actor in side.others:
        assert asked(browser(actor), address, side.place | words) == {FOUND_BY_NOBODY}, actor.name


@pytest.mark.parametrize(
    "address", [one for one in PLACES if one.route.startswith("office/")], ids=lambda one: one.name
)
def test_an_office_is_not_there_for_another_province_and_closed_to_gates(world: Installation, address: Address) -> None:
    assert asked(browser(OTHER_PROVINCE), address, {"office": POIPET}) == {FOUND_BY_NOBODY}
    assert asked(browser(MALEE), address, {"office": POIPET}) == {NOT_FOR_THIS_ROLE}
    for unknown in ("0199", "x", "011", "01100", "*", "\0", "០១១០"):
        for actor in (DARA, MINISTRY):
            assert asked(browser(actor), address, {"office": unknown}) == {FOUND_BY_NOBODY}


def behind(address: Address, world: Installation) -> dict[str, Any]:
    thing = BEHIND[address.name]
    assert isinstance(thing, Thing)
    return thing.make(world)


def browser(actor: Actor) -> Client:
    """Let somebody of the cast sign in. Whoever cannot yet is given an account."""
    if not Staff.objects.filter(username=actor.name).exists():
        Staff.objects.create(username=actor.name, role=StaffRole(actor.role).value, scope=actor.scope, password="!")
    return sign_in(Client(), actor.name)


def asked(client: Client, address: Address, arguments: dict[str, Any], methods: tuple[str, ...] = METHODS) -> set[int]:
    """Return how an address answers, without the methods that it does not take."""
    url = reverse(address.name, kwargs={name: arguments[name] for name in address.names})
    answers = {client.generic(method, url, HTTP_ACCEPT_LANGUAGE="en").status_code for method in methods}
    return answers - {NOT_THIS_WAY}
