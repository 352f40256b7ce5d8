"""Make a one-time code that lets a phone in at a gate, list the phones of the gates, revoke one."""

import argparse
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from borderpass.cli.installation import NATION, done, in_plain_words, set_up_founded
from borderpass.cli.refused import Refused

if TYPE_CHECKING:
    from borderpass.printing.qr_symbol import QrSymbol

_BLOCKS = {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}
_MARGIN = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`code CHECKPOINT LANE DIRECTION`, `list [CHECKPOINT]`, `revoke DEVICE`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="code|list|revoke")
    code = actions.add_parser("code", help="make an enrolment code: good once, for 10 minutes")
    code.add_argument("checkpoint", metavar="CHECKPOINT", help="the gate's id, such as poipet")
    code.add_argument("lane", metavar="LANE", help="the lane's name or number")
    code.add_argument("direction", metavar="DIRECTION", choices=["exit", "entry"], help="exit or entry")
    listing = actions.add_parser("list", help="list the devices, of one gate or of all")
    listing.add_argument("checkpoint", metavar="CHECKPOINT", nargs="?")
    revoke = actions.add_parser("revoke", help="revoke a device; holds from its next contact")
    revoke.add_argument("device", metavar="DEVICE", help="the device's id, as listed")


def run(arguments: argparse.Namespace) -> int:
    """Do it and say what is there now."""
    set_up_founded()
    now = datetime.now(UTC)
    with in_plain_words():
        if arguments.action == "code":
            sys.stdout.write(make_code(arguments.checkpoint, arguments.lane, arguments.direction, now))
        elif arguments.action == "list":
            sys.stdout.write(_list(arguments.checkpoint))
        else:
            sys.stdout.write(_revoke(arguments.device, now))
    return 0


def make_code(checkpoint: str, lane: str, direction: str, now: datetime) -> str:
    """Make an enrolment code; return what to show: the code, until when, and its QR symbol as text."""
    from borderpass.domain.enrolment_code import qr_text
    from borderpass.domain.local_time import PHNOM_PENH
    from borderpass.domain.verdicts import Direction
    from borderpass.printing.qr_symbol import make_symbol
    from borderpass.services.create_enrolment_code import create_enrolment_code

    made = done(create_enrolment_code(checkpoint, lane, Direction(direction), NATION, now))
    until = made.kept.expires_at.astimezone(PHNOM_PENH)
    where = f"{checkpoint}, lane {made.kept.lane}, {direction}"
    return f"{made.code}\n{where}: good once, until {until:%H:%M:%S}\n\n{draw(make_symbol(qr_text(made.code)))}\n"


def draw(symbol: "QrSymbol") -> str:
    """Return a QR symbol as text, two rows of modules a line; what is light is drawn, as terminals are dark."""
    side = symbol.modules
    light = bytes([255])
    padded = [light * (side + 2 * _MARGIN)] * _MARGIN
    padded += [light * _MARGIN + row + light * _MARGIN for row in symbol.rows]
    padded += [light * (side + 2 * _MARGIN)] * (_MARGIN + side % 2)
    pairs = zip(padded[::2], padded[1::2], strict=True)
    lines = [
        "".join(_BLOCKS[(above == 0, below == 0)] for above, below in zip(upper, lower, strict=True))
        for upper, lower in pairs
    ]
    return "\n".join(lines)


def _list(checkpoint: str | None) -> str:
    from borderpass.services.load_gazetteer import load_checkpoints
    from borderpass.store.queries.devices import devices_for, with_progress

    if checkpoint is not None and checkpoint not in load_checkpoints():
        raise Refused(f"there is no gate {checkpoint}: the gates are {', '.join(sorted(load_checkpoints()))}")
    devices = devices_for(NATION)
    if checkpoint is not None:
        devices = devices.filter(checkpoint=checkpoint)
    lines = [
        f"{one.id}  {one.checkpoint}  lane {one.lane}  {one.direction}  enrolled {one.enrolled_at:%Y-%m-%d}"
        f"  last contact {_say(one.last_contact_at)}  records {one.highest_seq:,}  open cases {one.open_cases:,}"
        + (f"  REVOKED {_say(one.revoked_at)}" if one.revoked_at else "")
        for one in with_progress(devices)
    ]
    return "".join(f"{line}\n" for line in lines) or "no device is enrolled\n"


def _revoke(device_id: str, now: datetime) -> str:
    from borderpass.services.enrol_device import revoke_device
    from borderpass.store.models import Device

    try:
        device = Device.objects.filter(id=UUID(device_id)).first()
    except ValueError:
        raise Refused(f"{device_id!r} is no device's id: see borderpass device list") from None
    if device is None:
        raise Refused(f"no device {device_id} is enrolled: see borderpass device list")
    revoked = done(revoke_device(device, NATION, now))
    return (
        f"device {revoked.id} of {revoked.checkpoint} lane {revoked.lane} is revoked since {_say(revoked.revoked_at)}\n"
    )


def _say(at: datetime | None) -> str:
    from borderpass.domain.local_time import PHNOM_PENH

    return "never" if at is None else f"{at.astimezone(PHNOM_PENH):%Y-%m-%d %H:%M}"
