"""Mail that came back, stored once by its digest, and what it adds up to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from followup.domain.ids import ClinicId, MessageId
from followup.domain.mail.returned import ReturnedKind
from followup.domain.outcome import CodeClass
from followup.storage.database import insert
from followup.storage.tables import returns


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A stored mail; `message_id` only where a mark of ours proved it, `address` is the one we had written to."""

    id: str
    clinic_id: ClinicId
    digest: str
    door: str
    received_at: datetime
    kind: ReturnedKind
    message_id: MessageId | None = None
    address: str | None = None
    domain: str = ""
    action: str = ""
    code: str = ""
    code_class: str = ""
    strikes: int = 0
    note: str = ""  # plain words, no patient data
    did: str = ""  # what was done, words of `Deed` with commas between
    raw: bytes | None = None


_WITHOUT_RAW = [column for column in returns.c if column.name != "raw"]


def add(conn: Connection, new: ReturnRow) -> bool:
    """Store it; False if the same bytes came before."""
    values = {name: getattr(new, name) for name in ReturnRow.__slots__} | {"kind": new.kind.value}
    statement = insert(conn, returns).values(values).on_conflict_do_nothing().returning(returns.c.id)
    return conn.execute(statement).first() is not None


def known(conn: Connection, digest: str) -> ReturnRow | None:
    """The mail of these bytes, without them."""
    row = conn.execute(sa.select(*_WITHOUT_RAW).where(returns.c.digest == digest)).first()
    return _from_row(row) if row else None


def note_did(conn: Connection, return_id: str, did: str) -> None:
    """Write what was done about it."""
    conn.execute(sa.update(returns).where(returns.c.id == return_id).values(did=did))


def get(conn: Connection, clinic_id: ClinicId, return_id: str) -> ReturnRow | None:
    """One mail of this clinic with its bytes."""
    row = conn.execute(sa.select(returns).where(returns.c.clinic_id == clinic_id, returns.c.id == return_id)).first()
    return _from_row(row) if row else None


def of_message(conn: Connection, clinic_id: ClinicId, message_id: str) -> list[ReturnRow]:
    """What came back about a message, oldest first."""
    query = sa.select(*_WITHOUT_RAW).where(returns.c.clinic_id == clinic_id, returns.c.message_id == message_id)
    return [_from_row(row) for row in conn.execute(query.order_by(returns.c.received_at, returns.c.id))]


def listing(conn: Connection, clinic_id: ClinicId, *, kinds: Collection[ReturnedKind], limit: int) -> list[ReturnRow]:
    """A clinic's mail of these kinds, newest first."""
    query = sa.select(*_WITHOUT_RAW).where(returns.c.clinic_id == clinic_id, returns.c.kind.in_(sorted(kinds)))
    newest = query.order_by(returns.c.received_at.desc(), returns.c.id.desc()).limit(limit)
    return [_from_row(row) for row in conn.execute(newest)]


def _from_row(row: Row[Any]) -> ReturnRow:
    data = dict(row._mapping)
    return ReturnRow(**{**data, "kind": ReturnedKind(data["kind"])})


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages to an address failed; `oldest` is the first of those."""

    count: int
    oldest: datetime | None


def strikes(conn: Connection, clinic_id: ClinicId, address: str, *, since: datetime) -> int:
    """How many messages came back from this address in a way that counts against it."""
    return _tally(conn, clinic_id, address, since=since, counts=returns.c.strikes > 0).count


def soft(conn: Connection, clinic_id: ClinicId, address: str, *, since: datetime) -> Tally:
    """How many messages this address could not take although it is there."""
    counts = sa.or_(returns.c.code_class == CodeClass.LATER.value, returns.c.strikes > 1)
    return _tally(conn, clinic_id, address, since=since, counts=counts)


def _tally(
    conn: Connection, clinic_id: ClinicId, address: str, *, since: datetime, counts: "sa.ColumnElement[bool]"
) -> Tally:
    query = sa.select(sa.func.count(returns.c.message_id.distinct()), sa.func.min(returns.c.received_at)).where(
        returns.c.clinic_id == clinic_id,
        returns.c.address == address,
        returns.c.action == "failed",
        returns.c.received_at > since,
        counts,
    )
    count, oldest = conn.execute(query).one()
    return Tally(int(count), oldest)


def forget_strikes(conn: Connection, clinic_id: ClinicId, address: str) -> None:
    """What came back until now counts against this address no more."""
    query = sa.update(returns).where(returns.c.clinic_id == clinic_id, returns.c.address == address)
    conn.execute(query.values(strikes=0, code_class=""))


def mailboxes(
    conn: Connection,
    clinic_id: ClinicId,
    domain: str,
    *,
    classes: Sequence[CodeClass],
    codes: str = "",
    since: datetime,
) -> int:
    """How many mailboxes of a domain did not take messages for these classes, or with codes that begin so.

    What counts against the mailbox itself is left out.
    """
    counts: sa.ColumnElement[bool] = returns.c.code_class.in_([c.value for c in classes])
    if codes:
        counts = sa.or_(counts, returns.c.code.startswith(codes, autoescape=True))
    query = sa.select(sa.func.count(returns.c.address.distinct())).where(
        returns.c.clinic_id == clinic_id,
        returns.c.domain == domain,
        returns.c.action == "failed",
        returns.c.strikes == 0,
        returns.c.received_at > since,
        counts,
    )
    return int(conn.scalar(query) or 0)


def drop_raw(conn: Connection, *, before: datetime) -> int:
    """Forget the bytes of mail that came before then; what was read of it stays."""
    query = sa.update(returns).where(returns.c.raw.is_not(None), returns.c.received_at < before)
    return conn.execute(query.values(raw=None)).rowcount
