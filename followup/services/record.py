"""Record: an event that passes the door is stored once per (clinic, source, id); stopping events act at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.engine import Connection

from followup.content.schemas import load_schemas, read_moment
from followup.domain.consent.door import consents_ahead
from followup.domain.document import digest, unstorable
from followup.domain.errors import Conflict, Fault, FollowupError, Forbidden, InvalidInput, NotFound
from followup.domain.event import CLINIC_TYPES, OUR_SOURCE, STOPPING, ClinicEvent, EventState, EventType
from followup.domain.ids import ClinicId
from followup.services import enroll
from followup.services.context import Context
from followup.storage import events, webhooks

MAX_BATCH = 100
_MOST_RETRIED = 10_000


@dataclass(frozen=True, slots=True)
class Caller:
    """Who brings events: for which clinic (None: a person on the machine, for all), under which signed webhook id."""

    clinic_id: ClinicId | None = None
    webhook_id: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """`id` is the event's own, `status` is `accepted` or `duplicate`, `row_id` is ours."""

    id: str
    status: str
    row_id: str


class ReplayedWebhook(Conflict):
    """A webhook id came again with other events."""


def accept(ctx: Context, body: Any, *, caller: Caller, backfill: bool = False) -> Recorded:
    """Store one CloudEvent in structured form; raises InvalidInput, Forbidden or Conflict and then stores nothing."""
    event, mark = _read(ctx, body, caller, backfill=backfill)
    with ctx.db.transaction() as conn:
        _first_use(ctx, conn, caller, bodies=[body])
        return _store(ctx, conn, event, mark=mark)


def accept_batch(
    ctx: Context, bodies: Sequence[Any], *, caller: Caller, backfill: bool = False
) -> list[Recorded | FollowupError]:
    """Store the events of a batch in one transaction; a result each, in order, and a refused one stops no other."""
    if len(bodies) > MAX_BATCH:
        raise InvalidInput(f"a batch holds at most {MAX_BATCH} events", (Fault("", f"has {len(bodies)}", "maxItems"),))
    results: list[Recorded | FollowupError | None] = [None] * len(bodies)
    ready: list[tuple[int, ClinicEvent, str]] = []
    for place, body in enumerate(bodies):
        try:
            ready.append((place, *_read(ctx, body, caller, backfill=backfill)))
        except FollowupError as error:
            results[place] = error
    if ready:
        with ctx.db.transaction() as conn:
            _first_use(ctx, conn, caller, bodies=bodies)
            # One order for all callers, so that two batches with the same events never wait for each other in a ring.
            for place, event, mark in sorted(ready, key=lambda r: (r[1].clinic_id, r[1].source, r[1].id)):
                results[place] = _stored_or_refused(ctx, conn, event, mark=mark)
    return [result for result in results if result is not None]


def listing(
    ctx: Context, clinic_id: ClinicId, *, states: Sequence[EventState] = (), limit: int = 100
) -> Sequence[ClinicEvent]:
    """Events of a clinic, newest first; of `states` only, if any are given."""
    with ctx.db.reading() as conn:
        return events.listing(conn, clinic_id, states=states, limit=limit)


def unplanned(ctx: Context, clinic_id: ClinicId, event_id: str | None = None) -> Sequence[ClinicEvent]:
    """Events that wait or are quarantined, in the order of their time: all, or those of this id (ours or the sender's).

    Raises NotFound if there is none of the id.
    """
    found = listing(ctx, clinic_id, states=(EventState.QUARANTINED, EventState.WAITING), limit=_MOST_RETRIED)
    chosen = sorted((e for e in found if event_id in (None, e.id, e.row_id)), key=lambda e: e.order)
    if event_id is not None and not chosen:
        raise NotFound(f"no event {event_id} waits to be planned", cure="see `followup event list`")
    return chosen


def schema_of(ctx: Context, kind: EventType) -> Mapping[str, Any]:
    """The published JSON Schema of an event type."""
    return load_schemas(ctx.settings.config / "schemas").document(kind)


