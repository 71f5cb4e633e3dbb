"""Visits: a reply that answers a question about a visit goes to the one booking it can mean."""

from sqlalchemy.engine import Connection

from followup.domain.booking import Answer
from followup.domain.inbound import Intent
from followup.domain.visit import number_in
from followup.services.bookings.hear import Heard, hear
from followup.services.context import Context
from followup.services.replies.reply import Reply

_ANSWERS = {
    Intent.CONFIRM: Answer.CONFIRM,
    Intent.RESCHEDULE: Answer.RESCHEDULE,
    Intent.DECLINE: Answer.DECLINE,
    Intent.CANCEL: Answer.DECLINE,
}


def answered(ctx: Context, conn: Connection, reply: Reply) -> bool:
    """An answer in whatever words; True if it was bound to a visit and the patient was told what became of it."""
    answer = _ANSWERS.get(reply.understood.intent)
    return hear(ctx, conn, Heard(reply.row, reply.clinic, reply.people, answer=answer))


def chosen(ctx: Context, conn: Connection, reply: Reply) -> bool:
    """The number of a visit, after we asked which one was meant."""
    number = number_in(reply.row.text)
    return number is not None and hear(ctx, conn, Heard(reply.row, reply.clinic, reply.people, number=number))
