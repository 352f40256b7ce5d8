"""Which addresses show the day's work of an office? Each begins below /office/<office>/."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.office.desk.views import application_page, day, photo, queue_page, search

urlpatterns: list[URLPattern | URLResolver] = [
    path("", day, name="office"),
    path("queues/<str:queue>/", queue_page, name="office_queue"),
    path("search/", search, name="office_search"),
    path("applications/<uuid:application_id>/", application_page, name="office_application"),
    path("applications/<uuid:application_id>/photo/", photo, name="office_photo"),
]
