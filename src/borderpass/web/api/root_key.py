"""Which key does everything that is signed here come down to? The national root's, for who begins to verify."""

import hashlib
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import Router, Schema
from pydantic import Field

from borderpass.signing.file_keystore import read_public_pem
from borderpass.web.api.base64url import write_base64url
from borderpass.web.api.problems import Code, problem
from borderpass.web.published import root_path
from borderpass.wire.keys import digest_of_key, point_of

NOT_SET_UP = "this server was not set up yet: run borderpass init"
_GROUP = 4

router = Router(tags=["public keys, lists and rules"])


class PointOut(Schema):
    """A P-256 point; both in base64url."""

    x: str
    y: str


class RootKeyOut(Schema):
    """The national root's public key, twice the same, and what people compare it by."""

    root_key: PointOut
    root_pem: str = Field(description="SubjectPublicKeyInfo in PEM.")
    fingerprint: str = Field(
        description="SHA-256 of the SubjectPublicKeyInfo in DER: 64 hexadecimal digits in groups of four.",
        examples=["3b0c 1f6e 9d27 a4c8 5512 0e7f c3b9 8846 71da 02e5 f6c0 9b13 ad48 37ef 2c60 8d95"],
    )


def read_root() -> RootKeyOut | None:
    """Return the root's public key, or None where no authority was founded yet."""
    try:
        root_pem = root_path().read_bytes()
    except FileNotFoundError:
        return None
    key = read_public_pem(root_pem)
    point, digits = point_of(key), digest_of_key(key).hex()
    return RootKeyOut(
        root_key=PointOut(x=write_base64url(point[:32]), y=write_base64url(point[32:])),
        root_pem=root_pem.decode("ascii"),
        fingerprint=" ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP)),
    )


_ANSWERS: dict[int, Any] = {200: RootKeyOut, 304: None}


@router.get(
    "/root-key",
    response=_ANSWERS,
    openapi_extra={
        "parameters": [{"in": "header", "name": "If-None-Match", "schema": {"type": "string"}, "required": False}],
        "responses": {503: {"description": "NOTHING_PUBLISHED: this server was not set up yet"}},
    },
    operation_id="get_root_key",
    summary="The national root's public key",
)
def get_root_key(request: HttpRequest) -> HttpResponse:
    """Return the key that the trust list is verified with. Compare its fingerprint with one from another source."""
    root = read_root()
    if root is None:
        return problem(Code.NOTHING_PUBLISHED, NOT_SET_UP, status=503)
    octets = root.model_dump_json().encode()
    etag = f'"{hashlib.sha256(octets).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    response = HttpResponse(octets, content_type="application/json", headers=headers)
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=response))
