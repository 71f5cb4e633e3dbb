"""What all commands share: opening the context, choosing the clinic, printing, and one line for every failure."""

import functools
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, ParamSpec, TypeVar

import typer

from followup.domain.errors import BadOption, FollowupError, SettingError, Unavailable

if TYPE_CHECKING:
    from followup.domain.clinic import Clinic
    from followup.ports import Jobs
    from followup.services.context import Context
    from followup.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")

WRONG, MISUSED, MISSING, BUG = 1, 2, 3, 70

#: What a command opened; `guard` and `run()` close it at the end.
at_end = ExitStack()

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
ClinicFlag = Annotated[str, typer.Option("--clinic", metavar="KEY", help="Which clinic, where there are several.")]
DataFlag = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="The data folder (default: var).")]


def read_settings(*, data: Path | None = None) -> "Settings":
    """The settings of the environment and of `.env` in the present folder."""
    from followup.settings import load_settings

    return load_settings(dotenv=Path(".env"), data=data)


def settings_beside(*, data: Path | None = None) -> "Settings":
    """The settings as a command beside `followup up` sees them: links lead to the port on which that answers.

    What was set stays as it is; a data folder that was not is that of the SQLite file, if an `up` works there.
    """
    from followup.cli.folder import address_in, home_of

    settings = read_settings(data=data)
    beside = home_of(settings.database_url)
    if beside is not None and "data" not in settings.model_fields_set and address_in(settings.data) is None:
        settings = settings.model_copy(update={"data": beside})
    found = None if "public_url" in settings.model_fields_set else address_in(settings.data)
    return settings.model_copy(update={"public_url": found}) if found else settings


def open_context(
    *, settings: "Settings | None" = None, jobs: "Jobs | None" = None, data: Path | None = None
) -> "Context":
    """The context by the settings, closed when the command ends."""
    from followup import log
    from followup.app import build_context, close

    settings = settings or settings_beside(data=data)
    log.configure(as_json=settings.log == "json")
    ctx = build_context(settings, jobs=jobs)
    at_end.callback(close, ctx)
    return ctx


def pick_clinic(ctx: "Context", key: str = "") -> "Clinic":
    """The clinic called `key`, or the only one; a wrong or missing key is a wrong call (exit 2)."""
    names = ", ".join(clinic.id for clinic in ctx.clinics.all()) or "none"
    clinic = next((c for c in ctx.clinics.all() if c.id == key), None) if key else ctx.clinics.only()
    if clinic is None:
        wrong = f"there is no clinic {key!r}" if key else "there is not exactly one clinic"
        raise typer.BadParameter(f"{wrong}; there are: {names}", param_hint="--clinic")
    return clinic


def emit(data: object, as_json: bool, *, text: str | None = None) -> None:
    """Print `data` as JSON, or `text` for people; without `text` a line for each item or key."""
    if as_json:
        typer.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))
    elif text is not None:
        typer.echo(text)
    else:
        for line in _lines(data):
            typer.echo(line)


def _lines(data: object) -> list[str]:
    if isinstance(data, dict):
        return [f"{key}: {value}" for key, value in data.items()]
    return [str(item) for item in data] if isinstance(data, list | tuple) else [str(data)]


def exit_status(error: BaseException) -> int:
    """2 for a wrong setting or call, 3 for something missing outside, 1 for other errors of ours, 70 for bugs."""
    if isinstance(error, SettingError | BadOption):
        return MISUSED
    if isinstance(error, Unavailable):
        return MISSING
    return WRONG if isinstance(error, FollowupError) else BUG


def explain(error: BaseException) -> str:
    """One line without a traceback; of a bug only its type and place."""
    if isinstance(error, FollowupError):
        return "followup: " + " ".join(str(error).split())
    from followup.log import fault_of

    return f"followup: a bug of ours, {fault_of(error)} (please report this line)"


def fail(error: BaseException) -> NoReturn:
    """Say what is wrong on standard error and leave with its exit status."""
    typer.echo(explain(error), err=True)
    raise typer.Exit(exit_status(error)) from None


@contextmanager
def one_line() -> Iterator[None]:
    """Errors of ours end the process with one line and their exit status; for what runs outside of `run()`."""
    try:
        yield
    except FollowupError as error:
        typer.echo(explain(error), err=True)
        raise SystemExit(exit_status(error)) from None


def broker_url(settings: "Settings") -> str:
    """The broker by the settings, else the embedded Valkey that runs for the data folder; raises `Unavailable`."""
    from followup.cli.valkey import find

    found = settings.broker_url or find(settings.data)
    if not found:
        raise Unavailable(
            f"no broker: REDIS_URL is not set and no embedded Valkey runs for {settings.data}",
            cure="start `followup up` first, give its folder by --data, or set REDIS_URL",
        )
    return found


def guard(command: Callable[P, R]) -> Callable[P, R]:
    """A command whose failures become one line and an exit status; `run()` does the same for those without it."""

    @functools.wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with at_end:
                return command(*args, **kwargs)
        except Exception as error:
            if type(error).__module__.startswith("typer") or isinstance(error, BrokenPipeError):
                raise
            fail(error)

    return guarded
