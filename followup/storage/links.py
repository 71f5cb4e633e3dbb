"""Rows of patient links: the digest of a token and what it opens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId
from followup.storage.tables import links


@dataclass(frozen=True, slots=True)
class Link:
    """What a token opens, and until when."""

    kind: str
    clinic_id: ClinicId
    subject: str
    expires_at: datetime
    opened: int = 0
    opened_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None


def put_many(conn: Connection, some: Mapping[str, Link]) -> None:
    """Store links by their digests once; stored again each only gets a later end of life."""
    values = [
        {
            "digest": digest,
            "kind": link.kind,
            "clinic_id": link.clinic_id,
            "subject": link.subject,
            "expires_at": link.expires_at,
        }
        for digest, link in sorted(some.items())
    ]
    if values:
        conn.execute(_put(conn.dialect.name), values)


@cache
def _put(dialect: str) -> Any:
    """Built once: every message carries several links."""
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(links)
    change = {"expires_at": statement.excluded.expires_at}
    return statement.on_conflict_do_update(index_elements=[links.c.digest], set_=change)


def find(conn: Connection, digest: str) -> Link | None:
    """The link of this digest, expired or revoked or not."""
    row = conn.execute(sa.select(links).where(links.c.digest == digest)).mappings().first()
    return _from_row(row) if row else None


def _from_row(row: Any) -> Link:
    return Link(**{name: row[name] for name in Link.__slots__})


def to(conn: Connection, clinic_id: ClinicId, kind: str, subject: str) -> list[Link]:
    """The links of a kind that open this."""
    return [_from_row(r) for r in conn.execute(sa.select(links).where(_opens(clinic_id, kind, subject))).mappings()]


def note_opened(conn: Connection, digest: str, now: datetime) -> None:
    """Count that somebody, or a machine that looks ahead, opened it."""
    change = {"opened": links.c.opened + 1, "opened_at": now}
    conn.execute(sa.update(links).where(links.c.digest == digest).values(change))


def revoke(conn: Connection, clinic_id: ClinicId, kind: str, subject: str, *, now: datetime, by: str) -> int:
    """Let the links to this open nothing any more; how many did until now."""
    good = sa.and_(_opens(clinic_id, kind, subject), links.c.revoked_at.is_(None), links.c.expires_at > now)
    return conn.execute(sa.update(links).where(good).values(revoked_at=now, revoked_by=by)).rowcount


def _opens(clinic_id: ClinicId, kind: str, subject: str) -> sa.ColumnElement[bool]:
    return sa.and_(links.c.clinic_id == clinic_id, links.c.kind == kind, links.c.subject == subject)
