"""Hear: an answer by text is bound to the one visit it can mean; where it could mean several, a number is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.engine import Connection

from followup.domain.booking import Answer, Booking
from followup.domain.clinic import Clinic
from followup.domain.ids import MessageId
from followup.domain.patient import Patient
from followup.domain.visit import Telling, VisitText
from followup.services.bookings.held import is_held
from followup.services.bookings.questions import Question, asked, meant
from followup.services.bookings.respond import Given, Result, respond
from followup.services.context import Context
from followup.services.visits import follow
from followup.storage import bookings, inbound
from followup.storage.inbound import Inbound
from followup.storage.visits import choices, spoken
from followup.storage.visits.choices import Choice, Option

#: A number means nothing any more after this.
_CHOICE_LIFE = timedelta(days=2)
#: An answer that comes later than this is no answer any more.
_ANSWER_LIFE = timedelta(hours=12)
#: Two machines that answer each other stop after so many in this time.
_MOST_ANSWERS, _LOOP = 5, timedelta(minutes=10)
_TEXTS = {
    Answer.CONFIRM: VisitText.CONFIRMED,
    Answer.RESCHEDULE: VisitText.CHANGE,
    Answer.DECLINE: VisitText.DECLINED,
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was stored, whose number it may be, and what it says: an answer, or the number of a choice."""

    row: Inbound
    clinic: Clinic
    people: Sequence[Patient]
    answer: Answer | None = None
    number: int | None = None


def hear(ctx: Context, conn: Connection, heard: Heard) -> bool:
    """Act on it in the transaction that stored it; False if a person must read it: nobody asked, or looks first."""
    if not heard.people or (heard.number is None and heard.answer is None) or is_held(conn, heard.people):
        return False
    if heard.number is not None:
        return _chosen(ctx, conn, heard, heard.number)
    if heard.answer is None:
        return False
    found = meant(asked(conn, heard.clinic, heard.people), heard.answer, now=ctx.clock.now())
    if len(found) > 1:
        _ask_which(ctx, conn, heard, found, answer=heard.answer)
    elif found:
        one = found[0]
        spoken.bind(conn, heard.row.id, one.message.id, one.booking.patient_id)
        _answer(ctx, conn, heard, one.booking, given=_given(heard, heard.answer, one))
    return bool(found)


def _given(heard: Heard, answer: Answer, question: Question) -> Given:
    return Given(answer, question.visit_at, heard.row.channel.value, heard.row.id, asked_at=question.message.due_at)


def _answer(ctx: Context, conn: Connection, heard: Heard, booking: Booking, *, given: Given) -> None:
    choices.close(conn, heard.row.channel, heard.row.from_address, now=ctx.clock.now())
    result, after = respond(ctx, conn, heard.clinic, booking, given)
    text = VisitText.CLOSED if result is Result.CLOSED else _TEXTS[given.answer]
    if not _is_loop(conn, heard.row):
        about = after if result is not Result.CLOSED else replace(after, starts_at=given.visit_at)
        _say(ctx, conn, heard, about, text=text)


def _say(ctx: Context, conn: Connection, heard: Heard, booking: Booking, *, text: VisitText) -> MessageId:
    now = ctx.clock.now()
    reply = Telling(text, now, now + _ANSWER_LIFE, (heard.row.channel,))
    return follow.add(ctx, conn, heard.clinic, booking, (reply,), context=heard.row.id)[0].id


def _is_loop(conn: Connection, row: Inbound) -> bool:
    return inbound.keywords_since(conn, row.clinic_id, row.from_address, row.received_at - _LOOP) > _MOST_ANSWERS


# Several visits ----------------------------------------------------------------------------------------------------
def _ask_which(ctx: Context, conn: Connection, heard: Heard, found: Sequence[Question], *, answer: Answer) -> None:
    several = len({q.booking.patient_id for q in found}) > 1
    names = {p.id: p.given_name for p in heard.people} if several else {}
    options = tuple(
        Option(heard.clinic.id, q.booking.patient_id, q.booking.id, q.visit_at, names.get(q.booking.patient_id, ""))
        for q in sorted(found, key=lambda q: (q.visit_at, q.booking.id))[:9]
    )
    asks = _say(ctx, conn, heard, found[0].booking, text=VisitText.WHICH)
    now, row = ctx.clock.now(), heard.row
    choices.add(conn, Choice(asks, heard.clinic.id, row.channel, row.from_address, answer.value, options, now))


def _chosen(ctx: Context, conn: Connection, heard: Heard, number: int) -> bool:
    row, since = heard.row, ctx.clock.now() - _CHOICE_LIFE
    choice = choices.open_of(conn, row.channel, row.from_address, since=since)
    if choice is None or number > len(choice.options):
        return False
    option = choice.options[number - 1]
    booking = bookings.get(conn, option.clinic_id, option.booking_id)
    if booking is None or booking.patient_id not in {p.id for p in heard.people}:
        return False
    spoken.bind(conn, row.id, MessageId(choice.id), option.patient_id)
    given = Given(Answer(choice.answer), option.visit_at, row.channel.value, row.id)
    _answer(ctx, conn, heard, booking, given=given)
    return True
