"""What a new start may change: mode, allow list, version of the software. Holds for those are looked at anew."""

from followup.domain.message import Hold
from followup.services.context import Context
from followup.services.upkeep import live
from followup.storage import audit, messages


def after_restart(ctx: Context) -> int:
    """Release what was held by trial mode or by a fault of an older version; the gate speaks anew. Returns how many.

    Where a clinic is live, what went past due while in trial is skipped (reason `trial`): nobody expects it any more.
    """
    with ctx.db.transaction() as conn:
        writing = [c.id for c in ctx.clinics.all() if live.is_live(ctx, conn, c.id)]
        skipped = sum(live.skip_past_due(ctx, conn, clinic_id) for clinic_id in writing)
        released = messages.release_everywhere(conn, Hold.TRIAL) + messages.release_everywhere(conn, Hold.FAULT)
        if skipped or released:
            detail = {"skipped": skipped, "released": released, "live": sorted(writing)}
            audit.append(
                conn, at=ctx.clock.now(), clinic_id="*", actor="system", action="holds.looked_at", subject="start",
                detail=detail,
            )  # fmt: skip
    return released
