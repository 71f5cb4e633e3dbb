"""The demo's house: every role, a loopback carrier and a mail catcher as processes that a thread keeps up."""

import importlib.metadata
import os
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread

from followup.cli import machine
from followup.cli.supervisor import Role, Supervisor
from followup.clock import write_instant
from followup.domain.errors import Unavailable
from followup.sandbox.carrier import ACCOUNT, NUMBER, TOKEN
from followup.settings import PACKAGED, Settings, load_settings, variable

KEY = "demo-key-of-the-clinic"
BOUNCE_SECRET = "demo-secret-of-bounces"


@dataclass(frozen=True, slots=True)
class Stalls:
    """Where the parts of the demo listen, all on loopback."""

    web: int
    carrier: int
    smtp: int
    mail: int

    @classmethod
    def find(cls) -> "Stalls":
        """Four free ports, held together while they are looked for so that no two are the same."""
        with ExitStack() as held:
            probes = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(4)]
            return cls(*(probe.getsockname()[1] for probe in probes))


class Theatre:
    """Starts everything on entering, keeps it up, drains it on leaving. `say` gets a line for every death."""

    def __init__(self, folder: Path, *, start: datetime, say: Callable[[str], None]) -> None:
        self.folder, self.stalls, self._say = folder, Stalls.find(), say
        self.environ = environment(folder, self.stalls)
        self.site = machine.Site(folder, "127.0.0.1", self.stalls.web)
        self.deaths: list[str] = []
        self._stop, self._up, self._hurry = Event(), Event(), Event()
        self._fault: BaseException | None = None
        self._thread = Thread(target=self._run, name="theatre", daemon=True)
        write_instant(folder / "clock", start)

    @property
    def settings(self) -> Settings:
        """What the roles see, for our own context."""
        return load_settings(self.environ)

    @property
    def carrier_url(self) -> str:
        """Where the carrier's control doors are."""
        return f"http://127.0.0.1:{self.stalls.carrier}"

    @property
    def mail_url(self) -> str:
        """Where the mail catcher's control doors are."""
        return f"http://127.0.0.1:{self.stalls.mail}"

    def __enter__(self) -> "Theatre":
        self._thread.start()
        self._up.wait()
        if self._fault is not None:
            self._thread.join()
            raise self._fault
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self._hurry.set()
        self._stop.set()
        self._thread.join()

    def check(self) -> None:
        """Raises what ended the house, if anything did."""
        if self._fault is not None:
            raise self._fault

    def _run(self) -> None:
        """The kernel ends children with the thread that started them, so this one starts, tends and stops them all."""
        keeper = Supervisor(self.folder, self.environ, say=self._died, cwd=self.folder)
        try:
            keeper.environ["REDIS_URL"] = machine.start_valkey(keeper, self.folder)
            for role in stand_ins(self.folder, self.stalls):
                keeper.start(role)
            machine.start_roles(keeper, self.site, self.settings)
            machine.await_ready(keeper, self.site, stop=self._stop)
            self._up.set()
            machine.keep_going(keeper, self._stop)
        except BaseException as error:  # noqa: BLE001 -- handed to the thread that waits for us
            self._fault = error
        finally:
            with suppress(OSError):
                keeper.stop((*machine.ORDER, "carrier", "mail"), hurry=self._hurry)
            self._up.set()

    def _died(self, line: str) -> None:
        self.deaths.append(line)
        self._say(line)


def stand_ins(folder: Path, stalls: Stalls) -> tuple[Role, Role]:
    """The carrier and the mail catcher as processes of their own, with ledgers that outlive them."""
    inbound = f"http://127.0.0.1:{stalls.web}/hooks/twilio/inbound"
    carrier = ("--port", str(stalls.carrier), "--inbound-url", inbound, "--receipt-delay", "0.01")
    bounces = f"http://127.0.0.1:{stalls.web}/hooks/email/bounce"
    mail = ("--port", str(stalls.smtp), "--control-port", str(stalls.mail))
    back = ("--bounce-url", bounces, "--bounce-secret", BOUNCE_SECRET)
    return _stand_in("carrier", folder, carrier), _stand_in("mail", folder, (*mail, *back))


def _stand_in(name: str, folder: Path, options: tuple[str, ...]) -> Role:
    ledger = str(folder / f"{name}.jsonl")
    return Role(name, (sys.executable, "-m", f"followup.sandbox.{name}", *options, "--ledger", ledger), limit=3)


def environment(folder: Path, stalls: Stalls) -> dict[str, str]:
    """A plain environment without the settings of the person who runs the demo, and the demo's own."""
    ours = {variable(name) for name in Settings.model_fields}
    plain = {name: value for name, value in os.environ.items() if name not in ours}
    return {**plain, **_code_path(), **_settings(folder, stalls)}


def _settings(folder: Path, stalls: Stalls) -> Mapping[str, str]:
    files = PACKAGED if PACKAGED.is_dir() else PACKAGED.parent.parent
    return {
        "FOLLOWUP_DATA": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'followup.db'}",
        "FOLLOWUP_CONFIG": str(files / "config"),
        "FOLLOWUP_TEMPLATES": str(files / "templates"),
        "FOLLOWUP_PUBLIC_URL": f"http://127.0.0.1:{stalls.web}",
        "FOLLOWUP_API_KEY": KEY,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "TWILIO_FROM": NUMBER,
        "TWILIO_API_URL": f"http://127.0.0.1:{stalls.carrier}",
        "SMTP_URL": f"smtp://127.0.0.1:{stalls.smtp}?tls=none",
        "EMAIL_FROM": "care@canstrive.example.com",
        "EMAIL_BOUNCE_DOMAIN": "bounces.canstrive.example.com",
        "FOLLOWUP_BOUNCE_SECRET": BOUNCE_SECRET,
        "FOLLOWUP_MODE": "trial",
        "FOLLOWUP_TRIAL_ALLOW": "*",
        "FOLLOWUP_CLOCK": f"file:{folder / 'clock'}",
        "FOLLOWUP_SENDER_RATE": "0",
        "FOLLOWUP_TICK": "50ms",
        # Short, so that what a killed worker leaves behind is picked up within seconds.
        "FOLLOWUP_PROVIDER_TIMEOUT": "2s",
        "FOLLOWUP_LEASE": "6s",
        "FOLLOWUP_SETTLE": "3s",
    }


def _code_path() -> Mapping[str, str]:
    """Children run in the data folder; where we are not installed they must be told where the code is."""
    with suppress(importlib.metadata.PackageNotFoundError):
        importlib.metadata.distribution("followup")
        return {}
    spec = find_spec("followup")
    if spec is None or spec.origin is None:
        raise Unavailable("the followup package cannot be found", cure="install it")
    return {"PYTHONPATH": str(Path(spec.origin).parent.parent)}
