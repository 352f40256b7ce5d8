"""Which addresses are there for applicants? All are public; nothing in them says who somebody is."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.applicant import following, sent, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.start, name="apply"),
    path("review/", views.review, name="apply_review"),
    path("sent/", sent.sent, name="apply_sent"),
    path("sent/reference.png", sent.picture, name="apply_picture"),
    path("forget/", views.forget, name="apply_forget"),
    path("follow/", following.follow, name="apply_follow"),
    path("<slug:slug>/", views.question, name="apply_question"),
]
