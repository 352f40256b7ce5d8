"""What exactly is approved with one touch: is it one form, is it all that ends in the pass, is it read again?"""

import hashlib
import json
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from borderpass.domain.approval import (
    Capacity,
    Content,
    Listed,
    Statement,
    challenge_of,
    read_statement,
    write_statement,
)

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BATCH = UUID("01930000-0000-7000-8000-000000000009")
ONE = Listed(UUID(int=1), "A0110-26-000001-K", "ab" * 32)
STATEMENT = Statement(BATCH, "0110", "0110", "dara", Capacity.GOVERNOR, AT, (ONE,))
CONTENT = Content(
    application=str(UUID(int=1)),
    reference="A0110-26-000001-K",
    purpose="new",
    pass_kind=1,
    name_latin="SOK SOKHA",
    name_khmer="សុខ សុខា",
    born_on="1990-01-02",
    born_at="ប៉ោយប៉ែត",
    sex=2,
    nationality="KHM",
    home_code="01100101",
    companions=(("SOK CHENDA", "2019-05-04", 2),),
    document_kind="id_card",
    document_number="010203040",
    second_number="",
    face_digest="00" * 32,
    photo_digest="11" * 32,
    receipt="R0110-26-000001",
    order="BP-2024-01",
    signing_office="0110",
)


def test_statement_is_these_bytes() -> None:
    assert write_statement(STATEMENT) == (
        b'{"applications":[["00000000-0000-0000-0000-000000000001","A0110-26-000001-K","' + b"ab" * 32 + b'"]],'
        b'"at":1795399200,"batch":"01930000-0000-7000-8000-000000000009","by":"dara","capacity":"governor","form":1,'
        b'"office":"0110","signing_office":"0110"}'
    )


def test_challenge_is_the_sha_256_of_the_statement() -> None:
    octets = write_statement(STATEMENT)
    assert challenge_of(octets) == hashlib.sha256(octets).digest()


@given(st.text(), st.lists(st.tuples(st.uuids(), st.text(max_size=30))), st.sampled_from(Capacity))
def test_statement_that_was_written_is_read_again(by: str, listed: list[tuple[UUID, str]], capacity: Capacity) -> None:
    by = by.encode("utf-8", "ignore").decode()
    names = [(one, name.encode("utf-8", "ignore").decode()) for one, name in listed]
    statement = replace(STATEMENT, by=by, capacity=capacity, applications=tuple(Listed(*one, "cd") for one in names))
    assert read_statement(write_statement(statement)) == statement


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        write_statement(STATEMENT) + b" ",
        write_statement(STATEMENT).replace(b'"form":1', b'"form":2'),
        write_statement(STATEMENT).replace(b'"governor"', b'"emperor"'),
        write_statement(STATEMENT).replace(b'"at":1795399200', b'"at":1795399200.5'),
        json.dumps(json.loads(write_statement(STATEMENT))).encode(),
    ],
)
def test_anything_else_is_no_statement(octets: bytes) -> None:
    with pytest.raises(ValueError):
        read_statement(octets)


@pytest.mark.parametrize("name", [field.name for field in fields(Content)])
def test_every_field_of_the_content_changes_its_digest(name: str) -> None:
    was = getattr(CONTENT, name)
    other = {int: 9, str: f"{was}x", tuple: ()}[type(was)]
    assert replace(CONTENT, **{name: other}).digest() != CONTENT.digest()


def test_content_is_never_that_of_another_application() -> None:
    assert replace(CONTENT, name_latin="SOK", name_khmer="SOKHA").digest() != CONTENT.digest()
    assert CONTENT.digest() == replace(CONTENT).digest()


def test_pass_that_it_is_about_counts_only_where_there_is_one() -> None:
    """Approvals from before there was such a field go on being provable."""
    said = {name: value for name, value in asdict(CONTENT).items() if name != "about"}
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert CONTENT.digest() == hashlib.sha256(canonical).hexdigest()
    assert replace(CONTENT, about="0110-26-000001-L").digest() != CONTENT.digest()
