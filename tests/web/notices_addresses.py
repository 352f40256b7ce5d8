"""What stands behind the addresses of an office's messages? For the walk of `test_office_urls.py`, made in Poipet."""

from collections.abc import Callable
from typing import Any

from borderpass.domain.notices import Channel, Language, NoticeKind, NoticeState
from borderpass.store.models import Application, Notice
from tests.installation import NOW, Installation, lodged

Arguments = dict[str, Any]


def told(application: Application, **changes: Any) -> Notice:
    """Return a message to an applicant that was given up; `changes` make it another."""
    usual = {
        "kind": NoticeKind.PAID,
        "occasion": 0,
        "language": Language.KHMER,
        "channel": Channel.SMS,
        "address": "+85512345678",
        "text": application.reference,
        "made_at": NOW,
        "state": NoticeState.GIVEN_UP,
        "tries": 8,
        "failure": "refused 400",
        "given_up_at": NOW,
    }
    return Notice.objects.create(application=application, office_id=application.office_id, **{**usual, **changes})


def message(world: Installation) -> Arguments:
    return {"notice_id": told(lodged(7)).id}


def application(world: Installation) -> Arguments:
    return {"application_id": lodged(7).id}


NOTICES: dict[str, Callable[[Installation], Arguments]] = {
    "notices_again": message,
    "notices_application": application,
}
