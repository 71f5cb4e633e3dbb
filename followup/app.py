"""The only place that picks clock, ids, database and providers."""

import os
import random
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import redis
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from followup.clock import FileClock, SystemClock, SystemIds, write_instant
from followup.content.clinics import load_clinics
from followup.content.protocols import load_protocols
from followup.content.templates import Templates
from followup.crash import CrashPoints, Watched
from followup.domain.errors import SettingError, Unavailable
from followup.domain.message import Channel
from followup.network import LoopThread
from followup.pacing import LocalLimiter, LocalPacer, RedisLimiter, RedisPacer
from followup.ports import Clock, Jobs, Limiter, Pacer, Provider
from followup.providers import echo, imap, outlet, smtp, twilio
from followup.services.context import Context
from followup.services.links import Signer
from followup.services.routing.lineup import everyone, line, sender_at
from followup.settings import Settings
from followup.storage import migrate
from followup.storage.database import open_database

#: What names the sender of an account by default.
_SENDERS = {
    "twilio": ("TWILIO_MESSAGING_SERVICE_SID", "TWILIO_FROM"),
    "twilio2": ("TWILIO2_MESSAGING_SERVICE_SID", "TWILIO2_FROM"),
    "vonage": ("VONAGE_FROM",),
}


class QuietJobs:
    """Rings nothing: the next sweep finds the row. For processes that have no broker."""

    def ring(self, actor: str, ids: Sequence[str]) -> None:
        return None


def build_context(settings: Settings, *, jobs: Jobs | None = None, bell: str = "") -> Context:
    """The context by the settings; raises `SettingError`, `ConfigFault` or `Unavailable`.

    The pace of senders is kept in the Redis at `bell` where no REDIS_URL is set.
    """
    ops = SystemClock()
    protocols = load_protocols(settings.config)
    clinics = load_clinics(settings.config, tuple(protocols.current.values()))
    _confirm_live(settings, known=[clinic.id for clinic in clinics.all()])
    secret = settings.secret_key or keep_secret(_home_of_key(settings))
    texts, idle = _texts(settings, ops)
    rng = random.Random()  # noqa: S311 -- jitter, no secret
    ctx = Context(
        settings=settings,
        db=open_database(settings.database_url),
        clock=_patients_clock(settings.clock_path, ops),
        ops=ops,
        ids=SystemIds(),
        rng=rng,
        clinics=clinics,
        protocols=protocols,
        templates=Templates(settings.templates),
        providers={Channel.SMS: texts[0], Channel.EMAIL: _mail(settings, ops, secret=secret)},
        further={Channel.SMS: texts[1:]},
        retired=idle,
        jobs=jobs or QuietJobs(),
        network=LoopThread(),
        signer=Signer(secret),
        pacer=_pacer(settings.redis_url or bell, ops),
        limiter=_limiter(settings.redis_url or bell, ops),
        mailbox=imap.build(settings) if settings.imap_url else None,
        outlet=outlet.build(settings),
    )
    _senders_are_there(ctx)
    return with_crash_points(ctx, CrashPoints(settings.crash_at, rng=rng)) if settings.crash_at else ctx


def _senders_are_there(ctx: Context) -> None:
    """An account from which no clinic can send is half an account; raises `SettingError`."""
    for provider in line(ctx, Channel.SMS):
        names = _SENDERS.get(provider.name)
        lacking = [clinic.id for clinic in ctx.clinics.all() if names and not sender_at(ctx, clinic, provider)]
        if names and lacking:
            raise SettingError(
                names[0],
                f"is missing, and {', '.join(lacking)} would have no sender at {provider.name}",
                cure=f"set {' or '.join(names)}, or the clinic's own `sender` in its file",
            )


