"""`followup doctor`: one line for each part, whether it is sound, and the cure where it is not."""

import difflib
import os
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import typer

from followup.cli import live
from followup.cli.common import (
    WRONG,
    ClinicFlag,
    DataFlag,
    JsonFlag,
    at_end,
    emit,
    guard,
    open_context,
    settings_beside,
)
from followup.domain.errors import ConfigFault, Fault, FollowupError

if TYPE_CHECKING:
    from followup.ports import Provider
    from followup.services.context import Context
    from followup.settings import Settings

app = typer.Typer(add_completion=False)

_LOOPBACK = ("127.0.0.1", "localhost", "::1", "0.0.0.0")


class Level(StrEnum):
    """How bad it is; an error makes the exit status 1."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Line:
    """What was found about one part; `cure` is empty where nothing is to be done."""

    part: str
    level: Level
    text: str
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.level:8} {self.part:11} {self.text}" + (f" ({self.cure})" if self.cure else "")


Checks = Iterator[Line]


@app.command()
@guard
def doctor(
    take_over: Annotated[bool, typer.Option("--take-over", help="Let this held copy of the database send.")] = False,
    release: Annotated[
        str, typer.Option("--release", metavar="PROVIDER", help="Let a halted provider, or a paused text, send again.")
    ] = "",
    to_live: Annotated[bool, typer.Option("--go-live", help="Leave trial mode, in two steps.")] = False,
    phrase: Annotated[str, typer.Option("--confirm", metavar="PHRASE", help="What --go-live printed.")] = "",
    to_trial: Annotated[bool, typer.Option("--back-to-trial", help="Hold everything for real patients again.")] = False,
    clinic: ClinicFlag = "",
    by: Annotated[str, typer.Option("--by", help="Your name, for the audit.")] = "",
    keep_due: Annotated[bool, typer.Option("--keep-due", help="Send also what fell due before.")] = False,
    data: DataFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Check database, broker, providers, protocols, templates and clock; exit 1 if anything is in error."""
    if take_over:
        _take_over(data, by=by, keep_due=keep_due, as_json=as_json)
        return
    if to_live:
        live.go_live(data, clinic=clinic, phrase=phrase, by=by, as_json=as_json)
        return
    if to_trial:
        live.go_back(data, clinic=clinic, by=by, as_json=as_json)
        return
    if keep_due or (by and not release):
        raise typer.BadParameter("only together with --take-over", param_hint="--by" if by else "--keep-due")
    if release:
        _release(data, release, by=by, as_json=as_json)
        return
    lines = list(examine(settings_beside(data=data)))
    emit([asdict(line) for line in lines], as_json, text="\n".join(map(str, lines)))
    if any(line.level is Level.ERROR for line in lines):
        raise typer.Exit(WRONG)


def _take_over(data: Path | None, *, by: str, keep_due: bool, as_json: bool) -> None:
    """A person says that this installation is the one that sends."""
    from followup.cli.db import check_database
    from followup.services import own

    if not by.strip():
        raise typer.BadParameter("say who decides this", param_hint="--by")
    ctx = open_context(data=data)
    check_database(ctx.db)
    skipped = own.take_over(ctx, by=by.strip(), keep_due=keep_due)
    what = (
        "messages that fell due before go out as far as they are of use"
        if keep_due
        else f"{skipped} late messages skipped"
    )
    emit({"taken_over": True, "by": by.strip(), "skipped": skipped}, as_json, text=f"taken over: {what}")


def _release(data: Path | None, name: str, *, by: str, as_json: bool) -> None:
    """A person says that the fault is gone."""
    from followup.cli.db import check_database
    from followup.services.routing import halting

    if not by.strip():
        raise typer.BadParameter("say who decides this", param_hint="--by")
    ctx = open_context(data=data)
    check_database(ctx.db)
    freed = halting.release(ctx, name, by=by.strip())
    emit({"released": name, "by": by.strip(), "messages": freed}, as_json, text=f"released: {freed} messages go on")


def examine(settings: "Settings") -> Checks:
    """Every check in the order in which one would cure them."""
    yield from _variables()
    ctx, read = _open(settings)
    yield from read
    yield from _database(settings)
    yield from _broker(settings)
    if ctx is not None:
        yield from _sending(ctx)
        yield from _roles(ctx)
        yield from _providers(ctx)
        yield from _routing(ctx)
        yield from _bounces(ctx)
        yield from _staff(ctx)
    writes = live.is_anybody_live(ctx) if ctx is not None else settings.mode == "live"
    yield from _public_url(settings, live=writes)
    yield from _mode(settings, ctx)
    yield from _clock(settings)
    yield from _zones()


def _attempt(part: str, check: Callable[[], str]) -> Line:
    try:
        return Line(part, Level.OK, check())
    except FollowupError as error:
        return Line(part, Level.ERROR, error.message, error.cure)


def _variables() -> Checks:
    from followup.settings import Settings, variable

    known = [variable(name) for name in Settings.model_fields]
    for name in sorted(n for n in os.environ if n.startswith("FOLLOWUP_") and n not in known):
        meant = difflib.get_close_matches(name, known, n=1)
        yield Line(
            "settings", Level.WARNING, f"{name} is no setting", f"did you mean {meant[0]}?" if meant else "unset it"
        )


