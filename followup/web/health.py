"""Health: alive at all, and ready to do the main job."""

import socket
from collections.abc import Callable
from datetime import timedelta
from typing import Literal
from urllib.parse import urlsplit

import redis
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from followup.domain.errors import FollowupError, Unavailable
from followup.services import own
from followup.services.context import Context
from followup.services.upkeep.beat import last_seen
from followup.web.door import Ctx

router = APIRouter(tags=["operations"])
#: The scheduler beats every few seconds; a minute without one means that nothing is swept.
SILENCE = timedelta(minutes=1)
_PORTS = {"amqp": 5672, "amqps": 5671, "sentinel": 26379}


class Alive(BaseModel):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Ready(BaseModel):
    """`checks` says `ok` or the cause, by part; `sending` is `ok`, or why this copy of the database is held."""

    status: Literal["ok", "not ready"]
    checks: dict[str, str] = Field(examples=[{"database": "ok", "broker": "ok", "scheduler": "ok"}])
    sending: str = Field(examples=["ok", "held: this is a backup"])
    refused_call_backs: int = Field(description="Forged or misdirected ones, since this process began")


@router.get("/healthz", summary="Alive")
def get_health() -> Alive:
    """Answers as long as the process does."""
    return Alive()


@router.get("/readyz", summary="Ready", response_model=Ready, responses={503: {"model": Ready}})
def get_readiness(request: Request, ctx: Ctx) -> Response:
    """Database, broker, and a scheduler seen within the last minute. A held copy is ready, and says that it is held."""
    broker_url: Callable[[], str] = request.app.state.broker_url
    checks = {
        "database": _cause(lambda: _database(ctx)),
        "broker": _cause(lambda: _broker(broker_url())),
        "scheduler": _cause(lambda: _scheduler(ctx)),
    }
    ready = set(checks.values()) == {"ok"}
    body = Ready(
        status="ok" if ready else "not ready",
        checks=checks,
        sending=_cause(lambda: _sending(ctx)),
        refused_call_backs=request.app.state.refused_hooks,
    )
    return JSONResponse(body.model_dump(), 200 if ready else 503)


def _cause(check: Callable[[], None]) -> str:
    try:
        check()
    except FollowupError as error:
        return str(error)
    return "ok"


def _database(ctx: Context) -> None:
    last_seen(ctx)


def _sending(ctx: Context) -> None:
    ownership = own.state(ctx)
    if not ownership.may_send:
        raise FollowupError(f"held: {ownership.short}", cure="see `followup doctor`")


def _scheduler(ctx: Context) -> None:
    try:
        seen = last_seen(ctx).get("scheduler")
    except Unavailable:
        raise Unavailable("not known without the database") from None
    if seen is None:
        raise Unavailable("never seen", cure="start `followup scheduler`")
    silence = ctx.ops.now() - seen
    if silence > SILENCE:
        raise Unavailable(f"last seen {int(silence.total_seconds())} s ago", cure="start `followup scheduler`")


def _broker(url: str) -> None:
    if not url:
        raise Unavailable("no address", cure="set REDIS_URL or BROKER_URL")
    try:
        _knock(url)
    except (redis.RedisError, OSError, ValueError) as error:
        raise Unavailable(f"does not answer ({type(error).__name__})", cure="see REDIS_URL and BROKER_URL") from None


def _knock(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme in _PORTS:
        address = (parts.hostname or "127.0.0.1", parts.port or _PORTS[parts.scheme])
        socket.create_connection(address, timeout=1).close()
        return
    with redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as client:
        client.ping()
