"""What does a program read of a verdict? One JSON form, of the API's answer and of the command's `verify --json`."""

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from borderpass.domain.bundle import Bundle
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.passes import Pass
from borderpass.domain.scan import Scan
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.verify_pass import Outcome

_LANGUAGES = ("en", "km", "th")


def describe_verdict(outcome: Outcome, scan: Scan, bundle: Bundle, now: datetime) -> dict[str, Any]:
    """Return a verdict as JSON takes it: days as YYYY-MM-DD, instants in UTC with a Z, the face in base64.

    `pass` and `holder` are None where the pass is not authentic: nothing it says counts.
    """
    decision, credential = outcome.decision, outcome.credential
    pass_ = credential.pass_ if credential is not None else None
    return {
        "verdict": decision.verdict.name,
        "reasons": [
            {"code": reason.value, "text": _in_all(reason.text), "next": _in_all(reason.next_step)}
            for reason in decision.reasons
        ],
        "back_by": decision.back_by.isoformat() if decision.back_by is not None else None,
        "order_ids": list(decision.order_ids),
        "checkpoint": scan.checkpoint,
        "direction": scan.direction.value,
        "pass": _describe_pass(credential.pass_, credential.signer.names._asdict()) if credential else None,
        "holder": _describe_holder(credential.pass_, local_day(now)) if credential else None,
        "bundle": {
            "serial": bundle.serial,
            "issued_at": _in_utc(bundle.issued_at),
            "freshness": bundle.freshness(now, pass_.status_uri if pass_ is not None else None).value,
        },
    }


def _in_all(say: Callable[[str], str]) -> dict[str, str]:
    return {language: say(language) for language in _LANGUAGES}


def _in_utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _describe_pass(pass_: Pass, office: dict[str, str]) -> dict[str, Any]:
    return {
        "number": pass_.number,
        "kind": pass_.kind.name.lower(),
        "issuer": pass_.issuer,
        "office": office,
        "issuing_country": pass_.issuing_country,
        "valid_from": local_day(pass_.valid_from_at).isoformat(),
        "valid_until": last_valid_day(pass_.expires_at).isoformat(),
        "issued_at": _in_utc(pass_.issued_at),
        "companions": [
            {"name": child.name, "born_on": child.born_on.isoformat(), "sex": child.sex.name.lower()}
            for child in pass_.companions
        ],
    }


def _describe_holder(pass_: Pass, today: date) -> dict[str, Any]:
    holder = pass_.holder
    home = load_gazetteer().home_names(holder.home_code)
    return {
        "name_khmer": holder.name_khmer,
        "name_latin": holder.name_latin,
        "born_on": holder.born_on.isoformat(),
        "age": age_on(holder.born_on, today),
        "sex": holder.sex.name.lower(),
        "nationality": holder.nationality,
        "home": {
            "code": holder.home_code,
            "km": home.km if home else holder.home_code,
            "latin": home.latin if home else holder.home_code,
        },
        "face": base64.b64encode(holder.face).decode("ascii") if holder.face is not None else None,
    }
