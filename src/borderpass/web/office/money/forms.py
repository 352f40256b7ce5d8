"""What is typed about money, and is each field right by itself? Digits may be typed in Khmer, with commas or spaces."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.ledger import Method
from borderpass.domain.till import MOST_RIEL, NOTES_RIEL, Counted
from borderpass.services.set_office_account import AccountForm
from borderpass.store.models import OfficeAccount
from borderpass.web.office.money.wording import GIVEN_BY
from borderpass.web.wording import say_number
from borderpass.wire.khqr import ACCOUNT_CHARACTERS, CITY_CHARACTERS, NAME_CHARACTERS

_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_BETWEEN_DIGITS = re.compile(r"[\s,.']")
_DIGITS_MAX = 12
_SAID = {
    "required": gettext_lazy("Fill this in."),
    "invalid_choice": gettext_lazy("Choose one."),
    "max_length": gettext_lazy("This is too long."),
    "null_characters_not_allowed": gettext_lazy("There is a character in it that nobody can type. Type it again."),
}
"""What Django says of a field, in words of ours: it has them in Khmer for few."""


class WholeField(forms.CharField):
    """A whole number of riel or of notes; nothing typed is none."""

    def __init__(self, *, label: Any, most: int = MOST_RIEL) -> None:
        plain = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 20}
        super().__init__(label=label, required=False, widget=forms.TextInput(plain), error_messages=_SAID)
        self.most = most

    def clean(self, value: Any) -> int:
        """Return the number; refuse what is none."""
        digits = _BETWEEN_DIGITS.sub("", str(super().clean(value)).translate(_KHMER_DIGITS))
        if not digits:
            return 0
        if not (digits.isascii() and digits.isdigit()) or len(digits) > _DIGITS_MAX or int(digits) > self.most:
            raise forms.ValidationError(gettext("Write a whole number, such as 20000."))
        return int(digits)


class _Form(forms.Form):
    """A form that marks the fields in which something is wrong."""

    def mark(self) -> None:
        """Let assistive technology and the page know which fields are wrong."""
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs["aria-invalid"] = "true"


class OpenForm(_Form):
    """What the treasurer brings in the morning."""

    brought_riel = WholeField(label=gettext_lazy("Change that is brought, in riel"))


class CloseForm(_Form):
    """What was counted, note by note, what of it is handed on, and why it differs."""

    other_riel = WholeField(label=gettext_lazy("Other notes and coins, in riel"))
    handed_on_riel = WholeField(label=gettext_lazy("Handed to the treasurer, in riel"))
    reason = forms.CharField(
        label=gettext_lazy("Why it differs, if it does"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2, "class": "words"}),
        error_messages=_SAID,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for note in NOTES_RIEL:
            self.fields[f"note_{note}"] = WholeField(label=say_number(note), most=100_000)
        self.fields[f"note_{NOTES_RIEL[0]}"].widget.attrs["autofocus"] = True

    def notes(self) -> list[tuple[int, forms.BoundField]]:
        """Return each note with its field, largest first."""
        return [(note, self[f"note_{note}"]) for note in NOTES_RIEL]

    def counted(self) -> Counted:
        """Return what was counted. The form has to be valid."""
        numbers = {note: self.cleaned_data[f"note_{note}"] for note in NOTES_RIEL}
        return Counted({note: number for note, number in numbers.items() if number}, self.cleaned_data["other_riel"])


class GiveBackForm(_Form):
    """How money is given back."""

    method = forms.ChoiceField(
        label=gettext_lazy("How it is given back"),
        choices=[(method.value, GIVEN_BY[method]) for method in Method],
        widget=forms.RadioSelect,
        error_messages={**_SAID, "required": gettext_lazy("Choose one.")},
    )
    reference = forms.CharField(
        label=gettext_lazy("The bank's reference of the transfer"),
        required=False,
        max_length=64,
        widget=forms.TextInput({"autocomplete": "off", "maxlength": 64}),
        error_messages=_SAID,
    )

    def clean(self) -> dict[str, Any]:
        """A transfer has a reference."""
        filled = super().clean() or {}
        if filled.get("method") == Method.KHQR.value and not filled.get("reference"):
            self.add_error("reference", gettext("Transfer it first, and write the reference that the bank gives."))
        return filled


def _line(label: Any, most: int, hint: Any, required: bool = True) -> forms.CharField:
    plain = {"autocomplete": "off", "maxlength": most, "spellcheck": "false"}
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=hint,
        widget=forms.TextInput(plain),
        error_messages=_SAID,
    )


class OfficeAccountForm(_Form):
    """Where the fees go by KHQR."""

    account = _line(gettext_lazy("Account"), ACCOUNT_CHARACTERS, gettext_lazy("As name@bank, such as owso@wing."))
    name = _line(
        gettext_lazy("Name that payers see"), NAME_CHARACTERS, gettext_lazy("In Latin letters, at most 25 of them.")
    )
    city = _line(gettext_lazy("City"), CITY_CHARACTERS, gettext_lazy("In Latin letters, at most 15 of them."))
    name_khmer = _line(
        gettext_lazy("Name in Khmer"), NAME_CHARACTERS, gettext_lazy("May be left out; at most 25 letters."), False
    )
    merchant_id = _line(
        gettext_lazy("Merchant's number"),
        ACCOUNT_CHARACTERS,
        gettext_lazy("Only for a merchant's account, with the bank below."),
        False,
    )
    bank = _line(gettext_lazy("Merchant's bank"), ACCOUNT_CHARACTERS, gettext_lazy("In Latin letters."), False)

    def as_account(self) -> AccountForm:
        """Return what was typed. The form has to be valid."""
        return AccountForm(**{name: self.cleaned_data[name] for name in AccountForm.__dataclass_fields__})


def account_as_typed(account: OfficeAccount | None) -> dict[str, str]:
    """Return an account as the fields of the form have it."""
    return {name: getattr(account, name, "") for name in AccountForm.__dataclass_fields__}
