"""An authenticator in software, with the browser around it: what a phone or a laptop answers (WebAuthn Level 2).

It makes P-256 keys and attests nothing. What it says of itself can be bent, as a forger would.
"""

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def encode(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "===")


@dataclass(slots=True)
class Held:
    """A credential that the authenticator holds."""

    id: bytes
    key: ec.EllipticCurvePrivateKey
    rp_id: str
    user_handle: bytes
    counter: int = 0


@dataclass(slots=True)
class Authenticator:
    """`flags` are those of every answer; with `counts` the counter rises; `cross_origin` is what the browser says."""

    origin: str = "http://localhost"
    flags: int = PRESENT | VERIFIED
    counts: bool = True
    cross_origin: bool = False
    held: list[Held] = field(default_factory=list)

    def create(self, options: str) -> str:
        """Make a credential; return the browser's answer as JSON."""
        asked = json.loads(options)
        excluded = {decode(one["id"]) for one in asked["excludeCredentials"]}
        assert not excluded & {one.id for one in self.held}, "a browser would have refused"
        made = Held(
            os.urandom(32), ec.generate_private_key(ec.SECP256R1()), asked["rp"]["id"], decode(asked["user"]["id"])
        )
        self.held.append(made)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(made, self._attested(made))}
        client_data = self._client_data("webauthn.create", asked["challenge"])
        return self._answer(made, clientDataJSON=client_data, attestationObject=cbor2.dumps(attestation))

    def get(self, options: str, **changes: Any) -> str:
        """Sign a challenge with a credential of the site that asks; return the browser's answer as JSON."""
        asked = json.loads(options)
        allowed = {decode(one["id"]) for one in asked.get("allowCredentials", [])}
        held = next(one for one in self.held if one.rp_id == asked["rpId"] and (not allowed or one.id in allowed))
        held.counter += self.counts
        data, client_data = self._data(held), self._client_data("webauthn.get", asked["challenge"])
        signature = held.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        parts = {"authenticatorData": data, "clientDataJSON": client_data, "signature": signature}
        return self._answer(held, **{**parts, "userHandle": held.user_handle, **changes})

    def _client_data(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.cross_origin}
        return json.dumps(said).encode()

    def _data(self, held: Held, more: bytes = b"") -> bytes:
        flags = self.flags | (ATTESTED if more else 0)
        return hashlib.sha256(held.rp_id.encode()).digest() + bytes([flags]) + held.counter.to_bytes(4, "big") + more

    def _attested(self, held: Held) -> bytes:
        point = held.key.public_key().public_numbers()
        key = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        return b"\x00" * 15 + b"\x01" + len(held.id).to_bytes(2, "big") + held.id + cbor2.dumps(key)

    def _answer(self, held: Held, **parts: bytes) -> str:
        response = {name: encode(part) for name, part in parts.items()}
        name = encode(held.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