def imagined_context(settings: Settings, parts: Mapping[str, Any]) -> Context:
    """A context in a world that does not exist: `parts` are its clock, ids, providers and so on.

    The schema is brought up to date, and nothing waits for the disk: what dies here is a process, never the machine.
    """
    db = open_database(settings.database_url)
    if db.is_sqlite:
        event.listen(db.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    migrate.upgrade(db)
    protocols = load_protocols(settings.config)
    return Context(
        settings=settings,
        db=db,
        clinics=load_clinics(settings.config, tuple(protocols.current.values())),
        protocols=protocols,
        templates=Templates(settings.templates),
        signer=Signer(settings.secret_key),
        **parts,
    )


def with_crash_points(ctx: Context, points: CrashPoints) -> Context:
    """The same context, but commits and calls to providers pass `points`."""
    ctx.db.reach = points.reach
    watched: dict[Channel, Provider] = {c: Watched(p, points.reach) for c, p in ctx.providers.items()}
    further = {c: tuple(Watched(p, points.reach) for p in some) for c, some in ctx.further.items()}
    return replace(ctx, providers=watched, further=further)


def close(ctx: Context) -> None:
    """Give back connections and end the network loop."""
    if isinstance(ctx.network, LoopThread):
        with suppress(TimeoutError):
            for provider in everyone(ctx):
                ctx.network.submit(provider.close()).result(timeout=5)
            if ctx.outlet is not None:
                ctx.network.submit(ctx.outlet.close()).result(timeout=5)
        ctx.network.close()
    ctx.db.close()


def _home_of_key(settings: Settings) -> Path:
    """The data folder, unless a key lies beside the SQLite file: then a command that was not told of the folder of
    `followup up` must not make a second one, by which no seal and no kept mark of an address would be known again.
    """
    try:
        url = make_url(settings.database_url)
        file = Path(url.database or "") if url.get_backend_name() == "sqlite" else Path()
    except SQLAlchemyError:
        return settings.data  # opening it says what is wrong
    return file.parent if file.name and (file.parent / "secret.key").is_file() else settings.data


def keep_secret(data: Path) -> str:
    """The installation's own secret, made on first start and kept in the data folder for its owner alone."""
    path = data / "secret.key"
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(32))
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise Unavailable(
            f"{path} cannot be used: {error.strerror}", cure="make the data folder writable or set FOLLOWUP_SECRET_KEY"
        ) from None


def _write_once(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
    with suppress(FileExistsError):  # another process was first, and all must share one secret
        os.link(draft, path)
    draft.unlink()


def _patients_clock(path: Path | None, ops: Clock) -> Clock:
    if path is None:
        return ops
    if not path.exists():
        write_instant(path, ops.now())
    clock = FileClock(path)
    clock.now()
    return clock


def _confirm_live(settings: Settings, *, known: Sequence[str]) -> None:
    if settings.mode == "live" and settings.live_confirm not in known:
        raise SettingError("FOLLOWUP_LIVE_CONFIRM", "names no clinic", cure=f"write one of: {', '.join(known)}")


def _pacer(url: str, ops: Clock) -> Pacer:
    client = _redis(url)
    return RedisPacer(client, ops) if client is not None else LocalPacer(ops)


def _limiter(url: str, ops: Clock) -> Limiter:
    client = _redis(url)
    return RedisLimiter(client, ops) if client is not None else LocalLimiter(ops)


def _redis(url: str) -> redis.Redis | None:
    if not url.startswith(("redis://", "rediss://", "unix://")):
        return None
    return redis.Redis.from_url(url, socket_timeout=2, socket_connect_timeout=2)


def _texts(settings: Settings, ops: Clock) -> tuple[tuple[Provider, ...], tuple[Provider, ...]]:
    """Those that take new texts, in order, and those that only still hear of what they took."""
    line = tuple(_text_provider(name, settings, ops) for name in settings.sms_line)
    if settings.mode == "live" and not settings.smtp_url and all(one.name == "echo" for one in line):
        raise SettingError("TWILIO_ACCOUNT_SID", "is missing, and so is SMTP_URL", cure="live mode needs one of them")
    idle = [name for name in settings.sms_accounts if name not in settings.sms_line]
    return line, tuple(_text_provider(name, settings, ops) for name in idle)


def _text_provider(name: str, settings: Settings, ops: Clock) -> Provider:
    if name == "vonage":
        from followup.providers import vonage  # its library takes long to load, and few have an account

        return vonage.build(settings, ops=ops)
    return echo.build(settings, ops=ops) if name == "echo" else twilio.build(settings, ops=ops, name=name)


def _mail(settings: Settings, ops: Clock, *, secret: str) -> Provider:
    if not settings.smtp_url:
        return echo.build(settings, ops=ops, channel=Channel.EMAIL)
    return smtp.build(settings.model_copy(update={"secret_key": secret}), ops=ops)
