"""Does what the authority knows reach the gates, whole, signed by whom it is of, and newer each time?"""

import hashlib
from datetime import timedelta

import pytest

from borderpass.domain.actors import Actor
from borderpass.domain.declined import Ground
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from borderpass.domain.status import Status
from borderpass.domain.trust import Role
from borderpass.domain.verdict import Decision
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.services.add_office import add_office, add_office_keys
from borderpass.services.change_status import change_status
from borderpass.services.enact_order import enact_order
from borderpass.services.load_bundle import latest_bundle, load_bundle
from borderpass.services.load_gazetteer import load_checkpoints, load_gazetteer
from borderpass.services.publish_bundle import publish_bundle
from borderpass.services.verify_pass import verify_pass
from borderpass.services.withdraw_key import withdraw_key
from borderpass.signing.file_keystore import read_public_pem
from borderpass.signing.signer import SigningError
from borderpass.store.models import IssuedPass, PublishedBundle, TrustedKey
from borderpass.wire.bundle import read_bundle
from borderpass.wire.claims import read_claims, write_claims
from borderpass.wire.qr import build_qr
from borderpass.wire.refusal import WireError
from borderpass.wire.signed import seal
from tests.cast import DARA, EVERYBODY, GATE, MINISTRY, POIPET, SEREI
from tests.draft_orders import ORDER
from tests.installation import NOW, Installation, approved, declined, done, minutes_later, row_counts, signed


def decide(text: str, installation: Installation, minutes: int) -> Decision:
    now = minutes_later(minutes)
    return verify_pass(text, Scan(GATE, Direction.EXIT), installation.publish(now), now).decision


def forged_like(issued: IssuedPass, installation: Installation, **changes: object) -> str:
    """Return what a thief of the office's key can sign: anything."""
    honest = read_claims(bytes(issued.payload))
    signer = installation.keystore.open(TrustedKey.objects.get(kid=issued.kid).keystore_name)
    return build_qr(seal(write_claims(honest._replace(**changes)), None, signer.kid, signer.sign))  # type: ignore[union-attr]


def test_bundle_is_read_with_the_root_alone(installation: Installation) -> None:
    published = done(publish_bundle(installation.keystore, MINISTRY, NOW))
    bundle = read_bundle(bytes(published.octets), read_public_pem(installation.root_pem))
    assert (bundle.serial, bundle.issued_at, bundle.trust.serial, bundle.rulebook.serial) == (1, NOW, 1, 1)
    assert published.digest == hashlib.sha256(published.octets).hexdigest()
    assert set(bundle.checkpoints) == set(load_checkpoints())
    assert set(bundle.status_lists) == {"kh-bp:0110/status", "kh-bp:0106/status"}


def test_another_root_does_not_open_it(installation: Installation) -> None:
    published = done(publish_bundle(installation.keystore, MINISTRY, NOW))
    stranger = installation.keystore.create("stranger")
    with pytest.raises(WireError):
        read_bundle(bytes(published.octets), read_public_pem(stranger.public_pem()))


def test_serials_grow_by_one_and_old_bundles_are_kept(installation: Installation) -> None:
    serials = [installation.publish(minutes_later(minutes)).serial for minutes in range(3)]
    assert serials == [1, 2, 3]
    latest = latest_bundle()
    assert latest is not None
    assert latest.serial == 3
    assert load_bundle(1, installation.root_pem).issued_at == NOW  # type: ignore[union-attr]
    assert load_bundle(4, installation.root_pem) is None


def test_land_of_a_key_is_its_offices(installation: Installation) -> None:
    done(add_office("0100", load_gazetteer(), MINISTRY, NOW))
    done(add_office_keys("0100", installation.keystore, MINISTRY, NOW))
    entries = installation.publish(minutes_later(1)).trust.entries
    land = {entry.office: entry.prefixes for entry in entries if entry.role is Role.PASS_SIGNER}
    assert land == {"0110": ("0110",), "0106": ("0106",), "0100": ("01",)}


def test_keys_past_checking_leave_the_trust_list(installation: Installation) -> None:
    key = TrustedKey.objects.get(office_id=SEREI, role=Role.PASS_SIGNER)
    TrustedKey.objects.filter(id=key.id).update(verify_until_at=NOW)
    bundle = installation.publish(NOW)
    assert bytes.fromhex(key.kid) not in {entry.kid for entry in bundle.trust.entries}


def test_office_whose_keys_were_never_made_has_no_list(installation: Installation) -> None:
    TrustedKey.objects.filter(office_id=SEREI, role=Role.STATUS_SIGNER).delete()
    assert set(installation.publish(NOW).status_lists) == {"kh-bp:0110/status"}


def test_lists_go_on_when_the_keys_year_is_over(installation: Installation) -> None:
    years_later = NOW + timedelta(days=400)
    bundle = installation.publish(years_later)
    assert set(bundle.status_lists) == {f"kh-bp:{POIPET}/status", f"kh-bp:{SEREI}/status"}
    assert bundle.issued_at == years_later.replace(microsecond=0)


def test_withdrawn_status_key_is_followed_by_another(installation: Installation) -> None:
    TrustedKey.objects.filter(office_id=SEREI, role=Role.STATUS_SIGNER).update(withdrawn_at=NOW)
    assert f"kh-bp:{SEREI}/status" in installation.publish(NOW).status_lists


