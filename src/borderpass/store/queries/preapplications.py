"""Which form from home is meant, and what becomes of it when it is taken in?"""

from datetime import date, datetime

from django.db.models import QuerySet

from borderpass.domain.preapplication import FOLLOWED_FOR
from borderpass.store.models import Application, HomeForm, PreApplication

_OF_A_PERSON = ("document_number", "name_khmer", "name_latin", "born_on")
"""Each may be mended at the counter, but hardly all of them."""


def kept_preapplications(now: datetime) -> QuerySet[PreApplication]:
    """Return the forms from home that are kept at an instant."""
    return PreApplication.objects.filter(expires_at__gt=now)


def find_followed(reference: str, born_on: date, now: datetime) -> PreApplication | Application | None:
    """Return what has a reference and a birth date: the application, or a form from home that waits for its counter."""
    if not reference.startswith("P"):
        return Application.objects.filter(reference=reference, born_on=born_on).first()
    found = kept_preapplications(now).filter(reference=reference, born_on=born_on)
    one = found.defer("form", "photo").select_related("application").first()
    return one.application if one is not None and one.application is not None else one


def note_taken_in(reference: str, application: Application, now: datetime) -> None:
    """Let a form from home lead to its application, and empty it.

    Of somebody who lives elsewhere, or of whom nothing is the same, it stays as it is: another's code was scanned
    first. Call it inside the transaction that stores the application.
    """
    waiting = PreApplication.objects.filter(reference=reference, application=None)
    one = waiting.only("form").first()
    if one is None or not str(one.form.get("home_code", "")).startswith(application.office.prefix):
        return
    person = {name: str(getattr(application, name)) for name in _OF_A_PERSON}
    if not any(one.form.get(name) == said for name, said in person.items() if said):
        return
    waiting.update(
        application=application, born_on=application.born_on, form={}, photo=None, expires_at=now + FOLLOWED_FOR
    )


def find_home_form(token_digest: str, touched_since: datetime) -> HomeForm | None:
    """Return the form that belongs to a token, where somebody touched it since an instant."""
    forms = HomeForm.objects.filter(token_digest=token_digest, touched_at__gt=touched_since)
    return forms.select_related("sent__office").defer("photo", "sent__photo", "sent__form").first()
