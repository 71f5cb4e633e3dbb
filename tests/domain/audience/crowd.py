"""A crowd with every kind of history, moments on the edges of days among them, and audiences to choose from it."""

import random
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from followup.domain.audience import Person, Setting
from followup.domain.booking import Booking, BookingState, Treatment
from followup.domain.consent import Consent, ConsentKind
from followup.domain.enrollment import Enrollment, EnrollmentState
from followup.domain.ids import BookingId, EnrollmentId, PatientId, TreatmentId
from followup.domain.message import Channel, MessageClass
from followup.domain.patient import ContactPoint, PatientStatus
from tests.builders import CLINIC, make_clinic, make_patient, make_protocol
from tests.fakes import START

CODES, KEYS, NURSES = ("peel", "laser"), ("peels", "lasers"), ("RN Okafor", "Dr Roy")
TAGS, LANGUAGES = ("vip", "VIP", "gift card", "100%"), ("", "en-CA", "fr-CA", "fr", "FR-ca", "es")
CLASSES = (MessageClass.PROMO, MessageClass.CARE, MessageClass.CONSENT_REQUEST)
PROTOCOLS = {key: make_protocol(key=key, treatment_codes=(code,)) for key, code in zip(KEYS, CODES, strict=True)}
SETTING = Setting(START, make_clinic(casl_implied_promo=True, privacy_regime="pipeda"), PROTOCOLS)
_TODAY = START.astimezone(ZoneInfo("America/Toronto")).date()
DAYS = tuple(_TODAY + timedelta(days=n) for n in (-800, -366, -182, -181, -91, -90, -84, -31, -30, -29, -1, 0, 1, 40))
_OFFSETS = ("P30D", "P3M", "P6M", "P12W", "P1Y")


def make_crowd(count: int, seed: int = 7) -> list[Person]:
    """`count` people by this seed, in the order of their ids."""
    luck = random.Random(seed)
    return [_person(luck, f"P-{n:03}") for n in range(count)]


def _person(luck: random.Random, name: str) -> Person:
    who = PatientId(name)
    number = luck.choice(("+14165550123", "+12125550123"))
    patient = make_patient(
        id=who,
        language=luck.choice(LANGUAGES),
        contact_points=(ContactPoint(Channel.SMS, number, valid=True, raw=number),),
        status=luck.choices(tuple(PatientStatus), (12, 1, 1, 1))[0],
        tags=tuple(sorted(luck.sample(TAGS, luck.choice((0, 0, 1, 2))))),
    )
    return Person(
        patient,
        treatments=tuple(_treatment(luck, who, n) for n in range(luck.choice((0, 1, 1, 2, 3)))),
        bookings=tuple(_booking(luck, who, n) for n in range(luck.choice((0, 0, 1, 2)))),
        consents=tuple(_consent(luck) for _ in range(luck.choice((0, 1, 2, 3)))),
        enrollments=tuple(_enrollment(luck, who, n) for n in range(luck.choice((0, 1, 2)))),
        uploads=frozenset(luck.sample(("upl_1", "upl_2"), luck.choice((0, 1, 2)))),
    )


def _moment(luck: random.Random) -> datetime:
    midnight = datetime.combine(luck.choice(DAYS), datetime.min.time(), ZoneInfo("America/Toronto"))
    late = luck.choice((timedelta(0), timedelta(microseconds=-1), timedelta(hours=15)))
    return luck.choice((midnight + late, START, START + timedelta(microseconds=1))).astimezone(START.tzinfo)


def _treatment(luck: random.Random, who: PatientId, number: int) -> Treatment:
    return Treatment(
        TreatmentId(f"T-{who}-{number}"), who, luck.choice(CODES), _moment(luck), practitioner=luck.choice(NURSES),
        session=luck.choice((None, 1, 3)), of=luck.choice((None, 3)), series_id=luck.choice((None, None, "S-1")),
        voided=luck.random() < 0.15,
    )  # fmt: skip


def _booking(luck: random.Random, who: PatientId, number: int) -> Booking:
    state = luck.choice(tuple(BookingState))
    return Booking(BookingId(f"B-{who}-{number}"), who, luck.choice(CODES), _moment(luck), state)


def _consent(luck: random.Random) -> Consent:
    ends = luck.random() < 0.3
    return Consent(
        luck.choice((None, *CLASSES)) if ends else luck.choice(CLASSES), luck.choice((None, *Channel)) if ends
        else luck.choice(tuple(Channel)), luck.choice(tuple(ConsentKind)), min(_moment(luck), START), "form", ends,
        written=luck.random() < 0.5,
    )  # fmt: skip


def _enrollment(luck: random.Random, who: PatientId, number: int) -> Enrollment:
    return Enrollment(
        EnrollmentId(f"enr_{who}_{number}"), CLINIC, who, luck.choice(KEYS), "v1", "treatment", f"T-{number}",
        _moment(luck), "evt_1", luck.choice(tuple(EnrollmentState)),
    )  # fmt: skip


# Audiences ---------------------------------------------------------------------------------------------------------
def some(words: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """One or more of these words."""
    return st.lists(st.sampled_from(words), min_size=1, max_size=2, unique=True)


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


def _ordered(day: date, later: date) -> dict[str, str]:
    return {"from": min(day, later).isoformat(), "to": max(day, later).isoformat()}


_DAY, _BACK = st.sampled_from(DAYS), st.sampled_from(_OFFSETS)
WHEN: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(_ordered, _DAY, _DAY),
    st.builds(lambda back: {"within": back}, _BACK),
    st.builds(lambda back: {"older_than": back}, _BACK),
    st.builds(lambda day, back: {"from": day.isoformat(), "older_than": back}, _DAY, _BACK),
)
_MAYBE = st.one_of(st.just({}), WHEN)


def _clause(key: str, *parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """A clause of these parts put together."""
    return st.tuples(*parts).map(lambda some: {key: {name: value for part in some for name, value in part.items()}})


def _said(**words: tuple[Any, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """One word of each."""
    return st.fixed_dictionaries({name: st.sampled_from(choice) for name, choice in words.items()})


_CLASS_WORDS = st.fixed_dictionaries({"class": st.sampled_from([c.value for c in CLASSES])})
_NUMBERS = st.sets(st.integers(0, 80), min_size=1, max_size=9)
_LEAVES = st.one_of(
    st.just({"everybody": True}),
    _clause("treated", _MAYBE, optional(code=some(CODES), practitioner=some(NURSES))),
    _clause("last_visit", WHEN),
    _clause("series", _said(state=("open", "done", "none")), optional(protocol=some((*KEYS, "gone")))),
    _clause("future_booking", _said(exists=(True, False)), optional(code=some(CODES))),
    _clause("consent", _CLASS_WORDS, optional(channel=st.sampled_from(("sms", "email")))),
    _clause("enrolled", _MAYBE, optional(protocol=some(KEYS), state=some(("active", "stopped")))),
    some(("en", "fr", "fr-CA", "es")).map(lambda words: {"language": words}),
    some(TAGS).map(lambda words: {"tags": words}),
    _NUMBERS.map(lambda numbers: {"patients": [f"P-{n:03}" for n in sorted(numbers)]}),
    st.sampled_from(("upl_1", "upl_2", "upl_9")).map(lambda name: {"upload": name}),
)


def _grown(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda p: {"all": p}, several),
        st.builds(lambda p: {"any": p}, several),
        st.builds(lambda p: {"not": p}, inner),
    )


DEFINITIONS: st.SearchStrategy[dict[str, Any]] = st.recursive(_LEAVES, _grown, max_leaves=5)
