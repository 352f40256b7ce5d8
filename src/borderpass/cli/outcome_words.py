"""How is the outcome of a verification put into words, for people and for programs?"""

import base64
from datetime import datetime
from typing import Any

from borderpass.domain.bundle import Bundle
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.passes import Pass
from borderpass.services.verify_pass import Outcome


def as_json(name: str, outcome: Outcome, bundle: Bundle, now: datetime) -> dict[str, Any]:
    """Return the object of `verify --json`. `pass` and `holder` are empty when the pass is not authentic."""
    decision, credential = outcome.decision, outcome.credential
    pass_ = credential.pass_ if credential is not None else None
    uri = pass_.status_uri if pass_ is not None else None
    return {
        "input": name,
        "verdict": decision.verdict.name,
        "reasons": [reason.value for reason in decision.reasons],
        "pass": _pass(pass_) if pass_ is not None else {},
        "holder": _holder(pass_) if pass_ is not None else {},
        "back_by": decision.back_by.isoformat() if decision.back_by is not None else None,
        "orders": list(decision.order_ids),
        "bundle": {
            "serial": bundle.serial,
            "issued_at": bundle.issued_at.isoformat(),
            "freshness": bundle.freshness(now, uri).value,
        },
        "detail": outcome.detail,
    }


def _pass(pass_: Pass) -> dict[str, Any]:
    return {
        "number": pass_.number,
        "kind": pass_.kind.name.lower(),
        "issuer": pass_.issuer,
        "issuing_country": pass_.issuing_country,
        "valid_from": local_day(pass_.valid_from_at).isoformat(),
        "valid_until": last_valid_day(pass_.expires_at).isoformat(),
        "issued_at": pass_.issued_at.isoformat(),
        "companions": [
            {"name": child.name, "born_on": child.born_on.isoformat(), "sex": child.sex.name.lower()}
            for child in pass_.companions
        ],
    }


def _holder(pass_: Pass) -> dict[str, Any]:
    holder = pass_.holder
    return {
        "name_latin": holder.name_latin,
        "name_khmer": holder.name_khmer,
        "born_on": holder.born_on.isoformat(),
        "sex": holder.sex.name.lower(),
        "nationality": holder.nationality,
        "home_code": holder.home_code,
        "face_webp": base64.b64encode(holder.face).decode("ascii") if holder.face is not None else None,
    }


def as_text(name: str, outcome: Outcome, bundle: Bundle, now: datetime) -> str:
    """Return some lines for people: the verdict first."""
    decision, credential = outcome.decision, outcome.credential
    lines = [f"{name}: {decision.verdict.name}"]
    for reason in decision.reasons:
        lines += [f"  {reason.value}: {reason.text('en')}", f"    {reason.next_step('en')}"]
    if outcome.detail:
        lines.append(f"  ({outcome.detail})")
    if credential is not None:
        pass_ = credential.pass_
        holder = pass_.holder
        lines += [
            f"  {holder.name_khmer}  {holder.name_latin}",
            f"  born {holder.born_on}, {age_on(holder.born_on, local_day(now))} years old, home {holder.home_code}",
            f"  pass {pass_.number}, valid until {last_valid_day(pass_.expires_at)}",
        ]
        lines += [f"  with {child.name}, born {child.born_on}" for child in pass_.companions]
    if decision.back_by is not None:
        lines.append(f"  back by {decision.back_by}")
    age = now - bundle.issued_at
    lines.append(
        f"  bundle {bundle.serial}, {bundle.freshness(now).value}, {int(age.total_seconds()) // 3600} hours old"
    )
    return "\n".join(lines) + "\n"
