"""How is a paper given: to be looked at in the browser and printed from there?"""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def as_pdf(octets: bytes, name: str) -> HttpResponse:
    """Return a PDF that a browser shows."""
    response = HttpResponse(octets, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    return response


def as_png(octets: bytes) -> HttpResponse:
    """Return a picture."""
    return HttpResponse(octets, content_type="image/png")
