"""Is what cannot be used kept all the same, and is a batch taken only from its own device?"""

import pytest

from borderpass.domain.chain import CaseKind
from borderpass.domain.declined import Ground
from borderpass.domain.records import Action
from borderpass.domain.scan import Scan
from borderpass.domain.verdicts import Direction
from borderpass.services.enrol_device import revoke_device
from borderpass.services.record_scans import Receipt, record_scans
from borderpass.store.keys import new_id
from borderpass.store.models import Record
from borderpass.wire.cbor import decode_strict, encode
from borderpass.wire.records import BATCH_MAX_RECORDS, write_batch
from borderpass.wire.signed import BATCH_TYP, seal
from tests.cases.keys import signer
from tests.cast import COMMANDER
from tests.installation import NOW, Installation, declined, done, minutes_later, row_counts
from tests.phone import Phone, cases, kinds, receipts

EXIT = Direction.EXIT


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
