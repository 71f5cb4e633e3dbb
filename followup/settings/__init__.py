"""Settings: every variable of the environment, read once, typed, and refused in one line when wrong."""

import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import Field, PrivateAttr, ValidationError
from pydantic_settings import PydanticBaseSettingsSource

from followup.domain.errors import SettingError
from followup.settings import reading as read
from followup.settings.reading import ImapAddress, SmtpAddress, parse_duration, parse_imap, parse_smtp, variable
from followup.settings.sms import SmsAccounts, accounts_are_complete

__all__ = [
    "DEFAULT_PORT",
    "PACKAGED",
    "ImapAddress",
    "Settings",
    "SmtpAddress",
    "load_settings",
    "parse_duration",
    "parse_imap",
    "parse_smtp",
    "variable",
]

DEFAULT_PORT = 8000
_HERE = Path(__file__).parent.parent
#: The shipped config and templates: inside an installed package, else those of the checkout.
PACKAGED = _HERE / "_packaged" if (_HERE / "_packaged").is_dir() else _HERE.parent

_SMTP_CURE = "write smtp://user:password@host:587?tls=starttls, smtps://host:465 or smtp://127.0.0.1:8925?tls=none"
_IMAP_CURE = "write imaps://user:password@host/INBOX or imap://user:password@host/INBOX?tls=starttls"

Duration = Annotated[timedelta, read.rule(read.short, "write 200ms, 1s, 15m, 36h or 2d")]
Redis = read.rule(
    read.url("redis", "rediss", "unix"), "write redis://host:6379/0, or leave it out for the embedded Valkey"
)
Broker = read.rule(
    read.url("redis", "rediss", "unix", "sentinel", "amqp", "amqps"), "write redis://host:6379/0 or amqp://host"
)
Database = read.rule(read.database, "write sqlite:///var/followup.db or postgresql+psycopg://user:password@host/name")


