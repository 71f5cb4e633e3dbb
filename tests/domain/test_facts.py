"""Facts: what a set of events says, whatever order they came in."""

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from followup.domain.booking import BookingState
from followup.domain.event import ClinicEvent, EventType
from followup.domain.facts import PatientFacts, fold
from followup.domain.ids import PatientId
from followup.domain.message import Channel
from followup.domain.patient import PatientStatus, read_contact_point
from tests.builders import PERFORMED, make_event

E, B = EventType, BookingState
HOUR = timedelta(hours=1)
ANA = {"id": "P-1", "given_name": "Ana", "family_name": "Silva"}


def told(*events: tuple[EventType, dict[str, Any]], **more: Any) -> list[ClinicEvent]:
    """These events, an hour apart."""
    return [
        make_event(kind, row_id=f"evt_{n}", id=f"E-{n}", time=PERFORMED + n * HOUR, data=data, **more)
        for n, (kind, data) in enumerate(events)
    ]


def ana(*events: tuple[EventType, dict[str, Any]]) -> PatientFacts:
    return fold(told(*events)).people[PatientId("P-1")]


def done(name: str = "T-1", patient: Any = ANA, hours: int = 0, **treatment: Any) -> dict[str, Any]:
    given = {"id": name, "code": "peel", "performed_at": (PERFORMED + hours * HOUR).isoformat(), **treatment}
    return {"patient": patient, "treatment": given}


def visit(name: str = "B-1", hours: int = 48, **more: Any) -> dict[str, Any]:
    return {
        "booking": {"id": name, "treatment_code": "peel", "starts_at": (PERFORMED + hours * HOUR).isoformat()}
    } | more


def moved(hours: int) -> dict[str, Any]:
    return {"booking": {"id": "B-1", "starts_at": (PERFORMED + hours * HOUR).isoformat()}}


MADE, ONLY = visit(patient=ANA), {"booking": {"id": "B-1"}}


def test_the_last_word_counts_field_by_field() -> None:
    facts = ana(
        (E.TREATMENT_COMPLETED, done(patient={**ANA, "language": "en-CA", "time_zone": "America/Toronto"})),
        (E.PATIENT_UPDATED, {"patient": {"id": "P-1", "language": "fr_CA"}}),
    )
    assert (facts.patient.given_name, facts.patient.language, facts.patient.time_zone) == (
        "Ana",
        "fr-CA",
        "America/Toronto",
    )


def test_an_empty_name_unmakes_no_known_one() -> None:
    facts = ana(
        (E.PATIENT_UPDATED, {"patient": ANA}), (E.PATIENT_UPDATED, {"patient": {"id": "P-1", "given_name": " "}})
    )
    assert facts.patient.given_name == "Ana"


def test_contact_points_are_replaced_as_a_whole_list() -> None:
    first = {**ANA, "contact_points": [{"channel": "sms", "value": "416-555-0123"}]}
    second = {"id": "P-1", "contact_points": [{"channel": "email", "value": "ana@example.com"}]}
    facts = ana((E.PATIENT_UPDATED, {"patient": first}), (E.PATIENT_UPDATED, {"patient": second}))
    assert [p.value for p in facts.patient.contact_points] == ["ana@example.com"]


@pytest.mark.parametrize(
    ("channel", "raw", "value", "problem"),
    [
        ("sms", "416-555-0123", "+14165550123", ""),
        ("sms", "(905) 555-0199", "+19055550199", ""),
        ("sms", "+33 6 12 34 56 78", "+33612345678", ""),
        ("sms", "555-12", "555-12", "is no valid phone number"),
        ("sms", "none", "none", "is no phone number"),
        ("sms", "416-555-0123 ext 5", "416-555-0123 ext 5", "has an extension"),
        ("sms", "1-800-555-1212", "1-800-555-1212", "is a toll-free number"),
        ("email", " Ana@Example.COM ", "Ana@example.com", ""),
        ("email", "ana@", "ana@", "is no e-mail address"),
        ("email", "ana@nowhere", "ana@nowhere", "is no e-mail address"),
    ],
)
def test_contact_points_are_normalised_or_say_why_not(channel: str, raw: str, value: str, problem: str) -> None:
    point = read_contact_point(Channel(channel), raw)
    assert (point.value, point.problem, point.valid, point.raw) == (value, problem, not problem, raw)


