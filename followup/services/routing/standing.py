"""What stands in the way of sending now, for people: halts by a provider's code, and circuits that are not closed."""

from dataclasses import dataclass
from datetime import datetime

from followup.domain.breaker import Cause, CircuitState
from followup.domain.halt import HaltScope
from followup.services.context import Context
from followup.storage.routing import circuits, halts


@dataclass(frozen=True, slots=True)
class StandingHalt:
    """What is kept, why, and since when; it ends by itself at `until`, else when it is mended or a person says go."""

    clinic: str
    scope: HaltScope
    what: str
    release: str  # the name that a person gives to release it
    code: str
    why: str
    since: datetime
    until: datetime | None
    next_try: datetime | None


@dataclass(frozen=True, slots=True)
class StandingCircuit:
    """A provider at which new messages do not start, and when one of them will try it."""

    provider: str
    state: CircuitState
    cause: Cause
    since: datetime
    until: datetime | None


def standing_halts(ctx: Context) -> list[StandingHalt]:
    """Every halt that keeps messages now."""
    with ctx.db.reading() as conn:
        found = halts.standing(conn)
    return [
        StandingHalt(
            clinic=one.clinic_id,
            scope=one.scope,
            what=one.key,
            release=one.key.partition("@" if one.scope is HaltScope.TEMPLATE else " ")[0],
            code=one.code,
            why=one.why,
            since=one.since,
            until=one.until,
            next_try=one.next_try,
        )
        for one in found
        if one.until is None or one.until > ctx.clock.now()
    ]


def standing_circuits(ctx: Context) -> list[StandingCircuit]:
    """Every circuit that is open or being tried."""
    with ctx.db.reading() as conn:
        found = circuits.standing(conn)
    return [
        StandingCircuit(provider, one.state, one.cause, one.since, one.until)
        for (provider, _), one in sorted(found.items())
        if one.state is not CircuitState.CLOSED
    ]
