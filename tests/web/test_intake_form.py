"""/office/0110/new/: is an application taken in once, nothing typed lost, and everything wrong said at its field?"""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from borderpass.domain.actors import StaffRole
from borderpass.domain.application import State
from borderpass.domain.passes import Sex
from borderpass.pictures.drawn_face import draw_face
from borderpass.services.save_draft import save_draft
from borderpass.store.keys import new_id
from borderpass.store.models import Application, Draft, IssuedPass, Office, Staff
from tests.cast import BOPHA, DARA, POIPET, PROVINCE, RITH, SEREI, VICHEA
from tests.installation import Installation, done, lodged, row_counts
from tests.web.conftest import NOW, sign_in
from tests.web.intake import NEW, SOPHEA, card, form_url, send, small_picture, take_photo, text_of

URL = form_url()


@pytest.fixture
def bopha(client: Client, world: Installation) -> Client:
    return sign_in(client, BOPHA.name)


@pytest.fixture
def ready(bopha: Client) -> Client:
    """Bopha's browser, the photo taken."""
    assert take_photo(bopha, URL).status_code == 200
    return bopha


def lodge(client: Client, url: str = URL, **changes: Any) -> Any:
    return send(client, url, **{**SOPHEA, **changes})


def errors(response: Any) -> str:
    """Return what stands at the top of a form that was not taken in."""
    assert response.status_code == 422
    found = re.search(r'id="errors">(.*?)</div>', text_of(response), re.DOTALL)
    assert found is not None
    return found[1]


def value(response: Any, name: str) -> str:
    """Return what stands in a field."""
    tag = re.search(rf'<(?:input|textarea)[^>]*name="{name}"[^>]*>', text_of(response))
    assert tag is not None, name
    found = re.search(r'value="([^"]*)"', tag[0])
    return found[1] if found else ""


def chosen(response: Any, name: str) -> str:
    """Return what is chosen in a select."""
    select = re.search(rf'<select name="{name}".*?</select>', text_of(response), re.DOTALL)
    assert select is not None, name
    found = re.search(r'<option value="([^"]*)" selected', select[0])
    return found[1] if found else ""


class TestBeginning:
    def test_a_form_begins_under_an_id_of_its_own(self, bopha: Client) -> None:
        first, second = (bopha.get(NEW).headers["Location"] for _ in range(2))
        assert first != second
        assert re.fullmatch(rf"{NEW}[0-9a-f-]{{36}}/", first)
        assert not Draft.objects.exists()

    def test_the_hand_is_at_the_card_and_the_camera_is_allowed_here_only(self, bopha: Client) -> None:
        response = bopha.get(URL)
        assert re.search(r'<textarea[^>]*name="card"[^>]*autofocus', text_of(response))
        assert "camera=(self)" in response.headers["Permissions-Policy"]
        assert "camera=()" in bopha.get(f"/office/{POIPET}/").headers["Permissions-Policy"]
        assert "no-store" in response.headers["Cache-Control"]

    def test_the_address_begins_with_the_offices_own_land_and_the_price_is_said(self, bopha: Client) -> None:
        response = bopha.get(URL)
        assert (chosen(response, "province"), chosen(response, "district")) == ("01", "0110")
        assert "20,000" in text_of(response)
        assert "BP-2016-01" in text_of(response)

    @pytest.mark.parametrize("name", [DARA.name, RITH.name, PROVINCE.name])
    def test_who_may_not_take_in_may_not_begin(self, client: Client, world: Installation, name: str) -> None:
        assert sign_in(client, name).get(NEW).status_code == 403
        assert client.get(URL).status_code == 403

    def test_another_office_is_not_there(self, client: Client, world: Installation) -> None:
        assert sign_in(client, VICHEA.name).get(URL).status_code == 404
        assert sign_in(Client(), BOPHA.name).get(f"/office/{SEREI}/new/").status_code == 404

    def test_nobody_is_asked_to_sign_in_and_other_methods_are_none(self, client: Client, world: Installation) -> None:
        assert client.get(NEW).headers["Location"].startswith("/sign-in/?next=")
        signed_in = sign_in(Client(), BOPHA.name)
        assert signed_in.post(NEW).status_code == 405
        assert signed_in.put(URL).status_code == 405