@pytest.mark.parametrize(
    ("signals", "state"),
    [
        ([(E.BOOKING_OFFERED, MADE)], B.OFFERED),
        ([(E.BOOKING_OFFERED, MADE), (E.BOOKING_MADE, MADE)], B.BOOKED),
        ([(E.BOOKING_OFFERED, MADE), (E.BOOKING_MOVED, moved(72))], B.OFFERED),
        ([(E.BOOKING_MADE, MADE), (E.BOOKING_CANCELLED, ONLY)], B.CANCELLED),
        ([(E.BOOKING_CANCELLED, ONLY), (E.BOOKING_MADE, MADE)], B.BOOKED),
        ([(E.BOOKING_MADE, MADE), (E.BOOKING_ATTENDED, ONLY), (E.BOOKING_MISSED, ONLY)], B.MISSED),
        ([(E.BOOKING_MADE, MADE), (E.BOOKING_CANCELLED, ONLY), (E.BOOKING_MOVED, moved(72))], B.BOOKED),
    ],
)
def test_bookings_follow_the_table_else_the_last_word(signals: list[Any], state: BookingState) -> None:
    assert [b.state for b in ana(*signals).bookings] == [state]


def test_a_moved_booking_keeps_what_was_agreed() -> None:
    (booking,) = ana((E.BOOKING_MADE, MADE), (E.BOOKING_MOVED, moved(72))).bookings
    assert (booking.treatment_code, booking.starts_at) == ("peel", PERFORMED + 72 * HOUR)


def test_a_treatment_can_be_voided_and_told_again() -> None:
    void = (E.TREATMENT_VOIDED, {"treatment": {"id": "T-1"}})
    first = ana((E.TREATMENT_COMPLETED, done()), void).treatments[0]
    again = ana((E.TREATMENT_COMPLETED, done()), void, (E.TREATMENT_CORRECTED, done())).treatments[0]
    assert (first.voided, first.event_row, first.last_event_row) == (True, "evt_0", "evt_1")
    assert (again.voided, again.last_event_row) == (False, "evt_2")


def test_a_corrected_patient_takes_the_treatment_along() -> None:
    bo = {"id": "P-2", "given_name": "Bo"}
    facts = fold(told((E.TREATMENT_COMPLETED, done()), (E.TREATMENT_CORRECTED, done(patient=bo))))
    assert facts.people[PatientId("P-1")].treatments == ()
    assert [t.id for t in facts.people[PatientId("P-2")].treatments] == ["T-1"]


@pytest.mark.parametrize(
    ("flags", "backfill"), [([True], True), ([False], False), ([True, False], False), ([False, True], False)]
)
def test_history_is_what_no_live_event_told(flags: list[bool], backfill: bool) -> None:
    events = [
        e for n, f in enumerate(flags) for e in told(*[(E.TREATMENT_COMPLETED, done())] * (n + 1), backfill=f)[n:]
    ]
    assert fold(events).people[PatientId("P-1")].treatments[0].backfill is backfill


def test_a_live_correction_of_history_stays_history() -> None:
    old = told((E.TREATMENT_COMPLETED, done()), backfill=True)
    new = told((E.TREATMENT_COMPLETED, done()), (E.TREATMENT_CORRECTED, done(session=2)))[1:]
    (treatment,) = fold([*old, *new]).people[PatientId("P-1")].treatments
    assert (treatment.backfill, treatment.session) == (True, 2)


P = {"patient": {"id": "P-1"}}
ALIVE = (E.PATIENT_UPDATED, {"patient": {"id": "P-1", "status": "active"}})


@pytest.mark.parametrize(
    ("events", "status"),
    [
        ([(E.PATIENT_DECEASED, P)], PatientStatus.DECEASED),
        ([(E.PATIENT_DECEASED, P), (E.PATIENT_ARCHIVED, P)], PatientStatus.DECEASED),
        ([(E.PATIENT_DECEASED, P), (E.TREATMENT_COMPLETED, done(hours=9))], PatientStatus.DECEASED),
        ([(E.PATIENT_DECEASED, P), ALIVE], PatientStatus.ACTIVE),
        ([ALIVE, (E.PATIENT_DECEASED, P)], PatientStatus.DECEASED),
        ([(E.PATIENT_ARCHIVED, P), (E.TREATMENT_COMPLETED, done(hours=9))], PatientStatus.ACTIVE),
        ([(E.PATIENT_ARCHIVED, P), (E.TREATMENT_COMPLETED, done(hours=-9))], PatientStatus.ARCHIVED),
        ([(E.PATIENT_ARCHIVED, P), (E.BOOKING_MADE, MADE)], PatientStatus.ACTIVE),
    ],
)
def test_the_dead_stay_dead_and_the_archived_return(events: list[Any], status: PatientStatus) -> None:
    assert ana(*events).patient.status is status


def merge(one: str, into: str) -> tuple[EventType, dict[str, Any]]:
    return E.PATIENT_MERGED, {"patient": {"id": one}, "into": into}


@pytest.mark.parametrize(
    ("merges", "left"),
    [
        ([merge("P-2", "P-1")], {"P-1": ["P-1", "P-2"]}),
        ([merge("P-2", "P-1"), merge("P-1", "P-2")], {"P-2": ["P-1", "P-2"]}),
        ([merge("P-3", "P-2"), merge("P-2", "P-1")], {"P-1": ["P-1", "P-2", "P-3"]}),
        ([merge("P-3", "P-2"), merge("P-3", "P-1")], {"P-1": ["P-1", "P-3"]}),
        ([merge("P-2", "P-3"), merge("P-3", "P-1"), merge("P-1", "P-2")], {"P-2": ["P-1", "P-2", "P-3"]}),
    ],
)
def test_the_last_merge_of_a_record_counts(merges: list[Any], left: dict[str, list[str]]) -> None:
    people = fold(told(*merges)).people
    assert {root: sorted(person.ids) for root, person in people.items()} == left


