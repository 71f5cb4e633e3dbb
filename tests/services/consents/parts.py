"""A clinic that knows Ana, told by an event as the door tells it."""

from typing import Any

from followup.domain.event import EventType
from followup.domain.ids import PatientId
from followup.services import enroll, record
from followup.services.context import Context
from followup.services.record import Caller
from followup.storage.database import Database
from tests.builders import CLINIC, PATIENT, make_body, make_ctx, make_treatment_data


def known(database: Database, **parts: Any) -> Context:
    """A clinic that was told of Ana by her treatment."""
    ctx = make_ctx(database, **parts)
    tell(ctx, EventType.TREATMENT_COMPLETED, **make_treatment_data())
    return ctx


def tell(ctx: Context, kind: EventType, **data: Any) -> str:
    """Hand an event to the door and plan it; returns its row."""
    body = make_body(kind, id=ctx.ids.new("e"), time=ctx.clock.now().isoformat(), data={"clinic": CLINIC, **data})
    row = record.accept(ctx, body, caller=Caller(CLINIC)).row_id
    enroll.process_events(ctx, [row])
    return row


def consent(ctx: Context, **more: Any) -> dict[str, Any]:
    """A consent as an event gives it."""
    return {"class": "promo", "channel": "sms", "kind": "express", "recorded_at": ctx.clock.now().isoformat(),
            "evidence": "form v3", **more}  # fmt: skip


ANA = {"id": PatientId(PATIENT)}
