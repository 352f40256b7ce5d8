"""Is everything the gates write kept, once, in order, decided again, and answered so that no phone drops anything?"""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderpass.domain.chain import CLOCK_AHEAD, CaseKind
from borderpass.domain.declined import Ground
from borderpass.domain.records import ActedBy, Action, ActionRecord, ScanRecord
from borderpass.domain.scan import LastCrossing, Scan
from borderpass.domain.status import Status
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.change_status import change_status
from borderpass.services.count import find_imbalances
from borderpass.services.enrol_device import revoke_device
from borderpass.services.record_scans import Receipt, record_scans
from borderpass.store.keys import new_id
from borderpass.store.models import Case, Device, IssuedPass, Record
from borderpass.wire.cbor import decode_strict, encode
from borderpass.wire.records import BATCH_MAX_RECORDS, digest_of_record, read_record, write_batch, write_record
from borderpass.wire.signed import BATCH_TYP, seal
from tests.cases.keys import signer
from tests.cast import COMMANDER, DARA, OTHER_GATE
from tests.installation import NOW, Installation, declined, done, minutes_later, row_counts, signed
from tests.phone import Phone, verdict

EXIT, ENTRY = Direction.EXIT, Direction.ENTRY


@pytest.fixture
def issued(installation: Installation) -> IssuedPass:
    return signed(installation)


@pytest.fixture
def text(issued: IssuedPass) -> str:
    return str(issued.qr_text)


@pytest.fixture
def phone(installation: Installation, text: str) -> Phone:
    return Phone(installation, installation.publish())


def cases() -> list[tuple[CaseKind, UUID | None]]:
    return [(CaseKind(case.kind), case.record_id) for case in Case.objects.order_by("id")]


def kinds() -> list[CaseKind]:
    return sorted(kind for kind, _ in cases())


def receipts(answers: list) -> list[Receipt]:  # type: ignore[type-arg]
    return [answer.receipt for answer in answers]


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


class TestChain:
    def test_gap_is_named_once_by_the_record_after_it(self, phone: Phone, text: str) -> None:
        for minute in range(5):
            phone.scan(text, minutes_later(minute))
        first, *_, fifth = phone.outbox
        phone.send([first, fifth])
        gap = Case.objects.get(kind=CaseKind.GAP)
        assert gap.record_id == read_record(fifth).link.record_id
        assert gap.detail == "numbers 2 to 4 not received before 5"
        phone.send()
        assert kinds() == [CaseKind.GAP], "what came late closes no case, and opens none"

    def test_single_missing_number_is_named(self, phone: Phone, text: str) -> None:
        for minute in range(3):
            phone.scan(text, minutes_later(minute))
        phone.send(phone.outbox[2:])
        assert [case.detail for case in Case.objects.all()] == ["numbers 1 to 2 not received before 3"]
        phone.scan(text)
        phone.scan(text)
        phone.send(phone.outbox[4:])
        assert Case.objects.latest("id").detail == "number 4 not received before 5"

    def test_order_within_a_batch_does_not_matter(self, phone: Phone, text: str) -> None:
        for minute in range(4):
            phone.scan(text, minutes_later(minute))
        phone.send(phone.outbox[::-1])
        assert cases() == []

    def test_link_that_does_not_follow_from_the_record_before(self, phone: Phone, text: str) -> None:
        phone.scan(text)
        phone.send()
        broken = phone.scan(text, link={"previous": bytes(32)})
        phone.send(phone.outbox[1:])
        assert cases() == [(CaseKind.BROKEN_CHAIN, broken)]

    def test_first_record_that_names_a_record_before_it(self, phone: Phone, text: str) -> None:
        broken = phone.scan(text, link={"previous": b"\x01" * 32})
        phone.send()
        assert cases() == [(CaseKind.BROKEN_CHAIN, broken)]

    def test_record_swapped_for_another_that_comes_late(self, phone: Phone, text: str) -> None:
        """Number 3 is here and names what 2 was; another 2 does not fit under it."""
        for minute in range(3):
            phone.scan(text, minutes_later(minute))
        phone.send([phone.outbox[0], phone.outbox[2]])
        honest = read_record(phone.outbox[1])
        assert isinstance(honest, ScanRecord)
        swapped = phone.scan("ANOTHER TEXT", link={"device_seq": 2, "previous": honest.link.previous})
        phone.send(phone.outbox[3:])
        assert cases()[1:] == [(CaseKind.BROKEN_CHAIN, swapped)]
        assert Case.objects.latest("id").detail == "3 does not follow from 2"

    def test_number_used_twice(self, phone: Phone, text: str) -> None:
        phone.scan(text)
        again = phone.scan(text, minutes_later(1), link={"device_seq": 1, "previous": bytes(32)})
        phone.send(phone.outbox[:1])
        assert receipts(phone.send(phone.outbox[1:])) == [Receipt.RECORDED]
        assert cases() == [(CaseKind.SEQ_REUSED, again)]
        assert Record.objects.filter(device_seq=1).count() == 2

    def test_two_phones_have_chains_of_their_own(self, phone: Phone, text: str, installation: Installation) -> None:
        other = Phone(installation, phone.bundle, ENTRY, key="other phone")
        phone.scan(text)
        other.scan(text)
        phone.send()
        other.send()
        assert cases() == []


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


