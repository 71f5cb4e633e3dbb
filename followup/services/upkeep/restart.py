"""What a new start may change: mode, allow list, version of the software. Holds for those are looked at anew."""

from followup.domain.lifecycle import Signal
from followup.domain.message import Hold, Reason
from followup.services.context import Context
from followup.storage import audit, messages
from followup.storage.machine import waiting


def after_restart(ctx: Context) -> int:
    """Release what was held by trial mode or by a fault of an older version; the gate speaks anew. Returns how many.

    Going live skips what went past due while in trial (reason `trial`): nobody expects those texts any more.
    """
    now = ctx.clock.now()
    with ctx.db.transaction() as conn:
        skipped: list[str] = []
        if ctx.settings.mode == "live":
            late = waiting.held_past_due(conn, Hold.TRIAL, now)
            skipped = [*messages.apply(conn, late, Signal.REFUSED, now, reason=Reason.TRIAL.value)]
        released = messages.release_everywhere(conn, Hold.TRIAL) + messages.release_everywhere(conn, Hold.FAULT)
        if skipped or released:
            detail = {"skipped": len(skipped), "released": released, "mode": ctx.settings.mode}
            audit.append(
                conn, at=now, clinic_id="*", actor="system", action="holds.looked_at", subject="start", detail=detail
            )
    return released
