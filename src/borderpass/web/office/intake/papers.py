"""What is shown after an application was taken in: the page with its reference, the slip, and the copied papers?"""

from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from borderpass.domain.actors import Act
from borderpass.domain.application import State
from borderpass.services.attach_document import JPEG, PDF
from borderpass.services.print_taken_in import print_taken_in_slip
from borderpass.store.queries.drafts import attachments_for
from borderpass.web.office.access import Here, office_view
from borderpass.web.office.desk.application import describe
from borderpass.web.office.page import office_page

_SUFFIXES = {JPEG: ".jpg", PDF: ".pdf"}


@office_view(Act.TAKE_IN)
def done(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Say that an application was taken in, or sent to the governor again, and what comes next."""
    application = here.application(application_id)
    shown = describe(here, application) | {"mended": application.state != State.LODGED}
    return office_page(request, here, "office/intake/done.html", shown)


@office_view()
def slip(request: HttpRequest, here: Here, application_id: UUID) -> HttpResponse:
    """Give the slip for the applicant."""
    application = here.application(application_id)
    response = HttpResponse(print_taken_in_slip(application), content_type=PDF)
    response.headers["Content-Disposition"] = f'inline; filename="{application.reference}.pdf"'
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@office_view(Act.READ_PHOTO)
def paper(request: HttpRequest, here: Here, attachment_id: UUID) -> HttpResponse:
    """Give a copied paper: a picture to look at, a PDF only as a download, for it is somebody else's file."""
    of_here = Q(application__office=here.office) | Q(draft__office=here.office)
    found = attachments_for(here.actor).filter(of_here, id=attachment_id).first()
    if found is None:
        raise Http404
    is_picture = found.media_type == JPEG
    response = HttpResponse(bytes(found.octets), content_type=JPEG if is_picture else "application/octet-stream")
    name = (
        found.name
        if found.name.lower().endswith(_SUFFIXES[found.media_type])
        else (f"{found.name}{_SUFFIXES[found.media_type]}")
    )
    response.headers["Content-Disposition"] = content_disposition_header(not is_picture, name) or "inline"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
