"""What does an authenticator's answer prove, and what is refused, whoever made it up?"""

import json
import os
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.wire.passkeys import (
    CHALLENGE_BYTES,
    Evidence,
    RelyingParty,
    User,
    credential_id_of,
    credential_name,
    party_of,
    read_assertion,
    read_evidence,
    verify_assertion,
    verify_registration,
    write_creation_options,
    write_evidence,
    write_request_options,
)
from borderpass.wire.refusal import WireError
from tests.authenticator import PRESENT, Authenticator, encode

PARTY = RelyingParty("pass.example", "https://pass.example")
USER = User(b"\x01" * 16, "dara", "តារា")
CHALLENGE = bytes(range(CHALLENGE_BYTES))


@pytest.fixture
def phone() -> Authenticator:
    return Authenticator(PARTY.origin)


def registered(phone: Authenticator) -> bytes:
    answer = phone.create(write_creation_options(PARTY, USER, CHALLENGE, []))
    return verify_registration(answer, CHALLENGE, PARTY).public_key


class TestTheOptions:
    def test_for_a_new_one_ask_for_a_discoverable_key_of_a_verified_holder_and_no_attestation(self) -> None:
        options = json.loads(write_creation_options(PARTY, USER, CHALLENGE, [b"held"]))
        assert options["rp"] == {"name": "borderpass", "id": "pass.example"}
        assert options["user"] == {"id": encode(USER.id), "name": "dara", "displayName": "តារា"}
        assert options["challenge"] == encode(CHALLENGE)
        assert options["authenticatorSelection"]["residentKey"] == "required"
        assert options["authenticatorSelection"]["userVerification"] == "required"
        assert options["attestation"] == "none"
        assert [one["id"] for one in options["excludeCredentials"]] == [encode(b"held")]
        assert {one["alg"] for one in options["pubKeyCredParams"]} == {-7, -8, -257}

    def test_for_signing_ask_for_a_verified_holder(self) -> None:
        options = json.loads(write_request_options(PARTY, CHALLENGE, [b"held"]))
        assert (options["rpId"], options["challenge"]) == ("pass.example", encode(CHALLENGE))
        assert options["userVerification"] == "required"
        assert [one["id"] for one in options["allowCredentials"]] == [encode(b"held")]
        assert json.loads(write_request_options(PARTY, CHALLENGE))["allowCredentials"] == []


class TestANewOne:
    def test_the_key_comes_back_with_its_id(self, phone: Authenticator) -> None:
        made = verify_registration(phone.create(write_creation_options(PARTY, USER, CHALLENGE, [])), CHALLENGE, PARTY)
        assert made.credential_id == phone.held[0].id
        assert made.sign_count == 0
        assert credential_id_of(credential_name(made.credential_id)) == made.credential_id

    @pytest.mark.parametrize(
        ("challenge", "party"),
        [
            (bytes(32), PARTY),
            (CHALLENGE, RelyingParty("other.example", "https://pass.example")),
            (CHALLENGE, RelyingParty("pass.example", "https://pass.example:8443")),
            (CHALLENGE, RelyingParty("pass.example", "http://pass.example")),
        ],
    )
    def test_another_challenge_or_site_is_refused(
        self, phone: Authenticator, challenge: bytes, party: RelyingParty
    ) -> None:
        answer = phone.create(write_creation_options(PARTY, USER, CHALLENGE, []))
        with pytest.raises(WireError):
            verify_registration(answer, challenge, party)

    @pytest.mark.parametrize("bent", [{"flags": PRESENT}, {"flags": 0}, {"cross_origin": True}])
    def test_a_holder_who_was_not_verified_or_a_frame_in_between_is_refused(self, bent: dict[str, Any]) -> None:
        answer = Authenticator(PARTY.origin, **bent).create(write_creation_options(PARTY, USER, CHALLENGE, []))
        with pytest.raises(WireError):
            verify_registration(answer, CHALLENGE, PARTY)

    def test_an_assertion_is_no_registration(self, phone: Authenticator) -> None:
        registered(phone)
        with pytest.raises(WireError):
            verify_registration(phone.get(write_request_options(PARTY, CHALLENGE)), CHALLENGE, PARTY)


