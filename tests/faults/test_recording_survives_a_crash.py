"""Is a batch kept whole or not at all, whenever the process that takes it in dies, and whole once it is sent again?"""

import pytest

from borderpass.domain.chain import CaseKind
from borderpass.domain.records import Action
from borderpass.services.count import find_imbalances
from borderpass.services.record_scans import Receipt, record_scans
from borderpass.store.models import Case, Record
from tests.faults.crash import die_at
from tests.installation import NOW, Installation, done, signed
from tests.phone import Phone

pytestmark = pytest.mark.django_db(transaction=True)
LEAST_STEPS = 10


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_batch_is_kept_whole_or_not_at_all(after: bool, installation: Installation) -> None:
    text = str(signed(installation).qr_text)
    phone = Phone(installation, installation.publish())
    deaths = batches = 0
    while True:
        phone.outbox.clear()
        phone.act(phone.scan(text), Action.REFER)
        phone.scan("NOT A PASS")
        phone.put(f"no record {deaths}".encode())
        batch = phone.batch()
        phone.seq += 1  # what could not be read leaves a gap: a case on every batch
        rows, cases = Record.objects.count(), Case.objects.count()
        act = lambda: done(record_scans(phone.device.id, batch, installation.root_pem, NOW))  # noqa: B023, E731
        died = die_at(deaths + 1, act, after=after)
        gap = 1 if batches else 0
        assert (Record.objects.count() - rows, Case.objects.count() - cases) in ((0, 0), (4, 1 + gap))
        answers = phone.send()
        assert {answer.receipt for answer in answers} in ({Receipt.RECORDED, Receipt.KEPT}, {Receipt.ALREADY})
        assert (Record.objects.count() - rows, Case.objects.count() - cases) == (4, 1 + gap)
        batches += 1
        if not died:
            break
        deaths += 1
    assert deaths >= LEAST_STEPS
    assert set(Case.objects.values_list("kind", flat=True)) == {CaseKind.UNUSABLE, CaseKind.GAP}
    assert find_imbalances() == []
