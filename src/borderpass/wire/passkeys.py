"""What do we say to somebody's authenticator, and what does its answer prove?

W3C Web Authentication Level 2: sections 5.4 and 5.5 (the options that the browser gets), 7.1 and 7.2 (what is verified
of a registration and of an assertion). Attestation is not asked for: which make of phone it is is nobody's business.
The answer comes as the JSON of `PublicKeyCredential.toJSON()` (Level 3, section 5.1.1), its bytes in base64url.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.cose import COSEAlgorithmIdentifier as Algorithm
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from borderpass.wire.refusal import WireError

CHALLENGE_BYTES = 32
ANSWER_MAX_CHARACTERS = 64 * 1024
TIMEOUT_MS = 5 * 60 * 1000
_ALGORITHMS = [Algorithm.ECDSA_SHA_256, Algorithm.EDDSA, Algorithm.RSASSA_PKCS1_v1_5_SHA_256]
_NAME = "borderpass"


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """This site as an authenticator knows it: a host name (no address), and scheme, host and port of its pages."""

    rp_id: str
    origin: str


@dataclass(frozen=True, slots=True)
class NewCredential:
    """What an authenticator made: the credential's id, its public key as a COSE_Key, and its counter."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """An assertion, as it can be kept and verified again years later with the credential's public key."""

    credential_id: bytes
    authenticator_data: bytes
    client_data: bytes
    signature: bytes


class Assertion(NamedTuple):
    """An assertion, and whose the authenticator says it is (the user handle; empty where it does not say)."""

    evidence: Evidence
    user_handle: bytes


class User(NamedTuple):
    """For whom a credential is made: an id that says nothing, the name to sign in with, the name to show."""

    id: bytes
    name: str
    full_name: str


def write_creation_options(party: RelyingParty, user: User, challenge: bytes, held: Sequence[bytes]) -> str:
    """Return the JSON with which a browser makes a discoverable credential. `held` are the ids there are already."""
    options = generate_registration_options(
        rp_id=party.rp_id,
        rp_name=_NAME,
        user_id=user.id,
        user_name=user.name,
        user_display_name=user.full_name or user.name,
        challenge=challenge,
        timeout=TIMEOUT_MS,
        attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in held],
        supported_pub_key_algs=_ALGORITHMS,
    )
    return options_to_json(options)


def write_request_options(party: RelyingParty, challenge: bytes, allowed: Sequence[bytes] = ()) -> str:
    """Return the JSON with which a browser asks for an assertion: of these credentials, or of any it knows for us."""
    options = generate_authentication_options(
        rp_id=party.rp_id,
        challenge=challenge,
        timeout=TIMEOUT_MS,
        allow_credentials=[PublicKeyCredentialDescriptor(id=one) for one in allowed],
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def verify_registration(answer: str, challenge: bytes, party: RelyingParty) -> NewCredential:
    """Return the credential that a browser's answer proves. Raise WireError."""
    parsed = _parse(answer)
    try:
        verified = verify_registration_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=party.origin,
            require_user_verification=True,
            supported_pub_key_algs=_ALGORITHMS,
        )
    except Exception as error:  # whatever a library makes of a stranger's bytes is one and the same refusal
        raise WireError(f"not a new passkey for this site: {error}") from error
    return NewCredential(verified.credential_id, verified.credential_public_key, verified.sign_count)


def read_assertion(answer: str) -> Assertion:
    """Return the parts of a browser's answer; nothing is verified yet. Raise WireError."""
    parsed = _parse(answer)
    try:
        response = parsed["response"]
        parts = (parsed["id"], response["authenticatorData"], response["clientDataJSON"], response["signature"])
        evidence = Evidence(*(base64url_to_bytes(part) for part in parts))
        return Assertion(evidence, base64url_to_bytes(response.get("userHandle") or ""))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise WireError("not the answer of an authenticator") from error


def verify_assertion(
    evidence: Evidence, challenge: bytes, party: RelyingParty, public_key: bytes, sign_count: int
) -> int:
    """Return the authenticator's counter where it signed a challenge for a site, its holder verified. Raise WireError.

    `sign_count` is the counter that was seen last; one that does not rise is of a copied key.
    """
    response = AuthenticatorAssertionResponse(
        client_data_json=evidence.client_data,
        authenticator_data=evidence.authenticator_data,
        signature=evidence.signature,
    )
    credential_id = bytes_to_base64url(evidence.credential_id)
    credential = AuthenticationCredential(id=credential_id, raw_id=evidence.credential_id, response=response)
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.rp_id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except Exception as error:  # as above
        raise WireError(f"not an assertion for this site: {error}") from error
    return verified.new_sign_count


def party_of(evidence: Evidence, rp_id: str) -> RelyingParty:
    """Return the site that an old assertion says it was made for. Raise WireError where it is none of this host's."""
    try:
        origin = json.loads(evidence.client_data)["origin"]
        parts = urlsplit(origin)
        host = parts.hostname or ""
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WireError("client data without an origin") from error
    ours = host == rp_id or host.endswith(f".{rp_id}")
    if not ours or parts.scheme not in ("https", "http") or (parts.scheme == "http" and host != "localhost"):
        raise WireError(f"made for {origin}, which is not {rp_id}")
    return RelyingParty(rp_id, origin)


def write_evidence(evidence: Evidence) -> dict[str, str]:
    """Return evidence as it is kept in JSON, each part in base64url."""
    return {
        "credential_id": bytes_to_base64url(evidence.credential_id),
        "authenticator_data": bytes_to_base64url(evidence.authenticator_data),
        "client_data": bytes_to_base64url(evidence.client_data),
        "signature": bytes_to_base64url(evidence.signature),
    }


def read_evidence(kept: Mapping[str, str]) -> Evidence:
    """Return evidence as it was kept. Raise WireError where it is not whole."""
    try:
        parts = [kept[name] for name in ("credential_id", "authenticator_data", "client_data", "signature")]
        return Evidence(*(base64url_to_bytes(part) for part in parts))
    except (KeyError, TypeError, ValueError) as error:
        raise WireError("not a passkey's evidence") from error


def credential_name(credential_id: bytes) -> str:
    """Return a credential's id as it is kept and looked up: in base64url."""
    return bytes_to_base64url(credential_id)


def credential_id_of(name: str) -> bytes:
    """Return the bytes of a credential's id as it is kept."""
    return base64url_to_bytes(name)


def _parse(answer: str) -> dict[str, Any]:
    """Return the object of an answer. A cross-origin frame must not speak for us (section 7.2, step 13)."""
    if len(answer) > ANSWER_MAX_CHARACTERS:
        raise WireError("an answer that is too long")
    try:
        parsed = json.loads(answer)
        client_data = json.loads(base64url_to_bytes(parsed["response"]["clientDataJSON"]))
        framed = client_data.get("crossOrigin")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WireError("not the JSON of a browser's credential") from error
    if framed:
        raise WireError("an answer from inside a page of another site")
    return dict(parsed)
