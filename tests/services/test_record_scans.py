"""Is everything the gates write kept, once, decided again, and acknowledged?"""

from datetime import timedelta

import pytest

from borderpass.domain.chain import CLOCK_AHEAD, CaseKind
from borderpass.domain.records import ActedBy, Action, ActionRecord, ScanRecord
from borderpass.domain.scan import LastCrossing, Scan
from borderpass.domain.status import Status
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.change_status import change_status
from borderpass.services.count import find_imbalances
from borderpass.services.record_scans import Receipt
from borderpass.store.keys import new_id
from borderpass.store.models import Case, Device, IssuedPass, Record
from borderpass.wire.records import BATCH_MAX_RECORDS, digest_of_record, read_record, write_record
from tests.cast import DARA, OTHER_GATE
from tests.installation import NOW, Installation, done, minutes_later, row_counts, signed
from tests.phone import Phone, cases, kinds, receipts, verdict

EXIT, ENTRY = Direction.EXIT, Direction.ENTRY


class TestWhatIsKept:
    def test_scan_with_both_decisions_and_its_bytes(self, phone: Phone, text: str, issued: IssuedPass) -> None:
        scan_id = phone.scan(text)
        phone.send(now=minutes_later(5))
        record = Record.objects.get(id=scan_id)
        assert bytes(record.octets) == phone.outbox[0]
        assert bytes(record.digest) == digest_of_record(phone.outbox[0])
        assert (record.kind, record.device_seq, record.at, record.received_at) == ("scan", 1, NOW, minutes_later(5))
        assert (record.checkpoint, record.direction, record.bundle_serial) == ("poipet", "exit", 1)
        assert (record.verdict, record.device_verdict, record.reasons) == (Verdict.ADMIT, Verdict.ADMIT, "")
        assert (record.pass_number, record.pass_key) == (issued.number, f"kh-bp:0110#{issued.status_index}")
        assert str(record.back_by) == "2026-11-30"
        assert cases() == []

    def test_action_with_its_scan_and_who_did_it(self, phone: Phone, text: str) -> None:
        scan_id = phone.scan(text)
        action_id = phone.act(scan_id, Action.TURN_BACK, ground="he said so", acted_by=ActedBy.OFFICER)
        phone.send()
        record = Record.objects.get(id=action_id)
        assert (record.kind, record.scan_id, record.action) == ("action", scan_id, "turn_back")
        assert (record.by_officer, record.ground, record.device_seq) == (True, "he said so", 2)

    def test_answers_come_in_the_order_of_the_batch(self, phone: Phone, text: str) -> None:
        scan_id = phone.scan(text)
        action_id = phone.act(scan_id)
        answers = phone.send()
        assert [(one.position, one.record_id) for one in answers] == [(0, scan_id), (1, action_id)]
        assert receipts(answers) == [Receipt.RECORDED, Receipt.RECORDED]

    def test_scan_of_anything_at_all(self, phone: Phone) -> None:
        scan_id = phone.scan("HTTPS://EXAMPLE")
        phone.send()
        record = Record.objects.get(id=scan_id)
        assert (record.verdict, record.reasons, record.pass_key) == (Verdict.REFUSE, "NOT_A_PASS", "")
        assert cases() == []


class TestSentAgain:
    def test_batch_changes_nothing_and_is_acknowledged_in_full(self, phone: Phone, text: str) -> None:
        phone.admit(text)
        phone.put(b"not a record")
        phone.send()
        before = row_counts()
        answers = phone.send(now=minutes_later(1))
        assert receipts(answers) == [Receipt.ALREADY, Receipt.ALREADY, Receipt.ALREADY]
        assert row_counts() == before

    def test_rest_of_a_batch_is_recorded_and_the_known_part_is_not(self, phone: Phone, text: str) -> None:
        phone.admit(text)
        phone.send()
        phone.admit(text, minutes_later(1), last=LastCrossing(EXIT, NOW))
        assert receipts(phone.send()) == [Receipt.ALREADY] * 2 + [Receipt.RECORDED] * 2
        assert Record.objects.count() == 4

    def test_record_twice_in_one_batch_is_kept_once(self, phone: Phone, text: str) -> None:
        phone.scan(text)
        answers = phone.send([phone.outbox[0], phone.outbox[0]])
        assert receipts(answers) == [Receipt.RECORDED, Receipt.ALREADY]
        assert (Record.objects.count(), cases()) == (1, [])

    def test_same_id_with_other_bytes_is_kept_beside_the_first(self, phone: Phone, text: str) -> None:
        scan_id = phone.scan(text)
        phone.send()
        phone.scan(text, minutes_later(1), link={"record_id": scan_id})
        (answer,) = phone.send(phone.outbox[1:])
        assert answer.receipt is Receipt.KEPT
        assert answer.record_id != scan_id
        kept = Record.objects.get(id=answer.record_id)
        assert (kept.kind, bytes(kept.octets)) == (Record.UNUSABLE, phone.outbox[1])
        assert bytes(Record.objects.get(id=scan_id).octets) == phone.outbox[0]
        assert cases() == [(CaseKind.UNUSABLE, answer.record_id)]


