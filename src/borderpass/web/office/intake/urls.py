"""Which addresses of an office take applications in and mend them? Each begins below /office/<office>/."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.office.intake import papers, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("new/", views.begin, name="intake"),
    path("new/<uuid:form_id>/", views.form, name="intake_form"),
    path("new/<uuid:form_id>/picture/", views.picture, name="intake_picture"),
    path("applications/<uuid:application_id>/edit/", views.edit, name="intake_edit"),
    path("applications/<uuid:application_id>/taken-in/", papers.done, name="intake_done"),
    path("applications/<uuid:application_id>/slip/", papers.slip, name="intake_slip"),
    path("papers/<uuid:attachment_id>/", papers.paper, name="intake_paper"),
]
