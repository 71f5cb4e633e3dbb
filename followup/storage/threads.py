"""Threads: who wrote last, who has seen it, who answers, and the words staff wrote."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.ids import ClinicId, MessageId, PatientId
from followup.domain.inbound import Thread
from followup.domain.message import Channel, MessageState
from followup.storage.database import insert
from followup.storage.inbound import Inbound
from followup.storage.tables import inbound, messages, threads, written


def _from_row(row: Row[Any]) -> Thread:
    data = {name: value for name, value in row._mapping.items() if name in Thread.__slots__}
    data["channel"] = Channel(data["channel"])
    return Thread(**data)


def touch(conn: Connection, thread_id: str, wrote: Inbound) -> Thread:
    """Note that somebody wrote: their thread begins (under `thread_id`), or is open again."""
    new = {"last_in": wrote.id, "last_in_at": wrote.received_at, "channel": wrote.channel.value}
    begun = insert(conn, threads).values(
        id=thread_id,
        clinic_id=wrote.clinic_id,
        patient_id=wrote.patient_id,
        address="" if wrote.patient_id else wrote.from_address,
        **new,
    )
    if conn.execute(begun.on_conflict_do_nothing().returning(threads.c.id)).first() is None:
        conn.execute(sa.update(threads).where(_whose(wrote)).values(**new, closed_at=None, snoozed_until=None))
    return _from_row(conn.execute(sa.select(threads).where(_whose(wrote))).one())


def of(conn: Connection, wrote: Inbound) -> Thread | None:
    """The thread that an inbound message belongs to."""
    row = conn.execute(sa.select(threads).where(_whose(wrote))).first()
    return _from_row(row) if row else None


def join(conn: Connection, clinic_id: ClinicId, merged: PatientId, *, into: PatientId) -> None:
    """What a merged record wrote is written by the one it was merged into, in one thread; its newest words count."""
    theirs = sa.and_(inbound.c.clinic_id == clinic_id, inbound.c.patient_id == merged)
    conn.execute(sa.update(inbound).where(theirs).values(patient_id=into))
    found = {t.patient_id: t for t in map(_from_row, conn.execute(_of_patients(clinic_id, merged, into)))}
    gone, kept = found.get(merged), found.get(into)
    if gone is None:
        return
    if kept is None:
        conn.execute(sa.update(threads).where(threads.c.id == gone.id).values(patient_id=into))
        return
    conn.execute(sa.delete(threads).where(threads.c.id == gone.id))
    if gone.last_in_at > kept.last_in_at:
        newest = {name: getattr(gone, name) for name in ("last_in", "last_in_at", "channel", "closed_at", "seen_at")}
        conn.execute(sa.update(threads).where(threads.c.id == kept.id).values(newest))


def _of_patients(clinic_id: ClinicId, *patient_ids: PatientId) -> sa.Select[Any]:
    return sa.select(threads).where(threads.c.clinic_id == clinic_id, threads.c.patient_id.in_(patient_ids))


def _whose(wrote: Inbound) -> sa.ColumnElement[bool]:
    if wrote.patient_id:
        return sa.and_(threads.c.clinic_id == wrote.clinic_id, threads.c.patient_id == wrote.patient_id)
    return sa.and_(
        threads.c.clinic_id == wrote.clinic_id,
        threads.c.patient_id.is_(None),
        threads.c.address == wrote.from_address,
    )


def find(conn: Connection, clinic_id: ClinicId, name: str) -> Thread | None:
    """A thread by its own id or by its patient's."""
    named = sa.or_(threads.c.id == name, threads.c.patient_id == name)
    row = conn.execute(sa.select(threads).where(threads.c.clinic_id == clinic_id, named)).first()
    return _from_row(row) if row else None


def listing(conn: Connection, clinic_id: ClinicId, *, limit: int) -> list[tuple[Thread, MessageState | None]]:
    """The threads of a clinic, the newest words first, with the state of our last answer."""
    query = (
        sa.select(threads, messages.c.state.label("sent"))
        .join(messages, messages.c.id == threads.c.last_out, isouter=True)
        .where(threads.c.clinic_id == clinic_id)
        .order_by(threads.c.last_in_at.desc(), threads.c.id)
        .limit(limit)
    )
    return [(_from_row(row), MessageState(row.sent) if row.sent else None) for row in conn.execute(query)]


def change(conn: Connection, thread: Thread, **values: Any) -> None:
    """Set columns of a thread."""
    conn.execute(sa.update(threads).where(threads.c.id == thread.id).values(**values))


def lock(conn: Connection, thread: Thread, *, by: str, now: datetime, until: datetime) -> bool:
    """Take the thread for an answer; False while somebody else has it."""
    free = sa.or_(threads.c.locked_by.is_(None), threads.c.locked_by == by, threads.c.locked_until <= now)
    query = sa.update(threads).where(threads.c.id == thread.id, free).values(locked_by=by, locked_until=until)
    return conn.execute(query).rowcount > 0


def answered(conn: Connection, thread: Thread, *, message_id: MessageId, by: str, now: datetime, again: bool) -> bool:
    """Note our answer and let go of the thread; False where somebody answered these words before, unless `again`."""
    first = (
        sa.true() if again else sa.or_(threads.c.last_out_at.is_(None), threads.c.last_out_at < threads.c.last_in_at)
    )
    query = sa.update(threads).where(threads.c.id == thread.id, first)
    new = {"last_out": message_id, "last_out_at": now, "last_out_by": by, "seen_at": now, "seen_by": by}
    return conn.execute(query.values(**new, locked_by=None, locked_until=None)).rowcount > 0


def keep_words(conn: Connection, thread: Thread, *, message_id: MessageId, text: str, by: str, now: datetime) -> None:
    """Keep what a person wrote, for the message that carries it."""
    conn.execute(
        sa.insert(written).values(
            message_id=message_id, clinic_id=thread.clinic_id, thread_id=thread.id, text=text, by=by, at=now
        )
    )


def words_of(conn: Connection, message_ids: Sequence[MessageId]) -> dict[MessageId, tuple[str, str]]:
    """What staff wrote, and who, by message."""
    query = sa.select(written.c.message_id, written.c.text, written.c.by).where(written.c.message_id.in_(message_ids))
    return {MessageId(m): (text, by) for m, text, by in conn.execute(query)}