class TestLodging:
    def test_what_was_typed_becomes_an_application(self, ready: Client) -> None:
        response = lodge(ready, child1_name="SOK CHENDA", child1_born_on="4.5.2019", child1_sex="2")
        application = Application.objects.get(name_latin="SOK SOPHEA")
        assert response.headers["Location"] == f"/office/{POIPET}/applications/{application.id}/taken-in/"
        assert application.id == Application.objects.get(document_number="018203947").id
        assert (application.state, application.born_on, application.sex) == (State.LODGED, date(1992, 5, 4), Sex.FEMALE)
        assert application.home_code == "01100101"
        assert application.companions == [["SOK CHENDA", "2019-05-04", 2]]
        assert application.portrait.print_jpeg
        assert not Draft.objects.exists()

    def test_a_double_click_takes_in_once(self, ready: Client) -> None:
        first, second = (
            lodge(ready),
            ready.post(URL, {"csrfmiddlewaretoken": ready.cookies["csrftoken"].value, **SOPHEA}),
        )
        assert first.headers["Location"] == second.headers["Location"]
        assert Application.objects.filter(name_latin="SOK SOPHEA").count() == 1

    def test_a_form_that_was_lodged_leads_to_what_came_of_it(self, ready: Client) -> None:
        location = lodge(ready).headers["Location"]
        assert ready.get(URL).headers["Location"] == location
        page = text_of(ready.get(location))
        assert Application.objects.get(name_latin="SOK SOPHEA").reference in page
        assert "Next applicant" in page

    def test_a_script_is_led_by_a_header(self, ready: Client) -> None:
        token = ready.cookies["csrftoken"].value
        response = ready.post(
            URL, {"csrfmiddlewaretoken": token, "act": "lodge", **SOPHEA}, headers={"HX-Request": "true"}
        )
        assert response.status_code == 204
        assert response.headers["HX-Redirect"].endswith("/taken-in/")

    def test_khmer_digits_are_digits(self, ready: Client) -> None:
        lodge(ready, born_on="០៤/០៥/១៩៩២", document_number="០១៨២០៣៩៤៧", phone="០១២ ៣៤៥ ៦៧៨", second_number="១២៣៤៥៦៧៨៩០")
        application = Application.objects.get(name_latin="SOK SOPHEA")
        assert (application.born_on, application.document_number) == (date(1992, 5, 4), "018203947")
        assert (application.phone, application.second_number) == ("012345678", "1234567890")

    def test_a_monk_shows_another_paper(self, ready: Client) -> None:
        lodge(ready, document_kind="monk_certificate", document_number="12/ABC")
        application = Application.objects.get(name_latin="SOK SOPHEA")
        assert (application.document_kind, application.document_number) == ("monk_certificate", "12/ABC")

    def test_a_village_that_no_list_has_is_left_to_its_commune(self, ready: Client) -> None:
        lodge(ready, village="-")
        assert Application.objects.get(name_latin="SOK SOPHEA").home_code == "011001"

    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"name_khmer": ""}, "id_name_khmer", "in Khmer letters"),
            ({"name_latin": "សុខ"}, "id_name_latin", "in Latin letters"),
            ({"sex": ""}, "id_sex", "Choose one"),
            ({"born_on": "31/02/1990"}, "id_born_on", "such as 02/01/1990"),
            ({"born_on": "04/05/2535"}, "id_born_on", "Write 1992"),
            ({"born_on": "04/05/2020", "document_kind": "birth_certificate"}, "id_born_on", "under 12"),
            ({"born_on": "04/05/2012"}, "id_document_kind", "from 15 on"),
            ({"document_number": "12"}, "id_document_number", "9 digits"),
            ({"second_number": "12"}, "id_second_number", "10 digits"),
            ({"nationality": "khmer"}, "id_nationality", "three letters"),
            ({"village": ""}, "id_village", "down to the village"),
            ({"village": "01060201"}, "id_village", "down to the village"),
            ({"phone": "call me"}, "id_phone", "in digits"),
            ({"occupation": "ក" * 81}, "id_occupation", "at most 80"),
            ({"child1_name": "SOK CHENDA"}, "id_child1_born_on", "such as 02/01/1990"),
            ({"child1_born_on": "04/05/2019", "child1_sex": "2"}, "id_child1_name", "name of the child"),
            (
                {"child1_name": "SOK DARA", "child1_born_on": "04/05/2010", "child1_sex": "1"},
                "id_child1_born_on",
                "12 or older",
            ),
            ({"card_expires": "2026-11-22"}, "id_document_kind", "ended on 22/11/2026"),
        ],
        ids=str,
    )
    def test_what_is_wrong_is_said_at_its_field_and_everything_typed_stays(
        self, ready: Client, changes: dict[str, Any], field: str, words: str
    ) -> None:
        before = row_counts()
        response = lodge(ready, **changes)
        said = errors(response)
        assert f'href="#{field}"' in said
        assert words in said
        assert row_counts() == before
        for name in ("name_latin", "phone", "occupation"):
            assert value(response, name) == {**SOPHEA, **changes}[name]
        again = ready.get(URL)
        assert value(again, "name_latin") == {**SOPHEA, **changes}["name_latin"]
        assert f'id="{field}"' in text_of(again)

    def test_the_hand_goes_to_the_first_thing_wrong(self, ready: Client) -> None:
        page = text_of(lodge(ready, name_latin="", phone="x"))
        [tag] = re.findall(r"<(?:input|select|textarea)[^>]*autofocus[^>]*>", page)
        assert 'name="name_latin"' in tag
        assert 'aria-invalid="true"' in tag

    def test_without_a_photo_it_is_not_taken_in(self, bopha: Client) -> None:
        assert "id_picture" in errors(lodge(bopha))

    def test_who_holds_a_pass_is_told_its_number(self, ready: Client, sokhas: IssuedPass) -> None:
        held = sokhas.application
        told = {"name_latin": held.name_latin, "document_number": held.document_number, "born_on": "02/01/1990"}
        page = text_of(lodge(ready, **told))
        tick = re.search(r'name="compared"[^>]*value="([^"]+)"', page)
        assert tick is not None
        said = errors(lodge(ready, **told, compared=tick[1]))
        assert sokhas.number in said
        assert f'href="/office/{POIPET}/passes/{sokhas.number}/"' in said


