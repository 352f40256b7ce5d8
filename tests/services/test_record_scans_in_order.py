"""Is it found what is missing from a chain, what does not follow, and who crossed twice the same way?"""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from borderpass.domain.chain import CaseKind
from borderpass.domain.records import ActedBy, Action, ScanRecord
from borderpass.domain.verdicts import Direction
from borderpass.services.record_scans import Receipt
from borderpass.store.models import Case, IssuedPass, Record
from borderpass.wire.records import read_record
from tests.installation import NOW, Installation, minutes_later
from tests.phone import Phone, cases, kinds, receipts

EXIT, ENTRY = Direction.EXIT, Direction.ENTRY


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
