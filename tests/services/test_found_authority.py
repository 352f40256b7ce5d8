"""Can an installation begin, begin again after a broken beginning, and never begin twice?"""

from pathlib import Path

import pytest

from borderpass.domain.trust import Role
from borderpass.services.found_authority import found_authority
from borderpass.services.load_orders import read_shipped_orders
from borderpass.services.open_keystore import PUBLISHER_KEY, ROOT_KEY, RULEBOOK_KEY, open_keystore
from borderpass.signing.file_keystore import PASSPHRASE_VARIABLE, FileKeystore
from borderpass.signing.signer import SigningError
from borderpass.store.models import EnactedOrder, TrustedKey
from tests.cast import MINISTRY
from tests.installation import FOUNDED_AT, NOW, PASSPHRASE, row_counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def keystore(tmp_path: Path) -> FileKeystore:
    return FileKeystore(tmp_path / "keys", PASSPHRASE)


def test_it_makes_the_root_the_two_national_keys_and_enacts_what_ships(keystore: FileKeystore) -> None:
    assert found_authority(keystore, MINISTRY, FOUNDED_AT) == len(read_shipped_orders()) == EnactedOrder.objects.count()
    assert [keystore.has(name) for name in (ROOT_KEY, f"{RULEBOOK_KEY}-1", f"{PUBLISHER_KEY}-1")] == [True] * 3
    roles = {(Role(key.role), key.keystore_name) for key in TrustedKey.objects.all()}
    assert roles == {(Role.RULEBOOK_SIGNER, f"{RULEBOOK_KEY}-1"), (Role.PUBLISHER, f"{PUBLISHER_KEY}-1")}
    assert not TrustedKey.objects.filter(kid=keystore.open(ROOT_KEY).kid.hex()).exists(), "the root vouches for itself"


def test_text_of_an_order_is_kept_as_it_was_enacted(keystore: FileKeystore) -> None:
    found_authority(keystore, MINISTRY, FOUNDED_AT)
    shipped = {one.order.number: one.text for one in read_shipped_orders()}
    assert {order.number: order.text for order in EnactedOrder.objects.all()} == shipped


def test_founding_again_changes_nothing(keystore: FileKeystore) -> None:
    found_authority(keystore, MINISTRY, FOUNDED_AT)
    root, before = keystore.open(ROOT_KEY).kid, row_counts()
    assert found_authority(keystore, MINISTRY, NOW) == 0
    assert (row_counts(), keystore.open(ROOT_KEY).kid) == (before, root)


def test_beginning_that_broke_off_is_begun_again_with_the_same_root(
    keystore: FileKeystore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off() -> None:
        raise OSError("the power went")

    monkeypatch.setattr("borderpass.services.found_authority.read_shipped_orders", break_off)
    with pytest.raises(OSError, match="power"):
        found_authority(keystore, MINISTRY, FOUNDED_AT)
    assert not TrustedKey.objects.exists()
    root = keystore.open(ROOT_KEY).kid
    monkeypatch.undo()
    assert found_authority(keystore, MINISTRY, FOUNDED_AT) > 0
    assert keystore.open(ROOT_KEY).kid == root


def test_keys_are_not_opened_without_a_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    with pytest.raises(SigningError, match="no passphrase"):
        open_keystore(tmp_path)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE.decode())
    assert not open_keystore(tmp_path).has(ROOT_KEY)
