"""Nightly: once in a night of each clinic its rows are compared with its events, and a difference is told to staff."""

from collections import Counter
from datetime import datetime, timedelta

from followup.domain.clinic import Clinic
from followup.domain.escalation import EscalationKind
from followup.domain.window import to_local
from followup.services import escalate, own
from followup.services.context import Context
from followup.services.proof import drift
from followup.storage.machine import marks

#: Patients' time. At night once a day has gone by; at any hour where the machine is off at night.
_NIGHT = range(2, 5)
_A_DAY, _OVERDUE = timedelta(hours=20), timedelta(hours=30)
_SUBJECT = "drift"


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
