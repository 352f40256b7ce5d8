"""Which addresses of an office lead here? Each begins below /office/<office>/."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.office.printing import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("applications/<uuid:application_id>/paper/", views.paper, name="printing_paper"),
    path("applications/<uuid:application_id>/paper/print/", views.print_it, name="printing_print"),
    path("applications/<uuid:application_id>/paper/spoil/", views.spoil, name="printing_spoil"),
    path("applications/<uuid:application_id>/paper/hand-over/", views.hand_over, name="printing_hand_over"),
]
