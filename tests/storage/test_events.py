"""The inbox: an event is stored once, found with all that concerns it, and claimed by one."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from followup.domain.event import ClinicEvent, EventState, EventType
from followup.domain.ids import ClinicId, PatientId
from followup.domain.patient import PatientStatus
from followup.storage import events, patients
from followup.storage.database import Database
from followup.storage.events import Keys
from tests.builders import CLINIC, make_event, make_patient
from tests.fakes import START

E, S = EventType, EventState
SOON = START + timedelta(minutes=1)


def named(row: str, kind: EventType = E.TREATMENT_COMPLETED, **more: Any) -> ClinicEvent:
    """An event that names only what the test gives."""
    keys: dict[str, Any] = {"patient_key": None, "treatment_key": None, "booking_key": None, "data": {"clinic": CLINIC}}
    return make_event(kind, **{"row_id": row, "id": row, **keys, **more})


def store(database: Database, *some: ClinicEvent) -> list[bool]:
    with database.transaction() as conn:
        return [events.add(conn, e, "digest") for e in some]


def about(database: Database, patient: str) -> list[str]:
    with database.reading() as conn:
        return [e.row_id for e in events.about(conn, CLINIC, PatientId(patient))]


def claim(database: Database, now: Any = START, limit: int = 9) -> list[str]:
    with database.transaction() as conn:
        return events.claim(conn, now=now, lease_until=now + timedelta(minutes=1), limit=limit)


def mark(database: Database, *rows: str, state: EventState, **more: Any) -> None:
    with database.transaction() as conn:
        events.mark(conn, rows, state, **more)


def test_the_same_key_is_stored_once(database: Database) -> None:
    assert store(database, make_event(), make_event(row_id="evt_2")) == [True, False]
    with database.reading() as conn:
        assert events.find_key(conn, CLINIC, "/clinics/canstrive/pms", "E-1") == ("evt_1", "digest")
        assert events.get(conn, "evt_1") == make_event()


def test_copies_told_at_once_are_stored_once(database: Database) -> None:
    start, results = Barrier(8), list[bool]()

    def deliver(n: int) -> None:
        start.wait()
        results.extend(store(database, make_event(row_id=f"evt_{n}")))

    crowd = [Thread(target=deliver, args=(n,)) for n in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert sorted(results) == [False] * 7 + [True]


def test_all_that_concerns_a_patient_is_found(database: Database) -> None:
    store(
        database,
        named("a", patient_key="P-1", treatment_key="T-1"),
        named("b", E.TREATMENT_VOIDED, treatment_key="T-1"),
        named("c", E.BOOKING_MADE, patient_key="P-1", booking_key="B-1"),
        named("d", E.BOOKING_CANCELLED, booking_key="B-1"),
        named("e", patient_key="P-2", treatment_key="T-2"),
        named("f", patient_key="P-1", clinic_id=ClinicId("other")),
    )
    assert sorted(about(database, "P-1")) == ["a", "b", "c", "d"]


def test_a_treatment_told_of_two_patients_joins_them(database: Database) -> None:
    store(
        database,
        named("a", patient_key="P-1", treatment_key="T-1"),
        named("b", E.TREATMENT_CORRECTED, patient_key="P-2", treatment_key="T-1"),
        named("c", E.PATIENT_UPDATED, patient_key="P-2"),
    )
    assert sorted(about(database, "P-1")) == ["a", "b", "c"]


def test_a_merge_joins_both_patients_from_either_side(database: Database) -> None:
    merge = named("m", E.PATIENT_MERGED, patient_key="P-2", data={"clinic": CLINIC, "into": "P-1"})
    store(database, named("a", patient_key="P-1"), named("b", patient_key="P-2"), merge)
    with database.transaction() as conn:
        gone = make_patient(id=PatientId("P-2"), status=PatientStatus.MERGED, merged_into=PatientId("P-1"))
        patients.put(conn, gone, START)
    assert sorted(about(database, "P-1")) == sorted(about(database, "P-2")) == ["a", "b", "m"]


def test_events_come_in_the_order_they_take_effect(database: Database) -> None:
    late = named("a", patient_key="P-1", id="1", time=START)
    early = named("b", patient_key="P-1", id="9", time=START - timedelta(days=1))
    same = named("c", patient_key="P-1", id="0", time=START)
    store(database, late, early, same)
    assert about(database, "P-1") == ["b", "c", "a"]


def test_a_claim_takes_each_event_once(database: Database) -> None:
    store(database, *(named(f"e{n}", received_at=START - n * timedelta(minutes=1)) for n in range(5)))
    assert claim(database, limit=3) == ["e4", "e3", "e2"]
    assert claim(database, limit=3) == ["e1", "e0"]
    assert claim(database) == []


def test_a_lapsed_lease_hands_an_event_out_again(database: Database) -> None:
    store(database, named("a"))
    claim(database)
    assert claim(database, START + timedelta(minutes=2)) == ["a"]


@pytest.mark.parametrize(
    ("state", "due", "claimed"),
    [
        (S.RECEIVED, None, ["a"]),
        (S.QUARANTINED, START, ["a"]),
        (S.QUARANTINED, SOON, []),
        (S.WAITING, None, []),
        (S.PLANNED, None, []),
    ],
)
def test_only_what_can_be_planned_is_claimed(
    database: Database, state: EventState, due: Any, claimed: list[str]
) -> None:
    store(database, named("a"))
    mark(database, "a", state=state, not_before=due)
    assert claim(database) == claimed


def test_quarantines_are_counted_and_listed(database: Database) -> None:
    store(database, named("a"), named("b"))
    for _ in range(2):
        mark(database, "a", state=S.QUARANTINED, reason="unknown_patient", not_before=SOON)
    with database.reading() as conn:
        assert events.tries(conn, ["a", "b"]) == {"a": 2, "b": 0}
        listed = events.listing(conn, CLINIC, states=[S.QUARANTINED])
    assert [(e.row_id, e.reason) for e in listed] == [("a", "unknown_patient")]


def test_an_event_is_about_its_patient_or_the_things_owner(database: Database) -> None:
    with database.reading() as conn:
        assert events.patient_of(conn, make_event()) == "P-17"
        assert events.patient_of(conn, named("b", booking_key="B-1")) is None


def test_a_lock_makes_others_wait_for_the_same_people(postgres_url: str) -> None:
    from followup.storage.database import open_database

    database, order = open_database(postgres_url), list[str]()
    first = Barrier(2)

    def other() -> None:
        first.wait()
        with database.transaction() as conn:
            events.lock(conn, CLINIC, Keys(treatments={"T-1"}))
            order.append("other")

    waiting = Thread(target=other)
    waiting.start()
    with database.transaction() as conn:
        events.lock(conn, CLINIC, Keys(patients={"P-1"}, treatments={"T-1"}))
        first.wait()
        waiting.join(0.2)
        order.append("mine")
    waiting.join()
    database.close()
    assert order == ["mine", "other"]
