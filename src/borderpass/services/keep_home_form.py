"""How is a form kept that somebody fills in at home, page by page? On the server, for whoever has its token.

Nothing of it is in an address, and nothing in the browser but the token. It is deleted when somebody says so, two hours
after it was touched last, and emptied when it is sent.
"""

import hashlib
import secrets
import threading
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from borderpass.domain.preapplication import TYPED_FOR
from borderpass.pictures.portrait import Concern, PictureRefused, Refusal, find_concerns, read_whole
from borderpass.services.limit_tries import Tried, network_of, try_once
from borderpass.store.models import HomeForm
from borderpass.store.queries import preapplications

PHOTO_MAX_BYTES = 12 * 1024 * 1024
ANSWER_MAX_CHARACTERS = 300
_one_picture_at_a_time = threading.Lock()
"""A hostile picture may take 330 MB while it is read (pictures/portrait.py), and anybody may send one."""


def begin_home_form(address: str, now: datetime) -> tuple[HomeForm, str] | None:
    """Return a new form and its token; None where too many were begun from an address."""
    if try_once(Tried.BEGIN_FORM, network_of(address), now) is None:
        return None
    token = secrets.token_urlsafe(32)
    return HomeForm.objects.create(token_digest=_digest_of(token), touched_at=now), token


def find_home_form(token: str, now: datetime) -> HomeForm | None:
    """Return the form of a token, where it was touched within the last two hours. Its photo is read when asked for."""
    return preapplications.find_home_form(_digest_of(token), now - TYPED_FOR) if token else None


def save_answers(form: HomeForm, answers: Mapping[str, str], now: datetime) -> None:
    """Keep answers beside the others. What is too long is cut; controls, which no database takes, are left out."""
    form.answers = {**form.answers, **{name: _plain(text) for name, text in answers.items()}}
    form.touched_at = now
    HomeForm.objects.filter(id=form.id, sent=None).update(answers=form.answers, touched_at=now)


def save_home_photo(form: HomeForm, data: bytes, address: str, now: datetime) -> tuple[Concern, ...] | Refusal | None:
    """Keep a photo with a form; return what to look at in it, why it cannot be used, or None: too many were sent."""
    if len(data) > PHOTO_MAX_BYTES:
        return Refusal.TOO_LARGE_FILE
    if try_once(Tried.SEND_PHOTO, network_of(address), now) is None:
        return None
    try:
        with _one_picture_at_a_time:
            whole = read_whole(data)
            concerns = find_concerns(whole.jpeg, whole.frame)
    except PictureRefused as error:
        return error.code
    HomeForm.objects.filter(id=form.id, sent=None).update(photo=whole.jpeg, touched_at=now)
    return concerns


def remove_home_photo(form: HomeForm) -> None:
    """Delete the photo of a form."""
    HomeForm.objects.filter(id=form.id).update(photo=None)


def discard_home_form(form: HomeForm) -> None:
    """Delete a form. What was sent of it stays."""
    HomeForm.objects.filter(id=form.id).delete()


def forget_home_forms(now: datetime) -> int:
    """Delete the forms that nobody has touched for two hours; return how many."""
    return HomeForm.objects.filter(touched_at__lte=now - TYPED_FOR).delete()[0]


def _digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _plain(text: str) -> str:
    return "".join(one for one in text[:ANSWER_MAX_CHARACTERS] if unicodedata.category(one) not in ("Cc", "Cs"))
