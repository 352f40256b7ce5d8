"""Which addresses of applicants name something? None names anybody's: a token in a cookie says whose form it is."""

APPLICANT = {
    "apply/<slug:slug>/": "the question asked; whose form it is stands in a cookie: tests/web/test_apply.py",
}
