"""How does an operator let a phone in at a gate, see the phones, and revoke one?"""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from borderpass.cli.device import draw
from borderpass.domain.verdicts import Direction
from borderpass.printing.qr_symbol import make_symbol
from borderpass.services.enrol_device import enrol_device
from borderpass.signing.file_keystore import FileSigner
from tests.cast import COMMANDER


@pytest.fixture
def device(home):
    """A phone of lane 1, going out at Poipet."""
    point = FileSigner(ec.generate_private_key(ec.SECP256R1())).point
    return enrol_device(point, "poipet", "1", Direction.EXIT, COMMANDER, datetime.now(UTC))


def test_a_code_is_printed_as_letters_and_as_a_symbol(home, borderpass):
    code, bound, empty, *symbol = borderpass("device", "code", "poipet", "1", "exit").done().splitlines()
    assert len(code.replace("-", "")) >= 16
    assert bound.startswith("poipet, lane 1, exit: good once, until ")
    assert empty == ""
    assert len({len(line) for line in symbol}) == 1
    assert set("".join(symbol)) <= set(" ▄▀█")


def test_each_code_is_another(home, borderpass):
    codes = {borderpass("device", "code", "poipet", "1", "exit").done().splitlines()[0] for _ in range(3)}
    assert len(codes) == 3


def test_the_symbol_in_the_terminal_can_be_scanned():
    from PIL import Image

    from borderpass.pictures.read_codes import read_codes
    from tests.pictures.sample_codes import written

    lines = draw(make_symbol("AN ENROLMENT CODE")).splitlines()
    shown = {" ": (0, 0), "▄": (0, 255), "▀": (255, 0), "█": (255, 255)}  # light on a dark terminal
    rows = [bytes(shown[letter][half] for letter in line) for line in lines for half in (0, 1)]
    picture = Image.frombytes("L", (len(rows[0]), len(rows)), b"".join(rows))
    assert read_codes(written(picture.resize((picture.width * 6, picture.height * 6)))) == ["AN ENROLMENT CODE"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["narnia", "1", "exit"], "there is no gate narnia"),
        (["poipet", "", "exit"], "name the lane in 1 to 20 letters"),
        (["poipet", "1" * 21, "exit"], "name the lane in 1 to 20 letters"),
        (["poipet", "<b>", "exit"], "name the lane in 1 to 20 letters"),
    ],
)
def test_a_binding_that_cannot_be_is_one_line(home, borderpass, words, says):
    assert says in borderpass("device", "code", *words).refusal()


def test_where_no_phone_is_that_is_said(home, borderpass):
    assert borderpass("device", "list").done() == "no device is enrolled\n"
    assert borderpass("device", "list", "malai").done() == "no device is enrolled\n"


def test_phones_are_listed_for_all_gates_or_for_one(device, borderpass):
    [line] = borderpass("device", "list").done().splitlines()
    assert line.startswith(f"{device.id}  poipet  lane 1  exit  enrolled ")
    assert "REVOKED" not in line
    assert borderpass("device", "list", "poipet").done().splitlines() == [line]
    assert borderpass("device", "list", "malai").done() == "no device is enrolled\n"


def test_an_unknown_gate_is_one_line_that_names_those_there_are(home, borderpass):
    line = borderpass("device", "list", "narnia").refusal()
    assert "there is no gate narnia" in line
    assert "poipet" in line


def test_a_phone_is_revoked_once(device, borderpass):
    said = borderpass("device", "revoke", device.id).done()
    assert said.startswith(f"device {device.id} of poipet lane 1 is revoked since ")
    assert borderpass("device", "revoke", device.id).done() == said
    assert "REVOKED" in borderpass("device", "list").done()


@pytest.mark.parametrize("device_id", ["1", "", "poipet", "01930000-0000-7000-8000-000000000009"])
def test_an_id_of_no_phone_is_one_line(home, borderpass, device_id):
    assert borderpass("device", "revoke", device_id).refusal().endswith("see borderpass device list")
