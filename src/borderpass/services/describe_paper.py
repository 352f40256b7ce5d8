"""What does the paper of a pass say?"""

from datetime import datetime

from borderpass.domain.local_time import last_valid_day, local_day
from borderpass.domain.passes import PassKind, Sex
from borderpass.printing.papers import CompanionLine, PassPaper
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.store.models import IssuedPass, Office

_SEX = {Sex.MALE: "male", Sex.FEMALE: "female", Sex.OTHER: "other"}
_KIND = {PassKind.TWO_YEAR: "two_year", PassKind.EXTENSION: "extension", PassKind.ONE_TIME: "one_time"}


def describe_pass(issued: IssuedPass) -> PassPaper:
    """Return what the paper of a pass says."""
    application, office = issued.application, issued.office
    home = load_gazetteer().home_names(application.home_code[:6])
    hall = office.code.endswith("00")
    return PassPaper(
        number=issued.number,
        kind=_KIND[PassKind(issued.kind)],  # type: ignore[arg-type]  # the table's values are the paper's
        name_khmer=application.name_khmer,
        name_latin=application.name_latin,
        sex=_SEX[Sex(application.sex)],  # type: ignore[arg-type]  # as above
        born_on=application.born_on,
        home_km=home.km if home else application.home_code,
        home_latin=home.latin if home else application.home_code,
        office_km=office.name_km,
        office_latin=office.name_en,
        governor_title_km="អភិបាលខេត្ត" if hall else _governor_title_km(office),
        governor_title_latin="Governor",
        governor_name_km="",
        valid_from=local_day(issued.valid_from_at),
        valid_until=last_valid_day(issued.expires_at),
        issued_on=local_day(issued.issued_at),
        companions=tuple(
            CompanionLine(name, datetime.fromisoformat(born_on).date(), _SEX[Sex(sex)])  # type: ignore[arg-type]
            for name, born_on, sex in application.companions
        ),
        print_jpeg=bytes(application.portrait.print_jpeg),
        qr_text=issued.qr_text or "",
        order_number=issued.order_number,
    )


def _governor_title_km(office: Office) -> str:
    place = load_gazetteer().find(office.code)
    return "អភិបាលក្រុង" if place is not None and place.type == "municipality" else "អភិបាលស្រុក"
