"""Can two offices that work apart for a week be merged without renumbering anything, and is the store only a store?"""

import ast
import inspect
import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import signals

from borderpass.store import keys
from borderpass.store.models import Record
from borderpass.store.queries import scans
from tests.installation import Installation, signed

OURS = list(apps.get_app_config("store").get_models())
ONLY_EVER_ADDED = {
    *("ApplicationEvent", "PastPortrait", "Mending", "Receipt", "StatusChange", "Record"),
    *("EnactedOrder", "PublishedBundle", "GateSetting", "AuditEntry"),
    *("LedgerEntry", "Refund", "SlipPrint"),
    *("BlankDelivery", "BlankCount", "PaperCheck", "HandOver"),
}
MONEY = ("receipt", "refund", "request", "till")
CHANGES = {"update", "delete", "bulk_update", "update_or_create", "save"}
NAMED = ("Office", "ChoreTime")
MADE_ELSEWHERE = {
    "Application": "whoever takes it in makes the id",
    "Record": "the device makes the id",
    "Office": "the gazetteer's code, which is the same everywhere",
    "Portrait": "its application's id",
    "KhqrRequest": "the page that asks for it makes the id",
    "ApprovalBatch": "the page that proposes it makes the id",
    "SlipPrint": "the page that prints makes the id",
    "BlankDelivery": "the page that takes it in makes the id",
    "BlankCount": "the page that it is counted on makes the id",
    "HandOver": "its application's id",
    "Stack": "the page that it is scanned on makes the id",
    "FollowUp": "its application's id",
    "Contact": "its application's id",
    "OldImport": "the page that sends the file makes the id",
    "Job": "whoever begins it makes the id",
    "JobResult": "its job's id",
    "ChoreTime": "the chore's name, which is the same everywhere",
}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_no_key_of_a_table_is_counted_up(model: type[models.Model]) -> None:
    key = model._meta.pk
    assert not isinstance(key, models.AutoField)
    if model.__name__ in MADE_ELSEWHERE:
        assert not key.has_default()
        assert isinstance(key, models.UUIDField | models.OneToOneField) or model.__name__ in NAMED
        return
    assert isinstance(key, models.UUIDField)
    assert key.default is keys.new_id


def test_ids_are_uuid_version_7_and_in_the_order_of_their_making() -> None:
    ids = [keys.new_id() for _ in range(1_000)]
    assert {id_.version for id_ in ids} == {7}
    assert {id_.variant for id_ in ids} == {uuid4().variant}
    assert ids == sorted(set(ids))
    assert all(type(id_) is UUID for id_ in ids)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_what_must_be_unique_is_so_by_office_or_nationwide_by_nature(model: type[models.Model]) -> None:
    """A number that two offices could both give out would need the office in it, or beside it."""
    alone = {field.name for field in model._meta.get_fields() if getattr(field, "unique", False)} - {"id"}
    assert alone <= {
        *("code", "issuer", "status_uri", "reference", "number", "application"),
        *("kid", "fingerprint", "serial", "username", "pass_key"),
        "credential_id",
        "token_digest",
        *("office", "md5", "receipt", "request", "job", "name", "print"),
    }
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.CheckConstraint):
            continue
        assert isinstance(constraint, models.UniqueConstraint)
        assert constraint.fields[0] in (
            *("office", "application", "issued_pass", "chain", "ours", "form", "draft"),
            "number",  # of a pass, which begins with its office
            "series",  # of blanks, whose numbers are their printer's
            *MONEY,
        )


def test_numbers_begin_with_their_office(installation: Installation) -> None:
    issued = signed(installation)
    numbers = (issued.number, issued.application.reference, issued.application.receipt.number)
    assert [number.lstrip("AR")[:4] for number in numbers] == [issued.office_id] * 3


def test_record_row_is_a_row_of_the_table_column_by_column() -> None:
    """It goes into PostgreSQL as a COPY, which knows places and no names."""
    columns = tuple(field.column for field in Record._meta.concrete_fields)
    assert scans.RecordRow._fields == columns


@pytest.mark.django_db
def test_table_has_exactly_the_columns_of_the_model() -> None:
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, Record._meta.db_table)
    assert {column.name for column in described} == set(scans.RecordRow._fields)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_nothing_listens_to_what_is_saved(model: type[models.Model]) -> None:
    every = (signals.pre_save, signals.post_save, signals.pre_delete, signals.post_delete, signals.m2m_changed)
    assert not any(signal.has_listeners(model) for signal in every)


def test_no_model_has_logic_in_save_or_delete() -> None:
    for model in OURS:
        assert not {"save", "delete", "full_clean"} & set(vars(model))


def test_what_is_only_ever_added_is_never_changed_or_deleted() -> None:
    package = Path(inspect.getfile(keys)).parents[1]
    for path in [*(package / "services").rglob("*.py"), *(package / "store").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
                changed = set(re.findall("[A-Z][A-Za-z]+", ast.unparse(node.func.value)))
                assert not changed & ONLY_EVER_ADDED, f"{path}, line {node.lineno}"
