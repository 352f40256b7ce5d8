"""How does a page say what an applicant was told, by what, and why it failed?"""

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from borderpass.domain.notices import Channel, Failure, Language, NoticeKind, NoticeState
from borderpass.web.wording import say_number

KINDS: dict[NoticeKind, Promise] = {
    NoticeKind.PAID: gettext_lazy("The fee is paid"),
    NoticeKind.RETURNED: gettext_lazy("To be mended"),
    NoticeKind.READY: gettext_lazy("The pass is ready"),
    NoticeKind.REFUSED: gettext_lazy("It was refused"),
    NoticeKind.EXPIRING: gettext_lazy("The pass ends soon"),
    NoticeKind.LINKED: gettext_lazy("Telegram is linked"),
}
CHANNELS: dict[Channel, str | Promise] = {
    Channel.SMS: "SMS",
    Channel.TELEGRAM: "Telegram",
    Channel.EMAIL: gettext_lazy("E-mail"),
    Channel.NONE: gettext_lazy("No messages"),
}
LANGUAGES: dict[Language, str] = {Language.KHMER: "ខ្មែរ", Language.THAI: "ไทย", Language.ENGLISH: "English"}
ASK_FOR: dict[Channel, Promise] = {
    Channel.SMS: gettext_lazy(
        "Write the telephone number with all its digits, one of another country with + before it."
    ),
    Channel.TELEGRAM: gettext_lazy("Write the number of the chat, digits only."),
    Channel.EMAIL: gettext_lazy("Write the whole address, such as sokha@example.org."),
}
_STATES: dict[NoticeState, Promise] = {
    NoticeState.WAITING: gettext_lazy("Will be sent"),
    NoticeState.SENT: gettext_lazy("Sent"),
    NoticeState.GIVEN_UP: gettext_lazy("Not sent"),
    NoticeState.UNNEEDED: gettext_lazy("Not needed any more"),
}
_FAILURES: dict[Failure, Promise] = {
    Failure.UNREACHED: gettext_lazy("the gateway could not be reached"),
    Failure.REFUSED: gettext_lazy("the gateway refused it: look at the number or the address"),
    Failure.WRONG_GATEWAY: gettext_lazy("the gateway is not set up right: tell the operator"),
}


def say_state(state: NoticeState, failure: str) -> str:
    """Return where a message stands; of one that waits, whether it has failed before."""
    if state is NoticeState.WAITING and failure:
        return gettext("Failed, will be tried again")
    return str(_STATES[state])


def say_failure(kept: str) -> str:
    """Return why a try failed, from what is kept of it: the failure, and the status that was answered."""
    failure, _, status = kept.partition(" ")
    if not failure:
        return ""
    return f"{_FAILURES[Failure(failure)]} ({status})" if status else str(_FAILURES[Failure(failure)])


def say_given_up(count: int) -> str:
    """Return what to do about messages that were given up; nothing where there are none."""
    said = ngettext(
        "%(count)s message was not sent. Call the applicant, or mend the number and send it again.",
        "%(count)s messages were not sent. Call the applicants, or mend the numbers and send them again.",
        count,
    )
    return said % {"count": say_number(count)} if count else ""


def say_failing(count: int) -> str:
    """Return that messages failed and are tried again; nothing where there are none."""
    said = ngettext(
        "%(count)s message failed and is tried again by itself.",
        "%(count)s messages failed and are tried again by themselves.",
        count,
    )
    return said % {"count": say_number(count)} if count else ""
