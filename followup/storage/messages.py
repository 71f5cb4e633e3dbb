"""Messages: the one writer of their state, the claim of what is due, and their history."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.ids import ClinicId, EnrollmentId, MessageId, PatientId
from followup.domain.lifecycle import Signal
from followup.domain.message import Channel, Hold, Message, MessageClass, MessageState
from followup.storage.machine import statements
from followup.storage.tables import message_history, messages

_CHUNK = 500  # SQLite takes 32,766 parameters a statement; a chunk stays far below
_ADD, _ADD_HISTORY = messages.insert(), message_history.insert()
_SET_REF = sa.update(messages).where(messages.c.id == sa.bindparam("b_id")).values(provider_ref=sa.bindparam("b_ref"))


def from_row(row: Row[Any]) -> Message:
    """A stored row as the domain's value."""
    data = dict(row._mapping)
    data["state"] = MessageState(data["state"])
    data["message_class"] = MessageClass(data["message_class"])
    data["channels"] = tuple(Channel(c) for c in data["channels"].split(",") if c)
    data["channel"] = Channel(data["channel"]) if data["channel"] else None
    data["hold"] = Hold(data["hold"]) if data["hold"] else None
    return Message(**data)


def to_row(message: Message) -> dict[str, Any]:
    """The domain's value as columns."""
    row = {name: getattr(message, name) for name in Message.__slots__}
    row["channels"] = ",".join(message.channels)
    return row


def add(conn: Connection, new: Sequence[Message], now: datetime, *, detail: Mapping[str, Any] | None = None) -> None:
    """Insert messages with their first history row (`planned`); their state is taken as it is."""
    if not new:
        return
    conn.execute(_ADD, [to_row(m) for m in new])
    conn.execute(
        _ADD_HISTORY,
        [
            {
                "message_id": m.id,
                "at": now,
                "signal": "planned",
                "state": m.state.value,
                "reason": m.reason,
                "detail": {**(detail or {}), **_due(m.due_at)},
            }
            for m in new
        ],
    )


def _due(due_at: datetime | None) -> dict[str, str]:
    """What history keeps of a time that was set, so that a row whose time was changed behind its back is found."""
    return {"due_at": due_at.astimezone(UTC).isoformat()} if due_at is not None else {}


def get(conn: Connection, clinic_id: ClinicId | None, message_id: MessageId, *, lock: bool = False) -> Message | None:
    """One message, of this clinic if one is given; with `lock` nobody else moves it until the transaction ends."""
    given = {"b_id": message_id} | ({"b_clinic": clinic_id} if clinic_id is not None else {})
    row = conn.execute(statements.by_id(clinic_id is not None, lock), given).first()
    return from_row(row) if row else None


def get_many(conn: Connection, ids: Sequence[MessageId], *, state: MessageState | None = None) -> list[Message]:
    """The messages of `ids`, those in `state` if one is given, in the order of their due times."""
    if not ids:
        return []
    return [from_row(r) for r in conn.execute(statements.by_ids(state), {"b_ids": ids})]