class TestAnAssertion:
    def test_it_holds_and_gives_the_counter(self, phone: Authenticator) -> None:
        key = registered(phone)
        assertion = read_assertion(phone.get(write_request_options(PARTY, CHALLENGE)))
        assert verify_assertion(assertion.evidence, CHALLENGE, PARTY, key, 0) == 1
        assert assertion.user_handle == USER.id

    @pytest.mark.parametrize("seen", [1, 2, 100])
    def test_a_counter_that_does_not_rise_is_of_a_copy(self, phone: Authenticator, seen: int) -> None:
        key = registered(phone)
        evidence = read_assertion(phone.get(write_request_options(PARTY, CHALLENGE))).evidence
        with pytest.raises(WireError, match="count"):
            verify_assertion(evidence, CHALLENGE, PARTY, key, seen)

    def test_a_passkey_that_does_not_count_stays_at_none(self) -> None:
        phone = Authenticator(PARTY.origin, counts=False)
        key = registered(phone)
        for _ in range(2):
            evidence = read_assertion(phone.get(write_request_options(PARTY, CHALLENGE))).evidence
            assert verify_assertion(evidence, CHALLENGE, PARTY, key, 0) == 0

    @pytest.mark.parametrize(
        "changes",
        [
            {"signature": b"\x30\x00"},
            {"signature": b""},
            {"clientDataJSON": b'{"type":"webauthn.get","challenge":"AA","origin":"https://pass.example"}'},
            {"authenticatorData": bytes(37)},
            {"authenticatorData": b""},
        ],
    )
    def test_whatever_is_bent_is_refused(self, phone: Authenticator, changes: dict[str, Any]) -> None:
        key = registered(phone)
        answer = phone.get(write_request_options(PARTY, CHALLENGE), **changes)
        with pytest.raises(WireError):
            verify_assertion(read_assertion(answer).evidence, CHALLENGE, PARTY, key, 0)

    def test_anothers_key_does_not_fit(self, phone: Authenticator) -> None:
        registered(phone)
        other = registered(Authenticator(PARTY.origin))
        evidence = read_assertion(phone.get(write_request_options(PARTY, CHALLENGE))).evidence
        with pytest.raises(WireError):
            verify_assertion(evidence, CHALLENGE, PARTY, other, 0)

    @pytest.mark.parametrize(
        "answer",
        [
            *("", "x", "[]", "null", "1", "{}", '{"response":1}', '{"response":{"clientDataJSON":1}}'),
            *('{"response":{"clientDataJSON":"W10"}}', '{"response":{"clientDataJSON":"e30"}}', "[" * 100_000),
            "x" * 70_000,
        ],
    )
    def test_what_is_no_answer_is_refused(self, answer: str) -> None:
        with pytest.raises(WireError):
            read_assertion(answer)
        with pytest.raises(WireError):
            verify_registration(answer, CHALLENGE, PARTY)

    @given(octets=st.binary(max_size=200))
    def test_no_bytes_of_a_stranger_raise_anything_else(self, octets: bytes) -> None:
        response = {"clientDataJSON": encode(b"{}"), "attestationObject": encode(octets), "signature": encode(octets)}
        response["authenticatorData"] = encode(octets)
        answer = json.dumps({"id": encode(octets), "rawId": encode(octets), "type": "public-key", "response": response})
        with pytest.raises(WireError):
            verify_registration(answer, CHALLENGE, PARTY)
        with pytest.raises(WireError):
            verify_assertion(read_assertion(answer).evidence, CHALLENGE, PARTY, octets or b"x", 0)


class TestEvidence:
    def test_it_comes_back_as_it_was_kept(self) -> None:
        evidence = Evidence(*(os.urandom(number) for number in (32, 37, 120, 70)))
        assert read_evidence(json.loads(json.dumps(write_evidence(evidence)))) == evidence

    @pytest.mark.parametrize("kept", [{}, {"credential_id": "AA"}, {"credential_id": 1}])
    def test_what_is_not_whole_is_refused(self, kept: dict[str, Any]) -> None:
        with pytest.raises(WireError):
            read_evidence(kept)

    @pytest.mark.parametrize(
        ("origin", "rp_id", "ours"),
        [
            ("https://pass.example", "pass.example", True),
            ("https://pass.example:8443", "pass.example", True),
            ("https://www.pass.example", "pass.example", True),
            ("http://localhost:8000", "localhost", True),
            ("https://notpass.example", "pass.example", False),
            ("https://pass.example.evil.example", "pass.example", False),
            ("http://pass.example", "pass.example", False),
            ("", "pass.example", False),
        ],
    )
    def test_the_site_it_was_made_for_is_one_of_its_host(self, origin: str, rp_id: str, ours: bool) -> None:
        evidence = Evidence(b"", b"", json.dumps({"origin": origin}).encode(), b"")
        if ours:
            assert party_of(evidence, rp_id) == RelyingParty(rp_id, origin)
        else:
            with pytest.raises(WireError):
                party_of(evidence, rp_id)

    @pytest.mark.parametrize("client_data", [b"", b"[]", b"{}", b'{"origin":1}', b'{"origin":"https://["}'])
    def test_client_data_without_a_site_is_refused(self, client_data: bytes) -> None:
        with pytest.raises(WireError):
            party_of(Evidence(b"", b"", client_data, b""), "pass.example")
