"""What is asked at home, in which order, one question a page? The order is that of the counter's paper form."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from borderpass.domain.passes import COMPANIONS_MAX


class Shape(StrEnum):
    """How a question is asked."""

    CHOICE = "choice"
    TEXT = "text"
    DAY = "day"
    CHILD = "child"
    PHOTO = "photo"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Question:
    """One page. `slug` stands in its address, `about` are the fields of the domain's form that it fills.

    A question with one answer keeps it under `slug`; one that asks for a day keeps `slug_day`, `slug_month`,
    `slug_year`. `attributes` go to the field as they are.
    """

    slug: str
    shape: Shape
    title: str | Promise
    hint: str | Promise = ""
    about: frozenset[str] = frozenset()
    optional: bool = False
    child: int = 0
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names under which its answers are kept."""
        if self.shape is Shape.DAY:
            return days_of(self.slug)
        if self.shape is Shape.CHILD:
            return (f"{self.slug}-name", *days_of(self.slug), f"{self.slug}-sex")
        if self.shape is Shape.TELL:
            return (self.slug, f"{self.slug}-email")
        return () if self.shape is Shape.PHOTO else (self.slug,)


def days_of(slug: str) -> tuple[str, str, str]:
    """Return the names under which a day is kept."""
    return f"{slug}-day", f"{slug}-month", f"{slug}-year"


_AS_ON_THE_CARD = gettext_lazy("The family name first, as on your identity card.")
PASS, CHILDREN, PHOTO, TELL = "pass", "children", "photo", "tell"
PLACES = ("province", "district", "commune", "village")
LENGTHS = dict(zip(PLACES, (2, 4, 6, 8), strict=True))


def _text(slug: str, about: str, title: Promise, hint: Promise | str = "", **attributes: str) -> Question:
    optional = attributes.pop("optional", "") == "yes"
    shown = {"autocomplete": "off", "spellcheck": "false", "maxlength": "120", **attributes}
    return Question(slug, Shape.TEXT, title, hint, frozenset({about}), optional, attributes=shown)


_PERSON = (
    _text("name-khmer", "name_khmer", gettext_lazy("What is your name in Khmer?"), _AS_ON_THE_CARD, lang="km"),
    _text(
        "name-latin",
        "name_latin",
        gettext_lazy("What is your name in Latin letters?"),
        _AS_ON_THE_CARD,
        autocapitalize="characters",
    ),
    Question("sex", Shape.CHOICE, gettext_lazy("What is your sex?")),
    Question(
        "born",
        Shape.DAY,
        gettext_lazy("When were you born?"),
        gettext_lazy("Day, month and year, as on your identity card."),
        frozenset({"born_on"}),
    ),
    _text(
        "birthplace",
        "born_at",
        gettext_lazy("Where were you born?"),
        gettext_lazy("The village, district or province."),
        optional="yes",
    ),
    Question(
        "paper",
        Shape.CHOICE,
        gettext_lazy("Which paper shows who you are?"),
        gettext_lazy("You bring it to the office."),
        frozenset({"document_kind"}),
    ),
    _text("number", "document_number", gettext_lazy("Which number is on that paper?")),
    _text("work", "occupation", gettext_lazy("What is your work?"), optional="yes"),
    _text(
        "phone",
        "phone",
        gettext_lazy("What is your phone number?"),
        gettext_lazy("So that the office can reach you."),
        optional="yes",
        inputmode="tel",
    ),
    Question(CHILDREN, Shape.CHOICE, gettext_lazy("Do children travel on your pass?"), about=frozenset({"companions"})),
)
_CHILD = gettext_lazy("Who is the child?")
_CHILDREN = tuple(
    Question(f"child-{number}", Shape.CHILD, _CHILD, about=frozenset({"companions"}), child=number)
    for number in range(1, COMPANIONS_MAX + 1)
)
_PHOTO = Question(
    PHOTO,
    Shape.PHOTO,
    gettext_lazy("Do you want to send a photo?"),
    gettext_lazy(
        "Your face from the front, in good light, alone and without a hat. Or leave it: the office takes one."
    ),
    optional=True,
)
_TELL = Question(
    TELL,
    Shape.TELL,
    gettext_lazy("How shall the office tell you when your pass is ready?"),
    gettext_lazy("It writes in the language in which you read this page."),
    optional=True,
)
_PASS = Question(PASS, Shape.CHOICE, gettext_lazy("Which pass do you need?"))
_HOME = tuple(
    Question(slug, Shape.CHOICE, title, hint, frozenset() if slug == "province" else frozenset({"home_code"}))
    for slug, title, hint in (
        (
            "province",
            gettext_lazy("In which province do you live?"),
            gettext_lazy("Where you are registered, as in your family book or residence book."),
        ),
        ("district", gettext_lazy("In which district or city do you live?"), ""),
        ("commune", gettext_lazy("In which commune do you live?"), ""),
        ("village", gettext_lazy("In which village do you live?"), ""),
    )
)
BEFORE_CHILDREN = (_PASS, *_HOME, *_PERSON)
ALL = {one.slug: one for one in (*BEFORE_CHILDREN, *_CHILDREN, _TELL, _PHOTO)}


def path(children: int, *, told: bool = False) -> tuple[Question, ...]:
    """Return the questions in their order for somebody with whom so many children travel.

    `told`: whether the installation can tell anybody anything, and so asks how.
    """
    return (*BEFORE_CHILDREN, *_CHILDREN[:children], *((_TELL,) if told else ()), _PHOTO)
