"""Is the audit trail only ever added to, one after the other, and does the command name what was done to it?"""

import re
from collections.abc import Callable
from datetime import UTC, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from borderpass.domain.audit import FIRST_PREVIOUS, Deed, Somebody
from borderpass.store.audit_triggers import REFUSAL
from borderpass.store.models import AuditChain, AuditEntry
from borderpass.store.queries.audit import _INSERT, write_audit
from tests.cast import BOPHA, DARA
from tests.installation import NOW
from tests.trail import without_triggers

pytestmark = pytest.mark.django_db


def write(times: int = 5) -> None:
    for number in range(1, times + 1):
        at = NOW + timedelta(microseconds=number)
        write_audit(Deed.PAY, BOPHA, at, "application", f"A{number}", amount_riel=20_000, order='ព្រះរាជក្រឹត្យ "1"')


def verify(*words: str) -> str:
    said = StringIO()
    call_command("verify_audit", *words, stdout=said)
    return said.getvalue()


def refusal(*words: str) -> str:
    said = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify_audit", *words, stdout=StringIO(), stderr=said)
    assert left.value.code == 1
    return said.getvalue().removeprefix("borderpass manage verify_audit: ").strip()


class TestWriting:
    def test_an_entry_says_who_what_when_and_follows_from_the_one_before(self) -> None:
        write_audit(Deed.APPROVE, DARA, NOW, "application", "A1", order="12")
        write_audit(Deed.SIGN_IN_FAILED, Somebody("", "", ""), NOW)
        first, second = AuditEntry.objects.order_by("seq")
        assert (first.actor, first.role, first.scope, first.deed) == ("dara", "governor", "0110", "approve")
        assert (first.kind, first.about, first.detail, first.at) == ("application", "A1", {"order": "12"}, NOW)
        assert (first.seq, second.seq) == (1, 2)
        assert (first.previous, second.previous) == (FIRST_PREVIOUS, first.digest)
        chain = AuditChain.objects.get()
        assert (chain.ours, chain.length, chain.digest) == (True, 2, second.digest)

    @pytest.mark.django_db(transaction=True)
    def test_outside_a_transaction_nothing_is_written(self) -> None:
        with pytest.raises(RuntimeError):
            write(1)

    def test_what_is_rolled_back_was_never_written(self) -> None:
        write(2)
        with transaction.atomic():
            write(1)
            transaction.set_rollback(True)
        assert verify().startswith("2 entries, whole")

    def test_the_statement_names_every_column_of_the_model(self) -> None:
        named = re.findall(r"\w+", _INSERT.split("VALUES")[0].split("(")[1])
        assert sorted(named) == sorted(field.column for field in AuditEntry._meta.concrete_fields)

    def test_what_is_not_plain_is_not_written(self) -> None:
        with pytest.raises(TypeError):
            write_audit(Deed.PAY, BOPHA, NOW, "application", "A1", amount=1.5)
        assert not AuditEntry.objects.exists()


class TestTheTriggers:
    @pytest.mark.parametrize(
        "change",
        [
            lambda: AuditEntry.objects.update(actor="nobody"),
            lambda: AuditEntry.objects.filter(seq=2).update(detail={}),
            lambda: AuditEntry.objects.filter(seq=5).delete(),
            lambda: AuditEntry.objects.get(seq=1).save(),
            lambda: connection.cursor().execute("DELETE FROM store_auditentry"),
        ],
    )
    def test_the_database_itself_refuses_to_change_or_delete(self, change: Callable[[], Any]) -> None:
        write()
        with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
            change()
        assert verify().startswith("5 entries, whole")

    def test_postgresql_refuses_to_truncate_too(self) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has no TRUNCATE")
        with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE store_auditentry CASCADE")


