"""Which application is meant by what is typed or scanned in an office? One of that office, or none."""

from datetime import date
from typing import Any

import pytest

from borderpass.domain.pass_number import check_character
from borderpass.services.search_office import Found, Hint, search_office
from borderpass.store.models import Application, IssuedPass
from tests.cast import BOPHA, MALEE, MINISTRY, NEXT_CLERK, OTHER_PROVINCE, POIPET, PROVINCE, RITH, SEREI
from tests.installation import Installation, lodged, minutes_later, signed


def found(text: str, office: str = POIPET, actor: Any = BOPHA) -> Found:
    return search_office(text, office, actor)


def names(result: Found) -> list[str]:
    return [one.name_latin for one in result.applications]


@pytest.fixture
def sokha(installation: Installation) -> IssuedPass:
    return signed(installation)


@pytest.fixture
def neighbour(installation: Installation) -> IssuedPass:
    return signed(installation, 1, office=SEREI)


class TestOneByItsNumber:
    def test_the_reference_leads_to_it(self, sokha: IssuedPass) -> None:
        assert found(sokha.application.reference.lower()).only == sokha.application_id

    def test_the_pass_number_leads_to_it(self, sokha: IssuedPass) -> None:
        assert found(sokha.number.replace("-", " ")).only == sokha.application_id

    def test_the_serial_finds_applications_and_passes_with_it(self, sokha: IssuedPass) -> None:
        assert names(found("1")) == ["SOK SOKHA"]
        assert names(found("2")) == []

    def test_a_mistyped_number_is_told(self, sokha: IssuedPass) -> None:
        reference = sokha.application.reference
        wrong = reference[:-1] + ("B" if reference[-1] == "A" else "A")
        assert found(wrong).hint is Hint.MISTYPED
        assert found(wrong).only is None

    def test_a_number_of_another_office_names_that_office_and_finds_nothing(
        self, sokha: IssuedPass, neighbour: IssuedPass
    ) -> None:
        for text in (neighbour.application.reference, neighbour.number):
            result = found(text)
            assert (result.hint, result.other_office, names(result)) == (Hint.OTHER_OFFICE, SEREI, [])

    def test_what_another_office_never_gave_out_sounds_the_same(self, sokha: IssuedPass) -> None:
        invented = f"A0106-26-000777-{check_character('A010626000777')}"
        assert (found(invented).hint, found(invented).other_office) == (Hint.OTHER_OFFICE, SEREI)

    def test_what_was_made_at_home_is_to_be_taken_in(self, installation: Installation) -> None:
        reference = f"P0110-26-000012-{check_character('P011026000012')}"
        assert found(reference).made_at_home == reference


class TestManyByNames:
    @pytest.fixture(autouse=True)
    def people(self, installation: Installation) -> None:
        lodged(name_latin="SOK SOKHA", name_khmer="សុខ សុខា", document_number="010000001", phone="012345678")
        lodged(name_latin="SOK-SAN D'ARC", name_khmer="សុខសាន្ត", document_number="010000002", phone="")
        lodged(
            now=minutes_later(5),
            name_latin="CHAN SOKHA",
            name_khmer="ចាន់ សុ\u200bខា",
            document_number="010000003",
            born_on=date(1980, 5, 6),
        )

    @pytest.mark.parametrize(
        ("typed", "expected"),
        [
            ("sokha", ["CHAN SOKHA", "SOK SOKHA"]),
            ("sokha chan", ["CHAN SOKHA"]),
            ("Sôkhá", ["CHAN SOKHA", "SOK SOKHA"]),
            ("soksan", ["SOK-SAN D'ARC"]),
            ("darc", ["SOK-SAN D'ARC"]),
            ("សុខា", ["CHAN SOKHA", "SOK SOKHA"]),
            ("សុខា ចាន់", ["CHAN SOKHA"]),
            ("សុខសាន\u17d2\u178a", ["SOK-SAN D'ARC"]),
            ("សុខា chan", ["CHAN SOKHA"]),
            ("6/5/1980", ["CHAN SOKHA"]),
            ("sokha 2/1/1990", ["SOK SOKHA"]),
            ("010000002", ["SOK-SAN D'ARC"]),
            ("0100000", ["CHAN SOKHA", "SOK SOKHA", "SOK-SAN D'ARC"]),
            ("012 345 678", ["CHAN SOKHA", "SOK SOKHA"]),
            ("sokha 010000001", ["SOK SOKHA"]),
            ("nobody", []),
            ("%", []),
            ("s_k", []),
        ],
    )
    def test_they_are_found(self, typed: str, expected: list[str]) -> None:
        result = found(typed)
        assert sorted(names(result)) == expected
        assert result.only is None

    def test_newest_first(self) -> None:
        assert names(found("sokha"))[0] == "CHAN SOKHA"

    def test_nothing_asked_is_told(self) -> None:
        assert (found(" ").hint, names(found(" "))) == (Hint.NOTHING_ASKED, [])


class TestAScannedPass:
    def test_its_code_leads_to_it(self, sokha: IssuedPass) -> None:
        result = found(f"{sokha.qr_text}\r\n")
        assert (result.only, result.hint) == (sokha.application_id, None)

    def test_the_same_content_under_another_signature_is_told(self, sokha: IssuedPass) -> None:
        text = str(sokha.qr_text)
        IssuedPass.objects.update(qr_text=text + "0")
        result = found(text)
        assert (result.only, result.hint) == (sokha.application_id, Hint.CODE_ALTERED)

    def test_one_of_another_office_names_that_office(self, sokha: IssuedPass, neighbour: IssuedPass) -> None:
        result = found(str(neighbour.qr_text))
        assert (result.only, result.hint, result.other_office) == (None, Hint.OTHER_OFFICE, SEREI)

    def test_one_of_this_office_that_is_not_in_its_books_is_told(self, sokha: IssuedPass) -> None:
        text = str(sokha.qr_text)
        IssuedPass.objects.update(fingerprint="0" * 64)
        assert found(text).hint is Hint.CODE_UNKNOWN

    @pytest.mark.parametrize("text", ["A" * 201, "x" * 4_297, ":" * 300, "សុខ" * 100])
    def test_what_is_no_code_of_a_pass_is_told(self, installation: Installation, text: str) -> None:
        assert found(text).hint in (Hint.CODE_UNKNOWN, Hint.TOO_LONG)


class TestWhoFinds:
    @pytest.mark.parametrize("actor", [BOPHA, PROVINCE, MINISTRY, RITH])
    def test_whoever_reads_the_office(self, sokha: IssuedPass, actor: Any) -> None:
        assert found(sokha.number, actor=actor).only == sokha.application_id

    @pytest.mark.parametrize("actor", [NEXT_CLERK, OTHER_PROVINCE, MALEE])
    @pytest.mark.parametrize("by", ["number", "reference", "name", "code"])
    def test_nobody_else(self, sokha: IssuedPass, actor: Any, by: str) -> None:
        texts = {"number": sokha.number, "name": "sokha", "code": str(sokha.qr_text)}
        result = found(texts.get(by, sokha.application.reference), actor=actor)
        assert (result.only, names(result)) == (None, [])


def test_a_province_searches_the_office_it_is_in(sokha: IssuedPass, neighbour: IssuedPass) -> None:
    assert names(found("0", SEREI, PROVINCE)) == []
    assert Application.objects.count() == 2
    assert len(names(found("1", SEREI, PROVINCE))) == 1
