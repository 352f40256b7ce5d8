"""How does an applicant want to be told? What is typed, and is it an address?"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from borderpass.domain.notices import Channel, Language, tidy_address
from borderpass.services.open_gateways import channels_offered
from borderpass.store.models import Contact
from borderpass.web.office.notices.wording import ASK_FOR, CHANNELS, LANGUAGES

_ADDRESS_MAX = 120
_SAID = {
    "required": gettext_lazy("Choose one."),
    "invalid_choice": gettext_lazy("Choose one."),
    "max_length": gettext_lazy("This is too long."),
    "null_characters_not_allowed": gettext_lazy("There is a character in it that nobody can type. Type it again."),
}


class ContactForm(forms.Form):
    """By what, to where, in which language. Only channels that there is a gateway for are offered."""

    channel = forms.ChoiceField(label=gettext_lazy("How to tell the applicant"), error_messages=_SAID)
    address = forms.CharField(
        label=gettext_lazy("Telephone number, chat or e-mail address"),
        required=False,
        max_length=_ADDRESS_MAX,
        error_messages=_SAID,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language"),
        choices=[(one.value, said) for one, said in LANGUAGES.items()],
        error_messages=_SAID,
    )

    def __init__(self, data: Any = None, contact: Contact | None = None) -> None:
        kept: dict[str, str] = {}
        if contact is not None:
            kept = {"channel": contact.channel, "address": contact.address, "language": contact.language}
        super().__init__(data, initial=kept)
        offered = channels_offered() | {Channel.NONE}
        field = self.fields["channel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, said) for one, said in CHANNELS.items() if one in offered]

    def clean(self) -> dict[str, Any]:
        """Refuse an address that is none of its channel."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "channel" in cleaned and "address" in cleaned:
            channel = Channel(cleaned["channel"])
            if tidy_address(channel, cleaned["address"]) is None:
                self.add_error("address", str(ASK_FOR[channel]))
        return cleaned

    def mark(self) -> None:
        """Let assistive technology and the page know which fields are wrong."""
        for name in self.errors:
            if name in self.fields:
                self.fields[name].widget.attrs["aria-invalid"] = "true"

    def chosen(self) -> tuple[Channel, str, Language]:
        """Return what was chosen. The form has to be valid."""
        said = self.cleaned_data
        return Channel(said["channel"]), said["address"], Language(said["language"])
