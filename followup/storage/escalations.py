"""Escalations: matters that a named person must accept."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.escalation import Escalation, EscalationKind, EscalationState
from followup.domain.ids import ClinicId, EscalationId, PatientId
from followup.domain.inbound import Thread
from followup.domain.lifecycle import ESCALATION, EscalationSignal
from followup.storage.database import many, putting_new
from followup.storage.tables import escalations, inbound

_HIDDEN = {"tell_after", "tell_tries"}
_OPEN_ABOUT = sa.select(escalations.c.id).where(
    escalations.c.clinic_id == sa.bindparam("b_clinic"),
    escalations.c.kind == sa.bindparam("b_kind"),
    escalations.c.subject.in_(many("b_subjects")),
    escalations.c.state != sa.literal_column("'closed'"),
)


def from_row(row: Row[Any]) -> Escalation:
    """A stored row as the domain's value."""
    data = {k: v for k, v in row._mapping.items() if k not in _HIDDEN}
    data["kind"], data["state"] = EscalationKind(data["kind"]), EscalationState(data["state"])
    return Escalation(**data)


def open_one(conn: Connection, new: Escalation) -> EscalationId:
    """Open it, or return the id of the one that is open for the same (clinic, kind, subject)."""
    values = {name: getattr(new, name) for name in Escalation.__slots__}
    if conn.execute(putting_new(conn.dialect.name, escalations, "id"), values).first() is not None:
        return new.id
    return open_about(conn, new.clinic_id, new.kind, [new.subject])[0]


def apply(
    conn: Connection, clinic_id: ClinicId, escalation_id: EscalationId, signal: EscalationSignal, **values: Any
) -> bool:
    """Move it if its state has an arrow for `signal`; False if it has not (or there is none in this clinic)."""
    arrows = {source: target for (source, given), target in ESCALATION.items() if given is signal}
    query = sa.update(escalations).where(
        escalations.c.clinic_id == clinic_id,
        escalations.c.id == escalation_id,
        escalations.c.state.in_([s.value for s in arrows]),
    )
    return conn.execute(query.values(state=next(iter(arrows.values())).value, **values)).rowcount > 0


def get(conn: Connection, clinic_id: ClinicId, escalation_id: str) -> Escalation | None:
    """One escalation of this clinic."""
    query = sa.select(escalations).where(escalations.c.clinic_id == clinic_id, escalations.c.id == escalation_id)
    row = conn.execute(query).first()
    return from_row(row) if row else None


def of_subject(conn: Connection, clinic_id: ClinicId, kind: EscalationKind, subject: str) -> Escalation | None:
    """The newest escalation of this kind about a row."""
    query = sa.select(escalations).where(
        escalations.c.clinic_id == clinic_id, escalations.c.kind == kind.value, escalations.c.subject == subject
    )
    row = conn.execute(query.order_by(escalations.c.opened_at.desc()).limit(1)).first()
    return from_row(row) if row else None


def about(conn: Connection, clinic_id: ClinicId, subject: str) -> Escalation | None:
    """The newest escalation about a row, a red flag before others."""
    query = sa.select(escalations).where(escalations.c.clinic_id == clinic_id, escalations.c.subject == subject)
    flag_first = sa.case((escalations.c.kind == EscalationKind.RED_FLAG.value, 0), else_=1)
    row = conn.execute(query.order_by(flag_first, escalations.c.opened_at.desc()).limit(1)).first()
    return from_row(row) if row else None


def about_thread(conn: Connection, thread: Thread) -> list[Escalation]:
    """What stands open about anything that was written in a thread."""
    whose = inbound.c.patient_id == thread.patient_id if thread.patient_id else inbound.c.from_address == thread.address
    theirs = sa.select(inbound.c.id).where(inbound.c.clinic_id == thread.clinic_id, whose)
    query = sa.select(escalations).where(
        escalations.c.clinic_id == thread.clinic_id,
        escalations.c.subject.in_(theirs),
        escalations.c.kind.in_((EscalationKind.REPLY.value, EscalationKind.RED_FLAG.value)),
        escalations.c.state != EscalationState.CLOSED.value,
    )
    return [from_row(r) for r in conn.execute(query.order_by(escalations.c.opened_at, escalations.c.id))]


def standing(conn: Connection, clinic_id: ClinicId, kind: EscalationKind) -> list[Escalation]:
    """The escalations of a kind that nobody has accepted, oldest first."""
    query = sa.select(escalations).where(
        escalations.c.clinic_id == clinic_id,
        escalations.c.kind == kind.value,
        escalations.c.state == EscalationState.OPEN.value,
    )
    return [from_row(r) for r in conn.execute(query.order_by(escalations.c.opened_at, escalations.c.id))]


def open_about(
    conn: Connection, clinic_id: ClinicId, kind: EscalationKind, subjects: Collection[str]
) -> list[EscalationId]:
    """The escalations of this kind about any of `subjects` that nobody has closed."""
    given = {"b_clinic": clinic_id, "b_kind": kind.value, "b_subjects": sorted(subjects)}
    return [EscalationId(i) for i in conn.scalars(_OPEN_ABOUT, given)]


def get_many(conn: Connection, ids: Sequence[str]) -> list[Escalation]:
    """These escalations, of whatever clinic."""
    return [from_row(r) for r in conn.execute(sa.select(escalations).where(escalations.c.id.in_(ids)))]


def listing(
    conn: Connection,
    clinic_id: ClinicId,
    *,
    states: Sequence[EscalationState],
    patient_id: PatientId | None = None,
    limit: int = 100,
) -> list[Escalation]:
    """Escalations of a clinic in these states, newest first."""
    query = sa.select(escalations).where(
        escalations.c.clinic_id == clinic_id, escalations.c.state.in_([s.value for s in states])
    )
    if patient_id is not None:
        query = query.where(escalations.c.patient_id == patient_id)
    return [
        from_row(r) for r in conn.execute(query.order_by(escalations.c.opened_at.desc(), escalations.c.id).limit(limit))
    ]


def claim_untold(
    conn: Connection,
    *,
    now: datetime,
    ops: datetime,
    again_at: datetime,
    limit: int,
    only: EscalationKind | None = None,
) -> list[str]:
    """Escalations (of one kind, if given) whose mail to staff has not gone or whose next rung is due at `now`.

    They are handed out again only after `again_at`, which is real time as `ops` is.
    """
    rung_due = sa.and_(
        escalations.c.next_rung_at.is_not(None),
        escalations.c.next_rung_at <= now,
        escalations.c.state == EscalationState.OPEN.value,
    )
    chosen = (
        sa.select(escalations.c.id)
        .where(
            sa.or_(escalations.c.told_at.is_(None), rung_due),
            escalations.c.state != EscalationState.CLOSED.value,
            sa.or_(escalations.c.tell_after.is_(None), escalations.c.tell_after <= ops),
            sa.true() if only is None else escalations.c.kind == only.value,
        )
        .order_by(escalations.c.opened_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    query = (
        sa.update(escalations)
        .where(escalations.c.id.in_(sa.select(chosen.c.id)))
        .values(tell_after=again_at, tell_tries=escalations.c.tell_tries + 1)
        .returning(escalations.c.id)
    )
    return list(conn.scalars(query))


def mark_told(conn: Connection, ids: Sequence[str], now: datetime) -> None:
    """Staff have been told of these."""
    conn.execute(sa.update(escalations).where(escalations.c.id.in_(ids)).values(told_at=now))
