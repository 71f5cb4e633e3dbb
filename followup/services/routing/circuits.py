"""Circuits: the record of calls and receipts opens them, a probe closes them, and staff hear of both."""

from collections.abc import Mapping

from sqlalchemy.engine import Connection

from followup.domain import breaker
from followup.domain.breaker import Cause, Circuit, CircuitState, Evidence, Mark, judge, mark_of
from followup.domain.escalation import EscalationKind
from followup.domain.message import Channel
from followup.log import get_logger
from followup.services.context import Context
from followup.services.escalate import raise_to_staff, settle_about
from followup.services.routing import lineup
from followup.storage import audit
from followup.storage.routing import circuits, records
from followup.storage.routing.circuits import Key

_log = get_logger("circuits")
_WHY = {
    Cause.ERRORS: "calls fail or find nobody there",
    Cause.RECEIPTS: "receipts stay away",
}


def of(standing: Mapping[Key, Circuit], key: Key, ctx: Context) -> Circuit:
    """The circuit of a provider and sender; one without a row is closed."""
    return standing.get(key) or Circuit(CircuitState.CLOSED, ctx.ops.now() - breaker.WINDOW)


def note(ctx: Context, conn: Connection, key: Key, *, attempt: str, mark: Mark, probe: bool) -> None:
    """Look at a circuit after an attempt that failed, or that tried it."""
    before = circuits.get(conn, key, born=ctx.ops.now() - breaker.WINDOW)
    if probe:
        after = breaker.concluded(before, attempt, mark, now=ctx.ops.now())
    else:
        after = judge(before, Evidence(_calls(ctx, conn, key, before)), ctx.ops.now())
    _change(ctx, conn, key, before=before, after=after)


def watch(ctx: Context) -> int:
    """A tick: open the circuits of providers whose receipts stay away; returns how many opened.

    A provider that never brought a receipt says nothing by bringing none: then it is our own address that is at fault.
    """
    opened, now = 0, ctx.ops.now()
    for provider in lineup.line(ctx, Channel.SMS):
        with ctx.db.reading() as conn:
            late = records.awaited(conn, provider.name, since=now - 2 * breaker.PATIENCE, until=now - breaker.PATIENCE)
            looked_at = {sender: found for sender, found in late.items() if found[1]}
            if not looked_at or not records.reports(conn, provider.name):
                continue
        with ctx.db.transaction() as conn:
            for sender, (awaited, missing) in looked_at.items():
                key = (provider.name, sender)
                before = circuits.get(conn, key, born=now - 2 * breaker.PATIENCE)
                if before.since <= now - 2 * breaker.PATIENCE:  # what it sent since it closed must be old enough
                    after = judge(before, Evidence(awaited=awaited, missing=missing), now)
                    opened += _change(ctx, conn, key, before=before, after=after)
    return opened


def close_all(ctx: Context, conn: Connection, provider: str, *, by: str) -> None:
    """A person says that a provider works again."""
    for key, before in circuits.standing(conn).items():
        if key[0] == provider and before.state is not CircuitState.CLOSED:
            audit.append(conn, at=ctx.clock.now(), clinic_id="*", actor=by, action="circuit.closed", subject=provider)
            _change(ctx, conn, key, before=before, after=Circuit(CircuitState.CLOSED, ctx.ops.now()))


def take(ctx: Context, conn: Connection, key: Key, *, before: Circuit, attempt: str) -> bool:
    """Let this attempt try a circuit; False if another one was first."""
    after = breaker.probing(before, attempt, now=ctx.ops.now(), lease=ctx.settings.lease)
    return circuits.change(conn, key, before=before, after=after)


def _calls(ctx: Context, conn: Connection, key: Key, circuit: Circuit) -> list[Mark]:
    since = max(circuit.since, ctx.ops.now() - breaker.WINDOW)
    return [mark_of(*one) for one in records.calls(conn, *key, since=since, limit=breaker.NEWEST)]


def _change(ctx: Context, conn: Connection, key: Key, *, before: Circuit, after: Circuit) -> bool:
    if after == before or not circuits.change(conn, key, before=before, after=after):
        return False
    _log.warning("circuit", provider=key[0], state=after.state.value, cause=after.cause.value)
    if after.state is CircuitState.CLOSED:
        for clinic in ctx.clinics.all():
            settle_about(ctx, conn, clinic_id=clinic.id, kind=EscalationKind.PROVIDER, subjects={_subject(key)})
    elif before.state is CircuitState.CLOSED:
        _tell(ctx, conn, key, after)
    return True


def _tell(ctx: Context, conn: Connection, key: Key, circuit: Circuit) -> None:
    texters = {one.name for one in lineup.line(ctx, Channel.SMS)}
    course = "there is no other provider, so messages still start there"
    if key[0] in texters and len(texters) > 1:
        course = "new texts start at another provider, if one is free,"
    for clinic in records.clinics_of(conn, key[0], since=ctx.ops.now() - 2 * breaker.PATIENCE):
        raise_to_staff(
            ctx,
            conn,
            clinic_id=clinic,
            kind=EscalationKind.PROVIDER,
            subject=_subject(key),
            summary=f"{key[0]} does not work well ({_WHY[circuit.cause]}): {course} until a trial goes well",
        )


def _subject(key: Key) -> str:
    return f"{key[0]} circuit"
