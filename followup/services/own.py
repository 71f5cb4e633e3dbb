"""Owns the database: one installation sends from it; a copy, a restored backup or a long sleep boots held."""

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path

from sqlalchemy.engine import Connection

from followup.domain.errors import FollowupError
from followup.domain.escalation import EscalationKind
from followup.domain.ids import ClinicId
from followup.domain.lifecycle import Signal
from followup.domain.message import Hold, Reason
from followup.log import get_logger
from followup.services import escalate
from followup.services.context import Context
from followup.storage import audit, holds, messages
from followup.storage.machine import instances
from followup.storage.machine.instances import DATABASE, Instance

_log = get_logger("own")

#: A database that was not looked after for longer than a long weekend has texts that nobody expects any more.
SLEEP = timedelta(days=4)
#: How often a quiet database is noted as looked after.
_SIGN_OF_LIFE = timedelta(seconds=10)
_EVERY, _SCOPE = ClinicId("*"), "instance"
CURE = "followup doctor --take-over --by NAME"


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whether this installation may send; `why` is one line for the engineer, empty if it may."""

    why: str = ""
    key: str = DATABASE  # whom the hold is on: all, or those who reach the database at one place

    @property
    def may_send(self) -> bool:
        """True if nothing stands against it."""
        return not self.why

    @property
    def short(self) -> str:
        """The reason without places and paths, for doors that anybody may ask."""
        return self.why.partition(": ")[0]


def claim(ctx: Context) -> Ownership:
    """Look at the database before the first send of a process: hold everything if it is not, or may not be, ours.

    A database without messages becomes ours without asking. Whoever claims what is theirs counts one epoch further, so
    that a backup from before this start is known for what it is.
    """
    remembered = _remembered(ctx)
    with ctx.db.transaction() as conn:
        instances.lock(conn, shared=True)
        stands = standing(ctx, conn)
        if not stands.may_send:
            return stands
        known = instances.read(conn)
        found = _against(ctx, conn, known, remembered=remembered)
        if not found.may_send:
            _hold(ctx, conn, found)
            return found
        epoch = _take(ctx, conn, known)
    if not _remember(ctx, epoch):
        _log.warning(
            "the data folder takes no notes: a restored backup will be harder to tell", folder=ctx.settings.data
        )
    return found


def keep(ctx: Context) -> None:
    """A tick: note that the database is looked after, and how far it has come, in it and beside it.

    A machine that wakes up in the middle of its work, and a backup put back under it, are held like at a start.
    """
    remembered = _remembered(ctx)
    with ctx.db.reading() as conn:
        instances.lock(conn, shared=True)
        known, progress = instances.read(conn), instances.progress(conn)
        if known is None or instances.standing(conn, place_of(ctx))[0]:
            return
        found = _against(ctx, conn, known, remembered=remembered)
    if not found.may_send:
        with ctx.db.transaction() as conn:
            _hold(ctx, conn, found)
    elif progress > known.mark or ctx.ops.now() - known.seen_at > _SIGN_OF_LIFE:
        with ctx.db.transaction() as conn:
            epoch = instances.advance(conn, ops=ctx.ops.now())
        _remember(ctx, epoch)


def state(ctx: Context) -> Ownership:
    """The hold that stands, in a view of its own."""
    with ctx.db.reading() as conn:
        return standing(ctx, conn)


def examine(ctx: Context) -> Ownership:
    """What `claim` would say now; changes nothing."""
    remembered = _remembered(ctx)
    with ctx.db.reading() as conn:
        instances.lock(conn, shared=True)
        stands = standing(ctx, conn)
        return stands if not stands.may_send else _against(ctx, conn, instances.read(conn), remembered=remembered)


def take_over(ctx: Context, *, by: str, keep_due: bool = False) -> int:
    """A person says that this installation is the one that sends. Returns how many late messages were skipped.

    What was due before now is skipped (reason `late`), since nobody can tell whether another copy sent it;
    `keep_due` lets it go out as far as its own deadline allows. Raises FollowupError if nothing is held.
    """
    remembered = _remembered(ctx)
    with ctx.db.transaction() as conn:
        known = instances.read(conn)
        stands = standing(ctx, conn)
        found = _against(ctx, conn, known, remembered=remembered) if stands.may_send else stands
        if found.may_send:
            raise FollowupError("nothing is held: this installation sends already")
        for key in (DATABASE, place_of(ctx)):
            holds.end(conn, clinic_id=_EVERY, scope=_SCOPE, key=key)
        instances.unmark_backup(conn)
        epoch = _take(ctx, conn, known)
        skipped = 0 if keep_due else _skip_late(ctx, conn)
        messages.release_everywhere(conn, Hold.INSTANCE)
        detail = {"skipped": skipped, "epoch": epoch}
        _note(ctx, conn, found, action="taken_over", by=by, detail=detail)
        for clinic in ctx.clinics.all():
            escalate.settle_about(ctx, conn, clinic_id=clinic.id, kind=EscalationKind.INSTANCE, subjects=[_SCOPE])
    _remember(ctx, epoch)
    return skipped


def place_of(ctx: Context) -> str:
    """How this installation reaches the database: the file's path, or address and name on a server."""
    url = ctx.db.engine.url
    if ctx.db.is_sqlite:
        return str(_file(ctx).resolve())
    return f"{url.host or url.query.get('host') or 'local'}:{url.port or 5432}/{url.database}"


