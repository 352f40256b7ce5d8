"""Which addresses of the offices are there? Each package has its own list; all lie below one office."""

from django.urls import URLPattern, URLResolver, include, path

from borderpass.web.office.choose import choose

_OF_ONE_OFFICE: list[URLPattern | URLResolver] = [
    path("", include("borderpass.web.office.desk.urls")),
    path("", include("borderpass.web.office.jobs.urls")),
    path("", include("borderpass.web.office.intake.urls")),
    path("", include("borderpass.web.office.money.urls")),
    path("", include("borderpass.web.office.governor.urls")),
    path("", include("borderpass.web.office.printing.urls")),
    path("", include("borderpass.web.office.passes.urls")),
    path("", include("borderpass.web.office.notices.urls")),
    path("", include("borderpass.web.office.imports.urls")),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", choose, name="offices"),
    path("<str:office>/", include(_OF_ONE_OFFICE)),
]
