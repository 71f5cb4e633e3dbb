"""Budgets: a tick adds up what each clinic spent this month; staff hear of it, and at its end promotion waits."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta
from sqlalchemy.engine import Connection

from followup.content.money import load_prices
from followup.domain.clinic import Clinic
from followup.domain.escalation import EscalationKind
from followup.domain.ids import ClinicId
from followup.domain.message import MessageClass
from followup.domain.money import MARKETING, NO_BUDGET, Line, Prices, Standing, exhausted
from followup.domain.window import to_local, to_utc
from followup.services import own
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.storage.machine import marks
from followup.storage.proof import spending

_GRADES = (Standing.WITHIN, Standing.NEAR, Standing.OVER)


def watch(ctx: Context) -> int:
    """A tick: how many limits stand worse than when it last looked; each is told to staff once a month."""
    if not own.state(ctx).may_send:
        return 0
    return sum(_watch(ctx, clinic) for clinic in ctx.clinics.all() if clinic.budget != NO_BUDGET)


def broke(
    conn: Connection, clinic: Clinic, kinds: Collection[MessageClass], *, now: datetime
) -> dict[MessageClass, datetime]:
    """The classes of promotion among `kinds` whose money is spent, as the tick last saw it, and until when."""
    if clinic.budget == NO_BUDGET or not MARKETING & set(kinds):
        return {}
    first, end = _month(clinic, now)
    over = {name for name in ("month", *MARKETING) if _is_over(conn, clinic.id, name, first)}
    return {kind: end for kind in MARKETING & set(kinds) if "month" in over or kind in over}


def spent(conn: Connection, clinic: Clinic, *, prices: Prices, now: datetime) -> dict[MessageClass, Decimal]:
    """What went since the month began in the clinic's zone, by class, at the prices of the table."""
    first, _ = _month(clinic, now)
    found: dict[MessageClass, Decimal] = {}
    for one in spending.gone(conn, clinic.id, since=first, until=now + timedelta(seconds=1)):
        price = prices.of_text(one.channel, one.address, one.text)
        found[one.message_class] = found.get(one.message_class, Decimal(0)) + price
    return found


def _watch(ctx: Context, clinic: Clinic) -> int:
    prices, now = load_prices(ctx.settings.config), ctx.clock.now()
    with ctx.db.reading() as conn:
        lines = exhausted(clinic.budget, spent(conn, clinic, prices=prices, now=now))
    first, _ = _month(clinic, now)
    with ctx.db.transaction() as conn:
        return sum(_note(ctx, conn, clinic, line=line, first=first, currency=prices.currency) for line in lines)


def _note(ctx: Context, conn: Connection, clinic: Clinic, *, line: Line, first: datetime, currency: str) -> bool:
    name, grade = _mark_of(clinic.id, line.name), _GRADES.index(line.standing)
    before = marks.get(conn, name)
    seen = before.number if before is not None and before.at == first else 0
    marks.put(conn, name, grade, first)
    if grade <= seen:
        return False
    waits = line.standing is Standing.OVER and line.name in {"month", *MARKETING}
    stop = "; promotion waits for the next month" if waits else ""
    summary = f"{line.name}: {line.spent:.2f} of {line.limit:.2f} {currency} of the month's budget are spent{stop}"
    raise_to_staff(
        ctx, conn, clinic_id=clinic.id, kind=EscalationKind.BUDGET, summary=summary,
        subject=f"{to_local(first, clinic.time_zone):%Y-%m} {line.name} {line.standing}",
    )  # fmt: skip
    return True


def _is_over(conn: Connection, clinic_id: ClinicId, name: str, first: datetime) -> bool:
    found = marks.get(conn, _mark_of(clinic_id, name))
    return found is not None and found.at == first and found.number == _GRADES.index(Standing.OVER)


def _mark_of(clinic_id: ClinicId, name: str) -> str:
    return f"budget {clinic_id} {name}"


def _month(clinic: Clinic, now: datetime) -> tuple[datetime, datetime]:
    """When the month of `now` began in the clinic's zone, and when the next one does."""
    day = to_local(now, clinic.time_zone).date().replace(day=1)
    return to_utc(day, time(), clinic.time_zone), to_utc(day + relativedelta(months=1), time(), clinic.time_zone)
