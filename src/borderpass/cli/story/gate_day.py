"""The day at the gate: papers are photographed and scanned, a bad pass revoked, forgeries refused, everything sent."""

import io
from datetime import datetime, timedelta

import pypdfium2
from PIL import Image

from borderpass.cli.installation import NATION, done, root_pem
from borderpass.cli.story.gate import GatePhone
from borderpass.cli.story.stage import GATE, Stage, commander, governor
from borderpass.domain.bundle import Bundle
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import LastCrossing
from borderpass.domain.status import Status
from borderpass.domain.verdict import Decision
from borderpass.domain.verdicts import Direction, Verdict
from borderpass.pictures.read_codes import read_codes
from borderpass.services.change_status import change_status
from borderpass.services.enrol_device import enrol_device
from borderpass.services.load_bundle import load_bundle
from borderpass.services.publish_bundle import publish_bundle
from borderpass.services.record_scans import Receipt, record_scans
from borderpass.wire.bundle import take_apart

PICTURE_DPI = 200
REVOKED = 5
STAYS_AT_HOME = 6


def photograph(stage: Stage) -> None:
    """Turn each page into a picture, and read its code back from the picture."""
    for number in stage.teller.long("papers photographed and read", list(stage.passes), len(stage.passes)):
        path = stage.home / "passes" / f"{stage.passes[number].number}.png"
        with pypdfium2.PdfDocument(path.with_suffix(".pdf").read_bytes()) as document:
            picture: Image.Image = document[0].render(scale=PICTURE_DPI / 72).to_pil()
        octets = io.BytesIO()
        picture.save(octets, "PNG")
        path.write_bytes(octets.getvalue())
        texts = read_codes(octets.getvalue())
        if stage.tally.expect(f"code in {path.name}", [stage.passes[number].qr_text], texts):
            stage.texts[number] = texts[0]


def publish(stage: Stage, minutes_ago: int) -> Bundle:
    """Publish a bundle, leave it where a scanner and the other side find it, and return it as a phone takes it in."""
    published = done(publish_bundle(stage.keystore, NATION, stage.now - timedelta(minutes=minutes_ago)))
    octets = bytes(published.octets)
    (stage.home / "bundle.cbor").write_bytes(octets)
    (stage.home / "trust.cbor").write_bytes(take_apart(octets).trust_list)
    bundle = load_bundle(published.serial, root_pem(stage.home))
    assert bundle is not None
    stage.teller.line(
        f"bundle {bundle.serial}: {len(octets):,} bytes, {len(bundle.trust.entries)} keys,"
        f" {len(bundle.status_lists)} status lists, {len(bundle.rulebook.provisions)} provisions"
    )
    return bundle


def enrol(stage: Stage, direction: Direction, bundle: Bundle) -> GatePhone:
    """Bind a phone to the gate and a direction."""
    phone = GatePhone(GATE, direction, bundle)
    device = done(
        enrol_device(phone.signer.point, GATE, f"lane-{direction}", direction, commander(), stage.days_ago(1))
    )
    phone.device_id = device.id
    return phone


def let_out(stage: Stage, phone: GatePhone) -> dict[int, LastCrossing]:
    """Let the holders leave, but for one who stays and one who has no paper yet; return what is known of each."""
    crossings: dict[int, LastCrossing] = {}
    for number, text in stage.texts.items():
        if number in (STAYS_AT_HOME, max(stage.passes)):
            continue
        at = (stage.now - timedelta(minutes=50) + timedelta(seconds=9 * number)).replace(microsecond=0)
        decision = scan(stage, phone, stage.passes[number].number, text, at)
        stage.tally.expect(f"verdict on {stage.passes[number].number}", Verdict.ADMIT, decision.verdict)
        crossings[number] = LastCrossing(Direction.EXIT, at, decision.back_by)
    return crossings


def let_in(stage: Stage, phone: GatePhone, crossings: dict[int, LastCrossing]) -> None:
    """Let every second one who left come home; who is revoked meanwhile is not shut out of the country."""
    for number, last in crossings.items():
        if number % 2 == 0 and number != REVOKED:
            at = last.crossed_at + timedelta(minutes=30)
            decision = scan(stage, phone, stage.passes[number].number, stage.texts[number], at, last)
            stage.tally.expect(f"return of {stage.passes[number].number}", Verdict.ADMIT, decision.verdict)
    at = stage.now - timedelta(minutes=3)
    decision = scan(stage, phone, "the revoked pass, coming home", stage.texts[REVOKED], at, crossings[REVOKED])
    stage.tally.expect(
        "return on a revoked pass", (Verdict.REFER, (Reason.REVOKED,)), (decision.verdict, decision.reasons)
    )


def revoke_one(stage: Stage) -> None:
    """A pass that was issued is revoked; the next bundle tells the gates."""
    issued = stage.passes[REVOKED]
    words = "the address turned out to be false"
    done(change_status(issued.number, Status.REVOKED, words, governor(issued.office_id), stage.days_ago(0, -15)))
    stage.tally.done["revoked"] += 1
    stage.teller.line(f"{issued.number} is revoked: {words}")


def refuse(stage: Stage, phone: GatePhone, who: str, text: str, reason: Reason) -> None:
    """Show the gate something that must not pass, and hold its reason against the one expected."""
    decision = scan(stage, phone, who, text, stage.now - timedelta(minutes=2))
    stage.tally.expect(f"verdict on {who}", (Verdict.REFUSE, (reason,)), (decision.verdict, decision.reasons))


def scan(
    stage: Stage, phone: GatePhone, who: str, text: str, at: datetime, last: LastCrossing | None = None
) -> Decision:
    """Show a text to a phone, tell what its screen says, and tally what was done about it."""
    outcome = phone.scan(text, at.replace(microsecond=0), last)
    decision = outcome.decision
    crossed = "exits" if phone.direction is Direction.EXIT else "entries"
    name = {Verdict.ADMIT: crossed, Verdict.REFER: "referred", Verdict.REFUSE: "turned_back"}[decision.verdict]
    stage.tally.done.update({"scans": 1, name: 1})
    why = ", ".join(reason.value for reason in decision.reasons)
    if outcome.credential is not None:
        holder = outcome.credential.pass_.holder
        why = " · ".join(filter(None, [holder.name_khmer, holder.name_latin, why]))
    if decision.back_by is not None and decision.verdict is Verdict.ADMIT:
        why += f" · back by {decision.back_by}"
    stage.teller.verdict(f"{phone.direction} {who}", decision.verdict.name, why)
    return decision


def send(stage: Stage, phone: GatePhone) -> None:
    """Send the phone's outbox, twice, as a bad network does: the second time nothing changes."""
    assert phone.device_id is not None
    pem = root_pem(stage.home)
    first = done(record_scans(phone.device_id, phone.batch(), pem, stage.now))
    again = done(record_scans(phone.device_id, phone.batch(), pem, stage.now))
    recorded = [answer.receipt for answer in first].count(Receipt.RECORDED)
    stage.tally.expect("records taken in", len(phone.outbox), recorded)
    repeated = [answer.receipt for answer in again].count(Receipt.ALREADY)
    stage.tally.expect("records known the second time", len(phone.outbox), repeated)
    stage.teller.line(
        f"{phone.direction}: {recorded} records sent, sent again, and acknowledged {repeated} times as known"
    )
