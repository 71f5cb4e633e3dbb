"""Messages about visits follow the bookings: what is asked, reminded of, and put right."""

import random
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from icalendar import Calendar

from followup.domain.booking import BookingState
from followup.domain.message import Channel
from followup.services.proof import drift
from tests.builders import CLINIC, PHONE, make_clinic
from tests.services.bookings.visiting import DAY, HOUR, Desk, E, make_desk
from tests.services.seeds import run, sent
from tests.services.telling import booked, person, treated

QUESTION = "Reply C to confirm, R to change, X if you can't come"
MAILED = person(contact_points=[{"channel": "email", "value": "ana@example.com"}])


def entry(desk: Desk) -> Any:
    """The entry of the last mail, as a calendar reads it."""
    invite = desk.last(Channel.EMAIL).invite
    assert invite is not None
    calendar = Calendar.from_ical(invite.content)
    assert calendar["METHOD"] == invite.method
    return calendar.walk("VEVENT")[0]


def test_an_offer_asks_with_words_and_link(desk: Desk) -> None:
    desk.offer()
    text = desk.last().text
    assert text.endswith(QUESTION)
    assert "Thu Mar 12, 4:30 PM" in text
    assert "https://followup.example/b/" in text


def test_an_offer_asks_in_the_patients_language(desk: Desk) -> None:
    desk.offer(patient=person(language="fr-CA"))
    assert "jeu. 12 mars, 16 h 30" in desk.last().text
    assert desk.last().text.endswith("C pour confirmer, R pour changer, X si empechement")
    assert desk.last().text.isascii() or "ê" not in desk.last().text


def test_an_offer_is_made_once(each_desk: Desk) -> None:
    each_desk.offer()
    each_desk.offer()
    each_desk.tell(E.PATIENT_UPDATED, {"patient": person(language="fr-CA")})
    assert each_desk.steps() == [("offer", "sent")]


def test_a_mail_brings_an_entry_for_the_calendar(desk: Desk) -> None:
    desk.offer(patient=MAILED, duration_minutes=45)
    event = entry(desk)
    assert (event["STATUS"], event["SEQUENCE"], event["ATTENDEE"]) == ("TENTATIVE", 0, "mailto:ana@example.com")
    assert event["DTSTART"].dt == desk.day
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=45)
    assert "peel" not in event.to_ical().decode()


def test_a_later_entry_replaces_the_first(each_desk: Desk) -> None:
    each_desk.offer(patient=MAILED)
    first = entry(each_desk)
    each_desk.about(E.BOOKING_MOVED, starts_at=(each_desk.day + HOUR).isoformat())
    second = entry(each_desk)
    each_desk.about(E.BOOKING_CANCELLED)
    third = entry(each_desk)
    assert len({event["UID"] for event in (first, second, third)}) == 1
    assert [event["SEQUENCE"] for event in (first, second, third)] == [0, 1, 2]
    assert (second["DTSTART"].dt, third["STATUS"]) == (each_desk.day + HOUR, "CANCELLED")


def test_a_made_visit_is_reminded_of_once(desk: Desk) -> None:
    desk.tell(E.BOOKING_MADE, booked(desk.day))
    assert desk.texts() == []
    desk.wait(desk.day - DAY - desk.ctx.clock.now())
    assert [text.endswith(QUESTION) for text in desk.texts()] == [True]
    assert desk.steps() == [("reminder", "sent")]


@pytest.mark.parametrize("kind", [E.BOOKING_CANCELLED, E.BOOKING_MISSED, E.BOOKING_ATTENDED])
def test_no_reminder_outlives_its_visit(desk: Desk, kind: E) -> None:
    desk.tell(E.BOOKING_MADE, booked(desk.day))
    desk.about(kind)
    desk.wait(DAY * 10)
    assert desk.texts() == []


def test_a_moved_visit_is_reminded_of_anew(desk: Desk) -> None:
    desk.tell(E.BOOKING_MADE, booked(desk.day))
    desk.about(E.BOOKING_MOVED, starts_at=(desk.day + DAY).isoformat())
    waiting = [m for m in desk.messages() if m.state == "scheduled"]
    assert [(m.step_key, m.due_at) for m in waiting] == [("reminder", desk.day)]


