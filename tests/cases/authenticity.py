"""When is a pass not authentic though a known key signed it? Term, issuer, land, withdrawal, index, specimen."""

from dataclasses import replace

from borderpass.domain.pass_number import make_pass_number
from borderpass.domain.passes import PassKind
from borderpass.domain.reasons import Reason
from borderpass.domain.scan import Scan
from tests.cases.case import ENTRY, HOME, NO_GATE, Case, admit, refer, refuse, withheld
from tests.cases.clock import local
from tests.cases.keys import signer
from tests.cases.passes import SOKHA, make_pass, malai_pass, serei_pass, text_of
from tests.cases.world import POIPET_URI, SEREI_URI, UNUSED_INDEX

TOLD = "2026-12-07"


def cases() -> list[Case]:
    """Return the cases of the rules of authenticity."""
    return [*_term(), *_issuer(), *_land(), *_withdrawn(), *_never_issued(), *_specimen(), *_several(), *_kid()]


def _term() -> list[Case]:
    """The key poipet-old signed from 2024-01-01 until 2025-01-01."""
    found = []
    for name, issued_at, holds in (
        ("term-second-before", "2023-12-31 23:59:59", False),
        ("term-first-second", "2024-01-01 00:00:00", True),
        ("term-last-second", "2024-12-31 23:59:59", True),
        ("term-second-after", "2025-01-01 00:00:00", False),
    ):
        one = make_pass(issued_at=local(issued_at), valid_from_at=local("2025-01-01"), expires_at=local("2026-12-15"))
        wanted = admit(one) if holds else withheld(Reason.SIGNED_OUT_OF_TERM)
        said = f"signed at {issued_at} by a key whose term is the year 2024"
        found.append(Case(name, said, text_of(one, "poipet-old"), wanted, NO_GATE))
    return found


def _issuer() -> list[Case]:
    other_iss = make_pass(issuer="kh-bp:0106")
    other_uri = make_pass(status_uri=SEREI_URI)
    mismatch = withheld(Reason.ISSUER_MISMATCH)
    return [
        Case("issuer-other", "iss of another office than the key's", text_of(other_iss), mismatch),
        Case("issuer-other-list", "the status list of another office", text_of(other_uri), mismatch),
        Case("issuer-other-home", "the same, coming home: still refused", text_of(other_iss), mismatch, HOME),
        Case(
            "issuer-prefix",
            "an iss that only begins like the key's",
            text_of(make_pass(issuer="kh-bp:01100")),
            mismatch,
        ),
    ]


def _land() -> list[Case]:
    outside = withheld(Reason.OUTSIDE_JURISDICTION)
    serei_home = make_pass(home="010601")
    return [
        Case("land-next-city", "Poipet signs for a resident of Serei Saophoan", text_of(serei_home), outside),
        Case("land-next-city-home", "the same, coming home", text_of(serei_home), outside, HOME),
        Case("land-next-district", "a resident of the next code", text_of(make_pass(home="011101")), outside),
        Case("land-other-province", "a resident of Battambang", text_of(make_pass(home="020101")), outside),
        Case(
            "land-district-only",
            "a district's code that only shares the province",
            text_of(make_pass(home="0109")),
            outside,
        ),
    ]


def _withdrawn() -> list[Case]:
    honest = malai_pass()
    forged = malai_pass(number=make_pass_number("0109", 2026, 79))
    longer = malai_pass(expires_at=local("2029-11-01"))
    gate = Scan("malai")
    withdrawn = withheld(Reason.ISSUER_WITHDRAWN)
    return [
        Case(
            "withdrawn-on-allow-list",
            "signed honestly before the key was stolen: on the allow-list",
            text_of(honest, "malai"),
            admit(honest, "30/25", "50/25", back_by=TOLD),
            gate,
        ),
        Case("withdrawn-not-on-list", "signed with the stolen key", text_of(forged, "malai"), withdrawn, gate),
        Case(
            "withdrawn-altered",
            "an honest pass, made valid for longer with the stolen key",
            text_of(longer, "malai"),
            withdrawn,
            gate,
        ),
        Case(
            "withdrawn-coming-home",
            "signed with the stolen key, coming home",
            text_of(forged, "malai"),
            withdrawn,
            replace(gate, direction=ENTRY),
        ),
        Case(
            "withdrawn-no-allow-list",
            "no allow-list in the bundle: nothing the key signed counts",
            text_of(honest, "malai"),
            withdrawn,
            gate,
            bundle="no-allow-list",
        ),
    ]