class TestNeighbours:
    def test_who_lives_elsewhere_is_told_which_office_is_theirs(self, ready: Client) -> None:
        away = {"district": "0106", "commune": "010602", "village": "01060201"}
        response = lodge(ready, **away)
        assert "id_village" in errors(response)
        assert Office.objects.get(code=SEREI).name_en in text_of(response)
        at_once = send(ready, URL, "place", **{**SOPHEA, **away})
        assert at_once.status_code == 200
        assert Office.objects.get(code=SEREI).name_en in text_of(at_once)

    def test_who_lives_inland_is_told_at_once(self, ready: Client) -> None:
        inland = {"province": "12", "district": "1201", "commune": "120101", "village": "12010101"}
        response = send(ready, URL, "place", **{**SOPHEA, **inland})
        assert "Only residents of the border provinces" in text_of(response)
        assert "id_village" in errors(lodge(ready, **inland))


class TestTheCard:
    def test_what_was_read_is_filled_in_and_marked(self, bopha: Client) -> None:
        response = send(bopha, URL, "card", card=card(), name_khmer="សុខ សុភា", occupation="កសិករ")
        assert value(response, "name_latin") == "SOK SOPHEA"
        assert value(response, "born_on") == "04/05/1992"
        assert value(response, "document_number") == "018203947"
        assert (chosen(response, "sex"), chosen(response, "document_kind")) == ("2", "id_card")
        assert (value(response, "name_khmer"), value(response, "occupation")) == ("សុខ សុភា", "កសិករ")
        page = text_of(response)
        assert page.count('class="read"') == 6
        assert "Compare the name" in page
        assert "from the card" in text_of(bopha.get(URL))

    def test_after_the_card_the_hand_is_at_the_khmer_name(self, bopha: Client) -> None:
        page = text_of(send(bopha, URL, "card", card=card()))
        [tag] = re.findall(r"<(?:input|select|textarea)[^>]*autofocus[^>]*>", page)
        assert 'name="name_khmer"' in tag

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "three lines of 30"),
            ("nonsense", "three lines of 30"),
            (card().replace("IDKHM", "IDTHA"), "not a Cambodian identity card"),
            (card()[:-1], "Line 3 does not have 30"),
            (card().replace("018203947", "018203946"), "number of the card: the check digit"),
            (card(born="921304"), "date of birth: this is no such day"),
            (card().replace("SOK<<", "S0K<<"), "Line 3, character 2 (names)"),
        ],
    )
    def test_what_cannot_be_read_is_named_by_its_line_and_fills_nothing(
        self, bopha: Client, text: str, words: str
    ) -> None:
        response = send(bopha, URL, "card", card=text, name_latin="TYPED")
        assert words in text_of(response)
        assert value(response, "name_latin") == "TYPED"

    def test_an_expired_card_is_said_at_once_and_another_paper_helps(self, ready: Client) -> None:
        response = send(ready, URL, "card", card=card(expires="261122"), **SOPHEA)
        assert "ended on 22/11/2026" in text_of(response)
        expires = value(response, "card_expires")
        assert "id_document_kind" in errors(lodge(ready, card_expires=expires))
        assert lodge(ready, card_expires=expires, document_kind="residence_book").status_code == 302

    def test_a_name_that_fills_its_line_is_to_be_completed(self, bopha: Client) -> None:
        response = send(bopha, URL, "card", card=card(names="CHANRASMEY<<SOPHEAKANHARITHYDA"))
        assert "complete it from the front" in text_of(response)


