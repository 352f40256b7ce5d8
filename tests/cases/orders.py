"""Which orders are in force in the cases? At least one provision of every kind, dated so that each begins or ends.

All order numbers are made up.
"""

from borderpass.domain import provisions as p
from borderpass.domain.passes import PassKind
from borderpass.domain.provisions import ANY_CHECKPOINT, Category, GateCase, Hours, Provision, Term
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.verdicts import Direction
from tests.cases.clock import local

TWO_YEAR, EXTENSION, ONE_TIME = PassKind.TWO_YEAR, PassKind.EXTENSION, PassKind.ONE_TIME
EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)
SOME_DAYS = (1, 3, 5)
SCHOOL_DAYS = (1, 2, 3, 4, 5)
QUOTA_ID = "24-26/1"
LAST_DAY_QUOTA_ID = "24-26/2"


def _term(provision: str, order: str, from_day: str, until_day: str | None = None) -> Term:
    return Term(provision, order, local(from_day), None if until_day is None else local(until_day))


GATES = (
    p.Opening(_term("20-25/1", "20/25", "2025-06-01"), GateCase(("poipet",)), Hours(EVERY_DAY, 6 * 60, 22 * 60)),
    p.Acceptance(_term("20-25/2", "20/25", "2025-06-01"), GateCase(("poipet",)), (TWO_YEAR, EXTENSION), ("01",)),
    p.Opening(
        _term("21-25/1", "21/25", "2025-06-01"),
        GateCase(("poipet",), categories=(Category.STUDENT,)),
        Hours(SCHOOL_DAYS, 5 * 60, 6 * 60),
    ),
    p.Closure(
        _term("22-26/1", "22/26", "2026-12-24", "2026-12-26"),
        GateCase(("poipet",), (Direction.EXIT,), (Category.ORDINARY, Category.MEDICAL)),
    ),
    p.Acceptance(
        _term("23-25/1", "23/25", "2025-06-01"),
        GateCase(("poipet",), (Direction.EXIT,)),
        (ONE_TIME,),
        ("0106", "0110"),
    ),
    p.Quota(
        _term(QUOTA_ID, "24/26", "2026-11-01"),
        GateCase(("poipet",), (Direction.EXIT,), (Category.ORDINARY,)),
        Hours(SCHOOL_DAYS, 10 * 60, 12 * 60),
        300,
    ),
    p.Quota(
        _term(LAST_DAY_QUOTA_ID, "24/26", "2026-11-01"),
        GateCase(("poipet",), (Direction.ENTRY,)),
        Hours((7,), 6 * 60, 22 * 60),
        10,
    ),
    p.Opening(_term("30-25/1", "30/25", "2025-06-01"), GateCase(("malai",)), Hours(SOME_DAYS, 8 * 60, 15 * 60)),
    p.Acceptance(_term("30-25/2", "30/25", "2025-06-01"), GateCase(("malai",)), (TWO_YEAR,), ("0109",)),
    p.Closure(_term("31-26/1", "31/26", "2026-12-02", "2026-12-09"), GateCase(("malai",))),
    p.Acceptance(_term("32-26/1", "32/26", "2027-01-01"), GateCase(("malai",)), (TWO_YEAR, EXTENSION), ("01",)),
    p.Opening(
        _term("40-25/1", "40/25", "2025-06-01"),
        GateCase((ANY_CHECKPOINT,), categories=(Category.MEDICAL,)),
        Hours(EVERY_DAY, 0, p.MINUTES_A_DAY),
    ),
    p.Acceptance(
        _term("40-25/2", "40/25", "2025-06-01"),
        GateCase((ANY_CHECKPOINT,), categories=(Category.MEDICAL,)),
        (TWO_YEAR, EXTENSION, ONE_TIME),
        ("01", "02"),
    ),
)

STAYS = (
    p.Stay(_term("50-25/1", "50/25", "2025-06-01", "2026-12-20"), (TWO_YEAR, EXTENSION), 14),
    p.Stay(_term("50-26/1", "50/26", "2026-12-20"), (TWO_YEAR, EXTENSION), 7),
    p.Stay(_term("51-25/1", "51/25", "2025-06-01"), (ONE_TIME,), 3),
    p.BulkExtension(
        _term("60-26/1", "60/26", "2026-11-20"),
        (TWO_YEAR,),
        ("0110",),
        local("2026-11-01"),
        local("2026-12-01"),
        local("2027-02-01"),
    ),
)

OFFICES = (
    p.Fee(_term("10-24/1", "10/24", "2024-01-01"), p.Purpose.NEW, 20_000),
    p.Fee(_term("10-24/2", "10/24", "2024-01-01"), p.Purpose.EXTENSION, 10_000),
    p.Validity(_term("10-24/3", "10/24", "2024-01-01"), TWO_YEAR, 2, 0),
    p.Validity(_term("10-24/4", "10/24", "2024-01-01"), ONE_TIME, 0, 3),
    p.ProcessingTime(_term("10-24/5", "10/24", "2024-01-01"), 5, 2, p.DayCount.WORKING),
    p.Delegation(_term("11-24/1", "11/24", "2024-01-01"), p.Level.DISTRICT, ("01",)),
    p.Eligibility(_term("10-24/6", "10/24", "2024-01-01"), ("01", "02", "09", "13", "15", "22", "24")),
    p.Companions(_term("10-24/7", "10/24", "2024-01-01"), 12, 4),
    p.RevenueSplit(_term("10-24/8", "10/24", "2024-01-01"), 85, 15),
    p.Refund(_term("10-24/10", "10/24", "2024-01-01"), p.Ending.REFUSED, 100),
    p.Area(_term("10-24/9", "10/24", "2024-01-01"), ("Aranyaprathet", "อรัญประเทศ")),
)


def make_rulebook(*provisions: Provision) -> Rulebook:
    """Return a rulebook of provisions, or of all of them when none is given."""
    return Rulebook(12, local("2026-11-22 18:00:00"), provisions or (*OFFICES, *GATES, *STAYS))
