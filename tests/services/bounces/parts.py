"""A patient to whom a mail has gone, and what is asked of the rows afterwards."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from followup.domain.message import Channel
from followup.domain.patient import ContactPoint
from followup.services.bounces.take import Taken, take_bounce
from followup.services.context import Context
from followup.storage.database import Database
from followup.storage.tables import addresses, escalations, inbound, suppressions
from tests.builders import EMAIL, PHONE, make_ctx, make_patient
from tests.fakes import FakeClock
from tests.mails import corpus
from tests.services.seeds import run, seed

MAIL_FIRST = (Channel.EMAIL, Channel.SMS)


def mailed(database: Database, **changes: Any) -> Context:
    """A context in which the patient's first message has gone out by e-mail."""
    ctx = make_ctx(database, **{key: changes.pop(key) for key in ("providers", "clinics", "environ") if key in changes})
    seed(ctx, **{"channels": MAIL_FIRST, **changes})
    run(ctx)
    return ctx


def mail_another(ctx: Context, number: int, *, address: str = EMAIL, later: timedelta = timedelta(0)) -> None:
    """One more patient's message, to a mailbox that may be the same."""
    assert isinstance(ctx.clock, FakeClock)
    now = ctx.clock.advance(later)
    points = (ContactPoint(Channel.EMAIL, address, True, address), ContactPoint(Channel.SMS, PHONE, True, PHONE))
    who = replace(make_patient(), id=f"P-{number}", contact_points=points)
    seed(ctx, patient=who, number=number, channels=MAIL_FIRST, due_at=now, planned_for=now, expires_at=None)
    run(ctx)


def take(ctx: Context, name: str, **changes: str) -> Taken:
    """One mail of the corpus comes in."""
    return take_bounce(ctx, corpus(name, **changes), door="test")


def rows(ctx: Context, table: sa.Table, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of all rows of a table."""
    with ctx.db.reading() as conn:
        return [tuple(row) for row in conn.execute(sa.select(*(table.c[name] for name in columns)))]


def suppressed(ctx: Context) -> list[tuple[Any, ...]]:
    """(address, reason, scope) of all that stand."""
    return rows(ctx, suppressions, "address", "reason", "scope")


def told(ctx: Context) -> list[tuple[Any, ...]]:
    """(kind, subject) of all escalations."""
    return rows(ctx, escalations, "kind", "subject")


def soft(ctx: Context, address: str = EMAIL) -> int:
    """The soft bounces that an address has."""
    return next(count for value, count in rows(ctx, addresses, "value", "soft_bounces") if value == address)


def heard(ctx: Context) -> list[tuple[Any, ...]]:
    """(from, text, intent) of all that people wrote."""
    return rows(ctx, inbound, "from_address", "text", "intent")
