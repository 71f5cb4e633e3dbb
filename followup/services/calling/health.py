"""Health: how the endpoints of a clinic do, and what staff do about them: on, off, and calls sent again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.domain.errors import InvalidInput, NotFound
from followup.domain.escalation import EscalationKind
from followup.domain.ids import ClinicId
from followup.domain.webhook import Call, CallState, EndpointState
from followup.services import escalate
from followup.services.context import Context
from followup.storage import audit
from followup.storage.outbox import calls, endpoints
from followup.storage.outbox.endpoints import Health


@dataclass(frozen=True, slots=True)
class EndpointHealth:
    """One endpoint of the clinic's file, and what it took so far."""

    url: str
    state: EndpointState
    has_secret: bool
    counts: Mapping[CallState, int]
    failing_since: datetime | None = None
    failures: int = 0
    last_ok: datetime | None = None
    fault: str | None = None


def of_clinic(ctx: Context, clinic_id: ClinicId) -> Sequence[EndpointHealth]:
    """Every endpoint that the clinic names."""
    clinic = ctx.clinics.need(clinic_id)
    with ctx.db.reading() as conn:
        counted = calls.counts(conn, clinic_id)
        known = [
            (e, endpoints.get(conn, clinic_id, e["url"]) or Health(clinic_id, e["url"], EndpointState.ON))
            for e in clinic.webhooks
        ]
    return [
        EndpointHealth(
            url=h.url,
            state=h.state,
            has_secret=bool(ctx.settings.hook_secrets.get(e["secret_env"])),
            counts={state: counted.get((h.url, state.value), 0) for state in CallState},
            failing_since=h.failing_since,
            failures=h.failures,
            last_ok=h.last_ok,
            fault=h.fault,
        )
        for e, h in known
    ]


def listing(
    ctx: Context, clinic_id: ClinicId, *, states: Collection[CallState] = (), limit: int = 100
) -> Sequence[Call]:
    """The clinic's calls, newest first."""
    with ctx.db.reading() as conn:
        return calls.listing(conn, clinic_id, states=states, limit=limit)


def switch(ctx: Context, clinic_id: ClinicId, url: str, state: EndpointState, *, by: str) -> None:
    """Put an endpoint on or off; raises NotFound for one that the clinic does not name. What waits goes out once on."""
    _need(ctx, clinic_id, url)
    with ctx.db.transaction() as conn:
        endpoints.switch(conn, clinic_id, url, state, by=by)
        _note(ctx, conn, clinic_id, by=by, action=f"webhook.{state.value}", subject=url)
        if state is EndpointState.ON:
            escalate.settle_about(ctx, conn, clinic_id=clinic_id, kind=EscalationKind.WEBHOOK, subjects=[url])


def replay(
    ctx: Context,
    clinic_id: ClinicId,
    *,
    ids: Collection[str] = (),
    since: datetime | None = None,
    states: Collection[CallState] = (),
    by: str,
) -> int:
    """Send calls again under their own ids: those named, or all made since then; returns how many."""
    if bool(ids) == (since is not None):
        raise InvalidInput("name the calls, or a moment from which on all go again")
    with ctx.db.transaction() as conn:
        chosen = ids or calls.ids_since(conn, clinic_id, since=since or ctx.clock.now(), states=states)
        count = calls.again(conn, clinic_id, chosen, now=ctx.clock.now())
        if not count and ids:
            raise NotFound(f"no such call in clinic {clinic_id}", cure="see `followup webhook calls`")
        _note(ctx, conn, clinic_id, by=by, action="webhook.replayed", subject=f"{count} calls")
    return count


def _need(ctx: Context, clinic_id: ClinicId, url: str) -> None:
    known = [endpoint["url"] for endpoint in ctx.clinics.need(clinic_id).webhooks]
    if url not in known:
        raise NotFound(f"the clinic names no endpoint {url}", cure=f"known: {', '.join(known) or 'none'}")


def _note(ctx: Context, conn: Connection, clinic_id: ClinicId, *, by: str, action: str, subject: str) -> None:
    audit.append(
        conn, at=ctx.clock.now(), clinic_id=clinic_id, actor=by, action=action, subject=subject, detail={}
    )  # fmt: skip
