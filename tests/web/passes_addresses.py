"""What stands behind the addresses of an office's passes? For the walk of `test_office_urls.py`, made in Poipet."""

from collections.abc import Callable
from typing import Any

from borderpass.services.take_fee import take_fee
from borderpass.services.take_in_stack import Agent, lines_of, take_in_stack
from borderpass.store.keys import new_id
from borderpass.store.models import IssuedPass, Stack
from tests.again import days_before_the_end
from tests.cast import BOPHA, POIPET
from tests.installation import Installation, done, settle_till

Arguments = dict[str, Any]


def poipets() -> IssuedPass:
    return IssuedPass.objects.get(office_id=POIPET)


def a_pass(world: Installation) -> Arguments:
    return {"number": poipets().number}


def of_application(world: Installation) -> Arguments:
    return {"application_id": poipets().application_id}


def replacement(world: Installation) -> Arguments:
    return {"number": poipets().number, "again": "replacement"}


def stack(world: Installation) -> Arguments:
    """A stack of Poipet's, of two months before the end of its pass, that is paid."""
    held, stack_id = poipets(), new_id()
    now = days_before_the_end(held, 50)
    done(take_in_stack(stack_id, POIPET, Agent("Agent", "012"), [held.number], BOPHA, now))
    settle_till(POIPET, now)
    for one in lines_of(Stack.objects.get(id=stack_id)):
        done(take_fee(one.id, 10_000, BOPHA, now))
    return {"stack_id": stack_id}


PASSES: dict[str, Callable[[Installation], Arguments]] = {
    "passes_one": a_pass,
    "passes_standing": a_pass,
    "passes_death": a_pass,
    "passes_again": replacement,
    "passes_of_application": of_application,
    "passes_stack_one": stack,
    "passes_stack_fees": stack,
    "passes_stack_receipts": stack,
}