class TestPlaces:
    def test_levels_open_step_by_step_without_scripts(self, bopha: Client) -> None:
        response = send(bopha, URL, "place", province="02")
        assert chosen(response, "district") == ""
        assert '<option value="0212"' in text_of(response)
        assert '<option value="011001"' not in text_of(response)
        response = send(bopha, URL, "place", province="02", district="0212")
        assert '<option value="021201"' in text_of(response)

    def test_a_village_is_found_and_picked(self, bopha: Client) -> None:
        response = send(bopha, URL, "search", place="kbal spean")
        assert 'value="pick:01100403"' in text_of(response)
        response = send(bopha, URL, "pick:01100403", place="kbal spean")
        assert [chosen(response, name) for name in ("province", "district", "commune", "village")] == [
            "01",
            "0110",
            "011004",
            "01100403",
        ]
        assert value(response, "place") == ""

    def test_picking_a_commune_leaves_its_village_to_be_chosen(self, bopha: Client) -> None:
        response = send(bopha, URL, "pick:010602", **SOPHEA)
        assert (chosen(response, "commune"), chosen(response, "village")) == ("010602", "")

    @pytest.mark.parametrize("act", ["pick:", "pick:0199", "pick:<b>", "nonsense", ""])
    def test_what_names_no_place_and_no_button_changes_nothing(self, bopha: Client, act: str) -> None:
        response = send(bopha, URL, act, **SOPHEA)
        assert response.status_code in (200, 422)
        assert chosen(response, "village") == "01100101"

    def test_enter_in_the_search_searches_without_scripts(self, ready: Client) -> None:
        response = lodge(ready, commune="", village="", place="kbal spean")
        assert 'value="pick:01100403"' in text_of(response)


class TestThePhoto:
    def test_it_is_shown_with_its_frame_and_kept(self, bopha: Client) -> None:
        response = take_photo(bopha, URL)
        assert 'class="frame"' in text_of(response)
        assert "One face, light and sharp" in text_of(response)
        picture = bopha.get(f"{URL}picture/")
        assert picture.headers["Content-Type"] == "image/jpeg"
        assert picture.content.startswith(b"\xff\xd8")
        assert 'class="frame"' in text_of(bopha.get(URL))

    def test_a_frame_is_moved_and_looked_at(self, ready: Client) -> None:
        frame = {"frame_left": "0.0", "frame_top": "0.0", "frame_width": "0.1"}
        response = send(ready, URL, "frame", **SOPHEA, **frame)
        assert "No face is seen" in text_of(response)
        assert value(ready.get(URL), "frame_width") == "0.1000"

    @pytest.mark.parametrize("shares", [("nan", "0", "1"), ("x", "y", "z"), ("9e9", "-9e9", "0"), ("", "", "")])
    def test_a_frame_that_is_none_breaks_nothing(self, ready: Client, shares: tuple[str, str, str]) -> None:
        frame = dict(zip(("frame_left", "frame_top", "frame_width"), shares, strict=True))
        assert send(ready, URL, "frame", **SOPHEA, **frame).status_code == 200
        assert lodge(ready, **frame).status_code == 302

    def test_a_picture_that_is_none_is_said_and_blocks_nothing_else(self, bopha: Client) -> None:
        assert "This is not a picture" in text_of(take_photo(bopha, URL, b"nothing"))
        assert "fewer than 100 pixels" in text_of(take_photo(bopha, URL, small_picture()[:0] + _tiny()))
        assert send(bopha, URL, "picture").status_code == 200

    def test_a_warning_does_not_block(self, bopha: Client) -> None:
        assert "No face is seen" in text_of(take_photo(bopha, URL, small_picture("teal")))
        assert lodge(bopha).status_code == 302

    def test_it_is_its_clerks_alone(self, ready: Client, world: Installation) -> None:
        Staff.objects.add("colleague", "x" * 20, StaffRole.CLERK, POIPET, "A colleague")
        assert sign_in(Client(), "colleague").get(f"{URL}picture/").status_code == 404


def _tiny() -> bytes:
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.open(BytesIO(draw_face(1, 1, 30))).resize((40, 50)).save(buffer, "JPEG")
    return buffer.getvalue()


