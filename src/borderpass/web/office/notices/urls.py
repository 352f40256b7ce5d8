"""Which addresses of an office lead here? Each begins below /office/<office>/."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.office.notices import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("notices/", views.notices, name="notices"),
    path("notices/<uuid:notice_id>/again/", views.again, name="notices_again"),
    path("applications/<uuid:application_id>/notices/", views.of_application, name="notices_application"),
]
