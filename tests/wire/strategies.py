"""What may stand on the wire? Random domain values inside the profile, for round trips."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from borderpass.domain import provisions as p
from borderpass.domain.local_time import LATEST_TIMESTAMP
from borderpass.domain.pass_number import make_pass_number
from borderpass.domain.passes import Companion, Holder, Pass, PassKind, Sex
from borderpass.domain.provisions import Category, DayCount, GateCase, Hours, Level, Provision, Purpose, Term
from borderpass.domain.rulebook import Rulebook
from borderpass.domain.status import FIRST_INDEX, Status, StatusList, pack_statuses
from borderpass.domain.trust import Names, Role, TrustEntry, TrustList
from borderpass.domain.verdicts import Direction
from tests.cases.keys import signer

FEW = settings(max_examples=40, deadline=None)

instants = st.integers(0, LATEST_TIMESTAMP).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
digits = "0123456789"
texts = st.text(
    alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x17FF, categories=["L", "N", "Zs"]), max_size=20
)
KHMER = "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ"
names_latin = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ -'", min_size=1, max_size=100)
names_khmer = st.text(KHMER + " ", min_size=1, max_size=100)
countries = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=3, max_size=3)
uris = st.text("abcdefghijklmnopqrstuvwxyz0123456789:/.-", min_size=1, max_size=64)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
prefixes = st.lists(
    st.sampled_from((2, 4, 6)).flatmap(lambda size: st.text(digits, min_size=size, max_size=size)), max_size=4
).map(tuple)
names = st.builds(Names, texts, texts, texts)

companions = st.builds(Companion, names_latin | names_khmer, days, st.sampled_from(Sex))
holders = st.builds(
    Holder,
    name_latin=names_latin,
    name_khmer=names_khmer,
    born_on=days,
    sex=st.sampled_from(Sex),
    nationality=countries,
    home_code=st.sampled_from((4, 6)).flatmap(lambda size: st.text(digits, min_size=size, max_size=size)),
    face=st.none() | st.binary(min_size=1, max_size=600),
)


@st.composite
def passes(draw: st.DrawFn) -> Pass:
    """Return any pass of the profile."""
    from_s, until_s = sorted(draw(st.lists(st.integers(0, LATEST_TIMESTAMP), min_size=2, max_size=2, unique=True)))
    return Pass(
        number=make_pass_number(
            draw(st.text(digits, min_size=4, max_size=4)), draw(st.integers(0, 99)), draw(st.integers(1, 999_999))
        ),
        issuer=draw(uris),
        issuing_country=draw(countries),
        kind=draw(st.sampled_from(PassKind)),
        valid_from_at=datetime.fromtimestamp(from_s, UTC),
        expires_at=datetime.fromtimestamp(until_s, UTC),
        issued_at=draw(instants),
        status_index=draw(st.integers(0, 2**32 - 1)),
        status_uri=draw(uris),
        holder=draw(holders),
        companions=tuple(draw(st.lists(companions, max_size=4))),
    )


terms = st.builds(Term, texts, texts, instants, st.none() | instants)
some_kinds = st.lists(st.sampled_from(PassKind), max_size=4).map(tuple)
cases = st.builds(
    GateCase,
    st.lists(st.just(p.ANY_CHECKPOINT) | texts, max_size=3).map(tuple),
    st.lists(st.sampled_from(Direction), max_size=2).map(tuple),
    st.lists(st.sampled_from(Category), max_size=3).map(tuple),
)
minutes = st.integers(0, p.MINUTES_A_DAY)
hours = st.builds(Hours, st.lists(st.integers(1, 7), max_size=7).map(tuple), minutes, minutes)
amounts, day_counts = st.integers(0, 10**12), st.integers(0, 36_525)
percents = st.integers(0, 100)

provisions: st.SearchStrategy[Provision] = st.one_of(
    st.builds(p.Fee, terms, st.sampled_from(Purpose), amounts),
    st.builds(p.Validity, terms, st.sampled_from(PassKind), percents, day_counts),
    st.builds(p.ProcessingTime, terms, day_counts, day_counts, st.sampled_from(DayCount)),
    st.builds(p.Delegation, terms, st.sampled_from(Level), prefixes),
    st.builds(p.Eligibility, terms, prefixes),
    st.builds(p.Companions, terms, percents, amounts),
    st.builds(p.RevenueSplit, terms, percents, percents),
    st.builds(p.Refund, terms, st.sampled_from(p.Ending), percents),
    st.builds(p.Acceptance, terms, cases, some_kinds, prefixes),
    st.builds(p.Opening, terms, cases, hours),
    st.builds(p.Closure, terms, cases),
    st.builds(p.Quota, terms, cases, hours, amounts),
    st.builds(p.Stay, terms, some_kinds, day_counts),
    st.builds(p.Area, terms, st.lists(texts, max_size=3).map(tuple)),
    st.builds(p.BulkExtension, terms, some_kinds, prefixes, instants, instants, instants),
)
rulebooks = st.builds(
    Rulebook,
    st.integers(0, 2**32),
    st.just(datetime(2026, 11, 22, 11, tzinfo=UTC)),
    st.lists(provisions, max_size=6).map(tuple),
)

entries = st.builds(
    TrustEntry,
    kid=st.binary(min_size=8, max_size=8),
    point=st.sampled_from(("poipet", "serei", "malai")).map(lambda name: signer(name).point),
    role=st.sampled_from(Role),
    office=texts,
    names=names,
    prefixes=prefixes,
    sign_from_at=instants,
    sign_until_at=instants,
    verify_until_at=instants,
    issuer=texts,
    status_uri=texts,
    withdrawn_at=st.none() | instants,
    allow_list_digest=st.none() | st.binary(max_size=32),
)
trust_lists = st.builds(
    TrustList,
    st.just(1),
    st.integers(0, 2**32),
    instants,
    instants,
    countries,
    st.lists(entries, max_size=4).map(tuple),
)


@st.composite
def status_lists(draw: st.DrawFn, uri: str) -> StatusList:
    """Return any list of an address, signed within the term of the keys of the cases."""
    length = draw(st.integers(4, 600))
    statuses = draw(st.dictionaries(st.integers(FIRST_INDEX, length - 1), st.sampled_from(Status), max_size=30))
    issued_at = datetime(2026, 11, 22, tzinfo=UTC)
    lasts_s = draw(st.integers(0, 10**9))
    return StatusList(
        uri,
        issued_at,
        issued_at + timedelta(seconds=lasts_s),
        draw(st.integers(0, lasts_s)),
        pack_statuses(statuses, length),
    )
