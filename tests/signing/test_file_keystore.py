"""Are keys kept so that they are never lost, never overwritten, and never open to others?"""

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from borderpass.signing.file_keystore import (
    PASSPHRASE_FILE_VARIABLE,
    PASSPHRASE_VARIABLE,
    FileKeystore,
    FileSigner,
    read_passphrase,
    read_public_pem,
)
from borderpass.signing.signer import Signer, SigningError
from borderpass.wire.cose import Sign1, decode_sign1, verify_sign1
from borderpass.wire.keys import load_point
from borderpass.wire.signed import seal

PASSPHRASE = b"a long enough passphrase"


@pytest.fixture
def keystore(tmp_path: Path) -> FileKeystore:
    return FileKeystore(tmp_path / "keys", PASSPHRASE)


def test_key_made_is_opened_again_by_another_process(keystore: FileKeystore, tmp_path: Path) -> None:
    made = keystore.create("office-0110")
    opened = FileKeystore(tmp_path / "keys", PASSPHRASE).open("office-0110")
    assert (opened.kid, opened.point) == (made.kid, made.point)
    assert opened.sign(b"x") == made.sign(b"x")
    assert keystore.has("office-0110")
    assert not keystore.has("office-0106")


def test_signature_is_64_octets_deterministic_and_holds(keystore: FileKeystore) -> None:
    signer: Signer = keystore.create("a")
    cose = seal(b"payload", None, signer.kid, signer.sign)
    assert cose == seal(b"payload", None, signer.kid, signer.sign)
    sign1 = decode_sign1(cose)
    assert isinstance(sign1, Sign1)
    assert len(sign1.signature) == 64
    assert verify_sign1(sign1, load_point(signer.point))


def test_signature_is_that_of_rfc_6979() -> None:
    """RFC 6979 appendix A.2.5: P-256, SHA-256, message "sample"."""
    scalar = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
    signature = FileSigner(ec.derive_private_key(scalar, ec.SECP256R1())).sign(b"sample")
    assert signature.hex().upper() == (
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
    )


def test_file_is_encrypted_and_its_owner_s_alone(keystore: FileKeystore, tmp_path: Path) -> None:
    keystore.create("a")
    folder = tmp_path / "keys"
    path = folder / "a.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert [one.name for one in folder.iterdir()] == ["a.pem"]


def test_key_is_never_overwritten(keystore: FileKeystore, tmp_path: Path) -> None:
    keystore.create("a")
    before = (tmp_path / "keys" / "a.pem").read_bytes()
    with pytest.raises(SigningError, match="never overwritten"):
        keystore.create("a")
    with pytest.raises(SigningError, match="never overwritten"):
        FileKeystore(tmp_path / "keys", PASSPHRASE).create("a")
    assert (tmp_path / "keys" / "a.pem").read_bytes() == before
    assert [one.name for one in (tmp_path / "keys").iterdir()] == ["a.pem"]


def test_wrong_passphrase_is_told(keystore: FileKeystore, tmp_path: Path) -> None:
    keystore.create("a")
    with pytest.raises(SigningError, match="wrong passphrase, or a damaged file"):
        FileKeystore(tmp_path / "keys", b"another passphrase").open("a")


def test_missing_key_is_told(keystore: FileKeystore) -> None:
    with pytest.raises(SigningError, match="there is no key a"):
        keystore.open("a")


@pytest.mark.parametrize("damage", [lambda pem: pem[:100], lambda pem: b"", lambda pem: pem[:200] + b"!" + pem[201:]])
def test_damaged_file_is_told(keystore: FileKeystore, tmp_path: Path, damage: object) -> None:
    keystore.create("a")
    path = tmp_path / "keys" / "a.pem"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(SigningError, match="damaged"):
        FileKeystore(tmp_path / "keys", PASSPHRASE).open("a")


@pytest.mark.parametrize("key", [ec.generate_private_key(ec.SECP384R1()), Ed25519PrivateKey.generate()])
def test_key_of_another_kind_is_told(
    keystore: FileKeystore, tmp_path: Path, key: ec.EllipticCurvePrivateKey | Ed25519PrivateKey
) -> None:
    (tmp_path / "keys").mkdir()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(PASSPHRASE))
    (tmp_path / "keys" / "a.pem").write_bytes(pem)
    with pytest.raises(SigningError, match="not a P-256 key"):
        keystore.open("a")


def test_key_that_is_not_encrypted_is_refused(keystore: FileKeystore, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "keys" / "a.pem").write_bytes(pem)
    with pytest.raises(SigningError, match="does not open"):
        keystore.open("a")


def test_folder_in_place_of_a_key_is_told(keystore: FileKeystore, tmp_path: Path) -> None:
    (tmp_path / "keys" / "a.pem").mkdir(parents=True)
    with pytest.raises(SigningError, match="cannot read the key a"):
        keystore.open("a")


@pytest.mark.parametrize("name", ["", "A", "../a", "a/b", "a.b", "-a", "a" * 65, "ក", "a\n"])
def test_names_that_could_leave_the_folder_are_refused(keystore: FileKeystore, name: str) -> None:
    for ask in (keystore.open, keystore.create, keystore.has):
        with pytest.raises(SigningError, match="no name for a key"):
            ask(name)


def test_passphrase_from_the_variable() -> None:
    assert read_passphrase({PASSPHRASE_VARIABLE: "a long enough one"}) == b"a long enough one"


def test_passphrase_from_the_file_comes_before_the_variable(tmp_path: Path) -> None:
    path = tmp_path / "passphrase"
    path.write_text("ពាក្យសម្ងាត់ដ៏វែង\n", encoding="utf-8")
    given = {PASSPHRASE_FILE_VARIABLE: str(path), PASSPHRASE_VARIABLE: "of the variable"}
    assert read_passphrase(given) == "ពាក្យសម្ងាត់ដ៏វែង".encode()


def test_no_passphrase_is_told() -> None:
    with pytest.raises(SigningError, match="no passphrase"):
        read_passphrase({})


def test_short_passphrase_is_told() -> None:
    with pytest.raises(SigningError, match="shorter than 12"):
        read_passphrase({PASSPHRASE_VARIABLE: "x" * 11})
    assert len(read_passphrase({PASSPHRASE_VARIABLE: "x" * 12})) == 12


def test_passphrase_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\xff")
    for path in (tmp_path / "missing", tmp_path, tmp_path / "binary"):
        with pytest.raises(SigningError, match="cannot read the passphrase file"):
            read_passphrase({PASSPHRASE_FILE_VARIABLE: str(path)})


def test_public_key_comes_back_from_its_pem(keystore: FileKeystore) -> None:
    signer = keystore.create("a")
    assert read_public_pem(signer.public_pem()).public_numbers() == load_point(signer.point).public_numbers()


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"not a key",
        ec.generate_private_key(ec.SECP384R1())
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    ],
)
def test_other_public_keys_are_told(pem: bytes) -> None:
    with pytest.raises(SigningError, match="public key"):
        read_public_pem(pem)
