"""Audit: append-only, sealed into a hash chain by a tick, so that an edit or a gap shows."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.storage.database import put as put_rows
from followup.storage.tables import audit, audit_head

_LOCK = 0x666F6C6C6F77  # "follow": one sealer at a time on PostgreSQL
_GENESIS = "0" * 64
_ADD = audit.insert()
#: Signs the place and hash of the newest entry.
Sign = Callable[[int, str], str]


def append(
    conn: Connection,
    *,
    at: datetime,
    clinic_id: str,
    actor: str,
    action: str,
    subject: str,
    patient_id: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write one entry in the caller's transaction. `detail` holds ids and codes, never a patient's words or address."""
    append_many(
        conn,
        [
            {
                "at": at,
                "clinic_id": clinic_id,
                "actor": actor,
                "action": action,
                "subject": subject,
                "patient_id": patient_id,
                "detail": dict(detail or {}),
            }
        ],
    )


def append_many(conn: Connection, entries: list[dict[str, Any]]) -> None:
    """Write entries with the columns of `append`."""
    if entries:
        conn.execute(_ADD, entries)


def seal(conn: Connection, sign: Sign, *, limit: int = 5000) -> int:
    """Give unsealed entries their place in the chain and sign its new end; returns how many."""
    if conn.dialect.name != "sqlite":
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    # From the signed end on: entries taken off the end leave a gap, whatever is written later.
    head = conn.execute(sa.select(audit_head)).first()
    seq, previous = (head.seq, head.hash) if head else (0, _GENESIS)
    rows = conn.execute(sa.select(audit).where(audit.c.seq.is_(None)).order_by(audit.c.id).limit(limit)).all()
    sealed = []
    for row in rows:
        seq += 1
        previous = digest(previous, seq, row)
        sealed.append({"b_id": row.id, "b_seq": seq, "b_hash": previous})
    if sealed:
        conn.execute(
            sa.update(audit)
            .where(audit.c.id == sa.bindparam("b_id"))
            .values(seq=sa.bindparam("b_seq"), hash=sa.bindparam("b_hash")),
            sealed,
        )
        put_rows(conn, audit_head, [{"id": 1, "seq": seq, "hash": previous, "seal": sign(seq, previous)}])
    return len(sealed)


def digest(previous: str, seq: int, row: Any) -> str:
    """The hash of an entry: over the hash before it, its place and all its columns in canonical JSON."""
    body = [
        previous,
        seq,
        row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        row.clinic_id,
        row.actor,
        row.action,
        row.subject,
        row.patient_id,
        row.detail,
    ]
    return hashlib.sha256(
        json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    ).hexdigest()


@dataclass(frozen=True, slots=True)
class Verified:
    """`broken_at` is the first place where the chain does not hold; `unsealed` entries wait for the tick."""

    entries: int
    unsealed: int
    broken_at: int | None = None
    problem: str = ""


def verify(conn: Connection, sign: Sign) -> Verified:
    """Walk the chain from its beginning: every place filled, every hash right, and its end as it was signed."""
    unsealed = int(conn.scalar(sa.select(sa.func.count()).where(audit.c.seq.is_(None))) or 0)
    query = sa.select(audit).where(audit.c.seq.is_not(None)).order_by(audit.c.seq)
    with conn.execution_options(yield_per=1000).execute(query) as rows:
        whole, last, problem = _walk(_readable(rows))
    problem = problem or _end(conn, sign, whole, last)
    return Verified(whole, unsealed, whole + 1 if problem else None, problem)


def _end(conn: Connection, sign: Sign, whole: int, last: str) -> str:
    head = conn.execute(sa.select(audit_head)).first()
    if head is None:
        return "the seal of the newest entry is missing" if whole else ""
    if not hmac.compare_digest(head.seal, sign(head.seq, head.hash)):
        return "the seal of the newest entry is not ours: it was changed, or FOLLOWUP_SECRET_KEY is another one"
    if head.seq > whole:
        return "the newest entries are missing"
    return "" if (head.seq, head.hash) == (whole, last) else "entries were added without a seal"


def _readable(rows: Iterable[Any]) -> Iterator[Any]:
    """The rows, and None in the place of the first that holds no moment or no JSON any more."""
    try:
        yield from rows
    except ValueError:
        yield None


def _walk(rows: Iterable[Any]) -> tuple[int, str, str]:
    previous, whole = _GENESIS, 0
    for row in rows:
        if row is None:
            return whole, previous, "an entry from here on was changed and cannot be read"
        if row.seq != whole + 1:
            return whole, previous, "an entry is missing"
        here = digest(previous, row.seq, row)
        if row.hash != here:
            return whole, previous, "an entry was changed"
        whole, previous = row.seq, here
    return whole, previous, ""


def about(conn: Connection, clinic_id: str, *, subject: str | None = None, limit: int = 200) -> list[dict[str, Any]]:
    """Entries of a clinic, newest first, about one subject if given."""
    query = sa.select(audit).where(audit.c.clinic_id == clinic_id).order_by(audit.c.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(audit.c.subject == subject)
    return [dict(r._mapping) for r in conn.execute(query)]
