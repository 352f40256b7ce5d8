"""What does a scanner, ours or the other side's, fetch to work offline? Signed bytes, as they were published."""

import hashlib
from functools import lru_cache
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import P, PathEx, Router

from borderpass.services.load_bundle import latest_bundle
from borderpass.web.api.problems import Code, problem, refusals
from borderpass.web.published import current_bundle
from borderpass.wire.bundle import take_apart

BUNDLE_TYPE, TRUST_LIST_TYPE, STATUS_LIST_TYPE = "application/cose", "application/cose", "application/statuslist+cwt"
_NOTHING = "the authority publishes one with: borderpass bundle export FILE"
_UNKNOWN = "no office of this code has a status list; the trust list names those that do"

router = Router(tags=["public keys, lists and rules"])


def _binary(content_type: str, **unknown: str) -> dict[str, Any]:
    """Describe an answer of signed bytes with its ETag, and what else may be answered."""
    etag = {"ETag": {"description": "Strong: SHA-256 of the bytes.", "schema": {"type": "string"}}}
    body = {"content": {content_type: {"schema": {"type": "string", "format": "binary"}}}, "headers": etag}
    condition = {"in": "header", "name": "If-None-Match", "schema": {"type": "string"}, "required": False}
    return {"parameters": [condition], "responses": {200: body, **refusals(NOTHING_PUBLISHED=_NOTHING, **unknown)}}


_parts = lru_cache(maxsize=2)(take_apart)
_ANSWERS: dict[int, Any] = {200: None, 304: None}


@router.get(
    "/bundle",
    response=_ANSWERS,
    openapi_extra=_binary(BUNDLE_TYPE),
    operation_id="get_bundle",
    summary="The bundle a scanner runs on",
)
def get_bundle(request: HttpRequest) -> HttpResponse:
    """Return the signed bundle published last: keys, status lists, rules and checkpoints."""
    published = latest_bundle()
    if published is None:
        return problem(Code.NOTHING_PUBLISHED, _NOTHING)
    return _signed(request, bytes(published.octets), BUNDLE_TYPE)


@router.get(
    "/trust-list",
    response=_ANSWERS,
    openapi_extra=_binary(TRUST_LIST_TYPE),
    operation_id="get_trust_list",
    summary="Who may sign passes",
)
def get_trust_list(request: HttpRequest) -> HttpResponse:
    """Return the trust list signed by the national root: all that the other side needs to trust a signature."""
    published = latest_bundle()
    if published is None:
        return problem(Code.NOTHING_PUBLISHED, _NOTHING)
    return _signed(request, _parts(bytes(published.octets)).trust_list, TRUST_LIST_TYPE)


@router.get(
    "/status-lists/{office}",
    response=_ANSWERS,
    openapi_extra=_binary(STATUS_LIST_TYPE, UNKNOWN_OFFICE=_UNKNOWN),
    operation_id="get_status_list",
    summary="Which passes of an office are still good",
)
def get_status_list(
    request: HttpRequest, office: PathEx[str, P(description="The office's code.", example="0110")]
) -> HttpResponse:
    """Return an office's Token Status List."""
    published, bundle = latest_bundle(), current_bundle()
    if published is None or bundle is None:
        return problem(Code.NOTHING_PUBLISHED, _NOTHING)
    addresses = {entry.status_uri for entry in bundle.trust.entries if entry.office == office and office}
    lists = _parts(bytes(published.octets)).status_lists
    token = next((lists[address] for address in addresses if address in lists), None)
    if token is None:
        return problem(Code.UNKNOWN_OFFICE, _UNKNOWN)
    return _signed(request, token, STATUS_LIST_TYPE)


def _signed(request: HttpRequest, octets: bytes, content_type: str) -> HttpResponse:
    """Return bytes under a strong ETag, or 304 to who has them already."""
    etag = f'"{hashlib.sha256(octets).hexdigest()}"'
    response = HttpResponse(octets, content_type=content_type, headers={"ETag": etag, "Cache-Control": "no-cache"})
    return cast(HttpResponse, get_conditional_response(request, etag=etag, response=response))
