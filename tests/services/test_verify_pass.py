"""Does the straight line from text to decision say of every case what it must, and never more than it may?"""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Credential, Scan
from borderpass.domain.verdicts import Direction, ReasonClass, Verdict
from borderpass.services.verify_pass import Look, Outcome, authenticate, verify_pass, verify_passes
from borderpass.wire.base45 import encode_base45
from borderpass.wire.claims import write_claims
from borderpass.wire.qr import build_qr
from borderpass.wire.refusal import Refusal
from tests.cases.accepted import high_s_cose
from tests.cases.bundles import bundle
from tests.cases.case import HOME, OUT, Case
from tests.cases.catalogue import every_case
from tests.cases.clock import MONDAY
from tests.cases.corpus import bad_inputs
from tests.cases.keys import signer
from tests.cases.passes import cose_of_payload, fingerprint, make_pass, text_of, text_of_payload

CASES = every_case()
WITHHELD = [case for case in CASES if case.expected.shown is None]
FEW = settings(max_examples=60, deadline=None)
GOOD_TEXT = text_of(make_pass())
GOOD_COSE = cose_of_payload(write_claims(make_pass()))
KID = signer("poipet").kid


def outcome_of(case: Case) -> Outcome:
    return verify_pass(case.text, case.scan, bundle(case.bundle), case.now)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_is_decided_as_expected(case: Case) -> None:
    outcome, expected = outcome_of(case), case.expected
    decision = outcome.decision
    assert (decision.verdict, decision.reasons) == (expected.verdict, expected.reasons)
    assert (decision.back_by, decision.order_ids) == (expected.back_by, expected.order_ids)
    assert (outcome.credential and outcome.credential.pass_) == expected.shown


def test_many_at_once_are_decided_as_one_by_one() -> None:
    looks = [Look(case.text, case.scan, bundle(case.bundle), case.now) for case in CASES]
    assert verify_passes(looks) == [verify_pass(*look) for look in looks]
    assert verify_passes([]) == []


def test_names_of_cases_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_corpus_has_at_least_sixty_bad_inputs_all_different() -> None:
    bad = bad_inputs()
    assert len(bad) >= 60
    assert len({one.text for one in bad}) == len(bad)


@pytest.mark.parametrize("case", WITHHELD, ids=lambda case: case.name)
def test_nothing_is_said_of_the_content_of_a_pass_that_is_not_authentic(case: Case) -> None:
    outcome = outcome_of(case)
    assert outcome.credential is None
    assert outcome.decision.verdict is Verdict.REFUSE
    assert outcome.decision.back_by is None
    assert outcome.decision.order_ids == ()
    told = repr(outcome)
    assert not any(word in told for word in ("SOKHA", "សុខា", "1990", "0110-26", "011001"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_on_entry_no_rule_refuses(case: Case) -> None:
    coming_home = replace(case, scan=replace(case.scan, direction=Direction.ENTRY))
    decision = outcome_of(coming_home).decision
    if decision.verdict is Verdict.REFUSE:
        assert all(reason.reason_class is ReasonClass.AUTHENTICITY for reason in decision.reasons)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reasons_stand_in_the_order_of_the_contract(case: Case) -> None:
    priorities = [reason.priority for reason in outcome_of(case).decision.reasons]
    assert priorities == sorted(set(priorities))


def test_malleable_signature_gives_the_same_fingerprint() -> None:
    one, other = (
        authenticate(text_of(make_pass()), bundle()),
        authenticate(build_qr(high_s_cose(make_pass())), bundle()),
    )
    assert isinstance(one, Credential)
    assert one == other
    assert one.fingerprint == fingerprint(make_pass())


def test_payload_is_not_read_before_the_signature_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(payload: bytes) -> None:
        raise AssertionError(f"{len(payload)} octets read unverified")

    monkeypatch.setattr("borderpass.services.verify_pass.read_claims", never)
    refused = authenticate(text_of(make_pass(), "serei", KID), bundle())
    assert refused == Refusal(Reason.SIGNATURE_INVALID, f"kid {KID.hex()}")


@FEW
@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_any_bit_of_the_cose_flipped_is_refused(place: int, bit: int) -> None:
    octets = bytearray(GOOD_COSE)
    octets[place % len(octets)] ^= 1 << bit
    assert_refused(build_qr(bytes(octets)))


def test_every_byte_of_the_cose_flipped_is_refused() -> None:
    for place in range(len(GOOD_COSE)):
        octets = bytearray(GOOD_COSE)
        octets[place] ^= 0x01
        assert_refused(build_qr(bytes(octets)))


@FEW
@given(place=st.integers(0, 10**6), other=st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:aé"))
def test_any_character_of_the_text_changed_is_refused(place: int, other: str) -> None:
    at = place % len(GOOD_TEXT)
    changed = GOOD_TEXT[:at] + other + GOOD_TEXT[at + 1 :]
    if changed != GOOD_TEXT:
        assert_refused(changed)


@FEW
@given(cut=st.integers(1, 10**6))
def test_any_part_of_the_text_is_refused(cut: int) -> None:
    assert_refused(GOOD_TEXT[: -(1 + cut % len(GOOD_TEXT))])


@FEW
@given(st.text(max_size=300))
@example("\ud800")
@example("\U0010ffff" * 4_296)
@example("0" * 5_000)
def test_any_text_gives_a_reason_and_never_an_exception(text: str) -> None:
    assert verify_pass(text, HOME, bundle(), MONDAY).decision.reasons == (Reason.NOT_A_PASS,)


@FEW
@given(st.binary(max_size=300))
def test_any_octets_in_a_text_give_a_reason(octets: bytes) -> None:
    assert_refused(encode_base45(octets))


@FEW
@given(st.binary(max_size=300))
def test_any_octets_compressed_give_a_reason(octets: bytes) -> None:
    assert verify_pass(build_qr(octets), OUT, bundle(), MONDAY).decision.reasons == (Reason.MALFORMED,)


@FEW
@given(st.binary(max_size=300))
def test_any_octets_signed_by_an_office_give_a_reason(payload: bytes) -> None:
    assert verify_pass(text_of_payload(payload), OUT, bundle(), MONDAY).decision.reasons == (Reason.MALFORMED,)


@FEW
@given(
    gate=st.text(max_size=10) | st.none(),
    direction=st.sampled_from(Direction),
    used=st.dictionaries(st.text(max_size=8), st.integers(), max_size=3),
)
def test_any_circumstances_give_a_decision(gate: str | None, direction: Direction, used: dict[str, int]) -> None:
    scan = Scan(gate, direction, quota_used=used)
    assert verify_pass(GOOD_TEXT, scan, bundle(), MONDAY).credential is not None


def assert_refused(text: str) -> None:
    outcome = verify_pass(text, OUT, bundle(), MONDAY)
    assert outcome.decision.verdict is Verdict.REFUSE
    assert outcome.credential is None
