"""What does the page show of a decision? Everything as words in the page's language, ready for the template."""

import base64
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy, pgettext_lazy

from borderpass.domain.bundle import Bundle, Freshness
from borderpass.domain.local_time import age_on, last_valid_day, local_day
from borderpass.domain.passes import PassKind, Sex
from borderpass.domain.scan import Credential, Scan
from borderpass.domain.verdict import Decision
from borderpass.domain.verdicts import ReasonClass, Verdict
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.verify_pass import Outcome
from borderpass.web.wording import language, say_ago, say_day, say_days, say_weekday, say_years

WORDS = {
    Verdict.ADMIT: gettext_lazy("Admit"),
    Verdict.REFER: gettext_lazy("Refer"),
    Verdict.REFUSE: gettext_lazy("Refuse"),
}
KINDS = {
    PassKind.TWO_YEAR: gettext_lazy("Two-year border pass"),
    PassKind.EXTENSION: gettext_lazy("Extended border pass"),
    PassKind.ONE_TIME: gettext_lazy("One-time border pass"),
    PassKind.SPECIMEN: gettext_lazy("Specimen"),
}
SEXES = {
    Sex.MALE: pgettext_lazy("sex", "Male"),
    Sex.FEMALE: pgettext_lazy("sex", "Female"),
    Sex.OTHER: pgettext_lazy("sex", "Other"),
}
FRESHNESS = {
    Freshness.GREEN: gettext_lazy("up to date"),
    Freshness.AMBER: gettext_lazy("not the newest"),
    Freshness.RED: gettext_lazy("too old"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A reason as it is read: what is the matter, and what to do next."""

    code: str
    text: str
    next_step: str


@dataclass(frozen=True, slots=True)
class HolderCard:
    """The holder and the pass, in words. `face` is a data: address, empty where the pass has none."""

    face: str
    name_khmer: str
    name_latin: str
    born_on: str
    age: str
    sex: str
    home: str
    kind: str
    number: str
    office: str
    valid_until: str
    companions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """One decision. `tone` (admit, refer, refuse, device) chooses colour and shape; the word says it too."""

    tone: str
    word: str
    reasons: tuple[Reading, ...]
    back_by: str
    back_by_days: str
    order_ids: tuple[str, ...]
    holder: HolderCard | None
    checkpoint: str
    bundle_serial: int
    bundle_age: str
    freshness: str
    freshness_word: str


def make_card(outcome: Outcome, scan: Scan, bundle: Bundle, now: datetime) -> DecisionCard:
    """Return what the page shows of an outcome at an aware instant, in the language that is active."""
    decision, credential = outcome.decision, outcome.credential
    freshness = bundle.freshness(now, credential.pass_.status_uri if credential else None)
    gate = bundle.checkpoints.get(scan.checkpoint or "")
    speech = language()
    return DecisionCard(
        tone=_tone(decision),
        word=str(WORDS[decision.verdict]),
        reasons=tuple(Reading(one.value, one.text(speech), one.next_step(speech)) for one in decision.reasons),
        back_by=say_weekday(decision.back_by) if decision.back_by else "",
        back_by_days=say_days((decision.back_by - local_day(now)).days) if decision.back_by else "",
        order_ids=decision.order_ids,
        holder=_describe(credential, now) if credential else None,
        checkpoint=str(getattr(gate.names, speech)) if gate else "",
        bundle_serial=bundle.serial,
        bundle_age=say_ago(now - bundle.issued_at),
        freshness=freshness.value,
        freshness_word=str(FRESHNESS[freshness]),
    )


def _tone(decision: Decision) -> str:
    """Blue is for trouble with the device or its data alone: then the traveller is not the matter."""
    classes = {reason.reason_class for reason in decision.reasons if reason.reason_class is not ReasonClass.NOTICE}
    if decision.verdict is Verdict.REFER and classes == {ReasonClass.DEVICE}:
        return "device"
    return decision.verdict.name.lower()


def _describe(credential: Credential, now: datetime) -> HolderCard:
    pass_, today = credential.pass_, local_day(now)
    holder, home = pass_.holder, load_gazetteer().home_names(pass_.holder.home_code)
    place = (home.km if language() == "km" else home.latin) if home else holder.home_code
    face = f"data:image/webp;base64,{base64.b64encode(holder.face).decode()}" if holder.face else ""
    return HolderCard(
        face=face,
        name_khmer=holder.name_khmer,
        name_latin=holder.name_latin,
        born_on=say_day(holder.born_on),
        age=say_years(age_on(holder.born_on, today)),
        sex=str(SEXES[holder.sex]),
        home=place,
        kind=str(KINDS[pass_.kind]),
        number=pass_.number,
        office=str(getattr(credential.signer.names, language())),
        valid_until=say_day(last_valid_day(pass_.expires_at)),
        companions=tuple(
            f"{child.name}, {say_day(child.born_on)} ({say_years(age_on(child.born_on, today))}), {SEXES[child.sex]}"
            for child in pass_.companions
        ),
    )
