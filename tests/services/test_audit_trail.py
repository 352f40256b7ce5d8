"""Is everything that anybody does in the audit trail, once, and is what was refused not?"""

from collections.abc import Callable
from typing import Any

import pytest

from borderpass.domain.application import Event
from borderpass.domain.audit import Deed, walk_chain
from borderpass.domain.blanks import PaperForm
from borderpass.domain.status import Status
from borderpass.domain.verdicts import Direction
from borderpass.services.add_office import add_office, add_office_keys
from borderpass.services.change_status import change_status
from borderpass.services.close_application import close_application
from borderpass.services.create_enrolment_code import create_enrolment_code
from borderpass.services.enact_order import enact_order
from borderpass.services.enrol_device import enrol_device, revoke_device
from borderpass.services.found_authority import found_authority
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.look_up_pass import look_up_pass
from borderpass.services.print_pass import print_pass
from borderpass.services.redeem_enrolment_code import redeem_enrolment_code
from borderpass.services.resolve_case import resolve_case
from borderpass.services.set_gate_setting import set_gate_setting
from borderpass.services.sign_pass import sign_pass
from borderpass.services.spoil_print import spoil_print
from borderpass.services.withdraw_key import withdraw_key
from borderpass.signing.file_keystore import FileKeystore
from borderpass.store.models import AuditEntry, Case, TrustedKey
from borderpass.store.queries.audit import find_chains, head_of, read_chain
from tests.cast import BOPHA, COMMANDER, DARA, GATE, MALEE, MINISTRY, POIPET
from tests.draft_orders import ORDER
from tests.installation import NOW, PASSPHRASE, Installation, done, handed_over, lodged, paid, printed, signed
from tests.phone import Phone

Trail = Callable[[], list[tuple[str, str, str]]]


@pytest.fixture
def trail(installation: Installation) -> Trail:
    """What was written since the test began: by whom, what, to what. The chain is whole each time it is read."""
    begun = AuditEntry.objects.count()

    def read() -> list[tuple[str, str, str]]:
        for chain in find_chains():
            assert walk_chain(chain.id, read_chain(chain), head_of(chain)).broken is None
        entries = AuditEntry.objects.filter(seq__gt=begun).order_by("seq")
        return list(entries.values_list("actor", "deed", "about"))

    return read


def test_life_of_an_application_is_written_step_by_step(installation: Installation, trail: Trail) -> None:
    issued = handed_over(installation)
    reference = issued.application.reference
    assert [one for one in trail() if one[2] in (reference, issued.number)] == [
        ("bopha", "lodge", reference),
        ("bopha", "pay", reference),
        ("dara", "approve", reference),
        ("signing", "sign_pass", issued.number),
        ("bopha", "print", reference),
        ("bopha", "hand_over", reference),
    ]
    pay = AuditEntry.objects.get(deed=Deed.PAY)
    assert (pay.at, pay.role, pay.scope, pay.kind) == (NOW, "clerk", POIPET, "application")
    assert pay.detail["amount_riel"] == 20_000


@pytest.mark.parametrize("event", [Event.RETURN, Event.REFUSE])
def test_governors_no_is_written_with_its_reason(trail: Trail, event: Event) -> None:
    application = paid()
    done(close_application(application.id, event, "the photo is of somebody else", DARA, NOW))
    assert trail()[-1] == ("dara", event, application.reference)
    assert AuditEntry.objects.get(deed=event.value).detail == {"note": "the photo is of somebody else"}


def test_spoiled_sheet_and_its_reprint_are_written(installation: Installation, trail: Trail) -> None:
    issued = printed(installation)
    done(spoil_print(issued.application_id, "ink", BOPHA, NOW))
    done(print_pass(issued.application_id, PaperForm.A6, BOPHA, NOW))
    assert [deed for _, deed, _ in trail()][-3:] == ["print", "spoil", "print"]


def test_every_event_has_its_deed() -> None:
    assert {event.value for event in Event} <= {deed.value for deed in Deed}


def test_what_was_done_already_or_refused_is_not_written_again(installation: Installation, trail: Trail) -> None:
    issued = signed(installation)
    before = trail()
    done(sign_pass(issued.application_id, installation.keystore, NOW))
    close_application(issued.application_id, Event.REFUSE, "late", DARA, NOW)
    print_pass(issued.application_id, PaperForm.A6, DARA, NOW)
    change_status(issued.number, Status.VALID, "as it is", DARA, NOW)
    change_status(issued.number, Status.REVOKED, "not hers", MALEE, NOW)
    look_up_pass(issued.number, BOPHA, NOW)
    assert trail() == before


