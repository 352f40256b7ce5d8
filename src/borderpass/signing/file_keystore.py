"""Where are private keys kept when there is no HSM? In a folder of encrypted PKCS#8 files (RFC 5958).

One file a key, named after what it is for; readable by its owner only; written whole or not at all. The passphrase
comes from the environment or from a file, never from an argument that others can see in the process list.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from borderpass.signing.signer import SigningError
from borderpass.wire.cose import signature_of_der
from borderpass.wire.keys import kid_of, point_of

PASSPHRASE_VARIABLE = "BORDERPASS_KEY_PASSPHRASE"
PASSPHRASE_FILE_VARIABLE = "BORDERPASS_KEY_PASSPHRASE_FILE"
PASSPHRASE_MIN_CHARACTERS = 12
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_ALGORITHM = ec.ECDSA(SHA256(), deterministic_signing=True)


class FileSigner:
    """A private key in memory, read from a file of the keystore."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        self._key = key
        self.kid = kid_of(key.public_key())
        self.point = point_of(key.public_key())

    def sign(self, to_be_signed: bytes) -> bytes:
        """Return r and s, deterministic as RFC 6979 has it."""
        return signature_of_der(self._key.sign(to_be_signed, _ALGORITHM))

    def public_pem(self) -> bytes:
        """Return the public key as SubjectPublicKeyInfo in PEM."""
        return self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_passphrase(environment: Mapping[str, str]) -> bytes:
    """Return the passphrase named by the environment. Raise SigningError when there is none, or it is too short."""
    text = environment.get(PASSPHRASE_VARIABLE, "")
    path = environment.get(PASSPHRASE_FILE_VARIABLE, "")
    if path:
        try:
            text = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise SigningError(f"cannot read the passphrase file {path}: {error}") from None
    if not text:
        raise SigningError(f"no passphrase for the keys: set {PASSPHRASE_FILE_VARIABLE} to a file that holds it")
    if len(text) < PASSPHRASE_MIN_CHARACTERS:
        raise SigningError(f"the passphrase is shorter than {PASSPHRASE_MIN_CHARACTERS} characters")
    return text.encode()


class FileKeystore:
    """A folder of private keys, all under one passphrase. Opened keys are kept in memory."""

    def __init__(self, folder: Path, passphrase: bytes) -> None:
        self._folder = folder
        self._passphrase = passphrase
        self._opened: dict[str, FileSigner] = {}

    def has(self, name: str) -> bool:
        """Tell whether there is a key of this name."""
        return self._path(name).exists()

    def create(self, name: str) -> FileSigner:
        """Make a new P-256 key and keep it. Raise SigningError if the name is taken: a key is never overwritten."""
        path = self._path(name)
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(self._passphrase))
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}.new")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            raise SigningError(f"there is a key {name} already; a key is never overwritten") from None
        finally:
            draft.unlink()
        return self.open(name)

    def open(self, name: str) -> FileSigner:
        """Return the signer of a name. Raise SigningError when it is missing, locked or damaged."""
        if name not in self._opened:
            self._opened[name] = self._load(name)
        return self._opened[name]

    def _load(self, name: str) -> FileSigner:
        try:
            pem = self._path(name).read_bytes()
        except FileNotFoundError:
            raise SigningError(f"there is no key {name}; make it before anything is signed with it") from None
        except OSError as error:
            raise SigningError(f"cannot read the key {name}: {error.strerror}") from None
        try:
            key = load_pem_private_key(pem, self._passphrase)
        except (ValueError, TypeError):
            raise SigningError(f"the key {name} does not open: wrong passphrase, or a damaged file") from None
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise SigningError(f"the key {name} is not a P-256 key")
        return FileSigner(key)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise SigningError(f"{name!r} is no name for a key (small letters, digits, - and _)")
        return self._folder / f"{name}.pem"


def read_public_pem(pem: bytes) -> ec.EllipticCurvePublicKey:
    """Return the P-256 public key in a PEM. Raise SigningError when it is something else."""
    try:
        key = load_pem_public_key(pem)
    except ValueError:
        raise SigningError("not a public key in PEM form") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise SigningError("a public key that is not on P-256")
    return key
