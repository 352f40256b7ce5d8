"""What can be asked of whoever holds a private key?"""

from typing import Protocol


class Signer(Protocol):
    """One private key for ES256, wherever it is kept."""

    @property
    def kid(self) -> bytes:
        """The first 8 bytes of SHA-256 over the public key's SPKI."""

    @property
    def point(self) -> bytes:
        """The public key: x and y, 32 bytes each."""

    def sign(self, to_be_signed: bytes) -> bytes:
        """Return the 64 bytes r and s over SHA-256 of the message.

        The same message gives the same signature (RFC 6979), so an interrupted signing can be repeated.
        """


class SigningError(Exception):
    """A key that cannot be used: missing, locked, damaged. The message says what to do."""
