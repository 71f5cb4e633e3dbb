"""Away: while the clinic is closed, a thread that waits for a person gets one answer that says so."""

from sqlalchemy.engine import Connection

from followup.domain.holidays import clinic_calendar
from followup.domain.inbound import Thread
from followup.domain.window import next_opening
from followup.services import permit
from followup.services.context import Context
from followup.services.replies import speak
from followup.services.replies.reply import Reply
from followup.storage import threads

#: A machine wrote it: an answer would begin a loop.
_OF_MACHINES = frozenset({"other.automatic", "other.tapback"})


def say_closed(ctx: Context, conn: Connection, reply: Reply, thread: Thread) -> None:
    """Once a thread and closed time, never to machines, in a loop, or where messages are stopped."""
    clinic, now, row = reply.clinic, ctx.clock.now(), reply.row
    if not clinic.opening_hours or row.rule in _OF_MACHINES or speak.is_loop(conn, row):
        return
    calendar = clinic_calendar(clinic)
    opens = next_opening(clinic.opening_hours, clinic.time_zone, now, calendar=calendar)
    before = thread.answered_away_at
    if opens <= now or (
        before is not None and next_opening(clinic.opening_hours, clinic.time_zone, before, calendar=calendar) == opens
    ):
        return
    if permit.is_suppressed(ctx, conn, clinic_id=row.clinic_id, channel=row.channel, address=row.from_address):
        return
    threads.change(conn, thread, answered_away_at=now)
    speak.answer(ctx, conn, row, what=speak.AWAY, language=reply.language)
