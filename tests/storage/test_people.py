"""Patients, their ledgers, treatments, bookings and enrollments as rows."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from followup.domain.booking import Booking, BookingState, Treatment
from followup.domain.consent import Consent, ConsentKind
from followup.domain.enrollment import Enrollment, EnrollmentState
from followup.domain.ids import BookingId, ClinicId, EnrollmentId, PatientId, TreatmentId
from followup.domain.lifecycle import EnrollmentSignal
from followup.domain.message import Channel, MessageClass, MessageState
from followup.domain.patient import ContactPoint, PatientStatus
from followup.storage import bookings, consents, enrollments, messages, patients, treatments
from followup.storage.database import Database
from followup.storage.tables import addresses
from tests.builders import CLINIC, EMAIL, PATIENT, PHONE, make_message, make_patient
from tests.fakes import START

OFFER = Consent(MessageClass.PROMO, Channel.SMS, ConsentKind.EXPRESS, START, "form v3")
VISIT = Booking(BookingId("B-1"), PATIENT, "peel", START, BookingState.BOOKED)
DONE = Treatment(TreatmentId("T-1"), PATIENT, "peel", START, session=1, of=3)
BEGUN = Enrollment(EnrollmentId("enr_1"), CLINIC, PATIENT, "peel", "v1", "treatment", "T-1", START, "evt_1")


def test_a_patient_comes_back_as_stored(database: Database) -> None:
    wrong = ContactPoint(Channel.SMS, "12", valid=False, raw="12", problem="is no phone number")
    patient = make_patient(contact_points=(wrong, *make_patient().contact_points))
    with database.transaction() as conn:
        patients.put(conn, patient, START)
        assert patients.get(conn, CLINIC, PATIENT) == patient
        assert patients.get(conn, ClinicId("other"), PATIENT) is None


def test_only_usable_contact_points_get_an_address_row(database: Database) -> None:
    wrong = ContactPoint(Channel.SMS, "12", valid=False, raw="12", problem="is no phone number")
    with database.transaction() as conn:
        for points in (make_patient().contact_points, (wrong,)):
            patients.put(conn, make_patient(contact_points=points), START)
        assert sorted(conn.scalars(sa.select(addresses.c.value))) == [PHONE, EMAIL]
        assert patients.by_address(conn, Channel.SMS, PHONE) == []


def test_an_address_finds_everybody_who_has_it(database: Database) -> None:
    twin = make_patient(id=PatientId("P-2"), status=PatientStatus.MERGED, merged_into=PATIENT)
    child = make_patient(id=PatientId("P-3"))
    with database.transaction() as conn:
        patients.put_many(conn, [make_patient(), twin, child], START)
        assert [p.id for p in patients.by_address(conn, Channel.SMS, PHONE)] == [PATIENT, "P-3"]
        assert patients.by_address(conn, Channel.SMS, PHONE, ClinicId("other")) == []


def test_a_pause_outlives_what_the_clinic_tells(database: Database) -> None:
    with database.transaction() as conn:
        patients.put(conn, make_patient(), START)
        assert patients.set_paused(conn, CLINIC, PATIENT, "holiday")
        assert not patients.set_paused(conn, CLINIC, PATIENT, "holiday")
        patients.put(conn, make_patient(given_name="Anna"), START)
        stored = patients.get(conn, CLINIC, PATIENT)
    assert stored == make_patient(given_name="Anna", paused="holiday")


def test_a_ledger_entry_is_kept_once(database: Database) -> None:
    withdrawn = replace(OFFER, withdrawn=True)
    with database.transaction() as conn:
        consents.add(conn, CLINIC, [(PATIENT, OFFER), (PATIENT, replace(OFFER, event_row="evt_2"))], now=START)
        consents.add(conn, CLINIC, [(PATIENT, withdrawn), (PatientId("P-2"), OFFER)], now=START)
        assert consents.of(conn, CLINIC, [PATIENT]) == {PATIENT: (OFFER, withdrawn)}
        consents.take_back(conn, CLINIC, [(PATIENT, OFFER)], now=START)
        assert consents.of(conn, CLINIC, [PATIENT])[PATIENT] == (withdrawn,)


def test_treatments_and_bookings_come_back_as_stored(database: Database) -> None:
    later = replace(DONE, id=TreatmentId("T-2"), performed_at=START + timedelta(days=1), series_id="S")
    with database.transaction() as conn:
        treatments.put_many(conn, CLINIC, [later, DONE])
        bookings.put_many(conn, CLINIC, [VISIT])
        assert treatments.of(conn, CLINIC, [PATIENT])[PATIENT] == (DONE, later)
        assert (treatments.get(conn, CLINIC, later.id), bookings.get(conn, CLINIC, VISIT.id)) == (later, VISIT)
        assert bookings.of(conn, CLINIC, [PATIENT, PatientId("P-2")]) == {PATIENT: (VISIT,), "P-2": ()}


@pytest.mark.parametrize(
    ("signals", "state"),
    [
        ([EnrollmentSignal.PAUSED], EnrollmentState.PAUSED),
        ([EnrollmentSignal.PAUSED, EnrollmentSignal.RESUMED], EnrollmentState.ACTIVE),
        ([EnrollmentSignal.STOPPED, EnrollmentSignal.COMPLETED], EnrollmentState.STOPPED),
        ([EnrollmentSignal.STOPPED, EnrollmentSignal.REOPENED], EnrollmentState.ACTIVE),
        ([EnrollmentSignal.RESUMED], EnrollmentState.ACTIVE),
    ],
)
def test_enrollments_move_only_along_the_table(
    database: Database, signals: list[EnrollmentSignal], state: EnrollmentState
) -> None:
    with database.transaction() as conn:
        enrollments.add(conn, [BEGUN])
        for signal in signals:
            enrollments.apply(conn, [BEGUN.id], signal)
        stored = enrollments.get(conn, CLINIC, BEGUN.id)
    assert stored is not None
    assert stored.state is state


def test_an_enrollment_is_finished_when_all_messages_are(database: Database) -> None:
    open_one = make_message(id="msg_2", step_key="day-3")
    with database.transaction() as conn:
        enrollments.add(conn, [BEGUN])
        messages.add(conn, [make_message(state=MessageState.DELIVERED), open_one], START)
        assert enrollments.finished(conn, enrollments.active_after(conn, "", limit=9)) == []
        conn.execute(sa.text("UPDATE messages SET state = 'skipped' WHERE id = 'msg_2'"))
        assert enrollments.finished(conn, enrollments.active_after(conn, "", limit=9)) == [BEGUN.id]


def test_pinned_versions_are_kept_once(database: Database) -> None:
    with database.transaction() as conn:
        for _ in range(2):
            enrollments.pin(
                conn, START, protocols={"v1": ("peel", "{}")}, templates={"t1": ("peel/day-1", {"en.j2": "x"})}
            )
        assert enrollments.kept_versions(conn, protocols=["v1", "v2"], templates=["t1", "t2"]) == {"v1", "t1"}
        assert enrollments.pinned_protocols(conn, ["v1"]) == {"v1": "{}"}
        assert enrollments.pinned_templates(conn, ["t1"]) == {"t1": ("peel/day-1", {"en.j2": "x"})}


def test_tags_come_back_as_stored(database: Database) -> None:
    with database.transaction() as conn:
        for tags in (("gift card", "vip"), ()):
            patients.put(conn, make_patient(tags=tags), START)
            found = patients.get(conn, CLINIC, PATIENT)
            assert found is not None
            assert found.tags == tags
