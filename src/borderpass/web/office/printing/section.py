"""What does the page of an application say of its paper: the blank, the last check, and who took it?"""

import base64
from typing import Any

from borderpass.domain.blanks import Blank
from borderpass.domain.hand_over import Check, Collector
from borderpass.services.print_receipt import say_who
from borderpass.store.models import Application, BlankUse, HandOver, PaperCheck
from borderpass.web.office.access import Here
from borderpass.web.office.desk.wording import say_instant
from borderpass.web.office.printing.wording import CHECKS, COLLECTORS


def describe_paper(here: Here, application: Application) -> dict[str, Any] | None:
    """Return what is kept of an application's papers; None where there is nothing beside its events."""
    uses = BlankUse.objects.filter(print__application=application).order_by("print__seq")
    check = PaperCheck.objects.filter(application=application).order_by("at", "id").last()
    taken = HandOver.objects.filter(application=application).first()
    if check is None and taken is None and not uses:
        return None
    return {
        "blanks": [str(Blank(one.series, one.number)) for one in uses],
        "checked": say_instant(check.at) if check is not None else "",
        "good": check is not None and check.found == Check.OK,
        "check_said": CHECKS[Check(check.found)] if check is not None else "",
        "taken": _say_taken(taken) if taken is not None else None,
    }


def _say_taken(taken: HandOver) -> dict[str, Any]:
    signature = bytes(taken.signature_png) if taken.signature_png is not None else b""
    return {
        "by": COLLECTORS[Collector(taken.collector)],
        "name": taken.name,
        "relation": taken.relation,
        "typed": taken.typed,
        "unchecked": taken.unchecked,
        "at": say_instant(taken.at),
        "clerk": say_who(taken.by),
        "picture": base64.b64encode(signature).decode("ascii"),
    }
