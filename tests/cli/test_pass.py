"""How does an operator revoke, suspend or reinstate a pass?"""

import pytest

from borderpass.store.models import IssuedPass, StatusChange


@pytest.fixture
def number(office, borderpass, write_application):
    """The number of a pass that Poipet issued."""
    borderpass("issue", write_application()).done()
    return IssuedPass.objects.get().number


def test_a_pass_is_suspended_reinstated_and_revoked(number, borderpass):
    said = borderpass("pass", "suspend", number, "--ground", "inquiry").done()
    assert said == f"{number} is suspended (inquiry); gates learn of it with the next bundle\n"
    borderpass("pass", "reinstate", number, "--ground", "cleared").done()
    borderpass("pass", "revoke", number.lower().replace("-", ""), "--ground", "other", "--words", "burnt").done()
    kept = list(StatusChange.objects.order_by("seq").values_list("code", "ground", "by"))
    assert kept == [("inquiry", "", "operator"), ("cleared", "", "operator"), ("other", "burnt", "operator")]
    borderpass("counts", "--prove").done()


def test_other_needs_words(number, borderpass):
    line = borderpass("pass", "revoke", number, "--ground", "other").refusal()
    assert line == "borderpass pass: say why: the ground is kept with the change"


def test_what_stands_so_already_is_refused(number, borderpass):
    line = borderpass("pass", "reinstate", number, "--ground", "found").refusal()
    assert line == f"borderpass pass: pass {number} is valid already"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("revoke", "NUMBER"), 2),
        (("revoke", "NUMBER", "--ground", "superseded"), 2),
        (("revoke", "NUMBER", "--ground", "found"), 2),
        (("forget", "NUMBER"), 2),
        ((), 2),
    ],
)
def test_bad_usage_is_one_line_and_changes_nothing(words, status, number, borderpass):
    borderpass("pass", *(number if word == "NUMBER" else word for word in words)).refusal(status)
    assert not StatusChange.objects.exists()


def test_a_number_mistyped_or_unknown_is_refused(office, borderpass):
    assert "mistyped" in borderpass("pass", "revoke", "0110-26-000001-0", "--ground", "lost").refusal()
    assert "there is no pass" in borderpass("pass", "revoke", "0110-26-000001-L", "--ground", "lost").refusal()