def of_patient(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> list[Message]:
    """All messages of a patient, oldest due first."""
    query = sa.select(messages).where(messages.c.clinic_id == clinic_id, messages.c.patient_id == patient_id)
    return [from_row(r) for r in conn.execute(query.order_by(messages.c.due_at, messages.c.id))]


def of_enrollments(conn: Connection, ids: Sequence[EnrollmentId]) -> list[Message]:
    """All messages of these enrollments."""
    return [from_row(r) for r in conn.execute(statements.OF_ENROLLMENTS, {"b_ids": ids})]


def page(
    conn: Connection,
    clinic_id: ClinicId,
    *,
    patient: str | None = None,
    campaign: str | None = None,
    state: str | None = None,
    held: bool = False,
    after: tuple[datetime, str] | None = None,
    limit: int = 50,
) -> list[Message]:
    """A page of a clinic's messages by due time and id, after the given pair."""
    query = sa.select(messages).where(messages.c.clinic_id == clinic_id)
    for column, value in (
        (messages.c.patient_id, patient),
        (messages.c.campaign_id, campaign),
        (messages.c.state, state),
    ):
        if value is not None:
            query = query.where(column == value)
    if held:
        query = query.where(messages.c.hold.is_not(None), messages.c.state.in_(["scheduled", "queued"]))
    if after is not None:
        due, last = after
        query = query.where(sa.or_(messages.c.due_at > due, sa.and_(messages.c.due_at == due, messages.c.id > last)))
    return [from_row(r) for r in conn.execute(query.order_by(messages.c.due_at, messages.c.id).limit(limit))]


def apply(
    conn: Connection,
    ids: Sequence[MessageId],
    signal: Signal,
    now: datetime,
    *,
    reason: str | None = None,
    cause_event: str | None = None,
    detail: Mapping[str, Any] | None = None,
    values: Mapping[str, Any] | None = None,
    attempt_no: int | None = None,
) -> list[MessageId]:
    """Move the rows of `ids` whose state has an arrow for `signal`; write their history; return the ids that moved.

    `values` are other columns to set with it. With `attempt_no` only rows still at that attempt move (the fence
    against an outcome that comes after another attempt began). A row that was elsewhere is left as it is.
    """
    moved: list[MessageId] = []
    for start in range(0, len(ids), _CHUNK):
        moved += _apply(
            conn,
            ids[start : start + _CHUNK],
            signal,
            now,
            reason=reason,
            cause_event=cause_event,
            detail=detail,
            values=values or {},
            attempt_no=attempt_no,
        )
    return moved


def _apply(
    conn: Connection,
    ids: Sequence[MessageId],
    signal: Signal,
    now: datetime,
    *,
    reason: str | None,
    cause_event: str | None,
    detail: Mapping[str, Any] | None,
    values: Mapping[str, Any],
    attempt_no: int | None,
) -> list[MessageId]:
    change = dict(values)
    if reason is not None:
        change["reason"] = reason
    if cause_event is not None:
        change["cause_event"] = cause_event
    rows = _move(conn, ids, signal, values=change, attempt_no=attempt_no)
    told = {**(detail or {}), **_due(values.get("due_at"))}
    write_history(conn, rows, signal, now, reason=reason, detail=told)
    return [MessageId(i) for i, _ in rows]


def _move(
    conn: Connection,
    ids: Sequence[MessageId],
    signal: Signal,
    *,
    values: Mapping[str, Any],
    attempt_no: int | None = None,
) -> list[tuple[str, str]]:
    """(id, new state) of what moved; the history is the caller's."""
    given = {"b_ids": ids, "b_attempt": attempt_no} | {f"b_{name}": value for name, value in values.items()}
    rows = conn.execute(statements.moving(signal, frozenset(values), attempt_no is not None), given)
    return [(row.id, row.state) for row in rows]


def write_history(
    conn: Connection,
    moved: Sequence[tuple[str, str]],
    signal: Signal,
    now: datetime,
    *,
    reason: str | None,
    detail: Mapping[str, Any] | None,
    details: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Write one history row for each (id, new state); `details` are those that differ by id."""
    if moved:
        conn.execute(
            _ADD_HISTORY,
            [
                {
                    "message_id": i,
                    "at": now,
                    "signal": signal.value,
                    "state": s,
                    "reason": reason,
                    "detail": dict(told) if (told := (details or {}).get(i, detail)) else None,
                }
                for i, s in moved
            ],
        )


def start(
    conn: Connection,
    rows: Sequence[tuple[MessageId, Channel | None, str, int]],
    now: datetime,
    *,
    lease_until: datetime,
    places: Mapping[MessageId, Mapping[str, Any]],
) -> list[MessageId]:
    """Move (id, channel, provider, attempt number) into `sending`; return what moved.

    `places` say for the history by which zone each goes out now, and what the gate said.
    """
    groups: dict[tuple[Channel | None, str, int], list[MessageId]] = {}
    for message_id, channel, provider, number in rows:
        groups.setdefault((channel, provider, number), []).append(message_id)
    moved: list[MessageId] = []
    for (channel, provider, number), ids in groups.items():
        values = {
            "channel": channel.value if channel else None,
            "provider": provider,
            "attempt_no": number,
            "lease_until": lease_until,
            "not_before": None,
        }
        gone = _move(conn, ids, Signal.STARTED, values=values)
        told = {i: {"attempt": number, "channel": channel, **places.get(MessageId(i), {})} for i, _ in gone}
        write_history(conn, gone, Signal.STARTED, now, reason=None, detail=None, details=told)
        moved += [MessageId(i) for i, _ in gone]
    return moved


def set_refs(conn: Connection, refs: Sequence[tuple[MessageId, str]]) -> None:
    """Note the provider's id of accepted messages."""
    if refs:
        conn.execute(_SET_REF, [{"b_id": i, "b_ref": r} for i, r in refs])


def last_occurrence(conn: Connection, message: Message) -> int:
    """The highest occurrence of this message's step."""
    query = sa.select(sa.func.max(messages.c.occurrence)).where(
        messages.c.enrollment_id == message.enrollment_id, messages.c.step_key == message.step_key
    )
    return int(conn.scalar(query) or 0)


def heirs(conn: Connection, message_id: MessageId) -> list[Message]:
    """The messages that follow this one."""
    return [from_row(r) for r in conn.execute(statements.HEIRS, {"b_id": message_id})]


def count_signals(conn: Connection, message_id: MessageId, signal: Signal) -> int:
    """How often this signal came."""
    query = sa.select(sa.func.count()).where(
        message_history.c.message_id == message_id, message_history.c.signal == signal.value
    )
    return int(conn.scalar(query) or 0)


def hold(
    conn: Connection,
    cause: Hold,
    *,
    clinic_id: ClinicId,
    patient_id: PatientId | None = None,
    ids: Sequence[MessageId] | None = None,
) -> int:
    """Put a hold on open messages that have none: of a clinic, of a patient or of `ids`; returns how many."""
    query = sa.update(messages).where(
        messages.c.clinic_id == clinic_id, messages.c.hold.is_(None), messages.c.state.in_(["scheduled", "queued"])
    )
    return conn.execute(_only(query, patient_id, ids).values(hold=cause.value)).rowcount


def release(
    conn: Connection,
    cause: Hold,
    *,
    clinic_id: ClinicId,
    patient_id: PatientId | None = None,
    ids: Sequence[MessageId] | None = None,
) -> int:
    """End a hold of this cause; the gate runs anew at the next claim. Returns how many were released."""
    query = sa.update(messages).where(messages.c.clinic_id == clinic_id, messages.c.hold == cause.value)
    return conn.execute(_only(query, patient_id, ids).values(hold=None)).rowcount


def _only(query: "sa.Update", patient_id: PatientId | None, ids: Sequence[MessageId] | None) -> "sa.Update":
    query = query if patient_id is None else query.where(messages.c.patient_id == patient_id)
    return query if ids is None else query.where(messages.c.id.in_(ids))


def history(conn: Connection, message_id: MessageId) -> list[dict[str, Any]]:
    """The history rows of a message, oldest first: at, signal, state, reason, detail."""
    query = sa.select(message_history).where(message_history.c.message_id == message_id).order_by(message_history.c.id)
    return [{k: v for k, v in row._mapping.items() if k not in {"id", "message_id"}} for row in conn.execute(query)]


def sent_to_patients(
    conn: Connection, clinic_id: ClinicId, patient_ids: Sequence[PatientId], *, since: datetime
) -> dict[PatientId, list[tuple[MessageClass, datetime]]]:
    """What each patient was sent since then and when: what caps count. What was not accepted does not count."""
    given = {"b_clinic": clinic_id, "b_ids": patient_ids, "b_since": since}
    found: dict[PatientId, list[tuple[MessageClass, datetime]]] = {}
    for row in conn.execute(statements.SENT, given):
        found.setdefault(PatientId(row.patient_id), []).append((MessageClass(row.message_class), row.started_at))
    return found


def move_to_patient(conn: Connection, ids: Sequence[MessageId], patient_id: PatientId) -> None:
    """A merge: these messages are now the survivor's."""
    conn.execute(sa.update(messages).where(messages.c.id.in_(ids)).values(patient_id=patient_id))


def as_held(message: Message, cause: Hold | None) -> Message:
    """The same message with another hold, for planning."""
    return replace(message, hold=cause)


def starts_of_patient(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> list[tuple[datetime, MessageId]]:
    """When each of a patient's messages was started (patients' time)."""
    query = (
        sa.select(message_history.c.at, messages.c.id)
        .join(message_history, message_history.c.message_id == messages.c.id)
        .where(
            messages.c.clinic_id == clinic_id,
            messages.c.patient_id == patient_id,
            message_history.c.signal == Signal.STARTED.value,
        )
    )
    return [(row.at, MessageId(row.id)) for row in conn.execute(query)]


def held(conn: Connection, cause: Hold) -> list[tuple[str, str]]:
    """Reference and version of the texts of messages that are held for this cause, those of campaigns left out."""
    query = sa.select(messages.c.template_ref, messages.c.template_version).where(
        messages.c.hold == cause.value, messages.c.campaign_id.is_(None)
    )
    return [(ref, version) for ref, version in conn.execute(query.distinct())]


def renew_text(conn: Connection, cause: Hold, *, ref: str, version: str) -> int:
    """Give held messages of this text its present version and release them; returns how many.

    Those of campaigns keep theirs, which was approved.
    """
    query = sa.update(messages).where(
        messages.c.hold == cause.value, messages.c.template_ref == ref, messages.c.campaign_id.is_(None)
    )
    return conn.execute(query.values(template_version=version, hold=None)).rowcount


def release_everywhere(conn: Connection, cause: Hold) -> int:
    """End a hold that concerned all clinics; returns how many were released."""
    return conn.execute(sa.update(messages).where(messages.c.hold == cause.value).values(hold=None)).rowcount