class TestDrafts:
    def test_what_is_typed_is_kept_and_is_there_again(self, bopha: Client) -> None:
        response = send(bopha, URL, "save", **SOPHEA)
        assert "Kept at 09:00:00" in text_of(response)
        assert value(bopha.get(URL), "name_khmer") == SOPHEA["name_khmer"]
        assert SOPHEA["name_khmer"] in text_of(bopha.get(f"/office/{POIPET}/queues/new/"))

    def test_a_session_that_ended_loses_nothing(self, bopha: Client) -> None:
        page = text_of(bopha.get(URL))
        hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|ticket)" value="([^"]+)"', page))
        del bopha.cookies["sessionid"]
        response = bopha.post(URL, {**hidden, "act": "save", **SOPHEA})
        assert response.headers["Location"] == f"/sign-in/?next={URL}"
        assert value(sign_in(bopha, BOPHA.name).get(URL), "name_khmer") == SOPHEA["name_khmer"]

    @pytest.mark.parametrize("ticket", ["", "x", "a:b:c", None])
    def test_without_the_forms_own_ticket_nobody_writes_anything(self, bopha: Client, ticket: str | None) -> None:
        page = text_of(bopha.get(form_url()))  # another form's
        hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|ticket)" value="([^"]+)"', page))
        del bopha.cookies["sessionid"]
        sent = {**hidden, "ticket": hidden["ticket"] if ticket is None else ticket, "act": "save", **SOPHEA}
        assert bopha.post(URL, sent).status_code == 302
        assert not Draft.objects.exists()

    def test_another_clerks_draft_is_not_shown(self, bopha: Client) -> None:
        Staff.objects.add("colleague", "x" * 20, StaffRole.CLERK, POIPET, "A colleague")
        form_id = new_id()
        done(save_draft(form_id, POIPET, {"name_latin": "SECRET"}, BOPHA, NOW))
        assert "SECRET" not in text_of(sign_in(Client(), "colleague").get(form_url(form_id)))

    def test_a_form_under_the_id_of_another_offices_application_is_not_ours(self, bopha: Client) -> None:
        theirs = lodged(5, office=SEREI)
        assert send(bopha, form_url(theirs.id), "save", **SOPHEA).status_code == 404

    def test_discarding_forgets_it(self, ready: Client) -> None:
        assert send(ready, URL, "discard", **SOPHEA).headers["Location"] == f"/office/{POIPET}/"
        assert not Draft.objects.exists()

    def test_without_its_token_nothing_is_kept(self, bopha: Client) -> None:
        assert bopha.post(URL, {"act": "save", **SOPHEA}).status_code == 403
        assert not Draft.objects.exists()


class TestTheSamePerson:
    def test_an_earlier_one_is_shown_beside_and_has_to_be_compared(self, ready: Client) -> None:
        earlier = lodged(
            name_latin="SOK SOPHEA", name_khmer="សុខ សុភា", born_on=date(1992, 5, 4), document_number="077777777"
        )
        beside = text_of(send(ready, URL, "save", **SOPHEA))
        assert earlier.reference in beside
        assert "The same birth date and nearly the same name" in beside
        response = lodge(ready)
        assert "id_compared" in errors(response)
        tick = re.search(r'name="compared"[^>]*value="([^"]+)"', text_of(response))
        assert tick is not None
        kept = text_of(send(ready, URL, "save", **SOPHEA, compared=tick[1]))
        assert re.search(r'name="compared"[^>]* checked', kept)
        assert lodge(ready, compared=tick[1]).status_code == 302

    def test_the_tick_counts_for_those_who_were_shown(self, ready: Client) -> None:
        same = {"name_latin": "SOK SOPHEA", "born_on": date(1992, 5, 4)}
        lodged(**same, document_number="077777777")
        tick = re.search(r'name="compared"[^>]*value="([^"]+)"', text_of(lodge(ready)))
        assert tick is not None
        lodged(**same, document_number="066666666")
        assert "id_compared" in errors(lodge(ready, compared=tick[1]))

    def test_of_another_offices_nothing_is_said_about_the_person(self, ready: Client) -> None:
        theirs = lodged(3, office=SEREI, document_number=SOPHEA["document_number"], name_khmer="ចាន់ ដារ៉ា")
        beside = text_of(send(ready, URL, "save", **SOPHEA))
        assert theirs.reference in beside
        assert theirs.name_latin not in beside
        assert theirs.name_khmer not in beside
        assert str(theirs.id) not in beside
