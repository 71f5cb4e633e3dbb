"""Send: what the outbox holds goes to clinics' systems, signed by Standard Webhooks, until they have taken it."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy.engine import Connection
from standardwebhooks import Webhook

from followup.domain.booking import Answer
from followup.domain.escalation import EscalationKind
from followup.domain.webhook import Call, CallState, CallType, EndpointState, again_at
from followup.domain.webhook.call import LONGEST
from followup.ports import Called
from followup.services import escalate
from followup.services.bookings.refuse import refuse
from followup.services.context import Context
from followup.services.upkeep import live
from followup.storage.outbox import calls, endpoints
from followup.storage.outbox.endpoints import Health

#: The clinic's system says by these that the time a patient said yes to is gone.
_GONE = frozenset({409, 410})


def send(ctx: Context, ids: Sequence[str]) -> None:
    """Make these calls side by side and store what came of each; one that ended meanwhile is passed over.

    An endpoint may hear a call twice: its `webhook-id` stays the same.
    """
    with ctx.db.reading() as conn:
        waiting = calls.get_many(conn, ids, waiting=True)
        loopback = {c.clinic_id: not live.is_live(ctx, conn, c.clinic_id) for c in waiting}
    if ctx.outlet is None:
        return
    flying = []
    for call in waiting:
        signed = _signed(ctx, call)
        if signed is None:
            _settle(ctx, call, Called(0, "there is no secret to sign with"))
            continue
        body, headers = signed
        work = ctx.outlet.post(call.url, body, headers, loopback=loopback[call.clinic_id])
        flying.append((call, ctx.network.submit(work)))
    for call, future in flying:
        _settle(ctx, call, future.result())


def body_of(call: Call) -> str:
    """What is sent: the same bytes at every try."""
    moment = call.created_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    told = {"type": call.type.value, "timestamp": moment, "data": dict(call.data)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _signed(ctx: Context, call: Call) -> tuple[bytes, dict[str, str]] | None:
    clinic = ctx.clinics.get(call.clinic_id)
    name = next((e["secret_env"] for e in (clinic.webhooks if clinic else ()) if e["url"] == call.url), "")
    secret = ctx.settings.hook_secrets.get(name, "")
    if not secret:
        return None
    body, now = body_of(call), ctx.ops.now()
    headers = {
        "Content-Type": "application/json",
        "webhook-id": call.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(call.id, now, body),
    }
    return body.encode(), headers


def _settle(ctx: Context, call: Call, called: Called) -> None:
    now = ctx.clock.now()
    gone = _says_gone(call, called)
    with ctx.db.transaction() as conn:
        if called.is_taken or gone:
            _store(conn, call, called, state=CallState.DELIVERED, due_at=call.due_at, finished_at=now)
            endpoints.fine(conn, call.clinic_id, call.url, now=now)
            if gone:
                refuse(ctx, conn, call)
            return
        again = again_at(call.tries + 1, now, luck=ctx.rng.random())
        ended = again is None
        state = CallState.GIVEN_UP if ended else CallState.WAITING
        stored = _store(conn, call, called, state=state, due_at=again or now, finished_at=now if ended else None)
        if stored:
            health = endpoints.failed(conn, call.clinic_id, call.url, now=now, fault=called.words)
            _look(ctx, conn, call, health, ended=ended)


def _says_gone(call: Call, called: Called) -> bool:
    said_yes = call.type is CallType.BOOKING_ANSWERED and call.data.get("answer") == Answer.CONFIRM
    return said_yes and called.status in _GONE


def _store(
    conn: Connection, call: Call, called: Called, *, state: CallState, due_at: datetime, finished_at: datetime | None
) -> bool:
    return calls.settle(
        conn, call.id, state=state, due_at=due_at, status=called.status, detail=called.words, finished_at=finished_at
    )


def _look(ctx: Context, conn: Connection, call: Call, health: Health, *, ended: bool) -> None:
    """Whoever took nothing for three days is put off, and staff are told."""
    since = health.failing_since
    lasts = since is not None and ctx.clock.now() - since >= LONGEST - LONGEST / 12
    if not (lasts or ended) or health.state is EndpointState.OFF:
        return
    endpoints.switch(conn, call.clinic_id, call.url, EndpointState.OFF, by="system")
    escalate.raise_to_staff(
        ctx,
        conn,
        clinic_id=call.clinic_id,
        kind=EscalationKind.WEBHOOK,
        subject=call.url,
        summary=(
            f"the clinic's system took no webhook for three days ({health.fault}): it is no longer called;"
            " mend it, then `followup webhook on`"
        ),
    )
