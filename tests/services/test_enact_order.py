"""Does an order come into force once, as the text that was enacted, and only if it fits what is in force?"""

import hashlib

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.services.compile_rules import enacted_orders, rules_for_all_time
from borderpass.services.enact_order import enact_order
from borderpass.services.load_orders import OrdersRefused
from borderpass.store.models import EnactedOrder
from tests.cast import EVERYBODY, MINISTRY
from tests.draft_orders import ORDER
from tests.installation import NOW, declined, done, row_counts

pytestmark = pytest.mark.usefixtures("installation")
TEXT = ORDER.format(number="BP-2026-90", day="2026-12-01")


def test_text_is_the_record() -> None:
    order = done(enact_order(TEXT, "hours.yaml", MINISTRY, NOW))
    assert (order.number, order.text, order.file_name) == ("BP-2026-90", TEXT, "hours.yaml")
    assert order.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (order.enacted_at, order.enacted_by) == (NOW, "ministry")
    assert "BP-2026-90" in {one.number for one in enacted_orders()}


def test_same_text_again_changes_nothing() -> None:
    first = done(enact_order(TEXT, "hours.yaml", MINISTRY, NOW))
    before = row_counts()
    assert done(enact_order(TEXT, "copy.yaml", MINISTRY, NOW)) == first
    assert row_counts() == before


def test_another_text_under_the_same_number_is_declined() -> None:
    done(enact_order(TEXT, "hours.yaml", MINISTRY, NOW))
    answer = enact_order(TEXT.replace("08:00", "07:00"), "hours.yaml", MINISTRY, NOW)
    assert declined(answer) is Ground.ORDERS_REFUSED
    assert "make a new order that supersedes it" in answer.message  # type: ignore[union-attr]
    assert EnactedOrder.objects.get(number="BP-2026-90").text == TEXT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("provisions:", "provision:"),
        ("08:00-10:00", "08:00-8 o'clock"),
        ("supersedes: [BP-2025-04/poipet-hours]\n", ""),
        ("BP-2025-04/poipet-hours", "BP-2025-04/no-such-provision"),
        ("checkpoints: [poipet]", "checkpoints: [atlantis]"),
        (TEXT, ""),
        (TEXT, "- [unclosed"),
    ],
)
def test_order_that_is_unsound_or_contradicts_another_is_declined(old: str, new: str) -> None:
    before = row_counts()
    answer = enact_order(TEXT.replace(old, new), "hours.yaml", MINISTRY, NOW)
    assert not isinstance(answer, EnactedOrder), answer
    assert answer.ground is Ground.ORDERS_REFUSED
    assert "hours.yaml" in answer.message
    assert row_counts() == before


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not MINISTRY], ids=lambda actor: actor.name)
def test_only_the_national_authority_enacts(actor: Actor) -> None:
    before = row_counts()
    assert declined(enact_order(TEXT, "hours.yaml", actor, NOW)) is Ground.NOT_ALLOWED
    assert row_counts() == before


def test_order_that_cannot_be_read_any_more_stops_the_office_rather_than_be_left_out() -> None:
    EnactedOrder.objects.filter(number="BP-2016-01").update(text="damaged", digest="0" * 64)
    with pytest.raises(OrdersRefused):
        rules_for_all_time()