def _open(settings: "Settings") -> tuple["Context | None", list[Line]]:
    """Protocols, clinics and templates, read as the roles read them when they start."""
    from followup.app import build_context, close

    try:
        ctx = build_context(settings)
    except ConfigFault as error:
        return None, [_of_fault(fault) for fault in error.faults]
    except FollowupError as error:
        return None, [Line("settings", Level.ERROR, error.message, error.cure)]
    at_end.callback(close, ctx)
    return ctx, [
        Line("protocols", Level.OK, ", ".join(sorted(ctx.protocols.current)) or "none"),
        Line("templates", Level.OK, f"{len(ctx.templates.refs)} in {settings.templates}"),
        Line("clinics", Level.OK, ", ".join(clinic.id for clinic in ctx.clinics.all()) or "none"),
    ]


def _of_fault(fault: Fault) -> Line:
    part = next((p for p in ("clinics", "templates") if f"{p}/" in fault.pointer), "protocols")
    return Line(part, Level.ERROR, f"{fault.pointer}: {fault.detail}", "see `followup protocol check`")


def _database(settings: "Settings") -> Checks:
    from followup.cli.db import check_database, durability, open_only, revision, write_mark

    try:
        db = open_only(settings)
        kind, at = ("SQLite" if db.is_sqlite else "PostgreSQL"), revision(db)
    except FollowupError as error:
        cure = "start it, make room on its disk, or correct DATABASE_URL"
        yield Line("database", Level.ERROR, error.message.removeprefix("database: "), cure)
        return
    yield Line("database", Level.OK, f"{kind} answers")

    def schema() -> str:
        check_database(db)
        return f"revision {at}, takes writes at {write_mark(db):%H:%M:%S}"

    yield _attempt("schema", schema)
    with suppress(FollowupError):
        yield from _durability(durability(db))


def _durability(found: Iterable[tuple[str, str, bool]]) -> Checks:
    """What a power loss may take."""
    for name, value, is_safe in found:
        cure = "" if is_safe else "switch it on: a power loss may take what was committed (docs/durability.md)"
        yield Line("durability", Level.OK if is_safe else Level.ERROR, f"{name} is {value}", cure)


def _broker(settings: "Settings") -> Checks:
    from followup.actors.broker import check_broker, close_broker, make_broker
    from followup.cli.valkey import find, plan

    url = settings.broker_url or find(settings.data)

    def ping() -> str:
        broker = make_broker(url or "")
        at_end.callback(close_broker, broker)
        check_broker(broker)
        return f"answers ({(url or '').split(':')[0]})"

    if url:
        yield _attempt("broker", ping)
        return
    line = _attempt("broker", lambda: Path(plan(settings.data).argv[0]).name)
    stopped = Line("broker", Level.WARNING, f"the embedded {line.text} does not run now", "`followup up` starts it")
    yield stopped if line.level is Level.OK else line


def _sending(ctx: "Context") -> Checks:
    """Whether this is the copy of the database that sends."""
    from followup.services import own

    with suppress(FollowupError):
        found = own.examine(ctx)
        if found.may_send:
            yield Line("sending", Level.OK, "this installation sends from the database")
        else:
            yield Line("sending", Level.ERROR, f"held: {found.why}", f"once you are sure: {own.CURE}")


def _roles(ctx: "Context") -> Checks:
    from followup.services.upkeep.beat import last_seen

    with suppress(FollowupError):
        seen = last_seen(ctx).get("scheduler")
        fresh = seen is not None and ctx.ops.now() - seen < timedelta(minutes=1)
        text = "never seen" if seen is None else f"last seen {seen.isoformat(timespec='seconds')}"
        yield Line(
            "scheduler", Level.OK if fresh else Level.WARNING, text, "" if fresh else "start it, or `followup up`"
        )


def _providers(ctx: "Context") -> Checks:
    from followup.domain.message import Channel
    from followup.services.routing.lineup import line

    variables = {"sms": "set TWILIO_ACCOUNT_SID and its token", "email": "set SMTP_URL and EMAIL_FROM"}
    unfit = Level.ERROR if live.is_anybody_live(ctx) else Level.WARNING
    for channel in ctx.providers:
        for place, provider in enumerate(line(ctx, channel)):
            if provider.name == "echo":
                yield Line(channel, unfit, "messages are printed, not sent", variables[channel])
                continue
            fault = _fault_of(ctx, provider)
            rank = f"{provider.name} takes the log-in" + ("" if place == 0 else ", and takes over when others fail")
            yield Line(channel, Level.ERROR, fault) if fault else Line(channel, Level.OK, rank)
    if len(ctx.retired):
        idle = ", ".join(one.name for one in ctx.retired)
        yield Line(Channel.SMS, Level.OK, f"{idle}: takes nothing new, still hears of what it took")


def _fault_of(ctx: "Context", provider: "Provider") -> str:
    try:
        return ctx.network.submit(provider.check()).result(timeout=ctx.settings.provider_timeout.total_seconds() + 5)
    except TimeoutError:
        return f"{provider.name} does not answer in time"


