"""Which addresses of an office lead here? Each begins below /office/<office>/."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.office.printing import blanks, checks, hand_over, paper, queue, sheets

urlpatterns: list[URLPattern | URLResolver] = [
    path("printing/", queue.queue, name="printing"),
    path("printing/sheets/", sheets.sheets, name="printing_sheets"),
    path("printing/sheets/<uuid:job_id>/", sheets.sheet, name="printing_sheet"),
    path("printing/sheets/<uuid:job_id>/progress/", sheets.sheet_progress, name="printing_sheet_progress"),
    path("printing/sheets/<uuid:job_id>/paper/", sheets.sheet_pdf, name="printing_sheet_pdf"),
    path("printing/blanks/", blanks.blanks, name="printing_blanks"),
    path("printing/blanks/receive/", blanks.receive, name="printing_receive"),
    path("printing/blanks/void/", blanks.void, name="printing_void"),
    path("printing/blanks/count/", blanks.count, name="printing_count"),
    path("printing/blanks/counts/", blanks.counts, name="printing_counts"),
    path("printing/check/", checks.check, name="printing_check"),
    path("hand-over/", hand_over.find, name="printing_find"),
    path("hand-over/waiting/", hand_over.waiting, name="printing_waiting"),
    path("applications/<uuid:application_id>/paper/", paper.paper, name="printing_paper"),
    path("applications/<uuid:application_id>/paper/print/", paper.print_it, name="printing_print"),
    path("applications/<uuid:application_id>/paper/spoil/", paper.spoil, name="printing_spoil"),
    path("applications/<uuid:application_id>/paper/hand-over/", hand_over.hand_over, name="printing_hand_over"),
]
