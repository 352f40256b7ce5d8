"""What does every page of an office have around it? The day's work with its counts, the office, who is signed in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from borderpass.web.office.access import Here
from borderpass.web.office.desk.queues import count_queues
from borderpass.web.office.desk.wording import say_role
from borderpass.web.office.parts import MENU


def office_page(
    request: HttpRequest, here: Here, template: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Answer with a page that extends `office/base.html`; templates also get `here`, `role`, `queues` and `menu`."""
    shown: dict[str, Any] = {
        "here": here,
        "role": say_role(here.actor.role),
        "menu": [entry for entry in MENU if here.may(entry.act)],
        **(context or {}),
    }
    if "queues" not in shown:
        shown["queues"] = count_queues(here)
    return render(request, template, shown, status=status)