def test_standing_of_a_pass_and_look_ups_are_written(installation: Installation, trail: Trail) -> None:
    issued = signed(installation)
    phone = Phone(installation, installation.publish())
    done(change_status(issued.number, Status.REVOKED, "lost", DARA, NOW))
    done(look_up_pass(issued.number, MALEE, NOW))
    done(look_up_pass(issued.number, phone.device, NOW))
    assert trail()[-3:] == [
        ("dara", "change_status", issued.number),
        ("malee", "look_up_pass", issued.number),
        (str(phone.device.id), "look_up_pass", issued.number),
    ]
    assert AuditEntry.objects.get(deed=Deed.CHANGE_STATUS).detail == {
        "status": "revoked",
        "code": "other",
        "ground": "lost",
    }
    assert AuditEntry.objects.order_by("-seq")[0].role == "device"


def test_devices_and_their_codes_are_written(installation: Installation, trail: Trail) -> None:
    made = done(create_enrolment_code(GATE, "1", Direction.EXIT, COMMANDER, NOW))
    point = installation.keystore.open("root").point
    device = done(redeem_enrolment_code(made.code, point, "1", "203.0.113.7", NOW))
    done(revoke_device(device, COMMANDER, NOW))
    done(revoke_device(device, COMMANDER, NOW))
    second = done(enrol_device(point, GATE, "2", Direction.ENTRY, COMMANDER, NOW))
    assert trail() == [
        ("commander", "make_code", GATE),
        (str(device.id), "enrol_device", str(device.id)),
        ("commander", "revoke_device", str(device.id)),
        ("commander", "enrol_device", str(second.id)),
    ]
    assert made.code not in str(list(AuditEntry.objects.values()))


def test_order_of_a_commander_for_the_gate_is_written_when_it_changes_something(trail: Trail) -> None:
    for _ in range(2):
        done(set_gate_setting(GATE, True, COMMANDER, NOW))
    assert trail() == [("commander", "set_gate", GATE)]
    assert AuditEntry.objects.get(deed=Deed.SET_GATE).detail == {"admit_needs_tap": True}


def test_resolved_case_is_written_once(installation: Installation, trail: Trail) -> None:
    phone = Phone(installation, installation.publish())
    case = Case.objects.create(kind="gap", device=phone.device, detail="x", opened_at=NOW)
    for _ in range(2):
        resolve_case(case.id, "a flat battery", COMMANDER, NOW)
    assert [deed for _, deed, _ in trail()][-1] == "resolve_case"
    assert AuditEntry.objects.filter(deed=Deed.RESOLVE_CASE).count() == 1


def test_offices_keys_and_bundles_are_written(installation: Installation, trail: Trail) -> None:
    for _ in range(2):
        done(add_office("0102", load_gazetteer(), MINISTRY, NOW))
        key = done(add_office_keys("0102", installation.keystore, MINISTRY, NOW))
    for _ in range(2):
        done(withdraw_key(key.kid, MINISTRY, NOW))
    status = TrustedKey.objects.get(keystore_name="status-0102-1")
    installation.publish()
    assert trail() == [
        ("ministry", "add_office", "0102"),
        ("ministry", "make_key", status.kid),
        ("ministry", "make_key", key.kid),
        ("ministry", "withdraw_key", key.kid),
        ("ministry", "publish_bundle", "1"),
    ]


def test_orders_are_written_with_the_digest_of_their_text(trail: Trail) -> None:
    text = ORDER.format(number="TEST-1", day="2026-11-24")
    for _ in range(2):
        enacted = done(enact_order(text, "draft.yaml", MINISTRY, NOW))
    assert trail() == [("ministry", "enact_order", "TEST-1")]
    assert AuditEntry.objects.get(deed=Deed.ENACT_ORDER).detail == {"digest": enacted.digest}


@pytest.mark.django_db
def test_founding_is_written_from_the_first_key_on(tmp_path: Any) -> None:
    keystore = FileKeystore(tmp_path, PASSPHRASE)
    orders = found_authority(keystore, MINISTRY, NOW)
    deeds = list(AuditEntry.objects.order_by("seq").values_list("deed", flat=True))
    assert deeds == ["make_key"] * 2 + ["enact_order"] * orders
    found_authority(keystore, MINISTRY, NOW)
    assert AuditEntry.objects.count() == len(deeds)


def test_nothing_personal_of_an_applicant_is_in_the_trail(trail: Trail) -> None:
    application = lodged()
    told = str(list(AuditEntry.objects.values()))
    assert application.name_latin not in told
    assert application.document_number not in told
