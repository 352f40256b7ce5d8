"""Does a pass come back from its claims, and is what lies outside the profile neither written nor read?"""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.passes import Pass, Sex
from borderpass.domain.reasons import Reason
from borderpass.wire.cbor import decode_strict, encode
from borderpass.wire.claims import read_claims, write_claims
from borderpass.wire.refusal import Refusal, WireError
from tests.cases import corpus_claims
from tests.cases.clock import local
from tests.cases.corpus_claims import usual_claims
from tests.cases.passes import DARA_CHILD, SOKHA, make_pass
from tests.wire.strategies import FEW, passes


@FEW
@given(passes())
def test_any_pass_comes_back(pass_: Pass) -> None:
    assert read_claims(write_claims(pass_)) == pass_


@FEW
@given(passes())
def test_any_pass_is_within_the_limits_of_passes(pass_: Pass) -> None:
    payload = write_claims(pass_)
    assert encode(decode_strict(payload)) == payload


@FEW
@given(passes(), st.integers(0, 10**6), st.integers(1, 255))
def test_octet_changed_is_another_pass_or_none(pass_: Pass, place: int, mask: int) -> None:
    payload = bytearray(write_claims(pass_))
    payload[place % len(payload)] ^= mask
    assert read_claims(bytes(payload)) != pass_


@FEW
@given(st.binary(max_size=200))
def test_any_octets_are_malformed(payload: bytes) -> None:
    refused = read_claims(payload)
    assert isinstance(refused, Refusal)
    assert refused.reason is Reason.MALFORMED


def test_claims_are_those_of_the_contract() -> None:
    claims = usual_claims()
    assert list(claims) == [1, 4, 5, 6, 169, 65535, -70169]
    assert claims[65535] == {"status_list": {"idx": 5, "uri": "kh-bp:0110/1"}}
    assert claims[-70169] == {1: 1, 2: 1, 3: []}
    assert claims[169] == {
        1: "0110-26-000123-1",
        3: "eng",
        4: "SOK SOKHA",
        8: "19900102",
        9: 2,
        13: "KHM",
        19: "សុខ សុខា",
        20: "khm",
        21: "011001",
        23: "KHM",
    }


def test_face_and_companions_stand_where_the_contract_says() -> None:
    claims = decode_strict(write_claims(make_pass(face=b"RIFF", companions=(DARA_CHILD,))))
    assert claims[169][62] == [{0: b"RIFF", 1: 0, 2: 4}]
    assert claims[-70169][3] == [["SOK VEASNA", "20190430", 1]]


@pytest.mark.parametrize("name", [name for name, *_ in corpus_claims.rows()])
def test_each_bad_claim_is_refused_for_itself(name: str) -> None:
    payload = {**corpus_claims._encodings(), **corpus_claims._changes()}[name][1]
    assert isinstance(read_claims(payload), Refusal)


WRONG: list[dict[str, Any]] = [
    {"number": "0110-26-000123-0"},
    {"issuer": ""},
    {"issuer": "x" * 65},
    {"issuing_country": "kh"},
    {"status_index": -1},
    {"status_index": 2**32},
    {"status_uri": "\n"},
    {"expires_at": local("2026-11-02")},
    {"issued_at": local("2026-11-01") + timedelta(microseconds=1)},
    {"companions": (DARA_CHILD,) * 5},
    {"companions": (DARA_CHILD._replace(name=""),)},
    {"holder": SOKHA._replace(name_latin="A" * 101)},
    {"holder": SOKHA._replace(name_khmer="")},
    {"holder": SOKHA._replace(name_latin="SOK\nSOKHA")},
    {"holder": SOKHA._replace(name_latin="ANDRE\u0301")},
    {"holder": SOKHA._replace(nationality="KH")},
    {"holder": SOKHA._replace(home_code="01")},
    {"holder": SOKHA._replace(face=b"")},
    {"holder": SOKHA._replace(face=bytes(601))},
]


@pytest.mark.parametrize("changes", WRONG, ids=lambda changes: next(iter(changes)))
def test_pass_that_nobody_could_read_is_not_written(changes: dict[str, Any]) -> None:
    with pytest.raises(WireError, match="cannot be written"):
        write_claims(make_pass(**changes))


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize("born_on", [date(1, 1, 1), date(1900, 2, 28), date(2000, 2, 29), date(9999, 12, 31)])
def test_dates_and_sexes_at_their_edges(born_on: date, sex: Sex) -> None:
    pass_ = make_pass(holder=SOKHA._replace(born_on=born_on, sex=sex))
    assert read_claims(write_claims(pass_)) == pass_
