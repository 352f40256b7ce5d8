"""What happens when a form from home is sent twice at the same moment, or two forms at once? Each is sent once."""

import pytest

from borderpass.services import lodge_preapplication as lodging
from borderpass.services.keep_home_form import begin_home_form
from borderpass.store.models import HomeForm, PreApplication
from tests.installation import NOW, Installation, done, form
from tests.services.test_two_at_once import Meet, at_once, meet

__all__ = ["meet"]
pytestmark = pytest.mark.django_db(transaction=True)
HERE = "203.0.113.7"


def begun() -> HomeForm:
    made = begin_home_form(HERE, NOW)
    assert made is not None
    return made[0]


def test_one_form_sent_twice(installation: Installation, meet: Meet) -> None:
    home_form = begun()
    again = HomeForm.objects.get()
    meet(lodging, "find_home_office")
    answers = at_once(
        lambda: lodging.lodge_preapplication(home_form, form(7), HERE, NOW),
        lambda: lodging.lodge_preapplication(again, form(7), HERE, NOW),
    )
    assert done(answers[0]) == done(answers[1])
    assert PreApplication.objects.count() == 1


def test_two_forms_get_two_references(installation: Installation, meet: Meet) -> None:
    one, other = begun(), begun()
    meet(lodging, "find_home_office")
    answers = at_once(
        lambda: lodging.lodge_preapplication(one, form(7), HERE, NOW),
        lambda: lodging.lodge_preapplication(other, form(8), HERE, NOW),
    )
    assert len({done(one).reference for one in answers}) == 2
