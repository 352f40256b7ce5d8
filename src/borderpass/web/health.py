"""Is the site well? For whoever watches it: the database answers, and what is published verifies and is so old."""

import logging

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from borderpass.signing.signer import SigningError
from borderpass.web.published import current_bundle
from borderpass.wire.refusal import WireError

_log = logging.getLogger(__name__)


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Return 200 when passes can be verified or none need be yet, 503 when database or bundle fail.

    An old bundle is told, not an outage: freshness is part of each verdict.
    """
    now = timezone.now()
    try:
        bundle = current_bundle()
    except DatabaseError as error:
        _log.error("the database does not answer", exc_info=error)
        return _say(503, database="unreachable", bundle=None)
    except (WireError, SigningError) as error:
        _log.error("the published bundle does not verify", exc_info=error)
        return _say(503, database="ok", bundle="does not verify")
    if bundle is None:
        return _say(200, database="ok", bundle=None)
    age_s = int((now - bundle.issued_at).total_seconds())
    described = {"serial": bundle.serial, "age_s": age_s, "freshness": bundle.freshness(now).value}
    return _say(200, database="ok", bundle=described)


def _say(status: int, **parts: object) -> JsonResponse:
    content = {"status": "ok" if status == 200 else "failing", **parts}
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})
