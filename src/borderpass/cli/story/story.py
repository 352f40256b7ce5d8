"""What happens in the demo, and does it add up?

Everything goes through the same use cases as in an office and at a gate. The story ends now: it begins two days ago,
as practice has it, and its last scans are of this minute.
"""

from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path

from borderpass.cli.init import found
from borderpass.cli.installation import NATION, done
from borderpass.cli.story import forgeries, gate_day, office_days
from borderpass.cli.story.residents import OFFICES, make_residents
from borderpass.cli.story.stage import Stage
from borderpass.cli.story.tally import Tally
from borderpass.cli.story.teller import Teller
from borderpass.domain.actors import EVERYWHERE, Actor, StaffRole
from borderpass.domain.local_time import local_day
from borderpass.domain.reasons import Reason
from borderpass.domain.verdicts import Direction
from borderpass.services.add_office import add_office, add_office_keys
from borderpass.services.count import count, find_imbalances
from borderpass.services.enact_order import enact_order
from borderpass.services.load_gazetteer import load_gazetteer
from borderpass.services.open_keystore import open_keystore
from borderpass.signing.file_keystore import FileKeystore

_FOUNDED_DAYS_AGO = 30
_FOLDERS = ("passes", "receipts", "offices", "refused")


def tell(home: Path, residents: int, now: datetime) -> Tally:
    """Tell the whole story in an empty installation at `home`; return the tally of it."""
    teller = Teller()
    for folder in _FOLDERS:
        (home / folder).mkdir(parents=True, exist_ok=True)
    founded_at = now - timedelta(days=_FOUNDED_DAYS_AGO)
    teller.chapter("1  The authority and its offices")
    orders = found(home, founded_at)
    keystore = open_keystore(home)
    teller.line(f"a national root, and {orders} legal orders enacted")
    _open_offices(home, keystore, teller, founded_at)
    stage = Stage(home, keystore, now, teller, Tally(), make_residents(residents, load_gazetteer(), local_day(now)))
    teller.chapter("2  Two days ago: at the counters")
    office_days.lodge_and_pay(stage)
    teller.chapter("3  Yesterday: the governors approve and sign")
    office_days.approve_and_sign(stage)
    office_days.refuse_two_more(stage)
    teller.chapter("4  Today: printed and handed over")
    office_days.print_and_hand_over(stage)
    gate_day.photograph(stage)
    _tell_gate(stage)
    teller.chapter("7  Do the figures add up?")
    _hold_against_figures(stage)
    return stage.tally


def _open_offices(home: Path, keystore: FileKeystore, teller: Teller, at: datetime) -> None:
    for code in OFFICES:
        office = done(add_office(code, load_gazetteer(), NATION, at))
        key = done(add_office_keys(code, keystore, NATION, at))
        (home / "offices" / f"{code}.pem").write_bytes(keystore.open(key.keystore_name).public_pem())
        teller.line(f"office {code} {office.name_km} ({office.name_en}) signs with {key.kid}")


def _tell_gate(stage: Stage) -> None:
    teller = stage.teller
    teller.chapter("5  At the gate of Poipet")
    text = files("borderpass.cli.story").joinpath("demo_order.yaml").read_text(encoding="utf-8")
    day = local_day(stage.days_ago(2)).isoformat()
    order = done(enact_order(text.replace("{day}", day), "demo_order.yaml", NATION, stage.days_ago(2)))
    teller.line(f"order {order.number} opens the gate day and night; passes printed before need no change for that")
    bundle = gate_day.publish(stage, minutes_ago=60)
    out = gate_day.enrol(stage, Direction.EXIT, bundle)
    crossings = gate_day.let_out(stage, out)
    teller.chapter("6  A revocation, some forgeries, and the way home")
    gate_day.revoke_one(stage)
    newer = gate_day.publish(stage, minutes_ago=10)
    out.bundle = newer
    numbers = {number: stage.texts[number] for number in (gate_day.REVOKED,)}
    gate_day.refuse(stage, out, "the revoked pass", numbers[gate_day.REVOKED], Reason.REVOKED)
    for who, forged, reason in (
        (
            "a Poipet resident signed for by another office",
            forgeries.by_another_office(stage),
            Reason.OUTSIDE_JURISDICTION,
        ),
        ("a pass with another name written in", forgeries.with_another_name(stage), Reason.SIGNATURE_INVALID),
        ("a pass signed with an invented key", forgeries.with_an_invented_key(stage), Reason.ISSUER_UNKNOWN),
        ("a pass of an index never handed out", forgeries.of_an_index_never_issued(stage), Reason.NEVER_ISSUED),
        ("a shop's QR code", "HTTPS://EXAMPLE", Reason.NOT_A_PASS),
    ):
        gate_day.refuse(stage, out, who, forged, reason)
        (stage.home / "refused" / f"{reason.value}.txt").write_text(f"{forged}\n", encoding="ascii")
    back = gate_day.enrol(stage, Direction.ENTRY, newer)
    gate_day.let_in(stage, back, crossings)
    gate_day.send(stage, out)
    gate_day.send(stage, back)


def _hold_against_figures(stage: Stage) -> None:
    """Hold what the story did against what the database counts, name by name."""
    figures = count(Actor("demo", StaffRole.AUDITOR, EVERYWHERE))[0].figures
    stage.teller.figures([(name, stage.tally.done[name], counted) for name, counted in figures.items()])
    for name, counted in figures.items():
        stage.tally.expect(f"count of {name.replace('_', ' ')}", stage.tally.done[name], counted)
    stage.tally.wrong += [f"imbalance: {one}" for one in find_imbalances()]