def applies(ctx: Context, hold: Mapping[str, object]) -> bool:
    """False for an instance hold on those who reach the database at another place."""
    return hold["scope"] != _SCOPE or hold["key"] in {DATABASE, place_of(ctx)}


def standing(ctx: Context, conn: Connection) -> Ownership:
    """The hold that stands, if any, without claiming anything; asked by every sweep."""
    why, seen_at = instances.standing(conn, place_of(ctx))
    if why is None and seen_at is not None and ctx.ops.now() - seen_at > SLEEP:
        known = instances.read(conn)
        return Ownership(_slept(known)) if known is not None and instances.is_used(conn) else Ownership()
    return Ownership(why or "")


def _take(ctx: Context, conn: Connection, known: Instance | None) -> int:
    epoch = max(known.epoch if known else 0, _remembered(ctx)) + 1
    places = {*(known.places if known else ()), place_of(ctx)}
    return instances.write(conn, _parts(ctx, conn), epoch=epoch, ops=ctx.ops.now(), places=places)


def _hold(ctx: Context, conn: Connection, found: Ownership) -> None:
    """Put the hold and tell the staff of every clinic once."""
    put = holds.put(
        conn,
        clinic_id=_EVERY,
        scope=_SCOPE,
        key=found.key,
        cause=Hold.INSTANCE.value,
        now=ctx.clock.now(),
        by="system",
        why=found.why,
    )
    if not put:
        return
    _note(ctx, conn, found, action="held", by="system", detail={"key": found.key})
    for clinic in ctx.clinics.all():
        escalate.raise_to_staff(
            ctx,
            conn,
            clinic_id=clinic.id,
            kind=EscalationKind.INSTANCE,
            subject=_SCOPE,
            summary=f"nothing is sent from this database until a person says so ({CURE}): {found.short}",
        )


def _note(
    ctx: Context, conn: Connection, found: Ownership, *, action: str, by: str, detail: Mapping[str, object]
) -> None:
    audit.append(
        conn,
        at=ctx.clock.now(),
        clinic_id=_EVERY,
        actor=by,
        action=f"instance.{action}",
        subject=found.why,
        detail=dict(detail),
    )


def _skip_late(ctx: Context, conn: Connection) -> int:
    now = ctx.clock.now()
    late, detail = instances.past_due(conn, now), {"text": "due before this copy was taken over"}
    return len(messages.apply(conn, late, Signal.REFUSED, now, reason=Reason.LATE.value, detail=detail))


# What speaks against it --------------------------------------------------------------------------------------------
def _against(ctx: Context, conn: Connection, known: Instance | None, *, remembered: int) -> Ownership:
    """`remembered` was read before `known`: what another process counts in between is no restored backup."""
    copied_at = instances.backed_up_at(conn)
    if copied_at is not None:
        return Ownership(f"this is a backup: `followup db backup` made it on {copied_at:%Y-%m-%d %H:%M} UTC")
    if known is None or not instances.is_used(conn):
        return Ownership()
    other = _differing(known, _parts(ctx, conn), behind=not remembered or known.epoch < remembered)
    if other:
        return Ownership(f"this database was made elsewhere: {'; '.join(other)}")
    if known.epoch < remembered:
        return Ownership(f"an older state was restored from a backup: it is at {known.epoch} of {remembered}")
    if known.places and place_of(ctx) not in known.places:
        was = " and ".join(known.places)
        return Ownership(f"this database was made elsewhere: it was at {was}, is at {place_of(ctx)}", place_of(ctx))
    return Ownership(_slept(known) if ctx.ops.now() - known.seen_at > SLEEP else "")


def _differing(known: Instance, parts: Mapping[str, str], *, behind: bool) -> list[str]:
    """The parts that are not as they were; a new timeline alone is a standby that took over and lost nothing."""
    return [
        f"{name} was {known.parts[name]}, is {value}"
        for name, value in parts.items()
        if known.parts.get(name, value) != value and (name != "timeline" or behind)
    ]


def _slept(known: Instance) -> str:
    return f"nobody looked after this database for too long: since {known.seen_at:%Y-%m-%d %H:%M} UTC"


def _parts(ctx: Context, conn: Connection) -> dict[str, str]:
    """The fingerprint: for a file its inode and the machine, for a server what it says of itself."""
    if not ctx.db.is_sqlite:
        return instances.fingerprint(conn)
    found = {}
    if _file(ctx).exists():
        found["file"] = f"number {os.stat(_file(ctx)).st_ino}"
    with suppress(OSError, ValueError):
        found["machine"] = Path("/etc/machine-id").read_text("ascii").strip()
    return {name: value for name, value in found.items() if value}


def _file(ctx: Context) -> Path:
    return Path((ctx.db.engine.url.database or "").removeprefix("file:"))


# What is remembered beside the database ----------------------------------------------------------------------------
def _memory(ctx: Context) -> Path:
    return ctx.settings.data / f"epoch-{blake2b(place_of(ctx).encode(), digest_size=6).hexdigest()}"


def _remembered(ctx: Context) -> int:
    try:
        return int(_memory(ctx).read_text("ascii"))
    except (OSError, ValueError):
        return 0


def _remember(ctx: Context, epoch: int) -> bool:
    """False if it cannot be written: a memory that stays behind only notices less. On disk before it counts."""
    if epoch <= _remembered(ctx):
        return True
    path = _memory(ctx)
    draft = path.with_name(f".{path.name}.{socket.gethostname()}-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("w", encoding="ascii") as file:
            file.write(str(epoch))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        return False
    return True
