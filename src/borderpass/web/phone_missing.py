"""What is answered under /gate/ and /check/ where there is no file of the phone's apps?

Where an app was built WhiteNoise has answered before. Whatever is said here is said without cookie and session.
"""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import csrf_exempt

from borderpass.web.errors import page


@csrf_exempt  # it changes nothing, and a token would need a cookie
def phone_missing(request: HttpRequest, app: str, rest: str = "") -> HttpResponse:
    """Say that the app was not built here and what to run; where it was, that there is no such file."""
    root: Path | None = settings.WHITENOISE_ROOT
    if rest and root is not None and (root / app / "index.html").is_file():
        return page(None, 404)
    html = render_to_string("phone_missing.html", {"status": 503})
    return HttpResponse(html, status=503, headers={"Cache-Control": "no-store"})