def test_index_never_given_out_reads_as_never_issued(installation: Installation) -> None:
    issued = signed(installation)
    status_list = installation.publish().status_lists[f"kh-bp:{POIPET}/status"]
    assert status_list.look_up(issued.status_index) is Status.VALID
    others = [index for index in range(2, 1024) if index != issued.status_index]
    assert {status_list.look_up(index) for index in others} == {Status.NEVER_ISSUED}
    assert status_list.canaries_sing()


def test_pass_prepared_and_not_signed_yet_is_in_the_list_already(installation: Installation) -> None:
    """Its signature may be on paper by the time the gates have the list."""
    issued = signed(installation)
    IssuedPass.objects.update(qr_text=None)
    listed = installation.publish().status_lists[f"kh-bp:{POIPET}/status"]
    assert listed.look_up(issued.status_index) is Status.VALID


def test_revoked_and_reinstated_pass_is_admitted_again(installation: Installation) -> None:
    issued = signed(installation)
    done(change_status(issued.number, Status.REVOKED, "lost", DARA, NOW))
    assert decide(str(issued.qr_text), installation, 1).reasons == (Reason.REVOKED,)
    done(change_status(issued.number, Status.VALID, "found", DARA, minutes_later(2)))
    assert decide(str(issued.qr_text), installation, 3).verdict is Verdict.ADMIT


class TestStolenKey:
    def test_honest_passes_live_on_and_a_new_forgery_is_refused(self, installation: Installation) -> None:
        first, second = signed(installation, 1), signed(installation, 2)
        forgery = forged_like(first, installation, issued_at=NOW - timedelta(days=3))
        assert decide(forgery, installation, 1).verdict is Verdict.ADMIT, "the theft is not known yet"
        done(withdraw_key(first.kid, MINISTRY, minutes_later(2)))
        assert decide(str(first.qr_text), installation, 3).verdict is Verdict.ADMIT
        assert decide(str(second.qr_text), installation, 4).verdict is Verdict.ADMIT
        assert decide(forgery, installation, 5)[:2] == (Verdict.REFUSE, (Reason.ISSUER_WITHDRAWN,))

    def test_pass_prepared_before_and_signed_after_it_is_honest_too(self, installation: Installation) -> None:
        issued = signed(installation)
        IssuedPass.objects.update(qr_text=None)
        done(withdraw_key(issued.kid, MINISTRY, minutes_later(2)))
        assert decide(str(issued.qr_text), installation, 3).verdict is Verdict.ADMIT

    def test_new_key_signs_on_for_the_same_land(self, installation: Installation) -> None:
        old = signed(installation, 1)
        done(withdraw_key(old.kid, MINISTRY, NOW))
        key = done(add_office_keys(POIPET, installation.keystore, MINISTRY, NOW))
        assert key.kid != old.kid
        new = signed(installation, 2)
        assert new.kid == key.kid
        assert [decide(str(one.qr_text), installation, 5).verdict for one in (old, new)] == [Verdict.ADMIT] * 2

    def test_other_offices_keys_have_no_allow_list(self, installation: Installation) -> None:
        issued = signed(installation)
        done(withdraw_key(issued.kid, MINISTRY, NOW))
        assert set(installation.publish().allow_lists) == {bytes.fromhex(issued.kid)}


@pytest.mark.parametrize("actor", [one for one in EVERYBODY if one is not MINISTRY], ids=lambda actor: actor.name)
def test_only_the_national_authority_publishes(actor: Actor, installation: Installation) -> None:
    before = row_counts()
    assert declined(publish_bundle(installation.keystore, actor, NOW)) is Ground.NOT_ALLOWED
    assert row_counts() == before


def test_without_a_key_nothing_is_published_and_no_serial_is_used(installation: Installation) -> None:
    (installation.home / "keys" / "publisher-1.pem").rename(installation.home / "kept.pem")
    with pytest.raises(SigningError, match="publisher"):
        publish_bundle(installation.reopened_keystore(), MINISTRY, NOW)
    assert not PublishedBundle.objects.exists()
    (installation.home / "kept.pem").rename(installation.home / "keys" / "publisher-1.pem")
    assert installation.publish().serial == 1


def test_bundle_of_another_database_with_the_same_serial_is_not_taken_for_it(installation: Installation) -> None:
    first = installation.publish(NOW)
    PublishedBundle.objects.all().delete()
    second = installation.publish(minutes_later(1))
    assert (first.serial, second.serial) == (1, 1)
    assert second.issued_at == minutes_later(1)


def test_rulebook_holds_what_is_in_force_and_what_is_decided_for_later(installation: Installation) -> None:
    text = ORDER.format(number="BP-2026-90", day="2026-12-24")
    done(enact_order(text, "later.yaml", MINISTRY, NOW))
    numbers = {provision.term.order_number for provision in installation.publish().rulebook.provisions}
    assert {"BP-2016-01", "BP-2026-90"} <= numbers
    assert "BP-2025-02" not in numbers, "superseded for good in 2025"


def test_microseconds_are_dropped_everywhere(installation: Installation) -> None:
    now = NOW + timedelta(microseconds=999_999)
    assert installation.publish(now).issued_at == NOW
    assert PublishedBundle.objects.get().issued_at == NOW


def test_same_state_at_the_same_instant_is_the_same_bytes(installation: Installation) -> None:
    approved()
    first = bytes(done(publish_bundle(installation.keystore, MINISTRY, NOW)).octets)
    PublishedBundle.objects.all().delete()
    assert bytes(done(publish_bundle(installation.keystore, MINISTRY, NOW)).octets) == first
