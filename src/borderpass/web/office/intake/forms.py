"""Which fields does the form of the counter have, in the order of the paper, and what did the clerk type into them?

Everything is a text here, as it was typed; `read_form` makes the domain's form of it once each field can be understood.
Digits may be typed in Khmer.
"""

import re
from datetime import date
from math import isfinite
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.application_form import ApplicationForm, DocumentKind
from borderpass.domain.attachments import AttachmentKind
from borderpass.domain.notices import Channel, Language, Wanted, read_wanted
from borderpass.domain.passes import COMPANIONS_MAX, Companion, Sex
from borderpass.domain.provisions import Purpose
from borderpass.pictures.portrait import Frame
from borderpass.services.open_gateways import channels_offered
from borderpass.services.save_draft import FRAME_FIELDS
from borderpass.web.office.desk.wording import DOCUMENTS, PURPOSES, SEXES
from borderpass.web.office.intake.wording import PAPERS
from borderpass.web.office.notices.wording import ASK_FOR, CHANNELS, LANGUAGES

TAKEN_IN_HERE = (Purpose.NEW, Purpose.ONE_TIME)
"""What somebody comes to the counter for without a pass; the others begin at the pass that is held."""
NOT_LISTED = "-"
"""Chosen as the village where the village is not in the list."""
_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_DAY = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})|(\d{2})(\d{2})(\d{4})", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_BUDDHIST_ERA = 543
_HIDDEN = ("read", "card_expires", "reference", *FRAME_FIELDS)


def _text(label: Any, most: int, **attrs: Any) -> forms.CharField:
    plain = {"autocomplete": "off", "spellcheck": "false", "maxlength": most, **attrs}
    return forms.CharField(label=label, required=False, strip=False, widget=forms.TextInput(plain))


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    words = {"invalid_choice": gettext_lazy("Choose one.")}
    return forms.ChoiceField(label=label, required=False, choices=choices, error_messages=words)