def _read(ctx: Context, body: Any, caller: Caller, *, backfill: bool) -> tuple[ClinicEvent, str]:
    if not isinstance(body, Mapping):
        raise InvalidInput("an event is a JSON object", (Fault("", "must be an object", "type"),))
    kind = next((k for k in CLINIC_TYPES if k == body.get("type")), None)
    data = body.get("data")
    clinic = data.get("clinic") if isinstance(data, Mapping) else None
    unknown = _refuse_strangers(ctx, caller, clinic)
    if body.get("source") == OUR_SOURCE:
        unknown = (*unknown, Fault("/source", "is our own name", "not"))
    faults = unstorable(body) or (*_faults(ctx, kind, body), *unknown)
    if not faults and kind is not None:
        faults = consents_ahead(kind, body["data"], clinic=ctx.clinics.need(str(clinic)), now=ctx.clock.now())
    if faults or kind is None:
        cure = f"see /v1/schemas/{kind}" if kind else "see /v1/schemas/treatment.completed"
        raise InvalidInput("the event does not have the promised shape", faults, cure=cure)
    mark = digest([kind, body["time"], data])
    return _event(ctx, body, kind, clinic_id=ClinicId(str(clinic)), backfill=backfill), mark


def _refuse_strangers(ctx: Context, caller: Caller, clinic: object) -> tuple[Fault, ...]:
    """Raises Forbidden where the event is of a clinic of ours for which the caller may not act."""
    if not isinstance(clinic, str):
        return ()  # the schema says so
    if ctx.clinics.get(ClinicId(clinic)) is None:
        return (Fault("/data/clinic", "is no clinic of ours", "clinic"),)
    if caller.clinic_id not in (None, clinic):
        raise Forbidden("this key is of another clinic", cure="use the key of the clinic that the event names")
    return ()


def _faults(ctx: Context, kind: EventType | None, body: Mapping[str, Any]) -> tuple[Fault, ...]:
    schemas = load_schemas(ctx.settings.config / "schemas")
    if kind is not None:
        return schemas.faults(kind, body)
    detail = f"must be one of {', '.join(CLINIC_TYPES)}" if "type" in body else "is required"
    around = schemas.faults(EventType.PATIENT_UPDATED, body)
    rest = [f for f in around if f.pointer != "/type" and not f.pointer.startswith("/data/")]
    return (*rest, Fault("/type", detail, "enum"))


def accept_within(ctx: Context, conn: Connection, body: Any, *, caller: Caller) -> Recorded:
    """Store one event in the caller's transaction, in effect at once whatever its type: an act of staff.

    Raises InvalidInput, Forbidden or Conflict and then stores nothing.
    """
    event, mark = _read(ctx, body, caller, backfill=False)
    stored = _store(ctx, conn, event, mark=mark)
    if event.type not in STOPPING:
        enroll.take_effect(ctx, conn, event)
    return stored


def _event(
    ctx: Context, body: Mapping[str, Any], kind: EventType, *, clinic_id: ClinicId, backfill: bool
) -> ClinicEvent:
    data = body["data"]
    return ClinicEvent(
        row_id=ctx.ids.new("evt"),
        clinic_id=clinic_id,
        source=body["source"],
        id=body["id"],
        type=kind,
        time=_instant(body["time"]),
        data=data,
        patient_key=_key(data, "patient"),
        treatment_key=_key(data, "treatment"),
        booking_key=_key(data, "booking"),
        backfill=backfill or data.get("backfill", False),
        received_at=ctx.clock.now(),
    )


def _instant(text: str) -> datetime:
    moment = read_moment(text)
    assert moment is not None  # the schema's format has seen it
    return moment.astimezone(UTC)


def _key(data: Mapping[str, Any], name: str) -> str | None:
    part = data.get(name)
    return part["id"] if isinstance(part, Mapping) else None


def _store(ctx: Context, conn: Connection, event: ClinicEvent, *, mark: str) -> Recorded:
    if events.add(conn, event, mark):
        if event.type in STOPPING:
            enroll.take_effect(ctx, conn, event)
        return Recorded(event.id, "accepted", event.row_id)
    found = events.find_key(conn, event.clinic_id, event.source, event.id)
    assert found is not None
    row_id, first_mark = found
    if first_mark != mark:
        raise Conflict("another event came with this source and id", cure="give every event an id of its own")
    return Recorded(event.id, "duplicate", row_id)


def _stored_or_refused(ctx: Context, conn: Connection, event: ClinicEvent, *, mark: str) -> Recorded | FollowupError:
    try:
        with conn.begin_nested():
            return _store(ctx, conn, event, mark=mark)
    except (Conflict, InvalidInput) as error:
        return error


def _first_use(ctx: Context, conn: Connection, caller: Caller, *, bodies: Sequence[Any]) -> None:
    """A sender that repeats a webhook repeats its events; other events under the same id are a replay."""
    if not caller.webhook_id or caller.clinic_id is None:
        return
    mark = digest(list(bodies))
    if webhooks.first_use(conn, caller.clinic_id, caller.webhook_id, digest=mark, now=ctx.ops.now()) != mark:
        raise ReplayedWebhook("this webhook-id came before with other events", cure="sign every message under a new id")