class TestSequence:
    def test_out_and_in_and_out_is_how_it_goes(self, phone: Phone, text: str, installation: Installation) -> None:
        home = Phone(installation, phone.bundle, ENTRY, key="home")
        phone.admit(text, minutes_later(0))
        phone.send()
        home.admit(text, minutes_later(5))
        home.send(now=minutes_later(5))
        phone.admit(text, minutes_later(9))
        phone.send(now=minutes_later(9))
        assert cases() == []

    def test_twice_out_in_one_batch(self, phone: Phone, text: str, issued: IssuedPass) -> None:
        phone.admit(text, minutes_later(0))
        second = phone.admit(text, minutes_later(5))
        phone.send(now=minutes_later(5))
        assert cases() == [(CaseKind.IMPOSSIBLE_SEQUENCE, second)]
        assert Case.objects.get().detail == f"{issued.number}: exit follows exit"

    def test_twice_out_in_two_batches_of_two_phones(self, phone: Phone, text: str, installation: Installation) -> None:
        other = Phone(installation, phone.bundle, key="other")
        phone.admit(text)
        phone.send()
        second = other.admit(text, minutes_later(5))
        other.send(now=minutes_later(5))
        assert cases() == [(CaseKind.IMPOSSIBLE_SEQUENCE, second)]

    def test_scan_that_came_late_is_held_against_its_own_time(
        self, phone: Phone, text: str, installation: Installation
    ) -> None:
        """Lane 1 was offline in the morning: its exit comes after the entry and the exit that followed it."""
        lane_2, home = (
            Phone(installation, phone.bundle, key="lane 2"),
            Phone(installation, phone.bundle, ENTRY, key="h"),
        )
        home.admit(text, minutes_later(10))
        home.send(now=minutes_later(60))
        lane_2.admit(text, minutes_later(20))
        lane_2.send(now=minutes_later(60))
        phone.admit(text, minutes_later(0))
        phone.send(now=minutes_later(60))
        assert cases() == []

    def test_scan_that_came_late_before_another_exit_is_found(
        self, phone: Phone, text: str, installation: Installation
    ) -> None:
        lane_2 = Phone(installation, phone.bundle, key="lane 2")
        lane_2.admit(text, minutes_later(20))
        lane_2.send(now=minutes_later(60))
        late = phone.admit(text, minutes_later(0))
        phone.send(now=minutes_later(61))
        assert cases() == [(CaseKind.IMPOSSIBLE_SEQUENCE, late)]

    def test_who_was_turned_back_has_not_crossed(self, phone: Phone, text: str) -> None:
        phone.act(phone.scan(text), Action.TURN_BACK)
        phone.admit(text, minutes_later(5))
        phone.send(now=minutes_later(5))
        assert cases() == []

    @pytest.mark.parametrize("in_one_batch", [True, False])
    def test_admission_that_was_corrected_is_no_crossing(self, in_one_batch: bool, phone: Phone, text: str) -> None:
        scan_id = phone.admit(text)
        if not in_one_batch:
            phone.send()
        phone.act(scan_id, Action.TURN_BACK, acted_by=ActedBy.OFFICER)
        phone.admit(text, minutes_later(5))
        phone.send(now=minutes_later(5))
        assert cases() == []

    @pytest.mark.parametrize("in_one_batch", [True, False])
    def test_admission_said_twice_of_one_scan_is_one_crossing(
        self, in_one_batch: bool, phone: Phone, text: str
    ) -> None:
        scan_id = phone.admit(text)
        if not in_one_batch:
            phone.send()
        phone.act(scan_id, Action.ADMIT, acted_by=ActedBy.OFFICER)
        phone.send()
        assert cases() == []

    def test_what_is_no_authentic_pass_has_no_sequence(self, phone: Phone) -> None:
        phone.admit("SOMETHING")
        phone.admit("SOMETHING", minutes_later(1))
        phone.send(now=minutes_later(1))
        assert cases() == []

    def test_years_of_daily_crossings_are_no_hindrance(self, phone: Phone, text: str) -> None:
        phone.admit(text)
        phone.send()
        scan, action = (Record.objects.get(kind=kind) for kind in (Record.SCAN, Record.ACTION))
        Record.objects.bulk_create(
            Record(
                **{name: getattr(row, name) for name in ("device_id", "kind", "octets", "digest", "received_at")},
                **{name: getattr(row, name) for name in ("pass_key", "checkpoint", "action")},
                id=UUID(int=number * 2 + (row is action)),
                scan_id=UUID(int=number * 2) if row is action else None,
                at=NOW - timedelta(hours=number),
                direction="exit" if number % 2 == 0 else "entry",
            )
            for number in range(1, 1_000)
            for row in (scan, action)
        )
        second = phone.admit(text, minutes_later(5))
        with CaptureQueriesContext(connection) as queries:
            phone.send(now=minutes_later(5))
        assert len(queries) < 20
        assert cases() == [(CaseKind.IMPOSSIBLE_SEQUENCE, second)]


