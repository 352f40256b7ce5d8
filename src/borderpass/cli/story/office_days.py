"""The days in the offices: residents apply and pay, governors approve, passes are signed, printed and handed over."""

from borderpass.cli.installation import done
from borderpass.cli.story.money_days import close_tills, give_back, set_accounts, share, take_by_phone, take_cash
from borderpass.cli.story.residents import Resident
from borderpass.cli.story.stage import Stage, clerk, governor
from borderpass.domain.application import Event
from borderpass.domain.application_form import ApplicationForm, DocumentKind
from borderpass.domain.blanks import PaperForm
from borderpass.domain.declined import Declined, Ground
from borderpass.domain.provisions import Purpose
from borderpass.domain.terms import fee_for, processing_time
from borderpass.pictures.drawn_face import draw_face
from borderpass.services.approve_application import approve_application
from borderpass.services.check_paper import check_paper
from borderpass.services.close_application import close_application
from borderpass.services.compile_rules import rules_for_all_time
from borderpass.services.hand_over_pass import hand_over_pass
from borderpass.services.lodge_application import lodge_application
from borderpass.services.print_pass import print_pass
from borderpass.services.sign_pass import sign_pass, sign_waiting_passes
from borderpass.services.spoil_print import spoil_print
from borderpass.store.keys import new_id
from borderpass.store.models import Application

PAYS_LATER, CHANGES_MIND, SPOILED = 3, 4, 7
"""The resident who does not pay, the one who withdraws, and the one whose first paper the printer spoils."""
PAY_BY_PHONE = (5, 9)


def lodge_and_pay(stage: Stage) -> None:
    """Two days ago: everybody applies; all but one pay, one of them thinks better of it."""
    fee = fee_for(rules_for_all_time(), Purpose.NEW, stage.now)
    time = processing_time(rules_for_all_time(), stage.now)
    assert fee is not None
    assert time is not None
    stage.teller.line(
        f"a new pass costs {fee.amount_riel:,} riel (order {fee.term.order_number}); the law gives {time.law_days} days"
    )
    set_accounts(stage, stage.days_ago(2))
    total = len(stage.residents)
    for number, (office, resident) in stage.teller.long("residents apply", list(enumerate(stage.residents)), total):
        application = done(lodge(stage, office, resident, minutes=number))
        stage.applications[number] = application
        stage.tally.done["lodged"] += 1
        if number == PAYS_LATER:
            continue
        if number in PAY_BY_PHONE:
            take_by_phone(stage, application, stage.days_ago(2, number + 1))
        else:
            take_cash(stage, application, fee.amount_riel, stage.days_ago(2, number + 1))
    leaver, at = stage.applications[CHANGES_MIND], stage.days_ago(2, total + 1)
    done(close_application(leaver.id, Event.WITHDRAW, "", clerk(leaver.office_id), at))
    stage.tally.done["withdrawn"] += 1
    stage.teller.line(f"{leaver.name_latin} withdraws; receipts are in {stage.shown('receipts')}")
    give_back(stage, leaver, at)
    close_tills(stage, stage.days_ago(2, total + 2))


def lodge(stage: Stage, office: str, resident: Resident, minutes: int) -> Application | Declined:
    """Take in a resident's application at an office."""
    form = ApplicationForm(
        application_id=new_id(),
        office_code=office,
        purpose=Purpose.NEW,
        name_latin=resident.name_latin,
        name_khmer=resident.name_khmer,
        born_on=resident.born_on,
        sex=resident.sex,
        document_kind=DocumentKind.ID_CARD,
        document_number=resident.id_number,
        home_code=resident.home_code,
        occupation="ពាណិជ្ជករ",
        companions=resident.companions,
    )
    age = (stage.now.date() - resident.born_on).days // 365
    photo = draw_face(resident.seed, int(resident.sex), age)
    return lodge_application(form, photo, clerk(office), stage.days_ago(2, minutes))