class Settings(SmsAccounts):
    """All settings, checked one by one and against each other; nothing is read after the start."""

    data: Path = Path("var")
    database_url: Annotated[str, Database, Field(repr=False)] = ""
    redis_url: Annotated[str, Redis] = read.Secret
    broker_url: Annotated[str, Broker] = read.Secret
    smtp_url: Annotated[str, read.rule(read.smtp, _SMTP_CURE)] = read.Secret
    email_from: Annotated[str, read.rule(read.mailbox, "write care@clinic.example or Clinic <care@clinic.example>")] = (
        ""
    )
    email_bounce_domain: Annotated[str, read.rule(read.domain, "write bounces.clinic.example")] = ""
    public_url: Annotated[str, read.rule(read.base_url, "write https://followup.clinic.example")] = (
        f"http://127.0.0.1:{DEFAULT_PORT}"
    )
    secret_key: Annotated[
        str, read.rule(read.long_enough, "leave it out and one is made and kept in the data folder")
    ] = read.Secret
    event_secrets: Annotated[
        tuple[str, ...], read.rule(read.secrets, "write whsec_… in base64, or clinic:whsec_…, commas between")
    ] = Field(default=(), repr=False)
    api_key: Annotated[str, read.rule(read.keys, "write one key, or clinic:key pairs, commas between")] = read.Secret
    config: Annotated[Path, read.rule(read.folder, "name a folder, or leave it out")] = Path("config")
    templates: Annotated[Path, read.rule(read.folder, "name a folder, or leave it out")] = Path("templates")
    mode: Annotated[Literal["trial", "live"], read.rule(read.mode, "write trial or live")] = "trial"
    live_confirm: read.Text = ""
    clock: Annotated[str, read.rule(read.clock, "write system or file:var/clock")] = "system"
    trial_allow: Annotated[tuple[str, ...], read.rule(read.listed, "")] = ()
    tick: Duration = timedelta(seconds=1)
    sender_rate: Annotated[float | None, read.rule(read.rate, "write 1, 0.5 or, in trial mode, 0 for unpaced")] = None
    provider_timeout: Duration = timedelta(seconds=20)
    lease: Duration = timedelta(seconds=60)
    settle: Duration = timedelta(minutes=15)
    concurrency: Annotated[int, read.rule(read.count, "write 16")] = 16
    imap_url: Annotated[str, read.rule(read.imap, _IMAP_CURE)] = read.Secret
    bounce_secret: Annotated[str, read.rule(read.long_enough, "write 16 characters or more")] = read.Secret
    crash_at: read.Text = ""
    log: Annotated[Literal["plain", "json"], read.rule(read.log_format, "write plain or json")] = "plain"

    _hook_secrets: dict[str, str] = PrivateAttr(default_factory=dict)

    @property
    def hook_secrets(self) -> Mapping[str, str]:
        """The `whsec_` secrets of the environment by their variables, which `webhooks` of the clinics name."""
        return self._hook_secrets

    def model_post_init(self, _context: Any) -> None:
        """Fill what follows from other settings, then hold them against each other."""
        set_ = object.__setattr__
        set_(self, "database_url", self.database_url or f"sqlite:///{self.data / 'followup.db'}")
        set_(self, "broker_url", self.broker_url or self.redis_url)
        for name in ("config", "templates"):
            if name not in self.model_fields_set and not getattr(self, name).is_dir():
                set_(self, name, PACKAGED / name)
        for rule in _RULES:
            rule(self)

    @classmethod
    def settings_customise_sources(cls, *_: Any, **sources: Any) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load_settings` hands over, so that no stray variable slips in."""
        return (sources["init_settings"],)

    @property
    def smtp(self) -> SmtpAddress | None:
        """SMTP_URL in parts; None when it is not set."""
        return parse_smtp(self.smtp_url) if self.smtp_url else None

    @property
    def imap(self) -> ImapAddress | None:
        """IMAP_URL in parts; None when it is not set."""
        return parse_imap(self.imap_url) if self.imap_url else None

    @property
    def call_limit(self) -> timedelta:
        """After this a call to a provider is given up, whatever the provider's own limit; below the lease."""
        return min(self.provider_timeout * 2, self.lease * 0.8)

    @property
    def clock_path(self) -> Path | None:
        """The file of the test kit's clock; None with the system's clock."""
        return None if self.clock == "system" else Path(self.clock.removeprefix("file:"))


def _lease_is_long_enough(s: Settings) -> None:
    if s.lease < 3 * s.provider_timeout:
        least = f"{(3 * s.provider_timeout).total_seconds():g}s"
        raise SettingError("FOLLOWUP_LEASE", "is shorter than three times FOLLOWUP_PROVIDER_TIMEOUT",
                           cure=f"set it to {least} or more")  # fmt: skip


def _live_is_meant(s: Settings) -> None:
    if s.mode != "live":
        return
    if not s.live_confirm:
        raise SettingError("FOLLOWUP_LIVE_CONFIRM", "is missing, and FOLLOWUP_MODE=live writes to real patients",
                           cure="set it to the clinic's key to confirm")  # fmt: skip
    if s.clock != "system":
        raise SettingError("FOLLOWUP_CLOCK", "must be the system's in live mode", cure="unset it, or go back to trial")
    if s.crash_at:
        raise SettingError("FOLLOWUP_CRASH_AT", "is for tests and refused in live mode", cure="unset it")
    if s.sender_rate == 0:
        raise SettingError("FOLLOWUP_SENDER_RATE", "may not be 0 (unpaced) in live mode", cure="unset it or write 1")


_RULES: tuple[Callable[[Settings], None], ...] = (accounts_are_complete, _lease_is_long_enough, _live_is_meant)


def load_settings(
    environ: Mapping[str, str] | None = None, *, dotenv: Path | None = None, data: Path | None = None
) -> Settings:
    """Read the environment (it wins over the file `dotenv`); raises `SettingError` for the first that is wrong."""
    known = {variable(name) for name in Settings.model_fields}
    given: dict[str, Any] = {}
    secrets: dict[str, str] = {}
    for source in (dotenv_values(dotenv) if dotenv else {}, os.environ if environ is None else environ):
        given.update({name: value for name, value in source.items() if name in known and value})
        secrets.update({name: value for name, value in source.items() if value and value.startswith("whsec_")})
    if data is not None:
        given["FOLLOWUP_DATA"] = data
    try:
        made = Settings(**given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise SettingError(str(first["loc"][0]), first["msg"], cure="see docs/settings.md") from None
    made._hook_secrets.update(secrets)
    return made
