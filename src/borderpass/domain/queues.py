"""Whose turn is it with an application, and is the office's clock running?

Every application that is not at its end stands in exactly one queue. The clocks of the law and of the practice run
while the office has something to do: not while the applicant has to pay, to mend or to fetch.
"""

from enum import StrEnum

from borderpass.domain.application import State


class Queue(StrEnum):
    """The day's work. The values stand in addresses."""

    NEW = "new"
    TO_PAY = "to-pay"
    FOR_THE_GOVERNOR = "for-the-governor"
    TO_PRINT = "to-print"
    TO_HAND_OVER = "to-hand-over"
    RETURNED = "returned"
    LATE = "late"


QUEUES = (
    Queue.TO_PAY,
    Queue.FOR_THE_GOVERNOR,
    Queue.TO_PRINT,
    Queue.TO_HAND_OVER,
    Queue.RETURNED,
)
"""Those that applications stand in, one each. What is new is no application yet; what is late stands in another too."""
CLOCK_RUNS = frozenset({State.PAID, State.APPROVED, State.SPOILED})
_QUEUE_OF = {
    State.LODGED: Queue.TO_PAY,
    State.PAID: Queue.FOR_THE_GOVERNOR,
    State.APPROVED: Queue.TO_PRINT,
    State.SPOILED: Queue.TO_PRINT,
    State.PRINTED: Queue.TO_HAND_OVER,
    State.RETURNED: Queue.RETURNED,
}


def queue_of(state: State, signed: bool) -> Queue | None:
    """Return the queue of an application, None at its end. What is approved and not signed yet is the governor's."""
    if state is State.APPROVED and not signed:
        return Queue.FOR_THE_GOVERNOR
    return _QUEUE_OF.get(state)
