"""Shared: a text to a number that clinics share is seen by each of them that knows the writer."""

from dataclasses import replace

from sqlalchemy.engine import Connection

from followup.services.context import Context
from followup.services.replies import alarm, tell
from followup.services.replies.arrived import Arrived, as_row
from followup.storage import escalations, inbound, threads
from followup.storage.inbound import Inbound


def show_to_others(ctx: Context, conn: Connection, arrived: Arrived, *, row: Inbound) -> list[Inbound]:
    """Keep a copy in every further clinic that knows the writer: a red flag alarms there, too, and what a person must
    read is put to its staff; only the first clinic answers the writer. The copies that were made."""
    is_put_to_staff = escalations.about(conn, row.clinic_id, row.id) is not None
    made = []
    for clinic in arrived.clinics[1:]:
        people = [p for p in arrived.elsewhere if p.clinic_id == clinic.id]
        theirs = replace(arrived, clinics=[clinic], people=people, elsewhere=())
        copy = replace(as_row(ctx, theirs), provider_ref=f"{row.provider_ref}/{clinic.id}")
        if not people or not inbound.add(conn, copy):
            continue
        made.append(copy)
        threads.touch(conn, ctx.ids.new("thr"), copy)
        if arrived.is_alarm:
            alarm.raise_alarm(ctx, conn, theirs, row=copy, speaks=False)
        elif is_put_to_staff:
            summary = f"{tell.who_sent_what(copy, people)}, to a number that clinics share; another one was asked, too"
            tell.ask_to_read(ctx, conn, copy, summary=summary)
    return made