class TestWhatCannotBeUsed:
    @pytest.mark.parametrize(
        "octets",
        [
            b"",
            b"\x00",
            b"not CBOR at all",
            b"\xff" * 9_000,
            encode([1, 2, 3]),
            encode({}),
            encode({1: 3}),
            encode({1: 1, 2: b"short"}),
        ],
    )
    def test_is_kept_as_it_came_acknowledged_and_a_case(self, octets: bytes, phone: Phone, text: str) -> None:
        phone.scan(text)
        phone.put(octets)
        answers = phone.send()
        assert receipts(answers) == [Receipt.RECORDED, Receipt.KEPT]
        kept = Record.objects.get(id=answers[1].record_id)
        assert (kept.kind, bytes(kept.octets), kept.device_seq) == (Record.UNUSABLE, octets, None)
        assert cases() == [(CaseKind.UNUSABLE, kept.id)]
        assert kept.id.version == 8, "an id made of its bytes (RFC 9562 section 5.8)"

    @pytest.mark.parametrize(
        "changes",
        [
            {6: "x" * 33},
            {7: 3},
            {8: -1},
            {8: 2**63},
            {9: 2**63},
            {10: -1},
            {10: 2**53},
            {10: 2**64 - 1},
            {11: "v" * 301},
            {12: "A" * 4_297},
            {12: "nul \x00"},
            {4: 0},
            {4: 2**53},
            {5: b"short"},
            {13: {1: 3, 2: []}},
            {13: {1: 0, 2: ["NO_SUCH_REASON"]}},
            {13: {1: 0, 2: [], 3: "2026-02-30"}},
            {13: {1: 0, 2: [], 3: "20261129"}},
            {16: {"quota": -1}},
            {17: 0},
        ],
        ids=str,
    )
    def test_no_value_a_phone_may_write_makes_the_server_fail(
        self, changes: dict[int, object], phone: Phone, text: str
    ) -> None:
        phone.scan(text)
        honest = phone.outbox.pop()
        phone.put(encode(decode_strict(honest) | changes))
        answers = phone.send()
        assert receipts(answers) == [Receipt.KEPT]
        assert receipts(phone.send()) == [Receipt.ALREADY]

    def test_longest_values_that_are_allowed_have_room(self, phone: Phone, text: str) -> None:
        phone.scan(text, scan=Scan("x" * 32, EXIT), bundle_serial=2**53 - 1, app_version="v" * 300)
        phone.act(phone.scan("\u1780" * 1_500), Action.REFER, ground="ក" * 300)
        assert receipts(phone.send()) == [Receipt.RECORDED] * 3

    def test_record_of_another_device_is_kept_as_unusable(
        self, phone: Phone, text: str, installation: Installation
    ) -> None:
        other = Phone(installation, phone.bundle, key="other")
        other.scan(text)
        (answer,) = phone.send(other.outbox)
        assert answer.receipt is Receipt.KEPT
        assert cases() == [(CaseKind.UNUSABLE, answer.record_id)]
        assert receipts(phone.send(other.outbox)) == [Receipt.KEPT]
        assert kinds() == [CaseKind.UNUSABLE]
        assert receipts(other.send()) == [Receipt.RECORDED], "its own device's record is still taken in"

    def test_bad_record_does_not_spoil_its_neighbours(self, phone: Phone, text: str) -> None:
        phone.admit(text)
        phone.put(b"bad")
        phone.put(b"bad too")
        phone.scan(text, minutes_later(1), link={"device_seq": 5})
        answers = phone.send(now=minutes_later(1))
        assert receipts(answers) == [Receipt.RECORDED] * 2 + [Receipt.KEPT] * 2 + [Receipt.RECORDED]
        assert kinds() == [CaseKind.GAP, CaseKind.UNUSABLE, CaseKind.UNUSABLE]