class TestDecidedAgain:
    def test_another_verdict_opens_a_case_and_both_are_kept(self, phone: Phone, text: str) -> None:
        scan_id = phone.scan(text, decision=verdict(Verdict.REFUSE))
        phone.send()
        record = Record.objects.get(id=scan_id)
        assert (record.device_verdict, record.verdict) == (Verdict.REFUSE, Verdict.ADMIT)
        assert cases() == [(CaseKind.DIFFERENT_VERDICT, scan_id)]
        assert Case.objects.get().detail.strip() == "the device said REFUSE, we say ADMIT"

    def test_scan_is_decided_with_its_own_bundle_not_with_the_newest(
        self, phone: Phone, text: str, issued: IssuedPass, installation: Installation
    ) -> None:
        scan_id = phone.scan(text, minutes_later(10))
        done(change_status(issued.number, Status.REVOKED, "lost", DARA, NOW))
        phone.bundle = installation.publish(minutes_later(20))
        newer_id = phone.scan(text, minutes_later(21))
        phone.send(now=minutes_later(30))
        verdicts = dict(Record.objects.values_list("id", "verdict"))
        assert (verdicts[scan_id], verdicts[newer_id]) == (Verdict.ADMIT, Verdict.REFUSE)
        assert cases() == []

    def test_scan_is_decided_at_its_own_time_with_what_the_phone_knew(self, phone: Phone, text: str) -> None:
        night = NOW.replace(hour=16)  # 23:00 in Phnom Penh: the gate is closed
        closed = phone.scan(text, night)
        again = phone.scan(text, NOW, last=LastCrossing(EXIT, NOW - timedelta(hours=1)))
        phone.send(now=night + timedelta(minutes=1))
        reasons = dict(Record.objects.values_list("id", "reasons"))
        assert (reasons[closed], reasons[again]) == ("OUTSIDE_HOURS", "ALREADY_ACROSS")
        assert CaseKind.DIFFERENT_VERDICT not in kinds()

    def test_bundle_that_was_never_published_leaves_the_scan_undecided(self, phone: Phone, text: str) -> None:
        scan_id = phone.scan(text, bundle_serial=999)
        phone.send()
        record = Record.objects.get(id=scan_id)
        assert (record.verdict, record.device_verdict, record.pass_key) == (None, Verdict.ADMIT, "")
        assert cases() == [(CaseKind.BUNDLE_UNKNOWN, scan_id)]


class TestWhatCannotBe:
    def test_clock_ahead_of_ours(self, phone: Phone, text: str) -> None:
        fine = phone.scan(text, NOW + CLOCK_AHEAD)
        ahead = phone.scan(text, NOW + CLOCK_AHEAD + timedelta(seconds=1))
        acted = phone.act(fine, at=NOW + CLOCK_AHEAD + timedelta(seconds=1))
        phone.send(now=NOW)
        assert cases() == [(CaseKind.IMPOSSIBLE_CLOCK, ahead), (CaseKind.IMPOSSIBLE_CLOCK, acted)]

    @pytest.mark.parametrize("scan", [Scan(OTHER_GATE, EXIT), Scan("poipet", ENTRY)])
    def test_gate_or_direction_the_phone_is_not_bound_to(self, scan: Scan, phone: Phone, text: str) -> None:
        scan_id = phone.scan(text, scan=scan)
        phone.send()
        assert cases() == [(CaseKind.WRONG_GATE, scan_id)]

    def test_action_on_a_scan_that_nobody_knows_is_kept_and_counted_nowhere(self, phone: Phone) -> None:
        action_id = phone.act(new_id())
        assert receipts(phone.send()) == [Receipt.RECORDED]
        assert cases() == [(CaseKind.SCAN_UNKNOWN, action_id)]
        assert find_imbalances() == []

    def test_action_on_a_scan_of_an_earlier_batch_is_fine(self, phone: Phone, text: str) -> None:
        scan_id = phone.scan(text)
        phone.send()
        phone.act(scan_id)
        phone.send()
        assert cases() == []


def test_thousand_records_go_in_at_once_and_a_thousand_and_one_do_not(
    installation: Installation, phone: Phone, text: str
) -> None:
    texts = [str(signed(installation, number).qr_text) for number in range(1, 6)]
    phone.bundle = installation.publish(minutes_later(1))
    for number in range(BATCH_MAX_RECORDS // 2):
        scan_id = phone.scan(texts[number % 5], NOW + timedelta(seconds=number))
        phone.act(scan_id, Action.REFER if number >= 5 else Action.ADMIT, NOW + timedelta(seconds=number))
    answers = phone.send(now=minutes_later(10))
    assert receipts(answers) == [Receipt.RECORDED] * BATCH_MAX_RECORDS
    assert (Record.objects.count(), cases(), find_imbalances()) == (BATCH_MAX_RECORDS, [], [])
    assert receipts(phone.send(now=minutes_later(10))) == [Receipt.ALREADY] * BATCH_MAX_RECORDS


def test_case_says_whose_it_is_and_when_it_was_opened(phone: Phone) -> None:
    phone.act(new_id())
    phone.send(now=minutes_later(3))
    case = Case.objects.get()
    assert (case.device_id, case.opened_at, case.resolved_at) == (phone.device.id, minutes_later(3), None)
    assert Device.objects.get().id == case.device_id


def test_record_kept_is_read_back_as_it_was_written(phone: Phone, text: str) -> None:
    phone.admit(text)
    phone.send()
    scan, action = (read_record(bytes(record.octets)) for record in Record.objects.order_by("device_seq"))
    assert isinstance(scan, ScanRecord)
    assert isinstance(action, ActionRecord)
    assert [write_record(scan), write_record(action)] == phone.outbox
