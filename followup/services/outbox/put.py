"""Put: store what a clinic's system is to be told; nothing where the clinic names no endpoint."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from followup.domain.ids import ClinicId
from followup.domain.webhook import Call, CallState, CallType
from followup.services.context import Context
from followup.storage.outbox import calls


def put(
    ctx: Context, conn: Connection, clinic_id: ClinicId, kind: CallType, *, subject: str, data: Mapping[str, Any]
) -> None:
    """A call to each endpoint of the clinic, in the caller's transaction; `data` is ids, times and words of ours."""
    clinic = ctx.clinics.get(clinic_id)
    if clinic is None or not clinic.webhooks:
        return
    now = ctx.clock.now()
    calls.add(
        conn,
        [
            Call(
                id=ctx.ids.new("call"),
                clinic_id=clinic_id,
                url=endpoint["url"],
                type=kind,
                subject=subject,
                data={"clinic": clinic_id, **data},
                created_at=now,
                state=CallState.WAITING,
                due_at=now,
            )
            for endpoint in clinic.webhooks
        ],
    )
