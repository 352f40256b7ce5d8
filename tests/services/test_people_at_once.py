"""What happens to the audit trail, to passwords and to passkeys when two act at the same moment?"""

from typing import Any

import pytest
from django.db import transaction

from borderpass.domain.audit import Deed, walk_chain
from borderpass.domain.declined import Declined
from borderpass.services import try_password as trying
from borderpass.services.add_passkey import begin_registration, finish_registration
from borderpass.services.add_staff import NewPassword, add_staff
from borderpass.services.ask_passkey import Asked
from borderpass.services.sign_in import sign_in
from borderpass.services.sign_in_with_passkey import begin_sign_in, finish_sign_in
from borderpass.services.take_fee import take_fee
from borderpass.services.try_password import LockedOut
from borderpass.store.models import AuditChain, AuditEntry, Passkey, SignInFailure, Staff
from borderpass.store.queries.audit import find_chains, head_of, read_chain, write_audit
from borderpass.wire.passkeys import RelyingParty
from tests.authenticator import Authenticator
from tests.cast import BOPHA, DARA, MINISTRY, NEXT_CLERK, SEREI
from tests.installation import FEE_RIEL, NOW, Installation, done, lodged
from tests.services.people import ADDRESS, PASSWORD, add
from tests.services.test_manage_staff import FORM
from tests.services.test_two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HERE = RelyingParty("localhost", "http://localhost")


def write(author: Any, times: int = 20) -> None:
    for _ in range(times):
        with transaction.atomic():
            write_audit(Deed.PRINT, author, NOW, "application", "A1")


def expect_whole(entries: int) -> None:
    (chain,) = find_chains()
    assert walk_chain(chain.id, read_chain(chain), head_of(chain)) == (entries, None)
    assert AuditEntry.objects.count() == entries


def test_trail_of_many_who_write_at_once_is_one_chain() -> None:
    assert not AuditChain.objects.exists()
    at_once(*(lambda author=author: write(author) for author in (BOPHA, DARA, MINISTRY, NEXT_CLERK)))
    expect_whole(80)


def test_two_offices_that_take_fees_at_once_do_not_wait_for_each_other_for_ever(installation: Installation) -> None:
    here, there = [lodged(number) for number in (1, 2)], [lodged(number, office=SEREI) for number in (1, 2)]
    at_once(
        lambda: [done(take_fee(one.id, FEE_RIEL, BOPHA, NOW)) for one in here],
        lambda: [done(take_fee(one.id, FEE_RIEL, NEXT_CLERK, NOW)) for one in there],
    )
    assert AuditEntry.objects.filter(deed=Deed.PAY).count() == 4
    expect_whole(AuditEntry.objects.count())


def test_many_guesses_at_once_are_not_more_than_five(monkeypatch: pytest.MonkeyPatch) -> None:
    add(BOPHA)
    looked: list[str] = []
    monkeypatch.setattr(trying, "_is_right", lambda staff, password: looked.append(password))
    said = at_once(*(lambda number=number: sign_in("bopha", f"guess {number}", ADDRESS, NOW) for number in range(9)))
    assert len(looked) == SignInFailure.objects.count() == 5
    assert sum(isinstance(one, LockedOut) for one in said) >= 4


def test_two_who_add_the_same_name_add_one(installation: Installation) -> None:
    first, second = at_once(lambda: add_staff(FORM, DARA, NOW), lambda: add_staff(FORM, MINISTRY, NOW))
    assert sorted([type(first), type(second)], key=str) == sorted([NewPassword, Declined], key=str)
    assert Staff.objects.count() == 1


def test_one_answer_of_a_passkey_opens_one_session() -> None:
    dara, phone = add(DARA), Authenticator()
    begun = begin_registration(dara, PASSWORD, HERE, ADDRESS, NOW)
    assert isinstance(begun, Asked)
    done(finish_registration(dara, begun.challenge_id, phone.create(begun.options), "", HERE, NOW))
    asked = begin_sign_in(HERE, ADDRESS, NOW)
    assert isinstance(asked, Asked)
    answer = phone.get(asked.options)
    act = lambda: finish_sign_in(asked.challenge_id, answer, HERE, ADDRESS, NOW)  # noqa: E731  # both do the same
    assert sum(isinstance(one, Staff) for one in at_once(act, act)) == 1
    assert Passkey.objects.get().sign_count == 1
