"""Which device sends this request? Three headers: whose it is, when it was signed, and the signature."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja.security import APIKeyHeader

from borderpass.domain.declined import Declined
from borderpass.services.authenticate_device import SignedRequest, authenticate_device
from borderpass.store.models import Device
from borderpass.web.api.base64url import read_base64url
from borderpass.web.api.problems import Code, ProblemError, is_api

DEVICE_HEADER, DATE_HEADER = "BorderPass-Device", "BorderPass-Date"
SIGNATURE_HEADER = "BorderPass-Signature"
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DATE = re.compile(r"[0-9]{1,12}")
SIGNED: dict[str, Any] = {
    "parameters": [
        {"in": "header", "name": name, "schema": {"type": "string"}, "required": False, "description": what}
        for name, what in (
            (DATE_HEADER, "Unix seconds; from a device."),
            (SIGNATURE_HEADER, "ES256 over the five lines of docs/reference/devices-and-scans.md; from a device."),
        )
    ]
}
REFUSALS_OF_DEVICES = {
    "UNKNOWN_DEVICE": "no device of this id is enrolled",
    "SIGNATURE_INVALID": "the signature is not this device's over this request",
    "DATE_WRONG": "the request's date is more than 300 s from the server's",
}
REVOKED = "this device was revoked: it can say and ask nothing more"


class DeviceAuth(APIKeyHeader):
    """Lets an enrolled device through that signed its request; a revoked one only where the operation says so."""

    param_name = DEVICE_HEADER

    def __init__(self, even_revoked: bool = False) -> None:
        super().__init__()
        self._even_revoked = even_revoked

    def authenticate(self, request: HttpRequest, key: str | None) -> Device | None:
        """Return the device, or None where the request names none. Raise ProblemError where it is not the device's."""
        if key is None:
            return None
        device = authenticate_device(_read_headers(request, key), timezone.now())
        if isinstance(device, Declined):
            raise ProblemError(Code(device.ground.value), device.message)
        if device.revoked_at is not None and not self._even_revoked:
            raise ProblemError(Code.DEVICE_REVOKED, REVOKED)
        return device


def _read_headers(request: HttpRequest, key: str) -> SignedRequest:
    device_id = read_device_id(key)
    if device_id is None:
        raise ProblemError(Code.UNKNOWN_DEVICE, f"{DEVICE_HEADER} is not a UUID")
    date_s = request.headers.get(DATE_HEADER, "")
    if not _DATE.fullmatch(date_s):
        raise ProblemError(Code.SIGNATURE_INVALID, f"{DATE_HEADER} is not a number of seconds")
    signature = read_base64url(request.headers.get(SIGNATURE_HEADER, ""))
    if signature is None:
        raise ProblemError(Code.SIGNATURE_INVALID, f"{SIGNATURE_HEADER} is not base64url")
    return SignedRequest(request.method or "", request.get_full_path(), device_id, date_s, signature)


def read_device_id(text: str) -> UUID | None:
    """Return the id in a header, or None when it is none."""
    return UUID(text) if _UUID.fullmatch(text) else None


class DeviceDateMiddleware:
    """Tell each device the server's time with every answer, whatever it is, so that it can say why a date was wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        response = self._get_response(request)
        if DEVICE_HEADER in request.headers and is_api(request):
            response.headers[DATE_HEADER] = str(int(timezone.now().timestamp()))
        return response
