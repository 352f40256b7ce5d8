"""What does somebody get who has sent the form? Its reference, as text, as a code for the counter, and as a picture."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from borderpass.domain.local_time import last_valid_day
from borderpass.domain.provisions import Purpose
from borderpass.printing.print_reference import draw_reference
from borderpass.printing.qr_symbol import make_symbol
from borderpass.store.models import PreApplication
from borderpass.web.applicant.access import applicant_page, applicant_view, home_form_of
from borderpass.web.applicant.wording import say_terms, say_where
from borderpass.web.wording import language, say_weekday


@applicant_view("GET")
def sent(request: HttpRequest, now: datetime) -> HttpResponse:
    """Show the reference with its code, and what to do with it."""
    made = _sent_by(request, now)
    if made is None:
        return redirect("apply")
    context = {
        "reference": made.reference,
        "symbol": make_symbol(made.reference).svg,
        "where": say_where(made.office),
        "bring_by": say_weekday(last_valid_day(made.expires_at)),
    }
    return applicant_page(request, "applicant/sent.html", context, now, purpose=_purpose(made))


@applicant_view("GET")
def picture(request: HttpRequest, now: datetime) -> HttpResponse:
    """Give the reference as a picture to be kept on the phone."""
    made = _sent_by(request, now)
    if made is None:
        raise Http404
    terms = say_terms(now, _purpose(made))
    lines = [
        gettext("Form for a border pass"),
        say_where(made.office),
        gettext("Bring it by %(day)s") % {"day": say_weekday(last_valid_day(made.expires_at))},
        f"{terms.price} {terms.order}",
    ]
    octets = draw_reference(made.reference, [one for one in lines if one.strip()], language())
    name = f"{made.reference}.png"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(octets, content_type="image/png", headers=headers)


def _sent_by(request: HttpRequest, now: datetime) -> PreApplication | None:
    home_form = home_form_of(request, now)
    return home_form.sent if home_form is not None else None


def _purpose(made: PreApplication) -> Purpose:
    kept = made.form.get("purpose", "")
    return Purpose(kept) if kept in list(Purpose) else Purpose.NEW
