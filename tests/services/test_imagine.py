"""A made-up patient's year, event by event."""

from datetime import UTC, datetime, timedelta

import pytest

from followup.domain.event import EventType
from followup.domain.message import MessageClass, Reason
from followup.domain.offset import Offset
from followup.domain.planning.forecast import forecast
from followup.domain.protocol import Anchor, Condition
from followup.services.author.imagine import Sample, imagine
from tests.builders import make_clinic, make_protocol, make_step

MONDAY = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
STEPS = (
    make_step("soon", offset=Offset(days=1)),
    make_step("nudge", offset=Offset(days=28), only_if=frozenset({Condition.SERIES_OPEN}),
              unless=frozenset({Condition.FUTURE_BOOKING})),
    make_step("offer", anchor=Anchor.SERIES_END, offset=Offset(months=9), message_class=MessageClass.PROMO),
    make_step("before", anchor=Anchor.BOOKING, offset=Offset(days=-1)),
)  # fmt: skip


def fates(*happenings, session=1, of=3):
    protocol, clinic = make_protocol(*STEPS), make_clinic()
    sample = Sample(protocol, clinic, MONDAY, "en-CA", "America/Toronto", session, of)
    return [
        (r.source_id, r.planned.step_key, r.reason, r.cause)
        for r in forecast(imagine(sample, happenings), protocol, clinic)
    ]


def test_quiet_year_sends_every_step():
    assert fates() == [("T-1", "soon", None, None), ("T-1", "nudge", None, None), ("T-1", "offer", None, None)]


def test_last_session_needs_no_nudge():
    assert ("T-1", "nudge", Reason.SERIES_CLOSED, None) in fates(session=3)


def test_future_booking_silences_the_nudge():
    found = fates("booking.made@+20d=+40d")
    assert ("T-1", "nudge", Reason.BOOKED, None) in found
    assert ("B-1", "before", None, None) in found


def test_cancelled_booking_lets_the_nudge_go():
    found = fates("booking.made@+20d=+40d", "booking.cancelled@+25d")
    assert ("T-1", "nudge", None, None) in found
    assert ("B-1", "before", Reason.VOIDED, EventType.BOOKING_CANCELLED) in found


def test_moved_booking_moves_its_reminder():
    protocol, clinic = make_protocol(*STEPS), make_clinic()
    sample = Sample(protocol, clinic, MONDAY, "en-CA", "America/Toronto")
    rows = forecast(imagine(sample, ["booking.made@+20d=+40d", "booking.moved@+30d=+50d"]), protocol, clinic)
    before = next(r for r in rows if r.planned.step_key == "before")
    assert before.planned.due_at - MONDAY == timedelta(days=49) - timedelta(hours=1)


def test_further_session_takes_over_what_is_unsent():
    found = fates("treatment.completed@+14d")
    assert ("T-1", "nudge", Reason.SUPERSEDED, EventType.TREATMENT_COMPLETED) in found
    assert ("T-1", "offer", Reason.SUPERSEDED, EventType.TREATMENT_COMPLETED) in found
    assert ("T-2", "offer", None, None) in found


def test_withdrawn_consent_stops_promotion_only():
    found = fates("consent.withdrawn@+2d")
    assert ("T-1", "offer", Reason.NO_CONSENT, None) in found
    assert ("T-1", "nudge", None, None) in found


@pytest.mark.parametrize(
    ("happening", "reason"),
    [
        ("patient.deceased@+2d", Reason.DECEASED),
        ("patient.archived@+2d", Reason.ARCHIVED),
        ("treatment.voided@+2d", Reason.VOIDED),
    ],
)
def test_stopping_event_ends_what_is_still_to_come(happening, reason):
    cause = EventType(happening.partition("@")[0])
    assert fates(happening) == [
        ("T-1", "soon", None, None), ("T-1", "nudge", reason, cause), ("T-1", "offer", reason, cause),
    ]  # fmt: skip
