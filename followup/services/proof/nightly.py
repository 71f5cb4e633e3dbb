"""Nightly: rows are held against events, and the providers' bills against what went out; staff hear of differences."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic
from followup.domain.errors import Unavailable
from followup.domain.escalation import EscalationKind
from followup.domain.ids import ClinicId
from followup.domain.message import Channel
from followup.domain.window import to_local
from followup.ports import Provider
from followup.services import escalate, own
from followup.services.context import Context
from followup.services.proof import bill, drift
from followup.services.proof.bill import Bill
from followup.services.routing.lineup import everyone
from followup.storage.machine import marks

#: Patients' time. At night once a day has gone by; at any hour where the machine is off at night.
_NIGHT = range(2, 5)
_A_DAY, _OVERDUE = timedelta(hours=20), timedelta(hours=30)
_SUBJECT = "drift"
#: Real time: by then the last texts of the day before have their final price and state on most of the list.
_BILLS_FROM = timedelta(hours=6)


def compare_nightly(ctx: Context) -> int:
    """A tick: compare what is due to be compared; returns how many differences were found and told.

    The number stands in the marks; once it is zero again the escalation closes by itself.
    """
    if not own.state(ctx).may_send:
        return 0
    return sum(_compare(ctx, clinic) for clinic in ctx.clinics.all() if _is_due(ctx, clinic, ctx.clock.now()))


def mark_of(clinic_id: str) -> str:
    """Under which name the last count of a clinic stands."""
    return f"drift {clinic_id}"


def _is_due(ctx: Context, clinic: Clinic, now: datetime) -> bool:
    at_night = to_local(now, clinic.time_zone).hour in _NIGHT
    before = now - (_A_DAY if at_night else _OVERDUE)
    with ctx.db.reading() as conn:
        last = marks.get(conn, f"compared {clinic.id}")
    if last is not None and last.at >= before:
        return False
    with ctx.db.transaction() as conn:
        return marks.take_turn(conn, f"compared {clinic.id}", before=before, now=now)


def _compare(ctx: Context, clinic: Clinic) -> int:
    kinds = Counter(one.difference.kind for one in drift.find(ctx, clinic.id))
    found = sum(kinds.values())
    with ctx.db.transaction() as conn:
        marks.put(conn, mark_of(clinic.id), found, ctx.clock.now())
        if not found:
            escalate.settle_about(ctx, conn, clinic_id=clinic.id, kind=EscalationKind.DRIFT, subjects=[_SUBJECT])
            return 0
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
        escalate.raise_to_staff(
            ctx,
            conn,
            clinic_id=clinic.id,
            kind=EscalationKind.DRIFT,
            subject=_SUBJECT,
            summary=f"rows are not what their events say: {told}",
        )
    return found


def check_bills(ctx: Context) -> int:
    """A tick: hold each provider's list of the day before (UTC) against ours, once; returns how many differ.

    A provider that cannot be asked now is asked again at the next tick. What differs only in segments is no matter
    for staff; it stands in `followup audit bill`.
    """
    if not own.state(ctx).may_send:
        return 0
    day = (ctx.ops.now() - _BILLS_FROM).astimezone(UTC).date() - timedelta(days=1)
    return sum(_check_bill(ctx, one, day) for one in everyone(ctx) if one.channel is Channel.SMS)


def _check_bill(ctx: Context, provider: Provider, day: date) -> int:
    name = f"bill {provider.name}"
    with ctx.db.reading() as conn:
        last = marks.get(conn, name)
    if last is not None and last.number >= day.toordinal():
        return 0
    try:
        found = bill.check(ctx, provider, day)
    except Unavailable:
        return 0
    with ctx.db.transaction() as conn:
        marks.put(conn, name, day.toordinal(), ctx.ops.now())
        return sum(
            _tell(ctx, conn, clinic_id=clinic, subject=f"{name} {day}", count=count)
            for clinic, count in _by_clinic(ctx, found).items()
        )


def _by_clinic(ctx: Context, found: Bill | None) -> Counter[ClinicId]:
    """How many matters each clinic has; what nobody here sent is the first one's, for it is told of the account."""
    grave = [one for one in found.differences if one.kind != bill.SEGMENTS] if found is not None else []
    first = ctx.clinics.all()[0].id
    return Counter(one.clinic_id or first for one in grave)


def _tell(ctx: Context, conn: Connection, *, clinic_id: ClinicId, subject: str, count: int) -> int:
    summary = f"{count} texts on the provider's list are not as we sent them: see `followup audit bill`"
    escalate.raise_to_staff(ctx, conn, clinic_id=clinic_id, kind=EscalationKind.DRIFT, subject=subject, summary=summary)
    return count