def approve_and_sign(stage: Stage) -> None:
    """Yesterday: the governors approve; a signing is cut short once, and taken up again."""
    _expect_refusal(
        stage,
        "unpaid",
        Ground.UNPAID,
        approve_application(
            stage.applications[PAYS_LATER].id,
            governor(stage.applications[PAYS_LATER].office_id),
            stage.days_ago(1),
        ),
    )
    waiting = [number for number in stage.applications if number not in (PAYS_LATER, CHANGES_MIND)]
    for number in waiting:
        application = stage.applications[number]
        done(approve_application(application.id, governor(application.office_id), stage.days_ago(1, number)))
        stage.tally.done["approved"] += 1
    first, *rest = waiting
    done(sign_pass(stage.applications[first].id, stage.keystore, stage.days_ago(1, 60)))
    stage.teller.line("the signing service stops after the first pass, starts again, and finds what waits:")
    signed = [done(one) for one in sign_waiting_passes(stage.keystore, stage.days_ago(1, 70))]
    stage.tally.expect("passes found waiting to be signed", len(rest), len(signed))
    for number in waiting:
        stage.passes[number] = done(sign_pass(stage.applications[number].id, stage.keystore, stage.days_ago(1, 80)))
        stage.tally.done["issued"] += 1
    share(stage, stage.days_ago(1, 90))
    stage.teller.line(
        f"{len(waiting)} passes signed by {len({one.office_id for one in stage.passes.values()})} offices"
    )


def refuse_two_more(stage: Stage) -> None:
    """Somebody from another district, and somebody who holds a pass already, are told so at the counter."""
    office, resident = stage.residents[0]
    stranger = resident._replace(
        seed=900, name_latin="SENG VIBOL", name_khmer="សេង វិបុល", id_number="099000001", home_code="02120101"
    )
    _expect_refusal(stage, "from another district", Ground.OUTSIDE_JURISDICTION, lodge(stage, office, stranger, 400))
    tomorrow = 24 * 60 + 120
    _expect_refusal(stage, "holder of a pass", Ground.LIVE_PASS_EXISTS, lodge(stage, office, resident, tomorrow))


def _expect_refusal(stage: Stage, who: str, ground: Ground, answer: object) -> None:
    seen = answer.ground if isinstance(answer, Declined) else answer
    stage.tally.expect(f"refusal of who is {who}", ground, seen)
    words = answer.message if isinstance(answer, Declined) else "was not refused"
    stage.teller.line(f"✗ {who}: {words} [{ground}]")


def print_and_hand_over(stage: Stage) -> None:
    """Today: each pass is printed, one of them twice; all but the last are checked and handed over."""
    folder = stage.home / "passes"
    last = max(stage.passes)
    for number in stage.teller.long("passes printed", list(stage.passes), len(stage.passes)):
        issued, application = stage.passes[number], stage.applications[number]
        actor = clerk(application.office_id)
        pdf = done(print_pass(application.id, PaperForm.A6, actor, stage.days_ago(0, -120)))
        stage.tally.done["printed"] += 1
        if number == SPOILED:
            done(spoil_print(application.id, "the printer smeared the code", actor, stage.days_ago(0, -110)))
            pdf = done(print_pass(application.id, PaperForm.A6, actor, stage.days_ago(0, -100)))
            stage.tally.done.update(spoiled=1, reprinted=1)
        (folder / f"{issued.number}.pdf").write_bytes(pdf)
        (folder / f"{issued.number}.txt").write_text(f"{issued.qr_text}\n", encoding="ascii")
        if number != last:
            done(check_paper(application.id, issued.qr_text or "", actor, stage.days_ago(0, -95)))
            done(hand_over_pass(application.id, actor, stage.days_ago(0, -90)))
            stage.tally.done["handed_over"] += 1
    stage.teller.line(f"{stage.passes[last].number} waits to be collected; papers are in {stage.shown('passes')}")
