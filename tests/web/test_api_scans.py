"""POST /api/v1/scans: what the phones wrote is taken in; every record is answered, and no answer loses one."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from borderpass.domain.bundle import Bundle
from borderpass.domain.verdicts import Direction
from borderpass.services.enrol_device import revoke_device
from borderpass.store.models import Case, Device, IssuedPass, Record
from borderpass.web.api.scans import BATCH_MAX_BYTES
from borderpass.wire.cbor import encode
from borderpass.wire.signed import BATCH_TYP, seal
from tests.cast import COMMANDER
from tests.installation import Installation, done
from tests.phone import Phone
from tests.web.conftest import NOW, problem_of, sign_in
from tests.web.devices import SCANS, send


@pytest.fixture
def text(sokhas: IssuedPass) -> str:
    return str(sokhas.qr_text)


@pytest.fixture
def phone(world: Installation, bundle: Bundle) -> Phone:
    return Phone(world, bundle)


def acknowledged(response: Any) -> list[str]:
    """Return the receipts, after a look that each record of the batch has one, in order."""
    assert response.status_code == 200, response.content
    answers = response.json()["acknowledgements"]
    assert [one["position"] for one in answers] == list(range(len(answers)))
    assert all(UUID(one["record_id"]) for one in answers)
    return [one["receipt"] for one in answers]


def test_each_record_is_named_and_kept(client: Client, phone: Phone, text: str) -> None:
    scan_id = phone.admit(text)
    response = send(client, phone)
    assert acknowledged(response) == ["recorded", "recorded"]
    assert response.json()["acknowledgements"][0]["record_id"] == str(scan_id)
    assert response.json()["server_time"] == "2026-11-23T02:00:00Z"
    assert response.json()["bundle_serial"] == 1
    assert [bytes(octets) for octets in Record.objects.order_by("device_seq").values_list("octets", flat=True)] == (
        phone.outbox
    )
    assert not Case.objects.exists()
    assert Device.objects.get().last_contact_at == NOW


def test_the_same_batch_twice_is_acknowledged_twice_and_kept_once(client: Client, phone: Phone, text: str) -> None:
    phone.admit(text)
    batch = phone.batch()
    first, again = send(client, phone, batch), send(client, phone, batch)
    assert acknowledged(again) == ["already_recorded"] * 2
    ids = [[one["record_id"] for one in answer.json()["acknowledgements"]] for answer in (first, again)]
    assert ids[0] == ids[1]
    assert Record.objects.count() == 2


def test_a_late_batch_closes_the_gap_that_the_earlier_one_showed(client: Client, phone: Phone, text: str) -> None:
    for _ in range(3):
        phone.scan(text)
    assert acknowledged(send(client, phone, phone.batch(phone.outbox[2:]))) == ["recorded"]
    assert [case.kind for case in Case.objects.all()] == ["gap"]
    assert acknowledged(send(client, phone, phone.batch(phone.outbox[:2]))) == ["recorded"] * 2
    assert [case.kind for case in Case.objects.all()] == ["gap"]
    assert Record.objects.count() == 3


def test_batches_that_overlap_keep_each_record_once(client: Client, phone: Phone, text: str) -> None:
    for _ in range(4):
        phone.scan(text)
    send(client, phone, phone.batch(phone.outbox[:3]))
    receipts = acknowledged(send(client, phone, phone.batch(phone.outbox[1:])))
    assert receipts == ["already_recorded", "already_recorded", "recorded"]
    assert Record.objects.count() == 4


def test_what_is_no_record_is_kept_and_acknowledged(client: Client, phone: Phone, text: str) -> None:
    phone.scan(text)
    phone.put(b"\xff\xffnot a record")
    phone.put(b"")
    phone.put(bytes(9_000))
    receipts = acknowledged(send(client, phone))
    assert receipts == ["recorded", *["kept_for_a_case"] * 3]
    assert sorted(Case.objects.values_list("kind", flat=True)) == ["unusable"] * 3
    assert acknowledged(send(client, phone))[0] == "already_recorded"
    assert Record.objects.count() == 4


def test_a_thousand_records_are_taken_in_at_once(client: Client, phone: Phone, text: str) -> None:
    for _ in range(1_000):
        phone.scan(text)
    assert acknowledged(send(client, phone)) == ["recorded"] * 1_000
    assert Record.objects.count() == 1_000
    assert acknowledged(send(client, phone)) == ["already_recorded"] * 1_000
    phone.scan(text)
    problem_of(send(client, phone), 400, "BATCH_REFUSED")


def test_a_thousand_of_the_longest_records_fit(client: Client, phone: Phone) -> None:
    batch = phone.batch([index.to_bytes(2, "big") + bytes(8_190) for index in range(1_000)])
    assert len(batch) < BATCH_MAX_BYTES
    assert acknowledged(send(client, phone, batch)) == ["kept_for_a_case"] * 1_000


def test_a_revoked_phone_can_say_nothing_more(client: Client, phone: Phone, text: str) -> None:
    phone.scan(text)
    done(revoke_device(phone.device, COMMANDER, NOW))
    problem_of(send(client, phone), 403, "DEVICE_REVOKED")
    assert not Record.objects.exists()


@pytest.mark.parametrize("device", [None, "", "phone", "019ab000-0000-7000-8000-000000000001", "\u00e9"])
def test_a_device_that_is_none_of_ours_is_unknown(client: Client, phone: Phone, text: str, device: str | None) -> None:
    phone.scan(text)
    problem_of(send(client, phone, device=device), 404, "UNKNOWN_DEVICE")
    assert not Record.objects.exists()


def test_a_batch_signed_by_another_key_is_refused(client: Client, world: Installation, phone: Phone, text: str) -> None:
    phone.scan(text)
    other = Phone(world, phone.bundle, Direction.ENTRY, key="another phone")
    problem_of(send(client, phone, phone.batch(), device=str(other.device.id)), 400, "BATCH_REFUSED")
    forged = seal(encode(phone.outbox), BATCH_TYP, phone.signer.kid, other.signer.sign)
    problem_of(send(client, phone, forged), 400, "BATCH_REFUSED")
    assert not Record.objects.exists()


def test_another_phones_records_are_kept_but_not_believed(
    client: Client, world: Installation, phone: Phone, text: str
) -> None:
    phone.scan(text)
    other = Phone(world, phone.bundle, Direction.ENTRY, key="another phone")
    assert acknowledged(send(client, other, other.batch(phone.outbox))) == ["kept_for_a_case"]
    assert acknowledged(send(client, phone)) == ["recorded"]


@pytest.mark.parametrize("body", [b"\x00", b"{}", b"\xd2\x84\x40\xa0\x40\x40"])
def test_what_is_no_batch_is_refused(client: Client, phone: Phone, body: bytes) -> None:
    problem_of(send(client, phone, body), 400, "BATCH_REFUSED")


def test_a_batch_of_nothing_is_refused(client: Client, phone: Phone) -> None:
    problem_of(send(client, phone, phone.batch([])), 400, "BATCH_REFUSED")


def test_more_than_eight_megabytes_are_too_many(client: Client, phone: Phone) -> None:
    problem_of(send(client, phone, bytes(BATCH_MAX_BYTES + 1)), 413, "TOO_LARGE")


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
def test_a_body_of_another_type_is_refused(client: Client, phone: Phone, text: str, content_type: str) -> None:
    phone.scan(text)
    problem_of(send(client, phone, content_type=content_type), 415, "UNSUPPORTED_MEDIA_TYPE")
    assert acknowledged(send(client, phone, content_type='application/cose; cose-type="cose-sign1"')) == ["recorded"]


def test_another_method_is_not_allowed(client: Client, world: Installation) -> None:
    problem_of(client.get(SCANS), 405, "METHOD_NOT_ALLOWED")


def test_a_session_is_no_device(client: Client, phone: Phone, text: str) -> None:
    phone.scan(text)
    problem_of(send(sign_in(client, COMMANDER.name), phone, device=None), 404, "UNKNOWN_DEVICE")


def test_before_the_authority_is_founded_everything_stays_on_the_phone(
    client: Client, phone: Phone, text: str, settings: Any, tmp_path: Any
) -> None:
    phone.scan(text)
    settings.HOME = tmp_path
    problem_of(send(client, phone), 503, "NOTHING_PUBLISHED")


def test_the_servers_time_comes_with_every_answer(client: Client, phone: Phone, text: str) -> None:
    phone.scan(text)
    for response in (
        send(client, phone),
        send(client, phone, b""),
        client.get(SCANS, headers={"BorderPass-Device": "x"}),
    ):
        assert response.headers["BorderPass-Date"] == str(int(NOW.timestamp()))
    assert "BorderPass-Date" not in client.get("/healthz").headers


@st.composite
def mutations(draw: st.DrawFn) -> list[tuple[str, int, bytes]]:
    """Draw what happens to bytes on a bad way: some replaced, cut out, put in, or cut off."""
    place = st.integers(0, 4_000)
    step = st.tuples(st.sampled_from(["replace", "cut", "insert", "end"]), place, st.binary(min_size=1, max_size=8))
    return draw(st.lists(step, max_size=4))


def mutated(octets: bytes, steps: list[tuple[str, int, bytes]]) -> bytes:
    for kind, place, other in steps:
        at = place % (len(octets) + 1)
        after = {"replace": at + len(other), "cut": at + len(other), "insert": at, "end": len(octets)}[kind]
        octets = octets[:at] + (other if kind in ("replace", "insert") else b"") + octets[after:]
    return octets


_fuzz = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@_fuzz
@given(body=st.binary(min_size=1, max_size=400))
def test_no_bytes_at_all_break_it(client: Client, phone: Phone, body: bytes) -> None:
    problem_of(send(client, phone, body), 400, "BATCH_REFUSED")


@_fuzz
@given(steps=mutations())
def test_a_batch_that_is_changed_on_the_way_changes_nothing(
    client: Client, phone: Phone, text: str, steps: list[tuple[str, int, bytes]]
) -> None:
    if not phone.outbox:
        phone.admit(text)
    good = phone.batch()
    changed = mutated(good, steps)
    before = Record.objects.count()
    response = send(client, phone, changed)
    if changed == good:
        assert len(acknowledged(response)) == 2
    else:
        problem_of(response, 400, "BATCH_REFUSED")
        assert Record.objects.count() == before


@_fuzz
@given(records=st.lists(st.binary(max_size=60) | mutations(), min_size=1, max_size=4))
def test_whatever_a_phone_signs_is_kept_and_acknowledged(
    client: Client, phone: Phone, text: str, records: list[Any]
) -> None:
    if not phone.outbox:
        phone.admit(text)
    octets = [one if isinstance(one, bytes) else mutated(phone.outbox[0], one) for one in records]
    receipts = acknowledged(send(client, phone, phone.batch(octets)))
    assert len(receipts) == len(octets)
    assert set(octets) <= {bytes(one) for one in Record.objects.values_list("octets", flat=True)}
    before = Record.objects.count()
    assert "recorded" not in acknowledged(send(client, phone, phone.batch(octets)))
    assert Record.objects.count() == before


@_fuzz
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(max_size=8) | st.binary(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.integers(0, 20), inner, max_size=4),
        max_leaves=8,
    )
)
def test_any_payload_that_a_phone_signs_is_answered(client: Client, phone: Phone, value: Any) -> None:
    response = send(client, phone, seal(encode(value), BATCH_TYP, phone.signer.kid, phone.signer.sign))
    if response.status_code == 200:
        assert len(acknowledged(response)) == len(value)
    else:
        problem_of(response, 400, "BATCH_REFUSED")
