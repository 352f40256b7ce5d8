"""How is an address chosen? Step by step from the province down, or by the name of the village."""

from dataclasses import dataclass

from django.utils.translation import gettext

from borderpass.domain.gazetteer import Place
from borderpass.domain.place_search import search_places
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.web.office.desk.wording import say_address
from borderpass.web.office.intake.forms import NOT_LISTED, IntakeForm, home_code_of
from borderpass.web.wording import language

LEVELS = ("province", "district", "commune", "village")


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A village or commune that was found: its code, its address in the page's language, its name in another script."""

    code: str
    address: str
    other: str


def usual_address(office_code: str) -> dict[str, str]:
    """Return what is chosen in a new form: the office's own land."""
    code = office_code.removesuffix("00")
    return {"province": code[:2]} | ({"district": code} if len(code) == 4 else {})


def pick(code: str) -> dict[str, str]:
    """Return the fields that choose a place, the levels below it empty. What is no place chooses nothing."""
    if load_gazetteer().find(code) is None:
        return {}
    chosen = {name: code[: 2 * step] if len(code) >= 2 * step else "" for step, name in enumerate(LEVELS, 1)}
    return {**chosen, "place": ""}


def fill_choices(form: IntakeForm, fields: dict[str, str]) -> None:
    """Give each select the places of its level that lie in the one chosen above."""
    gazetteer, above = load_gazetteer(), ""
    for step, name in enumerate(LEVELS, 1):
        under = gazetteer.children(above) if step == 1 or above else ()
        choices = [("", "—"), *((place.code, _say(place)) for place in under)]
        if name == "village" and above:
            choices.append((NOT_LISTED, gettext("Not in the list")))
        form.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        chosen = fields.get(name, "")
        above = chosen if any(place.code == chosen for place in under) else ""


def is_complete(fields: dict[str, str]) -> bool:
    """Tell whether the address is chosen down to the village, or to a commune whose list lacks the village."""
    code = home_code_of(fields)
    return len(code) == 8 or (len(code) == 6 and fields.get("village") == NOT_LISTED)


def find_lines(typed: str, office_code: str) -> list[PlaceLine]:
    """Return the places that may be meant, those of the office's land first."""
    found = search_places(load_gazetteer(), typed, office_code.removesuffix("00"))
    return [PlaceLine(place.code, " ".join(say_address(place.code)), _other_script(place)) for place in found]


def _say(place: Place) -> str:
    first, second = place.name_km, place.name_latin
    return f"{first} · {second}" if language() == "km" else f"{second} · {first}"


def _other_script(place: Place) -> str:
    return place.name_latin if language() == "km" else place.full_name_km
