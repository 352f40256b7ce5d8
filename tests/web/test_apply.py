"""Applying from home: does a phone fill in the form without account or scripts, and its code the counter's?"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from borderpass.services import limit_tries
from borderpass.services.keep_home_form import PHOTO_MAX_BYTES
from borderpass.services.limit_tries import Tried
from borderpass.store.models import Application, HomeForm, PreApplication
from tests.cast import BOPHA, POIPET
from tests.installation import NOW, Installation, photo
from tests.web.apply import ANSWERS, answer, fill_in, picture, send, sent_form, text_of, the_form
from tests.web.conftest import sign_in
from tests.web.intake import form_url
from tests.web.intake import send as press
from tests.web.test_intake_form import chosen, value

PAGES = ["/apply/", "/apply/follow/", *(f"/apply/{slug}/" for slug in ANSWERS), "/apply/review/"]


@pytest.fixture
def phone(world: Installation) -> Client:
    """A villager's phone: no account, cookies, no scripts."""
    return Client(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en")


class TestTheBeginning:
    def test_says_what_it_costs_by_which_order_and_how_long_it_takes(self, phone: Client) -> None:
        page = text_of(phone.get("/apply/"))
        assert "20,000 riel" in page
        assert "by order BP-2016-01" in page
        assert "Usually 2 days" in page
        assert "identity card" in page
        assert ("Extension by a year" in page, "10,000 riel" in page) == (True, True)

    def test_says_whom_to_tell_who_is_asked_for_more(self, phone: Client, settings: Any) -> None:
        settings.COMPLAINT_PHONE, settings.COMPLAINT_TELEGRAM = "1234", "@complaints"
        page = text_of(phone.get("/apply/"))
        assert 'href="tel:1234"' in page
        assert "Telegram @complaints" in page

    def test_keeps_nothing_before_the_first_answer(self, phone: Client) -> None:
        phone.get("/apply/")
        phone.get("/apply/pass/")
        assert HomeForm.objects.count() == 0

    def test_is_below_60_kilobytes_with_its_styles_and_its_font(self, phone: Client) -> None:
        files = ("borderpass/tokens.css", "borderpass/applicant.css", "borderpass/icon.svg", "fonts/small/khmer.woff2")
        fixed = sum(_size_of(name) for name in files)
        fill_in(phone, until="village")
        for path in ("/apply/", "/apply/pass/", "/apply/village/"):
            weight = fixed + len(phone.get(path, headers={"accept-language": "km"}).content)
            assert weight < 60_000, (path, weight)

    @pytest.mark.parametrize("path", ["/apply/", "/apply/pass/"])
    def test_loads_no_script(self, phone: Client, path: str) -> None:
        assert "<script" not in text_of(phone.get(path))


class TestTheForm:
    def test_is_sent_page_by_page_and_gets_a_reference(self, phone: Client) -> None:
        made = sent_form(phone)
        assert made.reference.startswith("P0110-26-000001-")
        assert made.office_id == POIPET
        assert made.form["name_latin"] == "SOK SOPHEA"
        assert made.form["born_on"] == "1992-05-04"
        assert made.form["phone"] == "012345678"
        assert made.form["companions"] == [["SOK CHENDA", "2019-05-04", 2]]
        page = text_of(phone.get("/apply/sent/"))
        assert made.reference in page
        assert "<svg" in page
        assert "20,000 riel" in page

    def test_leaves_nothing_typed_behind_once_it_is_sent(self, phone: Client) -> None:
        sent_form(phone)
        form = the_form()
        assert (form.answers, form.photo) == ({}, None)

    def test_has_nothing_of_a_person_in_any_address(self, phone: Client) -> None:
        for slug in ANSWERS:
            location = answer(phone, slug).headers["Location"]
            assert location in PAGES

    def test_sent_twice_is_sent_once(self, phone: Client) -> None:
        sent_form(phone)
        assert phone.get("/apply/review/").headers["Location"] == "/apply/sent/"
        assert PreApplication.objects.count() == 1

    def test_each_error_stands_at_its_question_with_what_was_typed(self, phone: Client) -> None:
        fill_in(phone, until="name-latin")
        response = answer(phone, "name-latin", **{"name-latin": "សុខ"})
        assert response.status_code == 422
        assert "in Latin letters" in text_of(response)
        assert 'value="សុខ"' in text_of(response)

    @pytest.mark.parametrize(
        ("slug", "typed", "said"),
        [
            ("pass", {"pass": ""}, "Choose one."),
            ("pass", {"pass": "extension"}, "Choose one."),
            ("province", {"province": "other"}, "Only residents of the border provinces"),
            ("province", {"province": "12"}, "Choose one."),
            ("district", {"district": "0201"}, "Choose one."),
            ("name-khmer", {"name-khmer": " "}, "in Khmer letters"),
            ("born", {"born-day": "31", "born-month": "2"}, "Write the day, the month and the year"),
            ("born", {"born-year": "2535"}, "Buddhist Era. Write 1992."),
            ("born", {"born-year": "2020"}, "A child under 12 travels on a parent&#x27;s pass"),
            ("number", {"number": "12"}, "9 digits"),
            ("phone", {"phone": "no"}, "in digits"),
            ("child-1", {"child-1-name": ""}, "Write the name of the child."),
            ("child-1", {"child-1-year": "2001"}, "Who is 12 or older needs a pass of their own."),
            ("child-1", {"child-1-sex": "7"}, "Choose one."),
        ],
    )
    def test_a_wrong_answer_is_said_and_not_kept(
        self, phone: Client, slug: str, typed: dict[str, str], said: str
    ) -> None:
        fill_in(phone, until=slug)
        before = dict(the_form().answers) if slug != "pass" else {}
        response = answer(phone, slug, **typed)
        assert response.status_code == 422
        assert said in text_of(response)
        assert (dict(the_form().answers) if slug != "pass" else {}) == before

    def test_a_district_without_an_office_is_said_at_once(self, phone: Client) -> None:
        fill_in(phone, until="district")
        assert "No office takes forms from home" in text_of(answer(phone, "district", district="0102"))

    def test_a_village_that_is_not_listed_is_no_hindrance(self, phone: Client) -> None:
        assert sent_form(phone, village={"village": "-"}).form["home_code"] == "011001"

    def test_one_answer_is_changed_from_the_review_and_leads_back_there(self, phone: Client) -> None:
        fill_in(phone)
        location = answer(phone, "work", "?then=review", work="គ្រូ").headers["Location"]
        assert location == "/apply/review/"
        assert "គ្រូ" in text_of(phone.get(location))

    def test_another_province_asks_for_the_smaller_places_again(self, phone: Client) -> None:
        fill_in(phone)
        location = answer(phone, "province", "?then=review", province="02").headers["Location"]
        assert location == "/apply/district/?then=review"
        assert phone.get("/apply/review/").headers["Location"] == "/apply/district/"

    def test_questions_ahead_wait_and_the_review_leads_to_what_is_open(self, phone: Client) -> None:
        fill_in(phone, until="commune")
        assert phone.get("/apply/village/").headers["Location"] == "/apply/commune/"
        assert phone.get("/apply/review/").headers["Location"] == "/apply/commune/"
        assert phone.get("/apply/child-3/").headers["Location"] == "/apply/commune/"

    def test_does_not_tell_who_holds_a_pass_already(self, phone: Client) -> None:
        """Sokha's pass is good for two years: the counter says so, and only the counter."""
        sokha = {"name-khmer": {"name-khmer": "សុខ សុខា"}, "name-latin": {"name-latin": "SOK SOKHA"}}
        born = {"born": {"born-day": "2", "born-month": "1", "born-year": "1990"}}
        assert sent_form(phone, **sokha, **born, number={"number": "010203040"}).reference

    def test_there_is_no_such_question(self, phone: Client) -> None:
        assert phone.get("/apply/password/").status_code == 404


class TestAPhoto:
    def test_goes_along_and_may_be_taken_away(self, phone: Client) -> None:
        fill_in(phone, until="photo")
        answer(phone, "photo", photo=picture(photo()))
        assert the_form().photo is not None
        assert "A photo is there." in text_of(phone.get("/apply/photo/"))
        answer(phone, "photo", act="remove")
        assert the_form().photo is None

    def test_that_is_none_is_refused_beside_its_field(self, phone: Client) -> None:
        fill_in(phone, until="photo")
        response = answer(phone, "photo", photo=picture(b"GIF89a"))
        assert response.status_code == 422
        assert "This is not a picture." in text_of(response)

    def test_too_large_is_refused_before_it_is_read(self, phone: Client) -> None:
        fill_in(phone, until="photo")
        response = phone.post("/apply/photo/", {"photo": picture(b"x" * (PHOTO_MAX_BYTES + 70_000))})
        assert response.status_code == 413

    def test_too_many_are_not_looked_at(self, phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(limit_tries.LIMITS, Tried.SEND_PHOTO, (0, timedelta(hours=1)))
        fill_in(phone, until="photo")
        assert "Too many photos" in text_of(answer(phone, "photo", photo=picture(photo())))


class TestTheToken:
    def test_goes_to_these_pages_alone_and_to_no_script(self, phone: Client) -> None:
        cookie = answer(phone, "pass").cookies["home_form"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/apply/", True, "Lax")
        assert the_form().token_digest != cookie.value

    def test_anothers_phone_does_not_see_the_form(self, phone: Client) -> None:
        sent_form(phone)
        other = Client(HTTP_ACCEPT_LANGUAGE="en")
        assert other.get("/apply/name-khmer/").status_code == 410
        assert other.get("/apply/review/").status_code == 410
        assert other.get("/apply/sent/").headers["Location"] == "/apply/"
        assert other.get("/apply/sent/reference.png").status_code == 404

    def test_the_next_one_at_this_phone_sees_nothing_once_it_is_deleted(self, phone: Client) -> None:
        fill_in(phone, until="sex")
        token = phone.cookies["csrftoken"].value
        assert phone.post("/apply/forget/", {"csrfmiddlewaretoken": token}).headers["Location"] == "/apply/"
        assert HomeForm.objects.count() == 0
        assert phone.get("/apply/sex/").status_code == 410

    def test_nothing_is_there_two_hours_after_it_was_touched(
        self, phone: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill_in(phone, until="sex")
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(hours=2))
        assert phone.get("/apply/sex/").status_code == 410

    def test_a_form_needs_the_token_of_its_page(self, phone: Client) -> None:
        assert phone.post("/apply/pass/", {"pass": "new"}).status_code == 403


class TestTheWrongWay:
    @pytest.mark.parametrize("path", ["/apply/", "/apply/sent/", "/apply/sent/reference.png"])
    def test_there_is_nothing_to_send_here(self, phone: Client, path: str) -> None:
        assert phone.post(path).status_code == 405

    def test_deleting_is_no_link(self, phone: Client) -> None:
        assert phone.get("/apply/forget/").status_code == 405

    def test_too_much_is_refused_by_its_size(self, phone: Client) -> None:
        assert phone.post("/apply/follow/", {"reference": "x" * 70_000}).status_code == 413

    @pytest.mark.parametrize("typed", ["\0", "\ud800", "x" * 5000, "<script>"])
    def test_hostile_text_is_an_answer_like_any_other(self, phone: Client, typed: str) -> None:
        fill_in(phone, until="name-khmer")
        typed = typed.encode("utf-8", "replace").decode()
        assert answer(phone, "name-khmer", **{"name-khmer": typed}).status_code == 422

    def test_after_too_many_it_is_kept_and_said(self, phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(limit_tries.LIMITS, Tried.SEND_FORM, (0, timedelta(hours=1)))
        fill_in(phone)
        response = send(phone, "/apply/review/")
        assert response.status_code == 429
        assert "nothing is lost" in text_of(response)
        assert the_form().answers["name-latin"] == "sok sophea"

    def test_so_many_begin_from_one_place_and_no_more(self, phone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(limit_tries.LIMITS, Tried.BEGIN_FORM, (0, timedelta(hours=1)))
        assert answer(phone, "pass").status_code == 429


class TestAtTheCounter:
    def test_its_code_fills_the_form_and_taken_in_it_leads_to_the_application(self, phone: Client) -> None:
        made = sent_form(phone)
        bopha, url = sign_in(Client(HTTP_ACCEPT_LANGUAGE="en"), BOPHA.name), form_url()
        page = press(bopha, url, "card", card=made.reference)
        assert value(page, "name_khmer") == "សុខ សុភា"
        assert (chosen(page, "village"), value(page, "child1_name")) == ("01100101", "SOK CHENDA")
        press(bopha, url, "picture", picture=picture(photo()), **_typed(page))
        press(bopha, url, **_typed(page))
        made.refresh_from_db()
        assert made.application == Application.objects.get(name_latin="SOK SOPHEA")
        assert (made.form, made.photo) == ({}, None)

    def test_its_photo_comes_along(self, phone: Client) -> None:
        fill_in(phone, until="photo")
        answer(phone, "photo", photo=picture(photo()))
        send(phone, "/apply/review/")
        made = PreApplication.objects.get()
        page = press(sign_in(Client(HTTP_ACCEPT_LANGUAGE="en"), BOPHA.name), form_url(), "card", card=made.reference)
        assert 'class="frame"' in text_of(page)


def test_the_picture_is_a_png_of_its_own_name(phone: Client) -> None:
    made = sent_form(phone)
    response = phone.get("/apply/sent/reference.png")
    assert response.headers["Content-Type"] == "image/png"
    assert f'filename="{made.reference}.png"' in response.headers["Content-Disposition"]
    assert response.content.startswith(b"\x89PNG")


def _size_of(name: str) -> int:
    found = finders.find(name)
    assert isinstance(found, str)
    return Path(found).stat().st_size


def _typed(page: Any) -> dict[str, str]:
    texts = ("name_khmer", "name_latin", "born_on", "document_number", "reference", "nationality")
    choices = ("sex", "province", "district", "commune", "village", "purpose", "document_kind")
    return {name: value(page, name) for name in texts} | {name: chosen(page, name) for name in choices}


class TestTheLanguage:
    @pytest.mark.parametrize(("language", "words"), [("km", "តើអ្នកត្រូវការប័ណ្ណអ្វី?"), ("th", "ท่านต้องการบัตรใด")])
    def test_is_the_phones_or_the_one_chosen(self, phone: Client, language: str, words: str) -> None:
        assert words in text_of(phone.get("/apply/pass/", headers={"accept-language": language}))

    def test_the_way_to_another_leads_back_to_the_same_question(self, phone: Client) -> None:
        assert '<input type="hidden" name="next" value="/apply/pass/">' in text_of(phone.get("/apply/pass/"))


class TestGoingOn:
    def test_the_beginning_leads_to_the_first_question_that_is_open(self, phone: Client) -> None:
        fill_in(phone, until="sex")
        assert 'href="/apply/sex/"' in text_of(phone.get("/apply/"))

    def test_once_all_are_answered_it_leads_to_the_review(self, phone: Client) -> None:
        fill_in(phone)
        assert 'class="go" href="/apply/review/"' in text_of(phone.get("/apply/"))

    def test_once_sent_it_leads_to_the_reference_or_to_a_new_form(self, phone: Client) -> None:
        first = sent_form(phone)
        assert 'href="/apply/sent/"' in text_of(phone.get("/apply/"))
        assert phone.get("/apply/sex/").headers["Location"] == "/apply/sent/"
        assert sent_form(phone).reference != first.reference

    def test_what_is_read_over_is_as_it_will_be_sent(self, phone: Client) -> None:
        fill_in(phone)
        page = text_of(phone.get("/apply/review/"))
        for said in ("SOK SOPHEA", "04/05/1992", "Banteay Meanchey", "SOK CHENDA, 04/05/2019", "012345678"):
            assert said in page

    def test_fewer_children_are_sent_as_fewer(self, phone: Client) -> None:
        fill_in(phone)
        answer(phone, "children", "?then=review", children="0")
        send(phone, "/apply/review/")
        assert PreApplication.objects.get().form["companions"] == []

    def test_another_paper_asks_for_its_number_again_where_it_does_not_fit(self, phone: Client) -> None:
        fill_in(phone, paper={"paper": "family_book"}, number={"number": "AB 12"})
        location = answer(phone, "paper", "?then=review").headers["Location"]
        assert location == "/apply/number/?then=review"


def test_a_question_costs_few_queries(phone: Client, django_assert_max_num_queries: Any) -> None:
    fill_in(phone)
    with django_assert_max_num_queries(12):
        phone.get("/apply/work/")
    with django_assert_max_num_queries(12):
        phone.get("/apply/review/")
