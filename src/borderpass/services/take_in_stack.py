"""How are many passes taken in at once, that an agent brings to be extended?

Each line stands alone: what is wrong with one holds up no other. A line is a pass number, or the text of a pass's code
as the hand scanner reads it. The same pass in the same stack is one application, whenever and how often it is sent.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from borderpass.domain.actors import Act, Actor
from borderpass.domain.again import Again
from borderpass.domain.application import State
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.pass_number import is_pass_number, normalise_pass_number
from borderpass.services.apply_again import Asked, apply_again
from borderpass.services.check_words import check_words
from borderpass.services.take_fee import find_fee, take_fee
from borderpass.store.models import Application, Office, Receipt, Stack
from borderpass.store.queries.passes import passes_for
from borderpass.wire.cose import decode_sign1
from borderpass.wire.qr import parse_qr
from borderpass.wire.refusal import Refusal

LINES_MAX = 200
_NAME_MAX, _PHONE_MAX = 100, 20
_NUMBER_MAX = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a stack: what was scanned or typed, the number it means, and the application, or why there is none."""

    text: str
    number: str
    taken_in: Application | Declined


@dataclass(frozen=True, slots=True)
class Agent:
    """Who brings the stack."""

    name: str
    phone: str


def take_in_stack(
    stack_id: UUID, office_code: str, agent: Agent, texts: Sequence[str], actor: Actor, now: datetime
) -> list[Line] | Declined:
    """Take in the extension of each pass; return a line for each text that is not empty, or why there is no stack."""
    if not actor.may_at_office(Act.TAKE_IN, office_code):
        return Declined(Ground.NOT_ALLOWED, f"{actor.name} may not take in applications at office {office_code}")
    problem = _find_problem(agent, [text for text in texts if text.strip()])
    if problem is not None:
        return problem
    stack = _find_or_make(stack_id, office_code, agent, actor, now)
    if isinstance(stack, Declined):
        return stack
    return [_take_in(stack, text, actor, now) for text in _once(texts)]


def take_stack_fees(stack: Stack, amount_riel: int, actor: Actor, now: datetime) -> list[Receipt] | Declined:
    """Take the fees of all lines of a stack that are not paid, in cash and in one go: all of them or none.

    `amount_riel` is what was asked for: where it is not the sum any more, nothing is taken. Each line has its own
    receipt.
    """
    unpaid = list(lines_of(stack).filter(state=State.LODGED))
    fees = [find_fee(one, now) for one in unpaid]
    wanted = sum(fee.amount_riel for fee in fees if not isinstance(fee, Declined))
    if amount_riel != wanted:
        return Declined(Ground.WRONG_AMOUNT, f"the fees are {wanted:,} riel, not {amount_riel:,}")
    receipts = []
    with transaction.atomic():
        for application, fee in zip(unpaid, fees, strict=True):
            taken = fee if isinstance(fee, Declined) else take_fee(application.id, fee.amount_riel, actor, now)
            if isinstance(taken, Declined):
                transaction.set_rollback(True)
                return taken
            receipts.append(taken)
    return receipts


def lines_of(stack: Stack) -> QuerySet[Application]:
    """Return the applications of a stack, in the order in which they were taken in."""
    return (
        Application.objects.filter(follow_up__stack=stack).select_related("follow_up__old_pass").order_by("reference")
    )


def find_number(text: str, actor: Actor) -> str:
    """Return the number of the pass that a typed number or a scanned code means, or empty."""
    if len(text.strip()) <= _NUMBER_MAX:
        number = normalise_pass_number(text)
        return number if is_pass_number(number) else ""
    octets = parse_qr(text)
    sign1 = octets if isinstance(octets, Refusal) else decode_sign1(octets)
    if isinstance(sign1, Refusal):
        return ""
    fingerprint = hashlib.sha256(sign1.payload).hexdigest()
    found = passes_for(actor).filter(fingerprint=fingerprint).first()
    return found.number if found is not None and found.qr_text == text else ""


def _find_problem(agent: Agent, texts: list[str]) -> Declined | None:
    for words, most in ((agent.name, _NAME_MAX), (agent.phone, _PHONE_MAX)):
        if not words.strip() or len(words.strip()) > most or check_words(words, None) is not None:
            return Declined(Ground.BAD_FORM, "write the name and the phone number of who brings the stack")
    if not texts:
        return Declined(Ground.BAD_FORM, "scan at least one pass")
    if len(texts) > LINES_MAX:
        return Declined(Ground.BAD_FORM, f"at most {LINES_MAX} passes in a stack: begin another for the rest")
    return None


def _find_or_make(stack_id: UUID, office_code: str, agent: Agent, actor: Actor, now: datetime) -> Stack | Declined:
    kept = {"agent_name": agent.name.strip(), "agent_phone": agent.phone.strip(), "taken_in_by": actor.name}
    try:
        with transaction.atomic():
            office = Office.objects.get(code=office_code)
            stack, _ = Stack.objects.get_or_create(id=stack_id, defaults={**kept, "office": office, "brought_at": now})
    except IntegrityError:
        stack = Stack.objects.get(id=stack_id)
    if stack.office_id != office_code:
        return Declined(Ground.NOT_ALLOWED, "a stack of this id is at another office")
    return stack


def _once(texts: Iterable[str]) -> list[str]:
    """Return the lines without those that are empty or were scanned twice, in their order."""
    return list(dict.fromkeys(text.strip("\r\n\t") for text in texts if text.strip()))


def _take_in(stack: Stack, text: str, actor: Actor, now: datetime) -> Line:
    number = find_number(text, actor)
    if not number:
        return Line(text, "", Declined(Ground.UNKNOWN_PASS, "this is no number or code of a pass of this office"))
    issued = passes_for(actor).filter(number=number, current=True).first()
    if issued is None or issued.application.office_id != stack.office_id:
        return Line(text, number, Declined(Ground.UNKNOWN_PASS, f"there is no pass {number} at this office"))
    asked = Asked(uuid5(stack.id, number), number, Again.EXTENSION, stack=stack)
    return Line(text, number, apply_again(asked, actor, now))
