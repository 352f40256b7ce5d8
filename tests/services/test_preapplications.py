"""A form from home: for its office, for so long, and once."""

from datetime import timedelta

import pytest

from borderpass.domain.asked import understand
from borderpass.domain.declined import Ground
from borderpass.domain.local_time import local_day
from borderpass.domain.passes import Companion, Sex
from borderpass.domain.preapplication import TYPED_FOR, make_reference
from borderpass.services.check_preapplication import Fault, Wrong, find_faults
from borderpass.services.keep_home_form import begin_home_form, find_home_form, forget_home_forms, save_answers
from borderpass.services.limit_tries import LIMITS, Tried, forget_tries, network_of, try_once
from borderpass.services.load_preapplication import load_preapplication
from borderpass.services.lodge_application import lodge_application
from borderpass.services.lodge_preapplication import forget_preapplications, lodge_preapplication
from borderpass.services.run_chores import CHORES
from borderpass.store.models import HomeForm, PreApplication, PublicTry
from tests.cast import BOPHA, DARA, EVERYBODY, HALL_CLERK, NEXT_CLERK, POIPET, SEREI
from tests.installation import NOW, declined, done, form, photo

pytestmark = pytest.mark.usefixtures("installation")
HERE = "203.0.113.7"


def begun() -> HomeForm:
    made = begin_home_form(HERE, NOW)
    assert made is not None
    return made[0]


def sent(number: int = 7, office: str = POIPET) -> PreApplication:
    return done(lodge_preapplication(begun(), form(number, office), HERE, NOW))


def test_a_reference_is_understood_and_a_slip_of_the_hand_found() -> None:
    reference = make_reference(POIPET, 2026, 12)
    asked = understand(reference.lower())
    assert asked is not None
    assert (asked.reference, asked.is_preapplication, asked.mistyped) == (reference, True, False)
    slipped = understand(reference.replace("000012", "000021"))
    assert slipped is not None
    assert slipped.mistyped


def test_it_is_numbered_in_its_office_and_year_and_waits_for_thirty_days() -> None:
    one, other, next_door = sent(1), sent(2), sent(3, SEREI)
    assert one.reference == make_reference(POIPET, 2026, 1)
    assert other.reference == make_reference(POIPET, 2026, 2)
    assert next_door.reference == make_reference(SEREI, 2026, 1)
    assert local_day(one.expires_at) - local_day(NOW) == timedelta(days=31)


def test_the_same_form_is_sent_once() -> None:
    home_form = begun()
    again = HomeForm.objects.get()
    first = done(lodge_preapplication(home_form, form(7), HERE, NOW))
    assert done(lodge_preapplication(again, form(7), HERE, NOW)) == first
    assert PreApplication.objects.count() == 1


def test_one_that_was_deleted_meanwhile_is_not_sent() -> None:
    home_form = begun()
    HomeForm.objects.all().delete()
    assert declined(lodge_preapplication(home_form, form(7), HERE, NOW)) is Ground.UNKNOWN_APPLICATION


def test_what_is_wrong_is_not_sent() -> None:
    assert declined(lodge_preapplication(begun(), form(7, name_latin="?"), HERE, NOW)) is Ground.BAD_FORM
    assert declined(lodge_preapplication(begun(), form(7, home_code="12010101"), HERE, NOW)) is Ground.BAD_FORM
    assert not PreApplication.objects.exists()


def test_so_many_an_hour_from_one_place() -> None:
    most, within = LIMITS[Tried.SEND_FORM]
    for _ in range(most):
        assert try_once(Tried.SEND_FORM, network_of(HERE), NOW) is not None
    assert declined(lodge_preapplication(begun(), form(7), HERE, NOW)) is Ground.TOO_MANY_TRIES
    done(lodge_preapplication(begun(), form(7), "203.0.113.8", NOW))
    done(lodge_preapplication(begun(), form(8), HERE, NOW + within))


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_what_counts_as_one_place(address: str, place: str) -> None:
    assert network_of(address) == place


def test_each_child_is_looked_at_alone() -> None:
    born = local_day(NOW) - timedelta(days=2000)
    children = (
        Companion("SOK CHENDA", born, Sex.FEMALE),
        Companion("", born, Sex.MALE),
        Companion("OLD", born.replace(year=2001), Sex.MALE),
    )
    assert find_faults(form(7, companions=children), NOW) == [
        Fault("companions", Wrong.FILLED_IN, 2),
        Fault("companions", Wrong.CHILD_TOO_OLD, 3),
    ]


