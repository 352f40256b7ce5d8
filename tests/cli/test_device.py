"""`borderpass device`: a code for a phone, the list of phones, and revoking one."""

import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from borderpass.domain.enrolment_code import digest_of_code
from borderpass.domain.verdicts import Direction
from borderpass.services.enrol_device import enrol_device
from borderpass.store.models import Device, EnrolmentCode
from tests.cases.keys import signer
from tests.cast import COMMANDER, GATE
from tests.cli.conftest import Borderpass
from tests.installation import NOW, done

NO_DEVICE = "019ab000-0000-7000-8000-000000000001"


@pytest.fixture
def device(home: Path) -> Device:
    return done(enrol_device(signer("phone").point, GATE, "3", Direction.EXIT, COMMANDER, NOW))


def read_terminal(text: str) -> list[str]:
    """Read the QR symbol that was drawn in blocks, as a phone sees it on a dark screen."""
    lines = [line for line in text.splitlines() if set(line) <= set("█▀▄ ") and line]
    rows = [[(one in "█▀", one in "█▄") for one in line] for line in lines]
    picture = Image.new("L", (len(lines[0]), 2 * len(lines)))
    picture.putdata([255 * pixel[half] for row in rows for half in (0, 1) for pixel in row])
    return [code.text for code in zxingcpp.read_barcodes(picture.resize((picture.width * 8, picture.height * 8), 0))]


def test_a_code_is_printed_as_text_and_as_a_qr_code(home: Path, borderpass: Borderpass) -> None:
    said = borderpass("device", "code", GATE, "3", "exit").done()
    code = said.splitlines()[0]
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", code)
    kept = EnrolmentCode.objects.get()
    assert (kept.digest, kept.checkpoint, kept.lane, kept.direction) == (digest_of_code(code), GATE, "3", "exit")
    assert "poipet, lane 3, exit: good once, until" in said
    assert read_terminal(said) == [f"BP-ENROL:{code}"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("atlantis", "3", "exit"), "there is no gate atlantis"),
        ((GATE, "", "exit"), "name the lane"),
        ((GATE, "x" * 21, "exit"), "name the lane"),
    ],
)
def test_a_gate_or_lane_that_cannot_be_is_refused(
    home: Path, borderpass: Borderpass, words: tuple[str, ...], said: str
) -> None:
    assert said in borderpass("device", "code", *words).refusal()
    assert not EnrolmentCode.objects.exists()


@pytest.mark.parametrize("words", [(), ("code",), ("code", GATE, "3", "sideways"), ("revoke",), ("sell",)])
def test_what_makes_no_sense_is_bad_usage(home: Path, borderpass: Borderpass, words: tuple[str, ...]) -> None:
    borderpass("device", *words).refusal(status=2)


def test_devices_are_listed_with_what_they_have_done(home: Path, device: Device, borderpass: Borderpass) -> None:
    said = borderpass("device", "list").done()
    assert said.startswith(f"{device.id}  poipet  lane 3  exit  enrolled 2026-11-23  last contact never  records 0")
    assert borderpass("device", "list", GATE).done() == said
    assert borderpass("device", "list", "malai").done() == "no device is enrolled\n"
    assert "there is no gate atlantis" in borderpass("device", "list", "atlantis").refusal()


def test_a_device_is_revoked_once(home: Path, device: Device, borderpass: Borderpass) -> None:
    said = borderpass("device", "revoke", str(device.id)).done()
    assert said.startswith(f"device {device.id} of poipet lane 3 is revoked since ")
    device.refresh_from_db()
    assert device.revoked_at is not None
    assert borderpass("device", "revoke", str(device.id)).done() == said
    assert "REVOKED" in borderpass("device", "list").done()


@pytest.mark.parametrize("name", [NO_DEVICE, "phone", "", "\u17e1"])
def test_a_device_that_is_not_there_cannot_be_revoked(home: Path, borderpass: Borderpass, name: str) -> None:
    assert "borderpass device list" in borderpass("device", "revoke", name).refusal()