def test_the_clinic_sets_when_it_reminds(sqlite: Any, tmp_path: Any) -> None:
    desk = make_desk(sqlite, tmp_path, clinics=(make_clinic(visit_reminder=None),))
    desk.tell(E.BOOKING_MADE, booked(desk.day))
    assert desk.steps() == []


def test_who_was_told_nothing_hears_no_correction(desk: Desk) -> None:
    desk.tell(E.BOOKING_MADE, booked(desk.day))
    desk.about(E.BOOKING_MOVED, starts_at=(desk.day + DAY).isoformat())
    desk.about(E.BOOKING_CANCELLED)
    assert desk.texts() == []


def test_who_was_told_a_time_hears_the_next(desk: Desk) -> None:
    desk.offer()
    desk.tell(E.BOOKING_MADE, booked(desk.day))
    for hours in (1, 2, 1):
        desk.about(E.BOOKING_MOVED, starts_at=(desk.day + hours * HOUR).isoformat())
    assert [text[:48] for text in desk.texts()[1:]] == [
        f"Canstrive: your visit was moved to Thu Mar 12, {clock}" for clock in ("5", "6", "5")
    ]


def test_an_offer_again_after_the_end_asks_again(desk: Desk) -> None:
    desk.offer()
    desk.about(E.BOOKING_CANCELLED)
    desk.offer()
    assert [step for step, _ in desk.steps()] == ["offer", "cancelled", "offer"]


def test_an_offer_of_a_stranger_waits_for_their_name(each_desk: Desk) -> None:
    unknown = {"id": "P-1", "contact_points": [{"channel": "sms", "value": PHONE}]}
    event = each_desk.tell(E.BOOKING_OFFERED, booked(each_desk.day, patient=unknown))
    assert each_desk.story.state_of(event) == ("quarantined", "unknown_patient")
    assert (each_desk.texts(), [kind for kind, _ in each_desk.told_staff()]) == ([], ["quarantine"])
    each_desk.tell(E.PATIENT_UPDATED, {"patient": person()})
    assert each_desk.steps() == [("offer", "sent")]


def test_what_is_history_asks_nobody(desk: Desk) -> None:
    desk.tell(E.BOOKING_OFFERED, booked(desk.day), backfill=True)
    assert desk.steps() == []


def test_a_booking_silences_the_nudge_at_once(desk: Desk) -> None:
    desk.tell(E.TREATMENT_COMPLETED, treated(desk.ctx.clock.now() - HOUR))
    desk.tell(E.BOOKING_MADE, booked(desk.day + 30 * DAY))
    desk.wait(29 * DAY)
    assert [(m.step_key, m.reason) for m in desk.story.messages() if m.step_key == "nudge"] == [
        ("nudge", "future_booking")
    ]


def test_a_dead_patient_is_asked_nothing(desk: Desk) -> None:
    desk.tell(E.BOOKING_MADE, booked(desk.day))
    desk.tell(E.PATIENT_DECEASED, {"patient": {"id": "P-1"}})
    assert desk.steps() == [("reminder", "cancelled")]


def test_any_order_of_events_ends_alike(each_desk: Desk) -> None:
    at, told = each_desk.ctx.clock.now(), []
    told.append(each_desk.story.event(E.BOOKING_OFFERED, at, booked(each_desk.day)))
    told.append(each_desk.story.event(E.BOOKING_MADE, at + HOUR, booked(each_desk.day)))
    moved = {"booking": {"id": "B-1", "starts_at": (each_desk.day + DAY).isoformat()}}
    told.append(each_desk.story.event(E.BOOKING_MOVED, at + 2 * HOUR, moved))
    for order in random.Random(3).sample(list(permutations(told)), 1):
        each_desk.story.plan(*order)
    run(each_desk.ctx)
    assert (each_desk.booking().state, each_desk.booking().starts_at) == (BookingState.BOOKED, each_desk.day + DAY)
    assert [m.due_at for m in each_desk.messages() if m.state == "scheduled"] == [each_desk.day]
    assert list(drift.find(each_desk.ctx, CLINIC)) == []


def test_nothing_of_the_treatment_is_in_the_words(desk: Desk) -> None:
    desk.offer(patient=MAILED, practitioner="RN Okafor")
    mail = sent(desk.ctx, Channel.EMAIL)[0]
    assert not any(word in mail.text + mail.subject for word in ("peel", "Okafor", "Silva"))
