"""Is exactly one pass made of an approval, with a number, an index and a content that never change again?"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError

from borderpass.domain.application import State
from borderpass.domain.declined import Ground
from borderpass.domain.local_time import last_valid_day
from borderpass.domain.pass_number import parse_pass_number
from borderpass.domain.passes import Companion, Pass, PassKind, Sex
from borderpass.domain.provisions import Purpose
from borderpass.domain.scan import Scan
from borderpass.domain.status import FIRST_INDEX, Status
from borderpass.domain.trust import Role
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services import sign_pass as module
from borderpass.services.approve_application import approve_application
from borderpass.services.sign_pass import sign_pass, sign_waiting_passes
from borderpass.services.take_fee import take_fee
from borderpass.services.verify_pass import verify_pass
from borderpass.services.withdraw_key import withdraw_key
from borderpass.signing.file_keystore import FileKeystore
from borderpass.signing.signer import SigningError
from borderpass.store.models import Application, IssuedPass, Portrait, TrustedKey
from borderpass.store.queries import passes as queries
from borderpass.wire.claims import read_claims
from tests.cases.clock import local
from tests.cast import BOPHA, DARA, GATE, MINISTRY, POIPET, SEREI
from tests.installation import (
    NOW,
    Installation,
    approved,
    declined,
    done,
    lodged,
    minutes_later,
    paid,
    row_counts,
    signed,
)

SON = Companion("SOK VEASNA", date(2019, 4, 30), Sex.MALE)


def content(issued: IssuedPass) -> Pass:
    read = read_claims(bytes(issued.payload))
    assert isinstance(read, Pass)
    return read


def test_pass_says_what_the_application_said(installation: Installation) -> None:
    issued = signed(installation, companions=(SON,))
    pass_, holder = content(issued), content(issued).holder
    assert (holder.name_latin, holder.name_khmer, holder.sex) == ("SOK SOKHA", "សុខ សុខា", Sex.FEMALE)
    assert holder.home_code == "011001", "the village is left out: the commune is enough"
    assert holder.face == bytes(Portrait.objects.get(application_id=issued.application_id).face_webp)
    assert pass_.companions == (SON,)
    assert (pass_.issuer, pass_.status_uri, pass_.issuing_country) == ("kh-bp:0110", "kh-bp:0110/status", "KHM")
    assert (pass_.number, pass_.status_index, pass_.kind) == (issued.number, issued.status_index, PassKind.TWO_YEAR)
    assert (pass_.valid_from_at, pass_.expires_at, pass_.issued_at) == (
        issued.valid_from_at,
        issued.expires_at,
        issued.issued_at,
    )


@pytest.mark.parametrize(
    ("purpose", "fee_riel", "kind", "last_day"),
    [
        (Purpose.NEW, 20_000, PassKind.TWO_YEAR, "2028-11-22"),
        (Purpose.REPLACEMENT, 20_000, PassKind.TWO_YEAR, "2028-11-22"),
        (Purpose.CORRECTION, 0, PassKind.TWO_YEAR, "2028-11-22"),
        (Purpose.EXTENSION, 10_000, PassKind.EXTENSION, "2027-11-22"),
        (Purpose.ONE_TIME, 5_000, PassKind.ONE_TIME, "2026-11-29"),
    ],
)
def test_orders_say_how_long_it_is_valid(
    purpose: Purpose, fee_riel: int, kind: PassKind, last_day: str, installation: Installation
) -> None:
    application = lodged(purpose=purpose)
    done(take_fee(application.id, fee_riel, BOPHA, NOW))
    done(approve_application(application.id, DARA, NOW))
    issued = done(sign_pass(application.id, installation.keystore, NOW))
    assert (issued.kind, str(last_valid_day(issued.expires_at)), issued.order_number) == (kind, last_day, "BP-2016-01")
    assert issued.valid_from_at == local("2026-11-23")


def test_pass_signed_late_in_the_evening_is_valid_from_that_local_day(installation: Installation) -> None:
    evening = local("2026-11-23 23:59:59")
    assert signed(installation, now=evening).valid_from_at == local("2026-11-23")
    assert signed(installation, 2, now=evening + timedelta(seconds=1)).valid_from_at == local("2026-11-24")


def test_pass_is_admitted_with_a_bundle_published_after_it(installation: Installation) -> None:
    issued = signed(installation)
    outcome = verify_pass(str(issued.qr_text), Scan(GATE, Direction.EXIT), installation.publish(), NOW)
    assert (outcome.decision.verdict, outcome.decision.reasons) == (Verdict.ADMIT, ())
    assert outcome.credential is not None
    assert outcome.credential.pass_ == content(issued)
    assert outcome.credential.fingerprint.hex() == issued.fingerprint


def test_signing_again_gives_the_same_pass_to_the_last_byte(installation: Installation) -> None:
    first = signed(installation)
    before = row_counts()
    again = done(sign_pass(first.application_id, installation.reopened_keystore(), minutes_later(60)))
    assert (again.id, again.qr_text, again.number) == (first.id, first.qr_text, first.number)
    assert row_counts() == before


def test_signature_that_was_lost_is_made_again_the_same(installation: Installation) -> None:
    first = signed(installation)
    IssuedPass.objects.update(qr_text=None)
    again = done(sign_pass(first.application_id, installation.reopened_keystore(), minutes_later(60)))
    assert again.qr_text == first.qr_text
    assert IssuedPass.objects.get().qr_text == first.qr_text


@pytest.mark.parametrize("begin", [lodged, paid])
def test_nothing_is_signed_that_was_not_approved(begin, installation: Installation) -> None:  # type: ignore[no-untyped-def]
    application = begin()
    before = row_counts()
    assert declined(sign_pass(application.id, installation.keystore, NOW)) is Ground.WRONG_STATE
    assert row_counts() == before


def test_numbers_run_without_gaps_by_office_and_local_year(installation: Installation) -> None:
    last_second, first_second = local("2026-12-31 23:59:59"), local("2027-01-01")
    passes = [signed(installation, one, last_second) for one in (1, 2)]
    passes += [signed(installation, 3, first_second), signed(installation, 4, first_second, office=SEREI)]
    assert [issued.number[:-2] for issued in passes] == [
        "0110-26-000001",
        "0110-26-000002",
        "0110-27-000001",
        "0106-27-000001",
    ]
    assert all(parse_pass_number(issued.number) is not None for issued in passes)


class TestIndex:
    def test_it_is_never_a_canary_and_lies_in_the_first_block(self, installation: Installation) -> None:
        indices = [signed(installation, number).status_index for number in range(1, 8)]
        assert all(FIRST_INDEX <= index < queries.STATUS_BLOCK for index in indices)
        assert len(set(indices)) == len(indices)

    def test_it_tells_nothing_of_the_order(self, installation: Installation) -> None:
        indices = [signed(installation, number).status_index for number in range(1, 9)]
        assert indices != sorted(indices), "by chance once in 40,000 runs"

    def test_small_blocks_fill_to_the_last_index_before_the_next_begins(
        self, installation: Installation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "STATUS_BLOCK", 4)
        indices = [signed(installation, number).status_index for number in range(1, 8)]
        assert sorted(indices[:2]) == [2, 3]
        assert sorted(indices[2:6]) == [4, 5, 6, 7]
        assert indices[6] in (8, 9, 10, 11)
        assert len(queries.statuses_of(POIPET)[0]) == 7
        assert queries.statuses_of(POIPET)[1] == 12

    def test_two_offices_have_lists_of_their_own(
        self, installation: Installation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(queries, "STATUS_BLOCK", 3)
        assert signed(installation, 1).status_index == signed(installation, 2, office=SEREI).status_index == 2

    def test_index_drawn_by_two_at_once_is_drawn_again(
        self, installation: Installation, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        taken = signed(installation, 1).status_index
        free = 5 if taken != 5 else 6
        drawn = iter([taken, taken, free])
        monkeypatch.setattr(module, "pick_status_index", lambda _: next(drawn))
        second = signed(installation, 2)
        assert second.status_index == free
        assert second.number.startswith("0110-26-000002"), "what was tried in vain used up no number"

    def test_drawing_does_not_go_on_for_ever(self, installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
        taken = signed(installation, 1).status_index
        monkeypatch.setattr(module, "pick_status_index", lambda _: taken)
        waiting = approved(2)
        with pytest.raises(IntegrityError):
            sign_pass(waiting.id, installation.keystore, NOW)
        monkeypatch.undo()
        assert done(sign_pass(waiting.id, installation.keystore, NOW)).number.startswith("0110-26-000002")


class TestKey:
    def test_it_is_the_offices_newest_in_its_term(self, installation: Installation) -> None:
        key = TrustedKey.objects.get(office_id=POIPET, role=Role.PASS_SIGNER)
        assert signed(installation).kid == key.kid

    @pytest.mark.parametrize("seconds", [-1, 365 * 86_400])
    def test_outside_its_term_nothing_is_signed(self, seconds: int, installation: Installation) -> None:
        key = TrustedKey.objects.get(office_id=POIPET, role=Role.PASS_SIGNER)
        application = approved()
        before = row_counts()
        at = key.sign_from_at + timedelta(seconds=seconds)
        answer = sign_pass(application.id, installation.keystore, at)
        assert declined(answer) is Ground.KEY_NOT_USABLE
        assert "borderpass office key" in answer.message  # type: ignore[union-attr]
        assert row_counts() == before

    def test_last_second_of_its_term_counts(self, installation: Installation) -> None:
        key = TrustedKey.objects.get(office_id=POIPET, role=Role.PASS_SIGNER)
        done(sign_pass(approved().id, installation.keystore, key.sign_until_at - timedelta(seconds=1)))

    def test_withdrawn_it_signs_nothing_new(self, installation: Installation) -> None:
        key = TrustedKey.objects.get(office_id=POIPET, role=Role.PASS_SIGNER)
        application = approved()
        done(withdraw_key(key.kid, MINISTRY, NOW))
        assert declined(sign_pass(application.id, installation.keystore, NOW)) is Ground.KEY_NOT_USABLE

    def test_missing_from_the_keystore_it_leaves_a_pass_that_waits_for_it(
        self, installation: Installation, tmp_path: Path
    ) -> None:
        application = approved()
        with pytest.raises(SigningError, match="there is no key pass-0110"):
            sign_pass(application.id, FileKeystore(tmp_path / "nowhere", b"a passphrase of the tests"), NOW)
        waiting = IssuedPass.objects.get()
        assert waiting.qr_text is None
        issued = done(sign_pass(application.id, installation.keystore, minutes_later(60)))
        assert (issued.id, issued.number, bytes(issued.payload)) == (
            waiting.id,
            waiting.number,
            bytes(waiting.payload),
        )


def test_without_an_order_on_validity_nothing_is_signed(installation: Installation) -> None:
    application = approved()
    TrustedKey.objects.update(sign_from_at=local("2010-01-01"))
    assert declined(sign_pass(application.id, installation.keystore, local("2015-01-01"))) is Ground.NO_RULE
    assert not IssuedPass.objects.exists()


class TestWhatWaits:
    def test_is_found_and_signed_oldest_first(self, installation: Installation) -> None:
        later, earlier = approved(1, minutes_later(5)), approved(2)
        signed(installation, 3)
        lodged(4)
        paid(5)
        done_now = [done(one).application_id for one in sign_waiting_passes(installation.keystore, minutes_later(9))]
        assert done_now == [earlier.id, later.id]
        assert sign_waiting_passes(installation.keystore, minutes_later(10)) == []
        assert not IssuedPass.objects.filter(qr_text=None).exists()
        assert Application.objects.get(id=earlier.id).state == State.APPROVED

    def test_in_one_office_without_its_key_holds_up_no_other(self, installation: Installation) -> None:
        here, there = approved(1), approved(2, minutes_later(1), office=SEREI)
        name = TrustedKey.objects.get(office_id=POIPET, role=Role.PASS_SIGNER).keystore_name
        file, elsewhere = installation.home / "keys" / f"{name}.pem", installation.home / "kept.pem"
        file.rename(elsewhere)
        keystore = installation.reopened_keystore()
        first, second = sign_waiting_passes(keystore, minutes_later(2))
        assert declined(first) is Ground.KEY_NOT_USABLE
        assert done(second).application_id == there.id
        elsewhere.rename(file)
        (third,) = sign_waiting_passes(keystore, minutes_later(3))
        assert done(third).application_id == here.id


def test_status_begins_as_valid_and_kid_is_of_the_key(installation: Installation) -> None:
    issued = signed(installation)
    assert (issued.status, issued.changes) == (Status.VALID, 0)