def test_the_survivors_own_words_go_before_merged_ones() -> None:
    twin = {"id": "P-2", "given_name": "Anna", "family_name": "Silva", "language": "fr-CA"}
    facts = fold(told(
        (E.PATIENT_UPDATED, {"patient": {"id": "P-1", "given_name": "Ana"}}),
        (E.TREATMENT_COMPLETED, done(patient=twin)), merge("P-2", "P-1"),
    ))  # fmt: skip
    person = facts.people[PatientId("P-1")]
    assert (person.patient.given_name, person.patient.family_name, person.patient.language) == ("Ana", "Silva", "fr-CA")
    assert [t.patient_id for t in person.treatments] == ["P-1"]
    assert facts.merged[PatientId("P-2")].merged_into == "P-1"


def test_whoever_tells_a_treatment_owns_its_void() -> None:
    void = make_event(E.TREATMENT_VOIDED, row_id="void", data={"treatment": {"id": "T-1"}})
    facts = fold([*told((E.TREATMENT_COMPLETED, done())), void])
    assert facts.owner(void) == "P-1"
    assert not facts.is_orphan(void)
    assert fold([void]).is_orphan(void)


@pytest.mark.parametrize(
    ("kind", "data", "fault"),
    [
        (E.TREATMENT_COMPLETED, done(performed_at="2026-02-30T10:00:00Z"),
         "/data/treatment/performed_at: must be a date and time with its offset"),
        (E.TREATMENT_COMPLETED, done(performed_at="2026-03-02T10:00:00"),
         "/data/treatment/performed_at: must be a date and time with its offset"),
        (E.TREATMENT_COMPLETED, done(code=None), "/data/treatment/code: is required"),
        (E.TREATMENT_COMPLETED, done(session="2"), "/data/treatment/session: must be a whole number"),
        (E.TREATMENT_COMPLETED, {"patient": ANA, "treatment": 7}, "/data/treatment: must be an object"),
        (E.BOOKING_MOVED, ONLY, "/data/booking/starts_at: is required"),
        (E.PATIENT_UPDATED, {"patient": {"id": "P-1", "time_zone": "Mars/Base"}},
         "/data/patient/time_zone: must be an IANA time zone"),
        (E.PATIENT_UPDATED, {"patient": {"id": "P-1", "contact_points": [{"channel": "fax", "value": "1"}]}},
         "/data/patient/contact_points: must be a list of channel (sms, email) and value"),
        (E.PATIENT_MERGED, {"patient": {"id": "P-1"}, "into": "P-1"}, "/data/into: must be another patient's id"),
        (E.CONSENT_RECORDED, {"patient": {"id": "P-1"}, "consent": {"class": "spam"}},
         "/data/consent: is no consent of class, channel, kind and recorded_at"),
    ],
)  # fmt: skip
def test_a_malformed_event_is_reported_and_counts_nothing(kind: EventType, data: dict[str, Any], fault: str) -> None:
    event = replace(make_event(kind), data=data, treatment_key="T-1", booking_key="B-1", patient_key="P-1")
    facts = fold([event])
    assert facts.faults == {"evt_1": fault}
    assert facts.people == {}


def test_any_order_and_repetition_tell_the_same() -> None:
    events = told(
        (E.TREATMENT_COMPLETED, done()), (E.TREATMENT_CORRECTED, done(session=2)), (E.BOOKING_CANCELLED, ONLY),
        (E.BOOKING_MADE, MADE), (E.PATIENT_UPDATED, {"patient": {"id": "P-2", "given_name": "Anna"}}),
        merge("P-2", "P-1"), (E.PATIENT_DECEASED, P), ALIVE, (E.TREATMENT_VOIDED, {"treatment": {"id": "T-1"}}),
    )  # fmt: skip
    luck = random.Random(7)
    assert all(fold(luck.choices(events, k=9) + luck.sample(events, k=9)) == fold(events) for _ in range(200))


def test_a_list_of_tags_replaces_the_earlier() -> None:
    def tags(*words: str) -> tuple[E, dict[str, Any]]:
        return E.PATIENT_UPDATED, {"patient": {"id": "P-1", "tags": words}}

    assert ana(tags(" vip ", "gift  card", "vip")).patient.tags == ("gift card", "vip")
    assert ana(tags("vip"), (E.PATIENT_UPDATED, {"patient": {"id": "P-1"}})).patient.tags == ("vip",)
    assert ana(tags("vip"), tags()).patient.tags == ()
