"""What does this package add to the pages that all share? The way in, drafts, papers, and what was mended."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.store.models import Application, Draft
from borderpass.store.queries.drafts import drafts_of, papers_of
from borderpass.web.office.part import MenuEntry, NewLine, NewWork, NextStep, Part, Section

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from borderpass.web.office.access import Here


def _drafts(here: "Here") -> "QuerySet[Draft]":
    """The forms that whoever looks has begun for somebody and not lodged; those that mend are in the queue already."""
    begun = drafts_of(here.actor).filter(office=here.office)
    return begun.exclude(form__in=Application.objects.filter(office=here.office, state=State.RETURNED).values("id"))


def _count(here: "Here") -> int:
    return _drafts(here).count()


def _lines(here: "Here", start: int, stop: int) -> list[NewLine]:
    return [
        NewLine(
            reference=str(gettext_lazy("Draft")),
            name_khmer=draft.fields.get("name_khmer", "") or "—",
            name_latin=draft.fields.get("name_latin", ""),
            since=draft.made_at,
            url=reverse("intake_form", args=[here.office.code, draft.form]),
        )
        for draft in _drafts(here).defer("picture").order_by("made_at")[start:stop]
    ]


def _describe_papers(here: "Here", application: Application) -> dict[str, Any]:
    from borderpass.web.office.intake.sheet import describe_paper

    return {"papers": [describe_paper(here, one) for one in papers_of(application, None)]}


def _describe_mendings(here: "Here", application: Application) -> dict[str, Any] | None:
    from borderpass.web.office.intake.mendings import say_mendings

    mendings = say_mendings(application)
    return {"mendings": mendings} if mendings else None


PART = Part(
    menu=(MenuEntry(gettext_lazy("Take in an application"), "intake", Act.TAKE_IN),),
    next_steps=(NextStep(frozenset({State.RETURNED}), Act.TAKE_IN, gettext_lazy("Mend and send back"), "intake_edit"),),
    sections=(
        Section("office/intake/papers_section.html", _describe_papers),
        Section("office/intake/mendings_section.html", _describe_mendings),
    ),
    new_work=(NewWork(_count, _lines),),
)
