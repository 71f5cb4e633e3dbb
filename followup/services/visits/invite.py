"""Invite: the entry for a patient's calendar; it names the clinic and the time, never the treatment."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vCalAddress, vText
from sqlalchemy.engine import Connection

from followup.domain.booking import Booking, BookingState
from followup.domain.clinic import Clinic
from followup.domain.message import Channel, Message, MessageState
from followup.domain.visit import VisitText
from followup.domain.visit.plan import text_of
from followup.domain.window import find_zone
from followup.ports import Invite
from followup.services.context import Context
from followup.services.links import LinkKind
from followup.services.weigh import Weighed
from followup.storage.visits import spoken

_REQUEST, _CANCEL, _PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
_METHODS = {
    VisitText.OFFER: _REQUEST,
    VisitText.MOVED: _REQUEST,
    VisitText.INVITATION: _REQUEST,
    VisitText.CANCELLED: _CANCEL,
    VisitText.GONE: _CANCEL,
}
#: How long a visit takes where the clinic did not say.
_USUAL = timedelta(hours=1)
_UNSENT = frozenset({MessageState.SCHEDULED, MessageState.QUEUED, MessageState.SKIPPED, MessageState.CANCELLED})
_SUMMARY = {"en": "Appointment at {}", "fr": "Rendez-vous chez {}"}
_DETAIL = {"en": "Questions, or another time: {}", "fr": "Des questions, ou un autre moment : {}"}


def invite(
    ctx: Context, conn: Connection, message: Message, weighed: Weighed, *, to: str, language: str
) -> Invite | None:
    """The entry that goes with this message; None for a text, and for what changes no calendar."""
    text, booking = text_of(message), weighed.booking
    if message.channel is not Channel.EMAIL or text not in _METHODS or booking is None:
        return None
    method = _METHODS[text]
    earlier = [m for m in spoken.about(conn, message.clinic_id, [booking.id])[booking.id] if _went(m, message)]
    event = _event(ctx, weighed.facts.clinic, booking, language=language, at=message.visit_at or booking.starts_at)
    event.add("sequence", len(earlier))
    event.add("status", _status(booking, method))
    event.add("attendee", _attendee(to, booking), encode=False)
    return Invite(method, _calendar(event, method, booking))


def entry(ctx: Context, clinic: Clinic, booking: Booking, *, language: str) -> str:
    """The entry as a file to be taken from a page; there it invites nobody."""
    event = _event(ctx, clinic, booking, language=language, at=booking.starts_at)
    event.add("status", _status(booking, _PUBLISH))
    return _calendar(event, _PUBLISH, booking)


def _went(other: Message, message: Message) -> bool:
    """True if `other` put something into the patient's calendar before `message`."""
    before = (other.planned_for, other.id) < (message.planned_for, message.id)
    mailed = other.channel is Channel.EMAIL and text_of(other) in _METHODS
    return before and mailed and other.state not in _UNSENT


def _event(ctx: Context, clinic: Clinic, booking: Booking, *, language: str, at: datetime) -> Event:
    spoken_in = "fr" if language.startswith("fr") else "en"
    zone, lasts = find_zone(clinic.time_zone), timedelta(minutes=booking.duration_minutes or 0) or _USUAL
    host = urlsplit(ctx.settings.public_url).hostname or "followup"
    event = Event()
    event.add("uid", f"{ctx.signer.token(LinkKind.BOOKING, clinic.id, f'entry {booking.id}')}@{host}")
    event.add("dtstamp", ctx.clock.now())
    event.add("dtstart", at.astimezone(zone))
    event.add("dtend", (at + lasts).astimezone(zone))
    event.add("summary", _SUMMARY[spoken_in].format(clinic.name))
    event.add("location", clinic.address)
    event.add("description", _DETAIL[spoken_in].format(clinic.phone))
    organizer = vCalAddress(f"mailto:{clinic.email}")
    organizer.params["CN"] = vText(clinic.name)
    event.add("organizer", organizer, encode=False)
    return event


def _attendee(to: str, booking: Booking) -> vCalAddress:
    said_yes = booking.confirmed_at is not None
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["PARTSTAT"] = vText("ACCEPTED" if said_yes else "NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE" if said_yes else "TRUE")
    return attendee


def _status(booking: Booking, method: str) -> str:
    if method == _CANCEL:
        return "CANCELLED"
    return "TENTATIVE" if booking.state is BookingState.OFFERED else "CONFIRMED"


def _calendar(event: Event, method: str, booking: Booking) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//followup//visits//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    year = timedelta(days=366)
    calendar.add_missing_timezones(
        first_date=(booking.starts_at - year).date(), last_date=(booking.starts_at + year).date()
    )
    return str(calendar.to_ical(), "utf-8")