class IntakeForm(forms.Form):
    """The form. Unbound it shows what was typed; bound it is tested field by field."""

    purpose = _choice(gettext_lazy("What is applied for"), [(one.value, PURPOSES[one]) for one in TAKEN_IN_HERE])
    card = forms.CharField(
        label=gettext_lazy("The three lines on the back of the identity card"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            {
                "rows": 3,
                "cols": 32,
                "accesskey": "1",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    name_khmer = _text(gettext_lazy("Name in Khmer"), 200, lang="km")
    name_latin = _text(gettext_lazy("Name in Latin letters"), 200, autocapitalize="characters")
    sex = _choice(gettext_lazy("Sex"), [("", "—"), *((str(one.value), SEXES[one]) for one in Sex)])
    born_on = _text(gettext_lazy("Date of birth"), 20, inputmode="numeric", placeholder="02/01/1990")
    born_at = _text(gettext_lazy("Place of birth"), 200)
    nationality = _text(gettext_lazy("Nationality"), 20, autocapitalize="characters")
    document_kind = _choice(gettext_lazy("Shown with"), [(one.value, DOCUMENTS[one]) for one in DocumentKind])
    document_number = _text(gettext_lazy("Number on it"), 60)
    second_number = _text(gettext_lazy("Lifelong code (10 digits), if there is one"), 40, inputmode="numeric")
    province = _choice(gettext_lazy("Province"), [])
    district = _choice(gettext_lazy("District or city"), [])
    commune = _choice(gettext_lazy("Commune"), [])
    village = _choice(gettext_lazy("Village"), [])
    place = _text(gettext_lazy("Find a village by its name, in Khmer or Latin"), 100, accesskey="2")
    occupation = _text(gettext_lazy("Occupation"), 200)
    phone = _text(gettext_lazy("Phone number"), 40, inputmode="tel")
    tell_by = _choice(gettext_lazy("How to tell the applicant"), [])
    tell_where = _text(gettext_lazy("E-mail or another number"), 120)
    tell_in = _choice(gettext_lazy("In which language"), [(one.value, said) for one, said in LANGUAGES.items()])
    picture = forms.FileField(label=gettext_lazy("Photo"), required=False)
    paper_kind = _choice(gettext_lazy("What the paper is"), [(one.value, PAPERS[one]) for one in AttachmentKind])
    paper = forms.FileField(label=gettext_lazy("Add a paper"), required=False)
    compared = forms.CharField(
        label=gettext_lazy("I have compared: this application is to be taken in"), required=False
    )
    note = _text(gettext_lazy("Word to the governor"), 300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell_by = self.fields["tell_by"]
        assert isinstance(tell_by, forms.ChoiceField)
        offered = channels_offered() | {Channel.NONE}
        usual: list[tuple[str, Any]] = [] if Channel.SMS in offered else [("", "—")]
        tell_by.choices = [*usual, *((one.value, said) for one, said in CHANNELS.items() if one in offered)]
        for name in _HIDDEN:
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
        for number in range(1, COMPANIONS_MAX + 1):
            self.fields[f"child{number}_name"] = _text(gettext("Name of child %(n)s") % {"n": number}, 200)
            self.fields[f"child{number}_born_on"] = _text(
                gettext("Date of birth"), 20, inputmode="numeric", placeholder="02/01/2019"
            )
            self.fields[f"child{number}_sex"] = _choice(
                gettext("Sex"), [("", "—"), *((str(one.value), SEXES[one]) for one in Sex)]
            )

    @property
    def children(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each child: name, birth date, sex."""
        return [
            (self[f"child{number}_name"], self[f"child{number}_born_on"], self[f"child{number}_sex"])
            for number in range(1, COMPANIONS_MAX + 1)
        ]

    @property
    def first_wrong(self) -> str | None:
        """The name of the first field, in the order of the paper, that something is wrong with."""
        return next((name for name in self.fields if name in self.errors), None)


_OF_A_CHILD = ("name", "born_on", "sex")
_NOT_TYPED = frozenset({"picture", "paper", "card", "compared"})
TYPED = (
    *(name for name in IntakeForm.base_fields if name not in _NOT_TYPED),
    *_HIDDEN,
    *(f"child{number}_{part}" for number in range(1, COMPANIONS_MAX + 1) for part in _OF_A_CHILD),
)
"""The fields of a draft."""


def what_was_typed(posted: Any) -> dict[str, str]:
    """Return the fields of a form as they were sent, each as a text. A frame that is none is left out."""
    typed = {name: str(posted.get(name, "")) for name in TYPED if name in posted}
    if read_frame(typed) is None:
        typed = {name: text for name, text in typed.items() if name not in FRAME_FIELDS}
    return typed


def digits(text: str) -> str:
    """Return a text with Khmer digits as Latin ones."""
    return text.translate(_KHMER_DIGITS)


def read_day(text: str) -> date | None:
    """Return the day that was typed as 02/01/1990, 2.1.1990, 02011990 or 1990-01-02; None where it is none."""
    plain = digits(text).strip()
    try:
        if _ISO_DAY.fullmatch(plain):
            return date.fromisoformat(plain)
        found = _DAY.fullmatch(plain)
        if found is None:
            return None
        day, month, year = (int(part) for part in found.groups() if part is not None)
        return date(year, month, day)
    except ValueError:
        return None


def say_why_no_day(text: str, today: date) -> str:
    """Return what is wrong with a text that should be a day in the past."""
    day = read_day(text)
    if day is not None and day > today and day.year - _BUDDHIST_ERA >= 1900:
        year = day.year - _BUDDHIST_ERA
        return gettext("%(there)s is a year of the Buddhist Era. Write %(year)s.") % {"there": day.year, "year": year}
    return gettext("Write the day, the month and the year, such as 02/01/1990.")


def read_frame(fields: Any) -> Frame | None:
    """Return the frame that was laid on the photo, or None."""
    try:
        shares = [float(fields[name]) for name in FRAME_FIELDS]
    except (KeyError, TypeError, ValueError):
        return None
    return Frame(*shares) if all(map(isfinite, shares)) else None


def home_code_of(fields: Any) -> str:
    """Return the code of the smallest place that was chosen; each must lie in the one above it."""
    code = ""
    for name in ("province", "district", "commune", "village"):
        chosen = str(fields.get(name) or "")
        if not chosen.startswith(code) or len(chosen) != len(code) + 2:
            break
        code = chosen
    return code


def read_form(
    form: IntakeForm, form_id: UUID, office_code: str, purpose: Purpose, today: date
) -> ApplicationForm | None:
    """Return the domain's form of what was typed; None, with the errors in the form, where a field is none."""
    typed = {name: str(form.data.get(name, "")) for name in form.fields}
    born_on = _read_past_day(form, "born_on", today)
    sex = typed["sex"]
    for name in ("sex", "document_kind"):
        if not typed[name]:
            form.add_error(name, gettext("Choose one."))
    children = _read_children(form, typed, today)
    if form.errors or born_on is None:
        return None
    return ApplicationForm(
        application_id=form_id,
        office_code=office_code,
        purpose=purpose,
        name_latin=typed["name_latin"],
        name_khmer=typed["name_khmer"],
        born_on=born_on,
        sex=Sex(int(sex)),
        document_kind=DocumentKind(typed["document_kind"]),
        document_number=digits(typed["document_number"]),
        home_code=home_code_of(typed),
        born_at=typed["born_at"],
        nationality=typed["nationality"].strip().upper(),
        occupation=typed["occupation"],
        phone=digits(typed["phone"]),
        companions=children,
        second_number=digits(typed["second_number"]),
    )


def read_how_to_tell(form: IntakeForm) -> Wanted | None:
    """Return how the applicant wants to be told, where that is not the usual: by SMS to their telephone, in Khmer.

    None, with the error in the form, where what was typed is no address.
    """
    typed = {name: str(form.data.get(name, "")) for name in ("tell_by", "tell_where", "tell_in", "phone")}
    by, language = typed["tell_by"], typed["tell_in"] or Language.KHMER
    if not by or "tell_by" in form.errors or "tell_in" in form.errors:
        return None
    if by == Channel.SMS and not typed["tell_where"].strip():
        wanted = read_wanted(by, "", language, typed["phone"])
        return None if wanted is None or wanted.language is Language.KHMER else wanted
    wanted = read_wanted(by, typed["tell_where"], language, "")
    if wanted is None:
        form.add_error("tell_where", str(ASK_FOR[Channel(by)]))
    return wanted


def _read_past_day(form: IntakeForm, name: str, today: date) -> date | None:
    typed = str(form.data.get(name, ""))
    day = read_day(typed)
    if day is None or day > today:
        form.add_error(name, say_why_no_day(typed, today))
        return None
    return day


def _read_children(form: IntakeForm, typed: dict[str, str], today: date) -> tuple[Companion, ...]:
    """Return the children of whom anything was typed."""
    children = []
    for number in range(1, COMPANIONS_MAX + 1):
        name, born_on, sex = (f"child{number}_{part}" for part in _OF_A_CHILD)
        if not (typed[name].strip() or typed[born_on].strip() or typed[sex]):
            continue
        day = _read_past_day(form, born_on, today)
        if not typed[name].strip():
            form.add_error(name, gettext("Write the name of the child."))
        if not typed[sex]:
            form.add_error(sex, gettext("Choose one."))
        if day is not None and not form.errors:
            children.append(Companion(typed[name], day, Sex(int(typed[sex]))))
    return tuple(children)
