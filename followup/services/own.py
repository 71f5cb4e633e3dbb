"""Owns the database: one installation sends from it; a copy, a restored backup or a long sleep boots held."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import Connection

from followup.domain.errors import FollowupError
from followup.domain.ids import ClinicId
from followup.domain.lifecycle import Signal
from followup.domain.message import Hold, Reason
from followup.services.context import Context
from followup.storage import audit, holds, instances, messages
from followup.storage.instances import Instance

#: A database that was not looked after for longer than this has texts that nobody expects any more.
SLEEP = timedelta(days=2)
_FILE = "epoch"
_EVERY = "*"


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whether this installation may send; `why` is one line for the engineer, empty if it may."""

    why: str

    @property
    def may_send(self) -> bool:
        """True if nothing stands against it."""
        return not self.why


def claim(ctx: Context) -> Ownership:
    """Look at the database before the first send of a process: hold everything if it is not, or may not be, ours.

    A database from which nothing was ever sent becomes ours without asking.
    """
    with ctx.db.transaction() as conn:
        held = [h for h in holds.standing(conn) if h["scope"] == "instance"]
        known, parts = instances.read(conn), _parts(ctx, conn)
        if known is None or not instances.is_used(conn):
            instances.write(conn, parts, epoch=max(known.epoch if known else 0, _remembered(ctx)), ops=ctx.ops.now())
            return Ownership("")
        why = held[0]["key"] if held else _against(ctx, known, parts)
        if why and not held:
            holds.put(
                conn,
                clinic_id=ClinicId(_EVERY),
                scope="instance",
                key=why,
                cause=Hold.INSTANCE.value,
                now=ctx.clock.now(),
                by="system",
            )
            audit.append(
                conn, at=ctx.clock.now(), clinic_id=_EVERY, actor="system", action="instance.held", subject=why
            )
        return Ownership(why)


def keep(ctx: Context) -> None:
    """A tick: note that the database is looked after, and how far it has come, in it and beside it."""
    with ctx.db.transaction() as conn:
        if any(h["scope"] == "instance" for h in holds.standing(conn)):
            return
        epoch = instances.advance(conn, ops=ctx.ops.now())
    if epoch > _remembered(ctx):
        _remember(ctx, epoch)


def state(ctx: Context) -> Ownership:
    """The hold that stands, if any, without claiming anything."""
    with ctx.db.reading() as conn:
        return Ownership(next((h["key"] for h in holds.standing(conn) if h["scope"] == "instance"), ""))


def take_over(ctx: Context, *, by: str, keep_due: bool = False) -> int:
    """A person says that this installation is the one that sends. Returns how many late messages were skipped.

    What was due before now is skipped (reason `late`), since nobody can tell whether another copy sent it;
    `keep_due` lets it go out as far as its own deadline allows. Raises FollowupError if nothing is held.
    """
    with ctx.db.transaction() as conn:
        held = [h for h in holds.standing(conn) if h["scope"] == "instance"]
        if not held:
            raise FollowupError("nothing is held: this installation sends already")
        for hold in held:
            holds.end(conn, clinic_id=hold["clinic_id"], scope="instance", key=hold["key"])
        known = instances.read(conn)
        epoch = max(known.epoch if known else 0, _remembered(ctx)) + 1
        instances.write(conn, _parts(ctx, conn), epoch=epoch, ops=ctx.ops.now())
        skipped = 0 if keep_due else _skip_late(ctx, conn)
        messages.release_everywhere(conn, Hold.INSTANCE)
        audit.append(
            conn,
            at=ctx.clock.now(),
            clinic_id=_EVERY,
            actor=by,
            action="instance.taken_over",
            subject=held[0]["key"],
            detail={"skipped": skipped, "epoch": epoch},
        )
    _remember(ctx, epoch)
    return skipped


def _skip_late(ctx: Context, conn: Connection) -> int:
    late = instances.past_due(conn, ctx.clock.now())
    return len(
        messages.apply(
            conn,
            late,
            Signal.REFUSED,
            ctx.clock.now(),
            reason=Reason.LATE.value,
            detail={"text": "due before this copy was taken over"},
        )
    )


def _against(ctx: Context, known: Instance, parts: Mapping[str, str]) -> str:
    other = [
        f"{name} was {known.parts.get(name, 'unknown')}, is {value}"
        for name, value in parts.items()
        if known.parts.get(name) != value
    ]
    if other:
        return f"this database was made elsewhere: {'; '.join(other)}"
    if known.epoch < _remembered(ctx):
        return "this database is older than what was sent from here: a backup was restored"
    if ctx.ops.now() - known.seen_at > SLEEP:
        return f"nobody looked after this database since {known.seen_at:%Y-%m-%d %H:%M} UTC"
    return ""


def _parts(ctx: Context, conn: Connection) -> dict[str, str]:
    """The fingerprint: for a file its place and inode, for a server its own identity and its address."""
    url = ctx.db.engine.url
    if ctx.db.is_sqlite:
        path = Path(url.database or "").resolve()
        told = os.stat(path)
        return {"file": f"{path} ({told.st_dev}:{told.st_ino})"}
    return {"address": f"{url.host or 'local'}:{url.port or 5432}", **instances.fingerprint(conn)}


def _remembered(ctx: Context) -> int:
    try:
        return int((ctx.settings.data / _FILE).read_text("ascii"))
    except (OSError, ValueError):
        return 0


def _remember(ctx: Context, epoch: int) -> None:
    ctx.settings.data.mkdir(parents=True, exist_ok=True)
    fresh = ctx.settings.data / f"{_FILE}.new"
    fresh.write_text(str(epoch), "ascii")
    fresh.replace(ctx.settings.data / _FILE)