class TestWhoseBatchItIs:
    def test_signed_by_another_key_is_refused_whole(self, phone: Phone, text: str) -> None:
        phone.scan(text)
        thief = signer("thief")
        batch = write_batch(phone.outbox, thief.kid, thief.sign)
        before = row_counts()
        answer = record_scans(phone.device.id, batch, phone.installation.root_pem, NOW)
        assert declined(answer) is Ground.BATCH_REFUSED
        assert row_counts() == before

    def test_sent_under_another_devices_name_is_refused(
        self, phone: Phone, text: str, installation: Installation
    ) -> None:
        other = Phone(installation, phone.bundle, key="other")
        phone.scan(text)
        answer = record_scans(other.device.id, phone.batch(), installation.root_pem, NOW)
        assert declined(answer) is Ground.BATCH_REFUSED

    def test_device_that_nobody_enrolled(self, phone: Phone, text: str) -> None:
        phone.scan(text)
        answer = record_scans(new_id(), phone.batch(), phone.installation.root_pem, NOW)
        assert declined(answer) is Ground.UNKNOWN_DEVICE

    def test_revoked_device_says_nothing_more_and_keeps_what_it_has(self, phone: Phone, text: str) -> None:
        phone.scan(text)
        done(revoke_device(phone.device, COMMANDER, NOW))
        before = row_counts()
        answer = record_scans(phone.device.id, phone.batch(), phone.installation.root_pem, NOW)
        assert declined(answer) is Ground.DEVICE_REVOKED
        assert row_counts() == before

    @pytest.mark.parametrize("batch", [b"", b"\x00", b"not COSE", bytes(10_000)])
    def test_bytes_that_are_no_batch(self, batch: bytes, phone: Phone) -> None:
        answer = record_scans(phone.device.id, batch, phone.installation.root_pem, NOW)
        assert declined(answer) is Ground.BATCH_REFUSED

    @pytest.mark.parametrize("records", [[], [b"x"] * (BATCH_MAX_RECORDS + 1), ["text"], {1: b"x"}, 7])
    def test_signed_contents_that_are_no_batch(self, records: object, phone: Phone) -> None:
        batch = seal(encode(records), BATCH_TYP, phone.signer.kid, phone.signer.sign)
        answer = record_scans(phone.device.id, batch, phone.installation.root_pem, NOW)
        assert declined(answer) is Ground.BATCH_REFUSED

    def test_batch_of_another_type_is_refused(self, phone: Phone, text: str) -> None:
        phone.scan(text)
        batch = seal(encode(phone.outbox), "application/bp-bundle+cbor", phone.signer.kid, phone.signer.sign)
        answer = record_scans(phone.device.id, batch, phone.installation.root_pem, NOW)
        assert declined(answer) is Ground.BATCH_REFUSED


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
