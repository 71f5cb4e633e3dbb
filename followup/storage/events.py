"""Events: the inbox of what the clinic told us, stored once a (clinic, source, id) and never changed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql.dml import ReturningUpdate

from followup.domain.event import ClinicEvent, EventState, EventType
from followup.domain.ids import ClinicId, PatientId
from followup.storage.database import many, putting_new
from followup.storage.tables import bookings, events, patients, treatments

_FIELDS = tuple(ClinicEvent.__slots__)
_COLUMNS = [events.c[name] for name in _FIELDS]
_MANY = sa.select(*_COLUMNS).where(events.c.row_id.in_(many("b_ids")))
_MERGED = sa.select(patients.c.id, patients.c.merged_into).where(
    patients.c.clinic_id == sa.bindparam("b_clinic"),
    patients.c.merged_into.is_not(None),
    sa.or_(patients.c.id.in_(many("b_names")), patients.c.merged_into.in_(many("b_names"))),
)


@dataclass
class Keys:
    """Names under which events can be about the same people: patients, treatments and bookings."""

    patients: set[str] = field(default_factory=set)
    treatments: set[str] = field(default_factory=set)
    bookings: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, some: Iterable[ClinicEvent]) -> "Keys":
        """All names in these events."""
        keys = cls()
        for event in some:
            keys.patients.update(k for k in (event.patient_key, event.merged_into) if k)
            keys.treatments.update(k for k in (event.treatment_key,) if k)
            keys.bookings.update(k for k in (event.booking_key,) if k)
        return keys

    def without(self, known: "Keys") -> "Keys":
        """The names that are not in `known`."""
        return Keys(self.patients - known.patients, self.treatments - known.treatments, self.bookings - known.bookings)

    def add(self, more: "Keys") -> None:
        """Take in the names of `more`."""
        self.patients |= more.patients
        self.treatments |= more.treatments
        self.bookings |= more.bookings

    def __bool__(self) -> bool:
        return bool(self.patients or self.treatments or self.bookings)


def from_row(row: Row[Any]) -> ClinicEvent:
    """A stored row as the domain's value."""
    data = dict(row._mapping)
    data["type"], data["state"] = EventType(data["type"]), EventState(data["state"])
    return ClinicEvent(**data)


def add(conn: Connection, event: ClinicEvent, digest: str) -> bool:
    """Store an event; False if its (clinic, source, id) was stored before."""
    values = {name: getattr(event, name) for name in _FIELDS} | {"digest": digest, "data": dict(event.data)}
    return conn.execute(putting_new(conn.dialect.name, events, "row_id"), values).first() is not None


def find_key(conn: Connection, clinic_id: ClinicId, source: str, event_id: str) -> tuple[str, str] | None:
    """The row id and digest stored under the sender's key."""
    query = sa.select(events.c.row_id, events.c.digest).where(
        events.c.clinic_id == clinic_id, events.c.source == source, events.c.id == event_id
    )
    row = conn.execute(query).first()
    return (row.row_id, row.digest) if row else None


def get(conn: Connection, row_id: str) -> ClinicEvent | None:
    """One event, of whatever clinic."""
    row = conn.execute(sa.select(*_COLUMNS).where(events.c.row_id == row_id)).first()
    return from_row(row) if row else None


def get_many(conn: Connection, row_ids: Collection[str]) -> list[ClinicEvent]:
    """These events, in the order in which they take effect."""
    rows = conn.execute(_MANY, {"b_ids": list(row_ids)})
    return sorted((from_row(r) for r in rows), key=lambda e: e.order)


