"""How is the outcome of a verification put into words, for people and for programs?"""

from datetime import datetime
from typing import Any

from borderpass.domain.bundle import Bundle
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.scan import Scan
from borderpass.services.verify_pass import Outcome


def as_json(name: str, outcome: Outcome, scan: Scan, bundle: Bundle, now: datetime) -> dict[str, Any]:
    """Return the object of `verify --json`: the API's answer, between what was given and why it is no pass.

    A program on the command line compares codes: the reasons are their codes alone, and what counts for nothing is an
    empty object.
    """
    from borderpass.services.describe_verdict import describe_verdict  # reads tables that people's words do not need

    answer = describe_verdict(outcome, scan, bundle, now)
    codes = [reason.value for reason in outcome.decision.reasons]
    answer |= {"reasons": codes, "pass": answer["pass"] or {}, "holder": answer["holder"] or {}}
    return {"input": name, **answer, "detail": outcome.detail}


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
