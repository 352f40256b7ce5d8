"""A stack of passes that an agent brings: each line for itself, the fees all at once or not at all."""

from datetime import datetime
from typing import Any

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.application import State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.till import Counted
from borderpass.services.close_till import close_till
from borderpass.services.count import find_imbalances
from borderpass.services.open_till import open_till
from borderpass.services.take_in_stack import Agent, Line, lines_of, take_in_stack, take_stack_fees
from borderpass.store.keys import new_id
from borderpass.store.models import FollowUp, IssuedPass, Receipt, Stack
from tests.again import days_before_the_end
from tests.cast import BOPHA, EVERYBODY, NEXT_CLERK, POIPET, SEREI
from tests.installation import Installation, declined, done, handed_over, row_counts, settle_till

AGENT = Agent("Chan Agent", "012 999 888")


@pytest.fixture
def passes(installation: Installation) -> list[IssuedPass]:
    return [handed_over(installation, number) for number in (1, 2, 3)]


@pytest.fixture
def now(passes: list[IssuedPass]) -> datetime:
    at = days_before_the_end(passes[0], 10)
    settle_till(POIPET, at)
    return at


def bring(texts: list[str], now: datetime, actor: Actor = BOPHA, **more: Any) -> list[Line]:
    asked: dict[str, Any] = {"stack_id": new_id(), "office_code": POIPET, "agent": AGENT} | more
    return done(take_in_stack(texts=texts, actor=actor, now=now, **asked))


def stack() -> Stack:
    return Stack.objects.get()


def test_each_pass_is_one_application_for_an_extension_in_the_stack(passes: list[IssuedPass], now: datetime) -> None:
    lines = bring([passes[0].number, str(passes[1].qr_text), passes[0].number, ""], now)
    assert [line.number for line in lines] == [passes[0].number, passes[1].number]
    assert {one.purpose for one in lines_of(stack())} == {"extension"}
    assert (stack().agent_name, stack().agent_phone, stack().taken_in_by) == ("Chan Agent", "012 999 888", "bopha")


def test_fees_are_taken_in_one_go_with_a_receipt_each(passes: list[IssuedPass], now: datetime) -> None:
    bring([one.number for one in passes], now)
    receipts = done(take_stack_fees(stack(), 30_000, BOPHA, now))
    assert [one.amount_riel for one in receipts] == [10_000] * 3
    assert len({one.number for one in receipts}) == 3
    assert {one.state for one in lines_of(stack())} == {State.PAID}
    assert done(take_stack_fees(stack(), 0, BOPHA, now)) == []
    assert find_imbalances() == []


def test_where_one_fee_cannot_be_taken_none_is(passes: list[IssuedPass], now: datetime) -> None:
    bring([one.number for one in passes], now)
    till = done(open_till(POIPET, 0, BOPHA, now))
    done(close_till(till.id, Counted({}, 60_000), 0, "", BOPHA, now))
    before = row_counts()
    assert declined(take_stack_fees(stack(), 30_000, BOPHA, now)) is Ground.TILL_CLOSED
    assert row_counts() == before
    assert not Receipt.objects.filter(application__purpose="extension").exists()


@pytest.mark.parametrize("amount", [0, 29_999, 30_001, 10_000])
def test_another_sum_takes_nothing(amount: int, passes: list[IssuedPass], now: datetime) -> None:
    bring([one.number for one in passes], now)
    assert declined(take_stack_fees(stack(), amount, BOPHA, now)) is Ground.WRONG_AMOUNT


def test_lines_that_are_wrong_say_why_and_the_others_are_taken_in(
    installation: Installation, passes: list[IssuedPass], now: datetime
) -> None:
    elsewhere = handed_over(installation, 1, office=SEREI)
    lines = bring([elsewhere.number, str(elsewhere.qr_text), "0110-26-000001-0", "x" * 1_500, passes[2].number], now)
    grounds = [line.taken_in.ground if isinstance(line.taken_in, Declined) else None for line in lines]
    assert grounds == [Ground.UNKNOWN_PASS] * 4 + [None]
    assert FollowUp.objects.get().old_pass == passes[2]


def test_sent_again_with_more_is_the_same_stack(passes: list[IssuedPass], now: datetime) -> None:
    same = new_id()
    bring([passes[0].number], now, stack_id=same)
    bring([passes[0].number, passes[1].number], now, stack_id=same)
    assert stack().lines.count() == 2


def test_stack_of_another_office_is_not_added_to(passes: list[IssuedPass], now: datetime) -> None:
    same = new_id()
    bring([passes[0].number], now, stack_id=same)
    answer = take_in_stack(same, SEREI, AGENT, ["x"], NEXT_CLERK, now)
    assert declined(answer) is Ground.NOT_ALLOWED


@pytest.mark.parametrize("actor", EVERYBODY, ids=lambda actor: actor.name)
def test_is_for_the_clerk_of_the_office(actor: Actor, passes: list[IssuedPass], now: datetime) -> None:
    before = row_counts()
    answer = take_in_stack(new_id(), POIPET, AGENT, [passes[0].number], actor, now)
    if actor == BOPHA:
        assert len(done(answer)) == 1
        return
    assert declined(answer) is Ground.NOT_ALLOWED
    assert row_counts() == before


@pytest.mark.parametrize(
    "agent", [Agent("", "012"), Agent("Chan", ""), Agent("x" * 101, "012"), Agent("Chan\x00", "1")]
)
def test_agent_is_somebody_who_can_be_called(agent: Agent, passes: list[IssuedPass], now: datetime) -> None:
    answer = take_in_stack(new_id(), POIPET, agent, [passes[0].number], BOPHA, now)
    assert declined(answer) is Ground.BAD_FORM