class TestAtTheCounter:
    def test_the_clerk_of_its_office_finds_it_however_it_is_typed(self) -> None:
        one = sent()
        for typed in (one.reference, one.reference.lower(), one.reference.replace("-", " "), f" {one.reference}\n"):
            loaded = done(load_preapplication(typed, BOPHA, NOW))
            assert (loaded, loaded.form["name_latin"]) == (one, form(7).name_latin)

    def test_the_hall_of_the_province_finds_it_too(self) -> None:
        one = sent()
        assert done(load_preapplication(one.reference, HALL_CLERK, NOW)) == one

    def test_the_clerk_next_door_is_told_whose_it_is(self) -> None:
        refused = load_preapplication(sent().reference, NEXT_CLERK, NOW)
        assert declined(refused) is Ground.OUTSIDE_JURISDICTION
        assert POIPET in str(refused)

    @pytest.mark.parametrize("typed", ["", "\0", "P0110-26-000009-A", "A0110-26-000001-X", "SOK SOKHA", "P" * 500])
    def test_there_is_none_under_what_is_no_reference_of_one(self, typed: str) -> None:
        assert declined(load_preapplication(typed, BOPHA, NOW)) is Ground.UNKNOWN_APPLICATION

    def test_nobody_but_a_clerk_reads_it(self) -> None:
        reference = sent().reference
        for actor in set(EVERYBODY) - {BOPHA, NEXT_CLERK, HALL_CLERK}:
            assert declined(load_preapplication(reference, actor, NOW)) is Ground.NOT_ALLOWED

    def test_it_is_not_there_when_its_time_is_over(self) -> None:
        one = sent()
        assert declined(load_preapplication(one.reference, BOPHA, one.expires_at)) is Ground.UNKNOWN_APPLICATION

    def test_taken_in_it_is_emptied_and_leads_to_its_application(self) -> None:
        one = sent()
        application = done(lodge_application(form(7), photo(), BOPHA, NOW, from_home=one.reference))
        one.refresh_from_db()
        assert (one.application, one.form, one.photo) == (application, {}, None)
        assert declined(load_preapplication(one.reference, BOPHA, NOW)) is Ground.WRONG_STATE

    def test_another_reference_typed_in_by_mistake_empties_nothing(self) -> None:
        one = sent()
        elsewhere = form(8, SEREI)
        done(lodge_application(elsewhere, photo(), NEXT_CLERK, NOW, from_home=one.reference))
        one.refresh_from_db()
        assert one.application is None
        assert one.form

    def test_scanned_by_mistake_before_somebody_else_was_typed_it_waits_on_for_its_own(self) -> None:
        one = sent()
        somebody = form(8, name_latin="CHAN DARA", name_khmer="ចាន់ ដារ៉ា", born_on=form(7).born_on.replace(year=1960))
        done(lodge_application(somebody, photo(), BOPHA, NOW, from_home=one.reference))
        assert done(load_preapplication(one.reference, BOPHA, NOW)).form["name_latin"] == form(7).name_latin

    def test_the_governor_takes_nothing_in(self) -> None:
        assert declined(load_preapplication(sent().reference, DARA, NOW)) is Ground.NOT_ALLOWED


class TestForgetting:
    def test_what_is_typed_is_deleted_two_hours_after_it_was_touched(self) -> None:
        made = begin_home_form(HERE, NOW)
        assert made is not None
        home_form, token = made
        later = NOW + timedelta(hours=1)
        save_answers(home_form, {"work": "x\0\ud800" + "y" * 999}, later)
        assert len(HomeForm.objects.get().answers["work"]) == 298
        assert forget_home_forms(later + TYPED_FOR - timedelta(seconds=1)) == 0
        assert find_home_form(token, later + TYPED_FOR) is None
        assert forget_home_forms(later + TYPED_FOR) == 1

    def test_what_waited_in_vain_is_deleted(self) -> None:
        one = sent()
        assert forget_preapplications(one.expires_at - timedelta(seconds=1)) == 0
        assert forget_preapplications(one.expires_at) == 1

    def test_tries_are_forgotten_after_a_day(self) -> None:
        begun()
        assert forget_tries(NOW + timedelta(hours=23)) == 0
        assert forget_tries(NOW + timedelta(hours=24)) == 1
        assert not PublicTry.objects.exists()

    @pytest.mark.parametrize("name", ["forget_home_forms", "forget_preapplications", "forget_tries"])
    def test_a_chore_sees_to_it(self, name: str) -> None:
        assert CHORES[name].every <= timedelta(hours=6)
