"""Which addresses of an office bring in its old books? Each begins below /office/<office>/."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.office.imports import passes, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", views.home, name="imports"),
    path("imports/sheet/", views.template, name="imports_template"),
    path("imports/passes/", passes.search, name="imports_passes"),
    path("imports/<uuid:import_id>/", views.one, name="imports_one"),
    path("imports/<uuid:import_id>/import/", views.import_all, name="imports_import"),
    path("imports/<uuid:import_id>/undo/", views.undo, name="imports_undo"),
]
