"""Where does my application stand? For whoever knows its reference and the birth date; the state and nothing else."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from borderpass.domain.declined import Declined, Ground
from borderpass.domain.local_time import local_day
from borderpass.services.follow_application import follow_application
from borderpass.web.applicant.access import address_of, applicant_page, applicant_view
from borderpass.web.applicant.wording import Standing, say_standing
from borderpass.web.office.intake.forms import digits, read_day, say_why_no_day

_REFERENCE_MAX_CHARACTERS = 40
_DAY = ("born-day", "born-month", "born-year")
_STATUS = {Ground.BAD_FORM: 422, Ground.TOO_MANY_TRIES: 429, Ground.UNKNOWN_APPLICATION: 404}


@applicant_view("GET", "POST")
def follow(request: HttpRequest, now: datetime) -> HttpResponse:
    """Ask for both, or say where it stands. Nothing of either is in an address."""
    if request.method != "POST":
        return _page(request, now, {}, {}, None)
    typed = {name: request.POST.get(name, "").replace("\0", "") for name in ("reference", *_DAY)}
    errors: dict[str, str] = {}
    if not typed["reference"].strip():
        errors["reference"] = gettext("Write the reference, such as A0110-26-000001-X.")
    born = "/".join(digits(typed[name]).strip() for name in _DAY)
    born_on = read_day(born)
    if born_on is None or born_on > local_day(now):
        errors["born"] = say_why_no_day(born, local_day(now))
    status, standing = 422, None
    if not errors and born_on is not None:
        reference = typed["reference"][:_REFERENCE_MAX_CHARACTERS]
        found = follow_application(reference, born_on, address_of(request), now)
        if isinstance(found, Declined):
            status = _STATUS[found.ground]
            errors |= _say_declined(found)
        else:
            status, standing = 200, say_standing(found)
    response = _page(request, now, typed, errors, standing, status)
    if status == 429:
        response.headers["Retry-After"] = "3600"
    return response


def _page(
    request: HttpRequest,
    now: datetime,
    typed: dict[str, str],
    errors: dict[str, str],
    standing: Standing | None,
    status: int = 200,
) -> HttpResponse:
    day, month, year = ({"name": name, "value": typed.get(name, "")} for name in _DAY)
    context = {"typed": typed, "errors": errors, "standing": standing, "day": day, "month": month, "year": year}
    return applicant_page(request, "applicant/follow.html", context, now, status)


def _say_declined(declined: Declined) -> dict[str, str]:
    if declined.ground is Ground.BAD_FORM:
        return {"reference": gettext("This is not a reference. Compare each letter and digit with your slip.")}
    if declined.ground is Ground.TOO_MANY_TRIES:
        return {"both": gettext("Too many tries. Wait a while, or ask the office.")}
    return {"both": gettext("No application has this reference and this birth date. Compare both with your slip.")}