def _never_issued() -> list[Case]:
    forged = withheld(Reason.NEVER_ISSUED)
    list_issued = "2026-11-23 06:00:00"
    new = make_pass(status_index=UNUSED_INDEX, issued_at=local(list_issued))
    before = make_pass(status_index=UNUSED_INDEX, issued_at=local("2026-11-23 05:59:59"))
    beyond_new = make_pass(status_index=4096, issued_at=local(list_issued))
    return [
        Case("index-unused", "an index that was not handed out", text_of(make_pass(status_index=9)), forged),
        Case("index-unused-home", "the same, coming home", text_of(make_pass(status_index=9)), forged, HOME),
        Case("index-beyond", "the first index beyond the list", text_of(make_pass(status_index=4096)), forged),
        Case("index-highest", "the highest index there can be", text_of(make_pass(status_index=2**32 - 1)), forged),
        Case("index-canary-0", "the canary that reads valid", text_of(make_pass(status_index=0)), forged),
        Case("index-canary-1", "the canary that reads revoked", text_of(make_pass(status_index=1)), forged),
        Case("index-signed-before-list", "signed one second before the list was", text_of(before), forged),
        Case(
            "index-signed-with-list",
            "signed in the second of the list: the list cannot know it",
            text_of(new),
            refer(new, Reason.STATUS_UNKNOWN, back_by=TOLD),
        ),
        Case(
            "index-beyond-signed-with-list",
            "the same, beyond the end of the list",
            text_of(beyond_new),
            refer(beyond_new, Reason.STATUS_UNKNOWN, back_by=TOLD),
        ),
    ]


def _specimen() -> list[Case]:
    specimen = withheld(Reason.SPECIMEN)
    by_kind = make_pass(kind=PassKind.SPECIMEN)
    by_key = make_pass(issuer="kh-bp:specimen", status_uri="kh-bp:specimen/1")
    both = by_key._replace(kind=PassKind.SPECIMEN)
    return [
        Case("specimen-kind", "a specimen signed by an office", text_of(by_kind), specimen),
        Case("specimen-key", "an ordinary kind signed by the specimen key", text_of(by_key, "specimen"), specimen),
        Case("specimen-both", "a proper specimen", text_of(both, "specimen"), specimen),
        Case("specimen-home", "a proper specimen, coming home", text_of(both, "specimen"), specimen, HOME),
        Case("specimen-no-gate", "a proper specimen, at no gate", text_of(both, "specimen"), specimen, NO_GATE),
    ]


def _several() -> list[Case]:
    worst = make_pass(
        home="020101",
        issuer="kh-bp:0106",
        kind=PassKind.SPECIMEN,
        status_index=UNUSED_INDEX,
        issued_at=local("2025-12-31 23:59:59"),
        valid_from_at=local("2024-01-01"),
        expires_at=local("2025-01-01"),
    )
    foreign = make_pass(
        number=make_pass_number("2701", 2026, 1),
        issuer="th-bp:27",
        status_uri="th-bp:27/1",
        issuing_country="THA",
        holder=SOKHA._replace(home_code="2706", nationality="THA"),
    )
    missing = Reason.STATUS_UNKNOWN, Reason.PASS_NOT_ACCEPTED_HERE
    return [
        Case(
            "several-authenticity",
            "everything wrong at once: only what speaks of authenticity is said, weightiest first",
            text_of(worst),
            withheld(
                Reason.SIGNED_OUT_OF_TERM,
                Reason.ISSUER_MISMATCH,
                Reason.OUTSIDE_JURISDICTION,
                Reason.NEVER_ISSUED,
                Reason.SPECIMEN,
            ),
        ),
        Case(
            "authenticity-hides-rules",
            "outside the land and long expired: only the first is said",
            text_of(make_pass(home="010601", expires_at=local("2026-11-03"))),
            withheld(Reason.OUTSIDE_JURISDICTION),
        ),
        Case(
            "foreign-issuer",
            "a pass of the other side's issuer: genuine, but no list and no order for it",
            text_of(foreign, "neighbour"),
            refuse(foreign, *missing, orders=("20/25", "23/25")),
        ),
        Case(
            "foreign-issuer-entry",
            "the same on entry",
            text_of(foreign, "neighbour"),
            refer(foreign, *missing, orders=("20/25",)),
            HOME,
        ),
    ]


def _kid() -> list[Case]:
    kid = signer("poipet").kid
    ours, theirs = make_pass(), serei_pass()
    return [
        Case(
            "kid-shared-second",
            "two keys under one kid: the second of the list signed it",
            text_of(ours),
            admit(ours, "20/25", "50/25", back_by=TOLD),
            bundle="twins",
        ),
        Case(
            "kid-shared-first",
            "two keys under one kid: the first of the list signed it, and its entry counts",
            text_of(theirs, "serei", kid),
            admit(theirs, "20/25", "50/25", back_by=TOLD),
            bundle="twins",
        ),
        Case(
            "kid-shared-wrong-land",
            "the first of the list signs for the land of the second",
            text_of(theirs._replace(holder=ours.holder), "serei", kid),
            withheld(Reason.OUTSIDE_JURISDICTION),
            bundle="twins",
        ),
        Case(
            "kid-shared-neither",
            "two keys under one kid, and a third signed it",
            text_of(ours, "nobody", kid),
            withheld(Reason.SIGNATURE_INVALID),
            bundle="twins",
        ),
        Case(
            "kid-of-another-office",
            "signed by Serei Saophoan under Poipet's kid, where only Poipet has it",
            text_of(ours._replace(status_uri=POIPET_URI), "serei", kid),
            withheld(Reason.SIGNATURE_INVALID),
        ),
    ]
