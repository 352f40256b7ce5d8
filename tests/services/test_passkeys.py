"""Who adds a passkey, signs in with it, signs for something with it, and can that be proved years later?"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from borderpass.domain.declined import Declined, Ground
from borderpass.services.add_passkey import PASSKEYS_MAX, begin_registration, finish_registration, remove_passkey
from borderpass.services.ask_passkey import CHALLENGES_MAX, Asked
from borderpass.services.change_staff import reset_staff
from borderpass.services.sign_in import sign_in
from borderpass.services.sign_in_with_passkey import begin_sign_in, finish_sign_in
from borderpass.services.sign_with_passkey import challenge_for, verify_assertion_over, verify_evidence
from borderpass.services.try_password import LockedOut
from borderpass.store.models import AuditEntry, Passkey, PasskeyChallenge, Staff
from borderpass.wire.passkeys import Evidence, RelyingParty, read_evidence, write_evidence
from tests.authenticator import Authenticator
from tests.cast import BOPHA, DARA, MINISTRY
from tests.installation import NOW, declined, done
from tests.services.people import ADDRESS, PASSWORD, add, deeds

pytestmark = pytest.mark.django_db
HERE = RelyingParty("localhost", "http://localhost")
ELSEWHERE = RelyingParty("pass.example", "https://pass.example")
DIGEST = hashlib.sha256(b"approve A0110-26-000001-K, dara, 2026-11-23").digest()
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def dara() -> Staff:
    return add(DARA)


@pytest.fixture
def phone() -> Authenticator:
    return Authenticator()


def asked(result: Any) -> Asked:
    assert isinstance(result, Asked), result
    return result


def register(staff: Staff, phone: Authenticator, name: str = "phone") -> Passkey:
    begun = asked(begin_registration(staff, PASSWORD, HERE, ADDRESS, NOW))
    return done(finish_registration(staff, begun.challenge_id, phone.create(begun.options), name, HERE, NOW))


@pytest.fixture
def passkey(dara: Staff, phone: Authenticator) -> Passkey:
    return register(dara, phone)


class TestAdding:
    def test_who_knows_the_password_adds_one(self, dara: Staff, phone: Authenticator) -> None:
        added = register(dara, phone, "  my \t phone ")
        assert (added.staff, added.name, added.rp_id, added.sign_count) == (dara, "my phone", "localhost", 0)
        assert deeds() == [("dara", "add_passkey", str(added.id))]

    def test_who_does_not_gets_nothing_and_is_counted(self, dara: Staff) -> None:
        for _ in range(4):
            assert declined(begin_registration(dara, "wrong", HERE, ADDRESS, NOW)) is Ground.PASSWORD_WRONG
        assert begin_registration(dara, "wrong", HERE, ADDRESS, NOW) == LockedOut(15)
        assert not PasskeyChallenge.objects.exists()

    def test_the_same_authenticator_is_told_what_it_holds(self, dara: Staff, passkey: Passkey) -> None:
        begun = asked(begin_registration(dara, PASSWORD, HERE, ADDRESS, NOW))
        assert [one["id"] for one in json.loads(begun.options)["excludeCredentials"]] == [passkey.credential_id]

    def test_a_challenge_is_answered_once(self, dara: Staff, phone: Authenticator) -> None:
        begun = asked(begin_registration(dara, PASSWORD, HERE, ADDRESS, NOW))
        answer = phone.create(begun.options)
        done(finish_registration(dara, begun.challenge_id, answer, "", HERE, NOW))
        again = finish_registration(dara, begun.challenge_id, answer, "", HERE, NOW)
        assert declined(again) is Ground.PASSKEY_REFUSED
        assert Passkey.objects.count() == 1

    def test_within_five_minutes(self, dara: Staff, phone: Authenticator) -> None:
        begun = asked(begin_registration(dara, PASSWORD, HERE, ADDRESS, NOW))
        answer = phone.create(begun.options)
        assert isinstance(finish_registration(dara, begun.challenge_id, answer, "", HERE, LATER), Declined)

    def test_by_whom_it_was_made_for_and_for_what(self, dara: Staff, phone: Authenticator) -> None:
        bopha = add(BOPHA)
        begun = asked(begin_registration(dara, PASSWORD, HERE, ADDRESS, NOW))
        answer = phone.create(begun.options)
        assert isinstance(finish_registration(bopha, begun.challenge_id, answer, "", HERE, NOW), Declined)
        for_sign_in = asked(begin_sign_in(HERE, ADDRESS, NOW))
        assert isinstance(finish_registration(dara, for_sign_in.challenge_id, answer, "", HERE, NOW), Declined)
        assert isinstance(finish_registration(dara, None, answer, "", HERE, NOW), Declined)
        assert isinstance(finish_registration(dara, UUID(int=1), answer, "", HERE, NOW), Declined)
        done(finish_registration(dara, begun.challenge_id, answer, "", HERE, NOW))

    @pytest.mark.parametrize("answer", ["", "{}", "nonsense"])
    def test_what_proves_nothing_adds_nothing(self, dara: Staff, answer: str) -> None:
        begun = asked(begin_registration(dara, PASSWORD, HERE, ADDRESS, NOW))
        assert isinstance(finish_registration(dara, begun.challenge_id, answer, "", HERE, NOW), Declined)
        assert deeds() == []

    def test_a_credential_is_somebodys_and_nobody_elses(self, dara: Staff, phone: Authenticator) -> None:
        register(dara, phone)
        bopha = add(BOPHA)
        begun = asked(begin_registration(bopha, PASSWORD, HERE, ADDRESS, NOW))
        stolen = phone.create(begun.options)
        Passkey.objects.update(credential_id=json.loads(stolen)["id"])
        assert isinstance(finish_registration(bopha, begun.challenge_id, stolen, "", HERE, NOW), Declined)

    def test_an_account_holds_ten(self, dara: Staff) -> None:
        for _ in range(PASSKEYS_MAX):
            register(dara, Authenticator())
        assert declined(begin_registration(dara, PASSWORD, HERE, ADDRESS, NOW)) is Ground.PASSKEY_REFUSED

    def test_old_challenges_are_forgotten_and_one_address_makes_so_many(self, db: None) -> None:
        for _ in range(CHALLENGES_MAX):
            asked(begin_sign_in(HERE, ADDRESS, NOW))
        assert declined(begin_sign_in(HERE, ADDRESS, NOW)) is Ground.TOO_MANY_TRIES
        asked(begin_sign_in(HERE, "203.0.113.8", NOW))
        asked(begin_sign_in(HERE, ADDRESS, LATER))
        assert PasskeyChallenge.objects.count() == 1


class TestRemoving:
    def test_one_that_was_removed_opens_nothing_and_is_kept(
        self, dara: Staff, passkey: Passkey, phone: Authenticator
    ) -> None:
        assert done(remove_passkey(dara, passkey.id, NOW)).removed_at == NOW
        begun = asked(begin_sign_in(HERE, ADDRESS, NOW))
        answer = phone.get(begun.options)
        assert isinstance(finish_sign_in(begun.challenge_id, answer, HERE, ADDRESS, NOW), Declined)
        assert Passkey.objects.count() == 1
        assert deeds()[1] == ("dara", "remove_passkey", str(passkey.id))

    def test_it_is_removed_once_and_by_its_holder_only(self, dara: Staff, passkey: Passkey) -> None:
        assert declined(remove_passkey(add(BOPHA), passkey.id, NOW)) is Ground.NO_PASSKEY
        done(remove_passkey(dara, passkey.id, NOW))
        assert declined(remove_passkey(dara, passkey.id, NOW)) is Ground.NO_PASSKEY


class TestSigningIn:
    def sign_in(self, phone: Authenticator, party: RelyingParty = HERE, **changes: Any) -> Staff | Declined:
        begun = asked(begin_sign_in(HERE, ADDRESS, NOW))
        return finish_sign_in(begun.challenge_id, phone.get(begun.options, **changes), party, ADDRESS, NOW)

    def test_the_authenticator_says_who_it_is(self, dara: Staff, passkey: Passkey, phone: Authenticator) -> None:
        assert self.sign_in(phone) == dara
        passkey.refresh_from_db()
        assert (passkey.sign_count, passkey.last_used_at) == (1, NOW)
        entry = AuditEntry.objects.get(deed="sign_in")
        assert (entry.actor, entry.detail["by"], entry.detail["passkey"]) == ("dara", "passkey", str(passkey.id))

    def test_no_challenge_is_answered_twice(self, dara: Staff, passkey: Passkey, phone: Authenticator) -> None:
        begun = asked(begin_sign_in(HERE, ADDRESS, NOW))
        answer = phone.get(begun.options)
        assert finish_sign_in(begun.challenge_id, answer, HERE, ADDRESS, NOW) == dara
        assert isinstance(finish_sign_in(begun.challenge_id, answer, HERE, ADDRESS, NOW), Declined)

    def test_nor_another_sessions_nor_an_old_one(self, passkey: Passkey, phone: Authenticator) -> None:
        first, second = asked(begin_sign_in(HERE, ADDRESS, NOW)), asked(begin_sign_in(HERE, ADDRESS, NOW))
        answer = phone.get(first.options)
        assert isinstance(finish_sign_in(second.challenge_id, answer, HERE, ADDRESS, NOW), Declined)
        assert isinstance(finish_sign_in(None, answer, HERE, ADDRESS, NOW), Declined)
        assert isinstance(finish_sign_in(first.challenge_id, answer, HERE, ADDRESS, LATER), Declined)

    def test_who_was_dismissed_does_not_come_in(self, passkey: Passkey, phone: Authenticator) -> None:
        Staff.objects.update(is_active=False)
        assert isinstance(self.sign_in(phone), Declined)
        assert deeds()[-1] == ("", "sign_in_failed", "")

    def test_who_says_to_be_somebody_else_does_not(self, passkey: Passkey, phone: Authenticator) -> None:
        assert isinstance(self.sign_in(phone, userHandle=add(BOPHA).id.bytes), Declined)

    def test_a_copied_key_does_not(self, passkey: Passkey, phone: Authenticator) -> None:
        assert isinstance(self.sign_in(phone), Staff)
        phone.held[0].counter = 0
        assert isinstance(self.sign_in(phone), Declined)

    def test_a_key_of_another_site_does_not(self, passkey: Passkey, phone: Authenticator) -> None:
        assert isinstance(self.sign_in(phone, ELSEWHERE), Declined)
        phone.origin = "https://evil.example"
        assert isinstance(self.sign_in(phone), Declined)

    def test_a_lock_out_closes_the_password_only(self, dara: Staff, passkey: Passkey, phone: Authenticator) -> None:
        for _ in range(5):
            sign_in("dara", "wrong", ADDRESS, NOW)
        assert self.sign_in(phone) == dara

    def test_a_reset_takes_the_passkeys_away(self, dara: Staff, passkey: Passkey, phone: Authenticator) -> None:
        done(reset_staff(dara.id, MINISTRY, NOW))
        assert isinstance(self.sign_in(phone), Declined)


Sign = Callable[..., Evidence | Declined]


@pytest.fixture
def sign(dara: Staff, passkey: Passkey, phone: Authenticator) -> Sign:
    def go(digest: bytes = DIGEST, staff: Staff = dara, party: RelyingParty = HERE) -> Evidence | Declined:
        options = challenge_for(digest, dara, HERE)
        assert isinstance(options, str)
        return verify_assertion_over(DIGEST, phone.get(options), staff, party, NOW)

    return go


class TestSigningForSomething:
    def test_the_challenge_is_the_digest_and_only_ones_own_keys_are_asked(self, dara: Staff, passkey: Passkey) -> None:
        register(add(BOPHA), Authenticator())
        options = json.loads(str(challenge_for(DIGEST, dara, HERE)))
        assert [one["id"] for one in options["allowCredentials"]] == [passkey.credential_id]
        assert options["userVerification"] == "required"

    def test_evidence_is_kept_and_verified_years_later(self, dara: Staff, passkey: Passkey, sign: Sign) -> None:
        evidence = done(sign())
        kept = json.dumps(write_evidence(evidence))
        signed_with = verify_evidence(DIGEST, read_evidence(json.loads(kept)))
        assert signed_with == passkey
        assert signed_with is not None
        assert signed_with.staff == dara
        entry = AuditEntry.objects.get(deed="use_passkey")
        assert (entry.actor, entry.detail) == ("dara", {"digest": DIGEST.hex()})

    def test_it_holds_when_the_passkey_was_used_since_and_removed(
        self, dara: Staff, passkey: Passkey, sign: Sign
    ) -> None:
        evidence = done(sign())
        done(sign())
        done(remove_passkey(dara, passkey.id, NOW))
        assert verify_evidence(DIGEST, evidence) == passkey

    def test_another_digest_was_not_signed(self, sign: Sign) -> None:
        other = hashlib.sha256(b"approve another").digest()
        assert declined(sign(other)) is Ground.PASSKEY_REFUSED
        assert verify_evidence(other, done(sign())) is None

    @pytest.mark.parametrize("part", ["credential_id", "authenticator_data", "client_data", "signature"])
    def test_evidence_that_was_altered_proves_nothing(self, sign: Sign, part: str) -> None:
        from dataclasses import replace

        evidence = done(sign())
        octets = getattr(evidence, part)
        assert verify_evidence(DIGEST, replace(evidence, **{part: octets[:-1] + bytes([octets[-1] ^ 1])})) is None

    def test_nobody_signs_with_anothers_key_nor_for_another_site(self, sign: Sign) -> None:
        assert declined(sign(staff=add(BOPHA))) is Ground.PASSKEY_REFUSED
        assert declined(sign(party=ELSEWHERE)) is Ground.PASSKEY_REFUSED
        assert AuditEntry.objects.filter(deed="use_passkey").count() == 0

    def test_who_has_no_passkey_for_this_site_is_told_to_add_one(self, dara: Staff, passkey: Passkey) -> None:
        assert declined(challenge_for(DIGEST, add(BOPHA), HERE)) is Ground.NO_PASSKEY
        assert declined(challenge_for(DIGEST, dara, ELSEWHERE)) is Ground.NO_PASSKEY

    def test_what_is_signed_is_a_digest(self, dara: Staff) -> None:
        with pytest.raises(ValueError, match="SHA-256"):
            challenge_for(b"approve", dara, HERE)

    @pytest.mark.parametrize("answer", ["", "{}", "[]"])
    def test_what_is_no_answer_is_refused(self, dara: Staff, passkey: Passkey, answer: str) -> None:
        assert declined(verify_assertion_over(DIGEST, answer, dara, HERE, NOW)) is Ground.PASSKEY_REFUSED
