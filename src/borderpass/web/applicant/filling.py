"""What do somebody's answers come to: which questions are there, what may be chosen, what is wrong, what is next?"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext, ngettext

from borderpass.domain.application_form import PASS_KIND_FOR, ApplicationForm, DocumentKind, tidy
from borderpass.domain.local_time import local_day
from borderpass.domain.notices import Channel, Wanted, read_wanted
from borderpass.domain.passes import COMPANIONS_MAX, Companion, Sex
from borderpass.domain.provisions import Eligibility, Purpose
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.terms import companions_rule, fee_for, validity_for
from borderpass.services.check_preapplication import Fault, find_faults
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.open_gateways import channels_offered
from borderpass.store.keys import new_id
from borderpass.web.applicant.questions import (
    CHILDREN,
    LENGTHS,
    PASS,
    PHOTO,
    PLACES,
    TELL,
    Question,
    Shape,
    days_of,
    path,
)
from borderpass.web.applicant.wording import MISSING, say_fault
from borderpass.web.office.desk.wording import DOCUMENTS, PURPOSES, SEXES
from borderpass.web.office.intake.forms import NOT_LISTED, TAKEN_IN_HERE, digits, read_day, say_why_no_day
from borderpass.web.office.notices.wording import ASK_FOR
from borderpass.web.wording import language, say_days, say_number, say_years

ANOTHER_PROVINCE = "other"
_ANY_DAY = date(1990, 1, 1)


class Option(NamedTuple):
    """Something to choose: its value, its words, and what else there is to say of it."""

    value: str
    words: str
    note: str = ""


@dataclass
class Filling:
    """The answers to one form at an instant, each a text as it was typed, under the names of `questions`."""

    answers: dict[str, str]
    now: datetime

    @cached_property
    def rules(self) -> Rulebook:
        """The orders in force."""
        return rules_for_all_time()

    @cached_property
    def path(self) -> tuple[Question, ...]:
        """The questions there are for these answers."""
        count = self.answers.get(CHILDREN, "")
        return path(int(count) if count in {one.value for one in self._children()} else 0, told=bool(self._ways))

    @cached_property
    def form(self) -> ApplicationForm:
        """What the answers come to. Where one is missing or cannot be read, something that is no fault stands."""
        get = self.answers.get
        kind, sex, purpose = get("paper", ""), get("sex", ""), get(PASS, "")
        return tidy(
            ApplicationForm(
                application_id=new_id(),
                office_code="",
                purpose=Purpose(purpose) if purpose in list(Purpose) else Purpose.NEW,
                name_latin=get("name-latin", ""),
                name_khmer=get("name-khmer", ""),
                born_on=self.day("born") or _ANY_DAY,
                sex=_read_sex(sex) or Sex.FEMALE,
                document_kind=DocumentKind(kind) if kind in list(DocumentKind) else DocumentKind.ID_CARD,
                document_number=digits(get("number", "")),
                home_code=self.home_code,
                born_at=get("birthplace", ""),
                occupation=get("work", ""),
                phone=digits(get("phone", "")),
                companions=self._companions(),
            )
        )

    @property
    def home_code(self) -> str:
        """The code of the smallest place that was chosen."""
        code = ""
        for name in PLACES:
            chosen = self.answers.get(name, "")
            if len(chosen) != LENGTHS[name] or not chosen.startswith(code):
                break
            code = chosen
        return code

    @property
    def wanted(self) -> Wanted | None:
        """How somebody wants to be told, in the language of the page; None where nothing was chosen."""
        chosen = self.answers.get(TELL, "")
        if chosen not in {one.value for one in self._ways}:
            return None
        email = self.answers.get(f"{TELL}-email", "") if chosen == Channel.EMAIL else ""
        return read_wanted(chosen, email, language(), self.form.phone)

    def day(self, slug: str) -> date | None:
        """Return the day that was typed for a question, or None; one that is still to come is none."""
        typed = self._typed_day(slug)
        day = read_day(typed)
        return day if day is not None and day <= local_day(self.now) else None

    def options(self, question: Question) -> list[Option]:
        """Return what may be chosen."""
        if question.slug in PLACES:
            return self._places(question.slug)
        if question.slug == PASS:
            return [Option(one.value, str(PURPOSES[one]), self._say_terms(one)) for one in TAKEN_IN_HERE]
        if question.slug == CHILDREN:
            return self._children()
        if question.slug == TELL:
            return self._ways
        if question.slug == "paper":
            return [Option(one.value, str(DOCUMENTS[one])) for one in DocumentKind]
        return [Option(str(one.value), str(SEXES[one])) for one in Sex]

    def find_errors(self, question: Question) -> dict[str, str]:
        """Return what is wrong with the answers to a question, by their names; what is not answered is wrong too."""
        if question.shape is Shape.PHOTO:
            return {}
        errors = self._find_missing(question)
        if errors:
            return errors
        for fault in self._faults:
            if fault.field in question.about and fault.child == question.child:
                return {question.names[0]: say_fault(fault, self.rules, self.now)}
        return {}

    def next_after(self, question: Question) -> Question | None:
        """Return the next question in the order, or None after the last."""
        at = [one.slug for one in self.path].index(question.slug) + 1 if question in self.path else 0
        return self.path[at] if at < len(self.path) else None

    def next_open(self) -> Question | None:
        """Return the first question that is still to be answered, or answered again; None: all are answered."""
        return next((one for one in self.path if not self.is_answered(one)), None)

    def is_answered(self, question: Question) -> bool:
        """Tell whether a question was answered, and right. One that may be left out counts once it was seen."""
        if question.slug == PHOTO:
            return PHOTO in self.answers
        return all(name in self.answers for name in question.names) and not self.find_errors(question)

    def answer(self, question: Question) -> str:
        """Return the answer as it is read over again."""
        get = self.answers.get
        if question.shape is Shape.TELL:
            words = next((one.words for one in self._ways if one.value == get(TELL)), "")
            return f"{words} {get(f'{TELL}-email', '')}".strip() if get(TELL) == Channel.EMAIL else words
        if question.shape is Shape.CHOICE:
            return next((one.words for one in self.options(question) if one.value == get(question.slug)), "")
        if question.shape is Shape.DAY:
            return self._say_day(question.slug)
        if question.shape is Shape.CHILD:
            sex = _read_sex(get(f"{question.slug}-sex", ""))
            said = (get(f"{question.slug}-name", ""), self._say_day(question.slug), str(SEXES[sex]) if sex else "")
            return ", ".join(one for one in said if one)
        return " ".join(str(getattr(self.form, name)) for name in question.about)

    @cached_property
    def _ways(self) -> list[Option]:
        """By what somebody may be told; nothing where the installation can tell nobody. A chat is linked later."""
        offered = channels_offered()
        said = {
            Channel.SMS: gettext("By SMS to my phone"),
            Channel.EMAIL: gettext("By e-mail"),
            Channel.NONE: gettext("I do not want to be told"),
        }
        ways = [Option(one.value, words) for one, words in said.items() if one in offered | {Channel.NONE}]
        return ways if len(ways) > 1 else []

    @cached_property
    def _faults(self) -> list[Fault]:
        return find_faults(self.form, self.now)

    def _find_missing(self, question: Question) -> dict[str, str]:
        get = self.answers.get
        if question.shape is Shape.CHOICE:
            if question.slug == "province" and get(question.slug) == ANOTHER_PROVINCE:
                return {question.slug: gettext("Only residents of the border provinces may hold a border pass.")}
            good = get(question.slug) in {one.value for one in self.options(question)}
            return {} if good else {question.slug: gettext("Choose one.")}
        if question.shape is Shape.TELL:
            return self._find_wrong_way()
        errors = {}
        if question.shape is Shape.CHILD:
            if not get(f"{question.slug}-name", "").strip():
                errors[f"{question.slug}-name"] = gettext("Write the name of the child.")
            if _read_sex(get(f"{question.slug}-sex", "")) is None:
                errors[f"{question.slug}-sex"] = gettext("Choose one.")
        elif question.shape is Shape.TEXT and not question.optional and not get(question.slug, "").strip():
            errors[question.slug] = str(MISSING[next(iter(question.about))])
        if question.shape in (Shape.DAY, Shape.CHILD) and self.day(question.slug) is None:
            errors[days_of(question.slug)[0]] = say_why_no_day(self._typed_day(question.slug), local_day(self.now))
        return errors

    def _find_wrong_way(self) -> dict[str, str]:
        chosen = self.answers.get(TELL, "")
        if chosen and chosen not in {one.value for one in self._ways}:
            return {TELL: gettext("Choose one.")}
        if chosen == Channel.EMAIL and self.wanted is None:
            return {f"{TELL}-email": str(ASK_FOR[Channel.EMAIL])}
        if chosen == Channel.SMS and self.wanted is None:
            return {TELL: gettext("You gave no phone number that takes SMS. Choose something else, or go back to it.")}
        return {}

    def _places(self, slug: str) -> list[Option]:
        gazetteer, above = load_gazetteer(), self.home_code[: LENGTHS[slug] - 2]
        if len(above) != LENGTHS[slug] - 2:
            return []
        places = gazetteer.children(above)
        if slug == "province":
            prefixes = {prefix[:2] for one in self.rules.in_force(Eligibility, self.now) for prefix in one.prefixes}
            places = tuple(place for place in places if place.code in prefixes)
        in_khmer = language() == "km"
        options = [
            Option(one.code, *((one.name_km, one.name_latin) if in_khmer else (one.name_latin, one.name_km)))
            for one in places
        ]
        if slug == "province":
            options.append(Option(ANOTHER_PROVINCE, gettext("Another province")))
        elif slug == "village":
            options.append(Option(NOT_LISTED, gettext("Not in the list")))
        return options

    def _children(self) -> list[Option]:
        children = companions_rule(self.rules, self.now)
        none = Option("0", gettext("No child"))
        if children is None:
            return [none]
        under = gettext("under %(age)s") % {"age": children.under_age_years}
        words = [
            ngettext("%(count)s child", "%(count)s children", count) % {"count": count}
            for count in range(1, min(children.at_most, COMPANIONS_MAX) + 1)
        ]
        return [none, *(Option(str(count), one, under) for count, one in enumerate(words, 1))]

    def _say_terms(self, purpose: Purpose) -> str:
        """Return what a pass costs and for how long it is good."""
        fee, good = fee_for(self.rules, purpose, self.now), validity_for(self.rules, PASS_KIND_FOR[purpose], self.now)
        parts = [gettext("%(amount)s riel") % {"amount": say_number(fee.amount_riel)}] if fee else []
        if good is not None:
            spans = [say_years(good.years)] if good.years else []
            spans += [say_days(good.days)] if good.days else []
            parts.append(gettext("good for %(span)s") % {"span": " ".join(spans)})
        return ", ".join(parts)

    def _companions(self) -> tuple[Companion, ...]:
        children = []
        for question in self.path:
            if question.child:
                name = self.answers.get(f"{question.slug}-name", "")
                sex = _read_sex(self.answers.get(f"{question.slug}-sex", ""))
                children.append(Companion(name, self.day(question.slug) or local_day(self.now), sex or Sex.FEMALE))
        return tuple(children)

    def _typed_day(self, slug: str) -> str:
        parts = [digits(self.answers.get(name, "")).strip() for name in days_of(slug)]
        return "/".join(parts) if any(parts) else ""

    def _say_day(self, slug: str) -> str:
        day = self.day(slug)
        return f"{day:%d/%m/%Y}" if day else ""


def _read_sex(text: str) -> Sex | None:
    return next((one for one in Sex if str(one.value) == text), None)
