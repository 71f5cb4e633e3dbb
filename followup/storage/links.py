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
    """The link of this digest, expired or not."""
    row = conn.execute(sa.select(links).where(links.c.digest == digest)).mappings().first()
    if row is None:
        return None
    return Link(row["kind"], ClinicId(row["clinic_id"]), row["subject"], row["expires_at"])
