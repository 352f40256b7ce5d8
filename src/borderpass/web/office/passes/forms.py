"""What is filled in to renew, extend, replace or correct a pass? Only what is different, or what this one needs."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext, gettext_lazy

from borderpass.domain.again import Again
from borderpass.domain.application_form import ApplicationForm
from borderpass.domain.passes import Sex
from borderpass.domain.standing import StandingGround
from borderpass.services.apply_again import REPORT_MAX_CHARACTERS, Asked
from borderpass.services.check_words import WORDS_MAX_CHARACTERS
from borderpass.store.keys import new_id
from borderpass.web.office.desk.wording import SEXES
from borderpass.web.office.passes.wording import GROUNDS

PHOTO_MAX_BYTES = 10 * 1024 * 1024
_SHOWN = {
    Again.RENEWAL: ("photo", "document_number", "home_code", "occupation", "phone"),
    Again.EXTENSION: ("phone",),
    Again.REPLACEMENT: ("gone", "police_report", "photo", "phone"),
    Again.CORRECTION: (
        *("mistake", "name_khmer", "name_latin", "born_on", "sex", "document_number", "home_code", "photo"),
    ),
}
_NOT_OF_THE_FORM = ("application_id", "photo", "gone", "police_report", "mistake")


class AgainForm(forms.Form):
    """The fields that one of them asks for, filled in with what the pass says."""

    application_id = forms.UUIDField(widget=forms.HiddenInput)
    gone = forms.ChoiceField(
        label=gettext_lazy("What happened to it"),
        choices=[(one.value, GROUNDS[one]) for one in (StandingGround.LOST, StandingGround.STOLEN)],
        widget=forms.RadioSelect,
    )
    police_report = forms.CharField(label=gettext_lazy("Number of the police report"), max_length=REPORT_MAX_CHARACTERS)
    mistake = forms.CharField(
        label=gettext_lazy("What is wrong on the pass"),
        max_length=WORDS_MAX_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2, "class": "words"}),
    )
    name_khmer = forms.CharField(label=gettext_lazy("Name in Khmer"), max_length=100)
    name_latin = forms.CharField(label=gettext_lazy("Name in Latin letters"), max_length=100)
    born_on = forms.DateField(
        label=gettext_lazy("Born on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    sex = forms.TypedChoiceField(
        label=gettext_lazy("Sex"),
        coerce=lambda value: Sex(int(value)),
        choices=[(one.value, SEXES[one]) for one in Sex],
    )
    document_number = forms.CharField(label=gettext_lazy("Number of the document"), max_length=30)
    home_code = forms.RegexField(
        r"^[0-9]{4}([0-9]{2}){0,2}$", label=gettext_lazy("Code of the village, or of the district")
    )
    occupation = forms.CharField(label=gettext_lazy("Occupation"), max_length=80, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone number"), max_length=20, required=False)
    photo = forms.FileField(
        label=gettext_lazy("New photo, if the old one is not to stay"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def __init__(self, again: Again, held: ApplicationForm, data: Any = None, files: Any = None) -> None:
        known = {name: getattr(held, name) for name in self.base_fields if name not in _NOT_OF_THE_FORM}
        super().__init__(data, files, initial={**known, "application_id": new_id()})
        self.again, self.held = again, held
        for name in [one for one in self.fields if one not in (*_SHOWN[again], "application_id")]:
            del self.fields[name]
        self.order_fields(_SHOWN[again])
        for name, field in self.fields.items():
            field.error_messages |= {"required": gettext("Fill this in."), "invalid": gettext("This cannot be right.")}
            if name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"

    def clean_photo(self) -> UploadedFile | None:
        """Refuse a file that no camera makes."""
        photo: UploadedFile | None = self.cleaned_data.get("photo")
        if photo is not None and (photo.size or 0) > PHOTO_MAX_BYTES:
            raise forms.ValidationError(gettext("This photo cannot be used: take another."))
        return photo

    def asked(self, number: str) -> Asked:
        """Return what is asked for about the pass of a number; the form is valid."""
        filled = self.cleaned_data
        fields = [name for name in filled if name not in _NOT_OF_THE_FORM]
        photo = filled.get("photo")
        return Asked(
            filled["application_id"],
            number,
            self.again,
            changes={name: filled[name] for name in fields if filled[name] != getattr(self.held, name)},
            photo=None if photo is None else photo.read(),
            police_report=filled.get("police_report", ""),
            gone=StandingGround(filled.get("gone", StandingGround.LOST)),
            mistake=filled.get("mistake", ""),
        )