class TestTheCommand:
    def test_a_whole_trail_says_how_many_entries_it_has(self) -> None:
        assert verify() == "0 entries: nothing was written yet\n"
        write()
        last = AuditEntry.objects.get(seq=5).digest
        assert verify() == f"5 entries, whole; the last is 5:{last}\n"

    @pytest.mark.parametrize(
        ("statement", "said"),
        [
            ("UPDATE store_auditentry SET actor = 'nobody' WHERE seq = 3", "entry 3 is altered"),
            ("UPDATE store_auditentry SET detail = '{}' WHERE seq = 1", "entry 1 is altered"),
            ("UPDATE store_auditentry SET at = '2026-11-01 00:00:00+00:00' WHERE seq = 2", "entry 2 is altered"),
            ("DELETE FROM store_auditentry WHERE seq = 2", "entry 2 is missing"),
            ("DELETE FROM store_auditentry WHERE seq = 1", "entry 1 is missing"),
            ("DELETE FROM store_auditentry WHERE seq = 5", "entry 5 is missing"),
            ("DELETE FROM store_auditentry WHERE seq >= 3", "entry 3 is missing"),
            ("DELETE FROM store_auditentry", "entry 1 is missing"),
            ("UPDATE store_auditentry SET seq = 7 WHERE seq = 5", "entry 5 is missing"),
            ("UPDATE store_auditentry SET seq = 0 WHERE seq = 4", "entry 0 is inserted"),
            ("UPDATE store_auditchain SET length = 4", "entry 4 is altered"),
            ("UPDATE store_auditchain SET length = 6", "entry 6 is missing"),
        ],
    )
    def test_what_was_done_behind_its_back_is_named(self, statement: str, said: str) -> None:
        write()
        with without_triggers() as cursor:
            cursor.execute(statement)
        assert refusal().startswith(said)

    def test_an_entry_after_the_head_was_inserted(self) -> None:
        write()
        last = AuditEntry.objects.get(seq=5)
        AuditEntry.objects.create(
            chain=last.chain, seq=6, at=NOW, deed="pay", previous=last.digest, digest="f" * 64, actor="nobody"
        )
        assert refusal().startswith("entry 6 is inserted: it stands after the head; the 5 entries before it hold")

    def test_a_head_that_is_gone_is_missed(self) -> None:
        write()
        connection.disable_constraint_checking()
        orphan = AuditChain(ours=False, digest=FIRST_PREVIOUS)
        if connection.vendor == "postgresql":
            pytest.skip("PostgreSQL lets nobody take the head of entries away")
        with without_triggers() as cursor:
            cursor.execute("UPDATE store_auditentry SET chain_id = %s", [orphan.id.hex])
        assert "the head of the chain is missing, and 5 entries have none" in refusal()
        with without_triggers() as cursor:
            cursor.execute("DELETE FROM store_auditentry")

    def test_a_digest_that_was_noted_is_held_against_it(self) -> None:
        write()
        third = AuditEntry.objects.get(seq=3).digest
        assert "whole" in verify("--noted", f"3:{third}")
        assert refusal("--noted", f"3:{'a' * 64}").startswith("entry 3 is altered: its digest is not the one")
        assert refusal("--noted", f"9:{third}").startswith("entry 9 is missing: it was noted")
        assert "is no SEQ:DIGEST" in refusal("--noted", "3")

    def test_a_trail_that_is_gone_altogether_is_found_by_what_was_noted(self) -> None:
        assert "the whole trail is missing" in refusal("--noted", f"3:{'a' * 64}")

    def test_another_installations_chain_is_walked_too(self) -> None:
        write()
        theirs = AuditChain.objects.create(ours=False, length=2, digest="a" * 64)
        assert refusal() == (
            f"entry 1 of chain {theirs.id} is missing: the head counts 2 entries; the 0 entries before it hold"
        )

    def test_many_entries_are_read_a_thousand_at_a_time(self, django_assert_max_num_queries: Any) -> None:
        write(2_100)
        with django_assert_max_num_queries(6):
            assert verify().startswith("2,100 entries, whole")

    def test_times_are_kept_to_the_microsecond(self) -> None:
        at = NOW.astimezone(UTC).replace(microsecond=123_456)
        write_audit(Deed.PAY, BOPHA, at)
        assert AuditEntry.objects.get().at == at
        assert "whole" in verify()