def _routing(ctx: "Context") -> Checks:
    """What a provider's code keeps, and where new messages do not start."""
    from followup.services.routing.standing import standing_circuits, standing_halts

    with suppress(FollowupError):
        for halt in standing_halts(ctx):
            text = f"{halt.clinic}: {halt.scope} {halt.what} is halted since {_when(halt.since)}: {halt.why}"
            if halt.until is not None:
                yield Line("halt", Level.WARNING, text, f"it ends by itself at {_when(halt.until)}")
            else:
                go = f"followup doctor --release {halt.release} --by NAME"
                yield Line("halt", Level.ERROR, text, f"mend it and it is tried again by itself, or say go: {go}")
        for circuit in standing_circuits(ctx):
            state = circuit.state.replace("_", " ")
            text = f"{circuit.provider} is {state} since {_when(circuit.since)}, because of {circuit.cause}"
            tried = f"one message tries it from {_when(circuit.until)}" if circuit.until else ""
            yield Line("circuit", Level.WARNING, text, tried)


def _when(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _bounces(ctx: "Context") -> Checks:
    """Whether mail that comes back is heard of: by the mailbox, or by the door."""
    settings = ctx.settings
    if ctx.mailbox is not None:
        fault = ctx.mailbox.check()
        yield Line("mailbox", Level.ERROR, fault) if fault else Line("mailbox", Level.OK, "takes the log-in")
    elif settings.smtp_url and not settings.bounce_secret:
        cure = "set IMAP_URL, or FOLLOWUP_BOUNCE_SECRET and let mail be posted to /hooks/email/bounce"
        yield Line("mailbox", Level.WARNING, "nobody hears of mail that comes back", cure)
    if settings.smtp_url and not settings.email_bounce_domain:
        cure = "set EMAIL_BOUNCE_DOMAIN to a domain whose mail comes to the mailbox or the door"
        yield Line("mailbox", Level.WARNING, "bounces do not name their message", cure)


def _staff(ctx: "Context") -> Checks:
    for clinic in ctx.clinics.all():
        if not clinic.alerts_to:
            yield Line("clinics", Level.WARNING, f"{clinic.id}: nobody is told of escalations", "fill in alerts_to")
        for hook in clinic.webhooks:
            if not ctx.settings.hook_secrets.get(hook["secret_env"]):
                cure = f"set {hook['secret_env']} to its whsec_ secret"
                yield Line("webhooks", Level.ERROR, f"{clinic.id}: no secret for {hook['url']}", cure)


def _public_url(settings: "Settings", *, live: bool) -> Checks:
    parts = urlsplit(settings.public_url)
    real = settings.has_twilio and urlsplit(settings.twilio_api_url).hostname not in _LOOPBACK
    if parts.hostname in _LOOPBACK and (real or live):
        level = Level.ERROR if live else Level.WARNING
        yield Line("public URL", level, f"{settings.public_url} is this machine alone", "set FOLLOWUP_PUBLIC_URL")
    elif parts.scheme != "https" and live:
        yield Line("public URL", Level.ERROR, f"{settings.public_url} is not encrypted", "put it behind https")
    else:
        yield _answers(settings.public_url)


def _answers(url: str) -> Line:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=3):  # noqa: S310 -- http or https by the settings' rule
            return Line("public URL", Level.OK, f"{url} answers")
    except (OSError, ValueError):
        return Line("public URL", Level.WARNING, f"{url} does not answer", "start web, or correct FOLLOWUP_PUBLIC_URL")


def _mode(settings: "Settings", ctx: "Context | None") -> Checks:
    told = list(live.standings(ctx)) if ctx is not None else []
    for one in told:
        if one.live or settings.trial_allow:
            yield Line(
                "mode", Level.OK, f"{one.clinic_id}: {one}", "" if one.live else "see `message list --state held`"
            )
        else:
            cure = "set FOLLOWUP_TRIAL_ALLOW, or `followup doctor --go-live`"
            yield Line("mode", Level.WARNING, f"{one.clinic_id}: {one}; the list is empty", cure)
    if not told:
        yield Line("mode", Level.OK, f"{settings.mode}, as far as the settings tell")


def _clock(settings: "Settings") -> Checks:
    from followup.clock import FileClock

    path: Path | None = settings.clock_path
    if path is None:
        yield Line("clock", Level.OK, "the system's")
        return
    line = _attempt("clock", lambda: f"{path} stands at {FileClock(path).now().isoformat()}")
    yield (
        Line("clock", Level.WARNING, line.text, "a test clock: unset FOLLOWUP_CLOCK to run")
        if line.level is Level.OK
        else line
    )


def _zones() -> Checks:
    from importlib.metadata import version

    installed = version("tzdata")
    winter = datetime(2026, 12, 1, tzinfo=UTC).astimezone(ZoneInfo("America/Vancouver"))
    if winter.utcoffset() == timedelta(hours=-7):
        yield Line("tzdata", Level.OK, installed)
    else:
        yield Line("tzdata", Level.ERROR, f"{installed} misses British Columbia's change of 2026", "update tzdata")
