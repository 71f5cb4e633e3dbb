"""Follow: a clinic whose hours, days off or distances changed has its waiting messages planned anew, batch by batch."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version

from sqlalchemy.engine import Connection

from followup.domain.clinic import Clinic
from followup.domain.errors import Unavailable
from followup.domain.hours.edition import edition
from followup.domain.ids import PatientId
from followup.log import get_logger
from followup.services import enroll
from followup.services.context import Context
from followup.storage import audit
from followup.storage.plans import calendars
from followup.storage.plans.calendars import Planned

_log = get_logger("calendars")
_BATCH = 100


def follow(ctx: Context, *, limit: int = _BATCH) -> int:
    """A tick, also the first after a start: one batch of each clinic that changed; returns how many patients.

    What was begun goes on where it stopped, in whatever process.
    """
    return sum(_follow(ctx, clinic, limit=limit) for clinic in ctx.clinics.all())


def digest(clinic: Clinic) -> str:
    """Changes with the clinic's file, and with what is known of time zones and holidays."""
    parts = (edition(clinic), version("tzdata"), version("holidays"))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _follow(ctx: Context, clinic: Clinic, *, limit: int) -> int:
    present = digest(clinic)
    with ctx.db.reading() as conn:
        known = calendars.get(conn, clinic.id)
    if known == Planned(present, None):
        return 0
    with ctx.db.transaction() as conn:
        known = calendars.get(conn, clinic.id, lock=True)
        if known is None or known.digest != present:
            known = _begin(ctx, conn, clinic, known, present)
        ids = calendars.patients_waiting(conn, clinic.id, known.after, limit=limit) if known.after is not None else []
    for each in _halves(ctx, clinic, ids):
        _log.error("a patient could not be planned by the new hours", patient=each)
    with ctx.db.transaction() as conn:
        calendars.write(conn, clinic.id, replace(known, after=ids[-1] if ids else None), ctx.clock.now())
    return len(ids)


def _begin(ctx: Context, conn: Connection, clinic: Clinic, known: Planned | None, present: str) -> Planned:
    """At the very first start there is nothing to plan anew."""
    begun = Planned(present, None if known is None else "")
    calendars.write(conn, clinic.id, begun, ctx.clock.now())
    if known is not None:
        audit.append(conn, at=ctx.clock.now(), clinic_id=clinic.id, actor="system", action="clinic.hours_changed",
                     subject=clinic.id, detail={"digest": present})  # fmt: skip
    return begun


def _halves(ctx: Context, clinic: Clinic, ids: Sequence[PatientId]) -> list[PatientId]:
    """Plan these together, else each half by itself; returns those that cannot be planned."""
    if not ids:
        return []
    try:
        with ctx.db.transaction() as conn:
            enroll.replan_many(ctx, conn, clinic, ids, anew=True)
    except Unavailable:
        raise
    except Exception:  # noqa: BLE001 -- one patient's fault must not keep the others at the old hours
        middle = len(ids) // 2
        return list(ids) if not middle else [*_halves(ctx, clinic, ids[:middle]), *_halves(ctx, clinic, ids[middle:])]
    return []
