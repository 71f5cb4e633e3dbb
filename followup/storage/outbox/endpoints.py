"""Endpoints: the health of each address that clinics' systems are called at."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId
from followup.domain.webhook import EndpointState
from followup.storage.database import insert
from followup.storage.tables import endpoints


@dataclass(frozen=True, slots=True)
class Health:
    """How an endpoint does; `failing_since` is set while nothing was taken since its first failure."""

    clinic_id: ClinicId
    url: str
    state: EndpointState
    failing_since: datetime | None = None
    failures: int = 0
    last_ok: datetime | None = None
    fault: str | None = None
    changed_by: str | None = None


def get(conn: Connection, clinic_id: ClinicId, url: str) -> Health | None:
    """One endpoint that was called before."""
    query = sa.select(endpoints).where(endpoints.c.clinic_id == clinic_id, endpoints.c.url == url)
    row = conn.execute(query).mappings().first()
    return Health(**{**row, "state": EndpointState(row["state"])}) if row else None


def fine(conn: Connection, clinic_id: ClinicId, url: str, *, now: datetime) -> None:
    """It took a call: nothing is counted against it any more."""
    _put(conn, clinic_id, url, {"failing_since": None, "failures": 0, "last_ok": now, "fault": None})


def failed(conn: Connection, clinic_id: ClinicId, url: str, *, now: datetime, fault: str) -> Health:
    """It took a call not; returns its health with this failure."""
    before = get(conn, clinic_id, url)
    since = (before.failing_since if before else None) or now
    count = (before.failures if before else 0) + 1
    _put(conn, clinic_id, url, {"failing_since": since, "failures": count, "fault": fault})
    after = get(conn, clinic_id, url)
    assert after is not None
    return after


def switch(conn: Connection, clinic_id: ClinicId, url: str, state: EndpointState, *, by: str) -> None:
    """Put it on or off; put on, it begins with a clean record."""
    clean = {"failing_since": None, "failures": 0} if state is EndpointState.ON else {}
    _put(conn, clinic_id, url, {"state": state.value, "changed_by": by, **clean})


def _put(conn: Connection, clinic_id: ClinicId, url: str, change: dict[str, Any]) -> None:
    first = {"clinic_id": clinic_id, "url": url, "state": EndpointState.ON.value, "failures": 0, **change}
    statement = insert(conn, endpoints).values(first)
    keys = [endpoints.c.clinic_id, endpoints.c.url]
    conn.execute(statement.on_conflict_do_update(index_elements=keys, set_=change))
