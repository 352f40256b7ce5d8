"""How does an operator open an office, make its keys, and withdraw a stolen one?"""

import pytest


def test_an_office_is_added_and_gets_keys(home, borderpass):
    assert borderpass("office", "add", "0110").done() == "office 0110 Paoy Paet (ក្រុងប៉ោយប៉ែត) signs as kh-bp:0110\n"
    said = borderpass("office", "key", "0110").done()
    assert said.startswith("office 0110 signs with ")
    made = sorted(path.name.split("-")[0] for path in (home / "keys").glob("*-0110*.pem"))
    assert made == ["pass", "status"]


def test_a_provincial_hall_is_an_office_too(home, borderpass):
    assert "signs as kh-bp:0100" in borderpass("office", "add", "0100").done()


def test_adding_twice_changes_nothing(office, borderpass):
    assert "office 0110" in borderpass("office", "add", "0110").done()
    assert borderpass("office", "key", "0110").done() == borderpass("office", "key", "0110").done()
    assert len(list((office / "keys").glob("pass-0110*.pem"))) == 1


@pytest.mark.parametrize("code", ["", "9999", "abcd", "011", "01100", "01100101", "០១១០", "0000", "01/0"])
def test_a_code_of_no_office_is_one_line_that_shows_a_right_one(home, borderpass, code):
    line = borderpass("office", "add", code).refusal()
    assert "is no office: give a district's code such as 0110" in line


def test_keys_are_made_only_for_an_office_that_is_there(home, borderpass):
    assert borderpass("office", "key", "0110").refusal() == "borderpass office: there is no office 0110; add it first"


def test_a_wrong_passphrase_makes_no_key(office, borderpass, monkeypatch):
    monkeypatch.setenv("BORDERPASS_KEY_PASSPHRASE", "not the passphrase at all")
    borderpass("office", "add", "0106").done()
    before = sorted(path.name for path in (office / "keys").iterdir())
    assert "wrong passphrase" in borderpass("bundle", "export", office / "bundle.cbor").refusal()
    assert sorted(path.name for path in (office / "keys").iterdir()) == before


def test_a_stolen_key_is_withdrawn_by_its_kid(office, borderpass):
    kid = borderpass("office", "key", "0110").done().split(" signs with ")[1].split()[0]
    assert borderpass("office", "withdraw", kid.upper()).done().startswith(f"key {kid} was withdrawn on ")
    assert kid not in borderpass("office", "key", "0110").done()


@pytest.mark.parametrize("kid", ["0000000000000000", "zz", ""])
def test_a_kid_of_no_key_is_one_line(office, borderpass, kid):
    assert "no key of the trust list has kid" in borderpass("office", "withdraw", kid).refusal()