def about(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> list[ClinicEvent]:
    """All events about a patient: also those that name only a treatment or booking, and those of merged patients."""
    return connected(conn, clinic_id, Keys(patients={patient_id}))


def connected(conn: Connection, clinic_id: ClinicId, start: Keys) -> list[ClinicEvent]:
    """All events that share a patient, treatment or booking with `start`, also through other events, in order."""
    found: dict[str, ClinicEvent] = {}
    known, new = Keys(), start
    while new:
        known.add(new)
        fresh = [e for e in _naming(conn, clinic_id, new) if e.row_id not in found]
        found.update((e.row_id, e) for e in fresh)
        more = Keys.of(fresh)
        more.add(_merged(conn, clinic_id, new.patients))
        new = more.without(known)
    return sorted(found.values(), key=lambda e: e.order)


def lock(conn: Connection, clinic_id: ClinicId, keys: Keys) -> None:
    """Let no other transaction plan these people until this one ends, nor tell of their treatments and bookings.

    Always taken in one order; on SQLite the transaction holds the whole file already.
    """
    if conn.dialect.name == "sqlite":
        return
    names = [("p", n) for n in keys.patients] + [("t", n) for n in keys.treatments] + [("b", n) for n in keys.bookings]
    numbers = sorted({_lock_number(clinic_id, *name) for name in names})
    conn.execute(
        sa.text("SELECT pg_advisory_xact_lock(k) FROM unnest(CAST(:numbers AS bigint[])) AS k"), {"numbers": numbers}
    )


def _lock_number(*parts: str) -> int:
    digest = blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _naming(conn: Connection, clinic_id: ClinicId, keys: Keys) -> list[ClinicEvent]:
    ways = {"patient_key": keys.patients, "treatment_key": keys.treatments, "booking_key": keys.bookings}
    named = {f"b_{column}": sorted(names) for column, names in ways.items() if names}
    query = _searches(tuple(column for column, names in ways.items() if names))
    return [from_row(r) for r in conn.execute(query, {"b_clinic": clinic_id} | named)] if named else []


@cache
def _searches(columns: tuple[str, ...]) -> Any:
    """One indexed search a name: SQLite answers an OR of these by walking all events of the clinic."""
    ours = sa.select(*_COLUMNS).where(events.c.clinic_id == sa.bindparam("b_clinic"))
    return sa.union_all(*(ours.where(events.c[name].in_(many(f"b_{name}"))) for name in columns))


def _merged(conn: Connection, clinic_id: ClinicId, names: set[str]) -> Keys:
    if not names:
        return Keys()
    rows = conn.execute(_MERGED, {"b_clinic": clinic_id, "b_names": sorted(names)})
    return Keys(patients={name for row in rows for name in row})


def patient_of(conn: Connection, event: ClinicEvent) -> PatientId | None:
    """Whom an event is about: the patient it names, else that of its treatment or booking, as far as we know."""
    if event.patient_key:
        return PatientId(event.patient_key)
    for table, key in ((treatments, event.treatment_key), (bookings, event.booking_key)):
        if key:
            query = sa.select(table.c.patient_id).where(table.c.clinic_id == event.clinic_id, table.c.id == key)
            owner = conn.scalar(query)
            if owner:
                return PatientId(str(owner))
    return None


def claim(conn: Connection, *, now: datetime, lease_until: datetime, limit: int) -> list[str]:
    """Take events that wait to be planned, are due for another try, or whose lease ran out; oldest first."""
    taken: list[str] = []
    for claim_some in _CLAIMS:
        if len(taken) < limit:
            values = {"b_now": now, "b_lease_until": lease_until, "b_limit": limit - len(taken)}
            rows = sorted(conn.execute(claim_some, values).all(), key=lambda r: (r.received_at, r.row_id))
            taken += [r.row_id for r in rows]
    return taken


def _claim(state: EventState, ready: sa.ColumnElement[bool]) -> "ReturningUpdate[Any]":
    """Built once: a sweep asks every second, and mostly in vain."""
    chosen = (
        sa.select(events.c.row_id)
        .where(_OPEN, events.c.state == sa.literal_column(f"'{state.value}'"), ready)
        .order_by(events.c.received_at, events.c.row_id)
        .limit(sa.bindparam("b_limit"))
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    return (
        sa.update(events)
        .where(events.c.row_id.in_(sa.select(chosen.c.row_id)))
        .values(state=EventState.QUEUED.value, lease_until=sa.bindparam("b_lease_until"))
        .returning(events.c.row_id, events.c.received_at)
    )


#: SQLite uses an index on a part of the rows only where the query says so in the same words.
_OPEN = events.c.state != sa.literal_column("'planned'")
_NOW: sa.BindParameter[Any] = sa.bindparam("b_now", type_=events.c.not_before.type)
_CLAIMS = (
    _claim(EventState.RECEIVED, sa.or_(events.c.not_before.is_(None), events.c.not_before <= _NOW)),
    _claim(EventState.QUARANTINED, events.c.not_before <= _NOW),
    _claim(EventState.QUEUED, events.c.lease_until < _NOW),
)


_MARK = (
    sa.update(events)
    .where(events.c.row_id.in_(many("b_ids")))
    .values(
        state=sa.bindparam("b_state"),
        reason=sa.bindparam("b_reason", type_=events.c.reason.type),
        not_before=sa.bindparam("b_not_before", type_=events.c.not_before.type),
        lease_until=None,
    )
)
_MARKS = {True: _MARK.values(tries=events.c.tries + 1), False: _MARK}


def mark(
    conn: Connection,
    row_ids: Sequence[str],
    state: EventState,
    *,
    reason: str | None = None,
    not_before: datetime | None = None,
) -> None:
    """Say what became of these events; ends their lease, and counts a try where they are quarantined."""
    if not row_ids:
        return
    given = {"b_state": state.value, "b_reason": reason, "b_not_before": not_before, "b_ids": list(row_ids)}
    conn.execute(_MARKS[state is EventState.QUARANTINED], given)


def tries(conn: Connection, row_ids: Sequence[str]) -> dict[str, int]:
    """How often each of these events was quarantined."""
    query = sa.select(events.c.row_id, events.c.tries).where(events.c.row_id.in_(row_ids))
    return {row.row_id: row.tries for row in conn.execute(query)}


def listing(
    conn: Connection, clinic_id: ClinicId, *, states: Collection[EventState] = (), limit: int = 100
) -> list[ClinicEvent]:
    """Events of a clinic, newest first; of `states` only, if any are given."""
    query = sa.select(*_COLUMNS).where(events.c.clinic_id == clinic_id)
    if states:
        query = query.where(events.c.state.in_([s.value for s in states]))
    return [
        from_row(r) for r in conn.execute(query.order_by(events.c.received_at.desc(), events.c.row_id).limit(limit))
    ]
