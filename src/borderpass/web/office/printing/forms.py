"""What is typed about blanks and about who takes a pass, and is each field right by itself?"""

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.blanks import DIGITS, Lot, PaperForm, read_lot
from borderpass.domain.hand_over import NAME_MAX_CHARACTERS, Collected, Collector
from borderpass.pictures.signature import MAX_FILE_BYTES, SignatureRefused, read_signature
from borderpass.services.check_words import WORDS_MAX_CHARACTERS
from borderpass.web.office.money.forms import WholeField
from borderpass.web.office.printing.wording import COLLECTORS, FORMS

_SAID = {
    "required": gettext_lazy("Fill this in."),
    "invalid_choice": gettext_lazy("Choose one."),
    "max_length": gettext_lazy("This is too long."),
    "invalid": gettext_lazy("Load the page again."),
    "null_characters_not_allowed": gettext_lazy("There is a character in it that nobody can type. Type it again."),
}
_PNG = "data:image/png;base64,"
_MOST_BLANKS = 2_000_000


def _line(label: Any, required: bool = True, most: int = NAME_MAX_CHARACTERS, hint: Any = "") -> forms.CharField:
    plain = {"autocomplete": "off", "maxlength": most, "spellcheck": "false"}
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=hint,
        widget=forms.TextInput(plain),
        error_messages=_SAID,
    )


def _form_of_paper() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=gettext_lazy("Form"),
        choices=[(one.value, FORMS[one]) for one in PaperForm],
        coerce=PaperForm,
        initial=PaperForm.A6.value,
        error_messages=_SAID,
    )


class _Form(forms.Form):
    """A form that marks the fields in which something is wrong. Its fields' ids begin with its prefix."""

    def mark(self) -> None:
        """Let assistive technology and the page know which fields are wrong."""
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs["aria-invalid"] = "true"


class _LotForm(_Form):
    """A form with the first and the last number of some blanks."""

    lot: Lot

    def clean(self) -> dict[str, Any]:
        """Read both numbers as one lot."""
        filled = super().clean() or {}
        if filled.get("first") and filled.get("last"):
            lot = read_lot(filled["first"], filled["last"])
            if lot is None:
                self.add_error(
                    "last", gettext("Write both numbers as on the blanks, such as PB000001, the lower first.")
                )
            else:
                self.lot = lot
        return filled


class ReceiveForm(_LotForm):
    """A delivery."""

    delivery = forms.UUIDField(widget=forms.HiddenInput, error_messages=_SAID)
    form = _form_of_paper()
    first = _line(gettext_lazy("First number"), most=4 + 2 * DIGITS, hint=gettext_lazy("As on the blank: PB000001"))
    last = _line(gettext_lazy("Last number"), most=4 + 2 * DIGITS)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="receive_%s", **more)


class VoidForm(_LotForm):
    """Blanks that nothing will be printed on."""

    form = _form_of_paper()
    first = _line(gettext_lazy("First number"), most=4 + 2 * DIGITS)
    last = _line(gettext_lazy("Last number"), most=4 + 2 * DIGITS)
    reason = _line(gettext_lazy("What became of them?"), most=WORDS_MAX_CHARACTERS)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="void_%s", **more)


class CountForm(_Form):
    """How many blanks were counted."""

    count = forms.UUIDField(widget=forms.HiddenInput, error_messages=_SAID)
    form = _form_of_paper()
    counted = WholeField(label=gettext_lazy("Counted"), most=_MOST_BLANKS)
    reason = _line(gettext_lazy("Why it differs, if it does"), required=False, most=WORDS_MAX_CHARACTERS)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, auto_id="count_%s", **more)


class HandOverForm(_Form):
    """Who takes the pass, and what stands for it: a drawing, or a typed name."""

    collector = forms.TypedChoiceField(
        label=gettext_lazy("Who takes it?"),
        choices=[(one.value, COLLECTORS[one]) for one in Collector],
        coerce=Collector,
        initial=Collector.HOLDER.value,
        widget=forms.RadioSelect,
        error_messages={**_SAID, "required": gettext_lazy("Choose one.")},
    )
    name = _line(gettext_lazy("Name of who takes it"), required=False)
    relation = _line(gettext_lazy("What are they to the holder?"), required=False)
    signature = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MAX_FILE_BYTES * 4 // 3 + 50)
    typed = _line(
        gettext_lazy("Without drawing: type the name of who takes it"),
        required=False,
        hint=gettext_lazy("Only where nobody can draw on this screen."),
    )
    unchecked = _line(gettext_lazy("Why the paper cannot be scanned"), required=False, most=WORDS_MAX_CHARACTERS)

    def clean_signature(self) -> bytes | None:
        """Return the drawing as it is kept, or None."""
        sent = self.cleaned_data["signature"]
        if not sent:
            return None
        try:
            return read_signature(base64.b64decode(sent.removeprefix(_PNG), validate=True))
        except (binascii.Error, ValueError, SignatureRefused):
            raise forms.ValidationError(gettext("The drawing is empty or cannot be read. Draw it again.")) from None

    def clean(self) -> dict[str, Any]:
        """Somebody else has a name; something stands for the hand-over."""
        filled = super().clean() or {}
        if filled.get("collector") is Collector.OTHER:
            for name in ("name", "relation"):
                if not filled.get(name):
                    self.add_error(name, gettext("Fill this in."))
        if "signature" not in self.errors and not filled.get("signature") and not filled.get("typed"):
            self.add_error("typed", gettext("Let them sign or put their thumb on the screen, or type the name."))
        return filled

    def collected(self) -> Collected:
        """Return what was filled in. The form has to be valid."""
        said = self.cleaned_data
        other = said["collector"] is Collector.OTHER
        return Collected(
            said["collector"],
            said["name"] if other else "",
            said["relation"] if other else "",
            said["signature"],
            said["typed"],
        )
