"""On which grounds can an application be refused?"""

from borderpass.domain.application import State
from borderpass.domain.decisions import RefusalGround, grounds_in


def test_only_what_is_not_paid_is_refused_as_unpaid() -> None:
    assert grounds_in(State.LODGED) == tuple(RefusalGround)
    assert set(RefusalGround) - set(grounds_in(State.PAID)) == {RefusalGround.UNPAID}
