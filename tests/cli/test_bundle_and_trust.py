"""What is published, and can the other side read it with the root's public key alone?"""

import pytest

from borderpass.signing.file_keystore import read_public_pem
from borderpass.wire.bundle import read_bundle
from borderpass.wire.trust import read_trust_list


@pytest.fixture
def root(office):
    return read_public_pem((office / "root.pem").read_bytes())


def test_a_bundle_is_written_that_the_root_vouches_for(office, borderpass, tmp_path, root):
    said = borderpass("bundle", "export", tmp_path / "bundle.cbor").done()
    octets = (tmp_path / "bundle.cbor").read_bytes()
    assert said.startswith("bundle 1 of 20")
    assert said.endswith(f" (Phnom Penh), {len(octets):,} bytes\n")
    bundle = read_bundle(octets, root)
    assert bundle.serial == 1
    assert set(bundle.status_lists) == {"kh-bp:0110/status"}
    assert "poipet" in bundle.checkpoints


def test_each_export_is_a_new_bundle(office, borderpass, tmp_path, root):
    for serial in (1, 2, 3):
        borderpass("bundle", "export", tmp_path / "bundle.cbor").done()
        assert read_bundle((tmp_path / "bundle.cbor").read_bytes(), root).serial == serial


def test_the_trust_list_is_that_of_the_latest_bundle(office, borderpass, tmp_path, root):
    borderpass("bundle", "export", tmp_path / "bundle.cbor").done()
    said = borderpass("trust", "export", tmp_path / "trust.cbor").done()
    trust = read_trust_list((tmp_path / "trust.cbor").read_bytes(), root)
    assert said.startswith(f"trust list 1 with {len(trust.entries)} keys, good until ")
    assert said.endswith(f"check it with {office / 'root.pem'}\n")
    assert sorted(entry.office for entry in trust.entries) == ["", "", "0110", "0110"]


def test_before_anything_is_published_there_is_no_trust_list(office, borderpass, tmp_path):
    line = borderpass("trust", "export", tmp_path / "trust.cbor").refusal()
    assert line == "borderpass trust: nothing was published yet: run borderpass bundle export FILE"
    assert not (tmp_path / "trust.cbor").exists()


def test_before_anything_is_published_nothing_is_verified(office, borderpass, tmp_path):
    (tmp_path / "a.txt").write_text("NCFP", "ascii")
    assert "run borderpass bundle export FILE" in borderpass("verify", tmp_path / "a.txt").refusal()


@pytest.mark.parametrize("command", ["bundle", "trust"])
def test_a_file_that_cannot_be_written_is_one_line(office, borderpass, tmp_path, command):
    borderpass("bundle", "export", tmp_path / "bundle.cbor").done()
    missing = tmp_path / "missing" / "file"
    assert borderpass(command, "export", missing).refusal().endswith(f"No such file or directory {missing}")
    assert "Is a directory" in borderpass(command, "export", tmp_path).refusal()


def test_a_damaged_key_is_one_line(office, borderpass, tmp_path):
    (office / "keys" / "publisher-1.pem").write_bytes(b"damaged")
    line = borderpass("bundle", "export", tmp_path / "bundle.cbor").refusal()
    assert line == "borderpass bundle: the key publisher-1 does not open: wrong passphrase, or a damaged file"


def test_a_missing_key_is_one_line(office, borderpass, tmp_path):
    (office / "keys" / "root.pem").unlink()
    assert "there is no key root" in borderpass("bundle", "export", tmp_path / "bundle.cbor").refusal()
