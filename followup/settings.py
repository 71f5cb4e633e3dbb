"""Settings: every variable of the environment, read once, typed, and refused in one line when wrong."""

import base64
import binascii
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from dotenv import dotenv_values
from pydantic import BeforeValidator, Field, ValidationError, ValidationInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from followup.domain.errors import SettingError

DEFAULT_PORT = 8000
_HERE = Path(__file__).parent
#: The shipped config and templates: inside an installed package, else those of the checkout.
PACKAGED = _HERE / "_packaged" if (_HERE / "_packaged").is_dir() else _HERE.parent

_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|[smhdw])")
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SHORT_CODE = re.compile(r"\d{4,6}")
_PLAIN = ("database_url", "redis_url", "broker_url", "smtp_url", "email_", "imap_url", "twilio_")
_SMTP_CURE = "write smtp://user:password@host:587?tls=starttls, smtps://host:465 or smtp://127.0.0.1:8925?tls=none"


class _Refusal(ValueError):
    """What is wrong with a value, in words that do not repeat it."""


def variable(field_name: str) -> str:
    """The environment's name of a field."""
    upper = field_name.upper()
    return upper if field_name.startswith(_PLAIN) else f"FOLLOWUP_{upper}"


def parse_duration(text: str) -> timedelta:
    """Read `200ms`, `1s`, `15m`, `36h`, `2d` or `1h30m`; raises ValueError for anything else."""
    parts = _DURATION.findall(text.strip())
    if not parts or "".join(number + unit for number, unit in parts) != text.strip():
        raise _Refusal("is no duration")
    return timedelta(seconds=sum(float(number) * _UNITS[unit] for number, unit in parts))


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """What SMTP_URL says."""

    host: str
    port: int
    tls: Literal["starttls", "implicit", "none"]
    username: str = ""
    password: str = field(default="", repr=False)


def parse_smtp(url: str) -> SmtpAddress:
    """Read an SMTP_URL; raises ValueError, whose text never repeats it, for it may hold a password."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise _Refusal("is no mail server")
    asked = parse_qs(parts.query).get("tls", ["implicit" if parts.scheme == "smtps" else "starttls"])[-1]
    if asked not in ("starttls", "implicit", "none") or (parts.scheme == "smtps") != (asked == "implicit"):
        raise _Refusal("names a tls that is none of starttls, none (smtp) and implicit (smtps)")
    try:
        port = parts.port or {"starttls": 587, "implicit": 465, "none": 25}[asked]
    except ValueError:
        raise _Refusal("has a port that is no number; write special characters of a password as %xx") from None
    tls: Literal["starttls", "implicit", "none"] = asked  # type: ignore[assignment]
    return SmtpAddress(parts.hostname, port, tls, unquote(parts.username or ""), unquote(parts.password or ""))


def _wrong(info: ValidationInfo, message: str, cure: str) -> SettingError:
    return SettingError(variable(str(info.field_name)), message, cure=cure)


def _rule(read: Callable[[str], Any], cure: str) -> BeforeValidator:
    """A validator for text from the environment: only the text of a `_Refusal` is shown."""

    def check(value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return read(value.strip())
        except _Refusal as refusal:
            raise _wrong(info, str(refusal), cure) from None
        except ValueError:
            raise _wrong(info, "cannot be read", cure) from None

    return BeforeValidator(check)


def _need(ok: object, message: str) -> None:
    if not ok:
        raise _Refusal(message)


def _url(*schemes: str, host: bool = True) -> Callable[[str], str]:
    expected = " or ".join(f"{scheme}://" for scheme in schemes)

    def read(value: str) -> str:
        try:
            parts = urlsplit(value)
            port_is_sound = parts.scheme == "sentinel" or parts.port != 0
        except ValueError:
            raise _Refusal("is no address") from None
        _need(parts.scheme in schemes, f"must begin with {expected}")
        _need(port_is_sound and (parts.netloc or parts.scheme == "unix" or not host), "names no host")
        return value

    return read


def _database(value: str) -> str:
    checked = _url("sqlite", "postgresql", "postgresql+psycopg", host=False)(value)
    return re.sub("^postgresql://", "postgresql+psycopg://", checked)


def _base_url(value: str) -> str:
    return _url("http", "https")(value).rstrip("/")


def _short(value: str) -> timedelta:
    duration = parse_duration(value)
    _need(duration > timedelta(0), "must be longer than nothing")
    return duration


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _secrets(value: str) -> tuple[str, ...]:
    for entry in _listed(value):
        clinic, found, body = entry.rpartition("whsec_")
        _need(found and (not clinic or clinic.endswith(":")), "holds an entry that is no whsec_ secret")
        try:
            _need(len(base64.b64decode(body, validate=True)) >= 16, "holds a secret shorter than 16 bytes")
        except binascii.Error:
            raise _Refusal("holds a secret that is not base64") from None
    return _listed(value)


def _keys(value: str) -> str:
    entries = _listed(value)
    _need(len(entries) == 1 or all(":" in entry for entry in entries), "holds several keys without their clinics")
    _need(all(len(entry.rpartition(":")[2]) >= 8 for entry in entries), "holds a key shorter than 8 characters")
    return value


def _sender(value: str) -> str:
    compact = value.replace(" ", "").replace("-", "")
    _need(_E164.fullmatch(compact) or _SHORT_CODE.fullmatch(compact), "is neither E.164 nor a short code")
    return compact


def _prefixed(prefix: str, noun: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        _need(re.fullmatch(rf"{prefix}\w+", value), f"is no {noun}")
        return value

    return read


def _mailbox(value: str) -> str:
    _need(re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]), "is no mailbox")
    return value


def _domain(value: str) -> str:
    _need(re.fullmatch(r"[A-Za-z0-9.-]+\.[A-Za-z0-9-]+|localhost", value), "is no domain")
    return value.lower()


def _smtp(value: str) -> str:
    parse_smtp(value)
    return value


def _clock(value: str) -> str:
    _need(value == "system" or re.fullmatch(r"file:.+", value), "is neither system nor file:PATH")
    return value


def _rate(value: str) -> float:
    _need(re.fullmatch(r"\d+(\.\d+)?", value), "is no number of segments a second")
    return float(value)


def _count(value: str) -> int:
    _need(re.fullmatch(r"\d{1,4}", value) and int(value) > 0, "is no whole number from 1 to 9999")
    return int(value)


def _mode(value: str) -> str:
    _need(value in ("trial", "live"), "is neither trial nor live")
    return value


def _long_enough(value: str) -> str:
    _need(len(value) >= 16, "is shorter than 16 characters")
    return value


def _log_format(value: str) -> str:
    _need(value in ("plain", "json"), "is neither plain nor json")
    return value


def _folder(value: str) -> Path:
    _need(Path(value).is_dir(), "is no folder")
    return Path(value)


Text = Annotated[str, BeforeValidator(lambda value: value.strip())]
Duration = Annotated[timedelta, _rule(_short, "write 200ms, 1s, 15m, 36h or 2d")]
Redis = _rule(_url("redis", "rediss", "unix"), "write redis://host:6379/0, or leave it out for the embedded Valkey")
Broker = _rule(_url("redis", "rediss", "unix", "sentinel", "amqp", "amqps"), "write redis://host:6379/0 or amqp://host")
Database = _rule(_database, "write sqlite:///var/followup.db or postgresql+psycopg://user:password@host/name")
Secret = Field(default="", repr=False)


class Settings(BaseSettings):
    """All settings, checked one by one and against each other; nothing is read after the start."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        populate_by_name=True,
        validate_default=False,
        hide_input_in_errors=True,
        alias_generator=variable,
    )

    data: Path = Path("var")
    database_url: Annotated[str, Database, Field(repr=False)] = ""
    redis_url: Annotated[str, Redis] = Secret
    broker_url: Annotated[str, Broker] = Secret
    twilio_account_sid: Annotated[str, _rule(_prefixed("AC", "account SID"), "copy it from the Twilio console")] = ""
    twilio_auth_token: Text = Secret
    twilio_shared_key: Text = Secret
    twilio_api_key: Annotated[str, _rule(_prefixed("SK", "API key SID"), "copy it from the Twilio console")] = ""
    twilio_api_secret: Text = Secret
    twilio_messaging_service_sid: Annotated[
        str, _rule(_prefixed("MG", "messaging service SID"), "copy it from the Twilio console")
    ] = ""
    twilio_from: Annotated[str, _rule(_sender, "write +14165550100 or a short code such as 12345")] = ""
    twilio_api_url: Annotated[str, _rule(_base_url, "leave it out for https://api.twilio.com")] = (
        "https://api.twilio.com"
    )
    smtp_url: Annotated[str, _rule(_smtp, _SMTP_CURE)] = Secret
    email_from: Annotated[str, _rule(_mailbox, "write care@clinic.example or Clinic <care@clinic.example>")] = ""
    email_bounce_domain: Annotated[str, _rule(_domain, "write bounces.clinic.example")] = ""
    public_url: Annotated[str, _rule(_base_url, "write https://followup.clinic.example")] = (
        f"http://127.0.0.1:{DEFAULT_PORT}"
    )
    secret_key: Annotated[str, _rule(_long_enough, "leave it out and one is made and kept in the data folder")] = Secret
    event_secrets: Annotated[
        tuple[str, ...], _rule(_secrets, "write whsec_… in base64, or clinic:whsec_…, commas between")
    ] = Field(default=(), repr=False)
    api_key: Annotated[str, _rule(_keys, "write one key, or clinic:key pairs, commas between")] = Secret
    config: Annotated[Path, _rule(_folder, "name a folder, or leave it out")] = Path("config")
    templates: Annotated[Path, _rule(_folder, "name a folder, or leave it out")] = Path("templates")
    mode: Annotated[Literal["trial", "live"], _rule(_mode, "write trial or live")] = "trial"
    live_confirm: Text = ""
    clock: Annotated[str, _rule(_clock, "write system or file:var/clock")] = "system"
    trial_allow: Annotated[tuple[str, ...], _rule(_listed, "")] = ()
    tick: Duration = timedelta(seconds=1)
    sender_rate: Annotated[float | None, _rule(_rate, "write 1, 0.5 or, in trial mode, 0 for unpaced")] = None
    provider_timeout: Duration = timedelta(seconds=20)
    lease: Duration = timedelta(seconds=60)
    settle: Duration = timedelta(minutes=15)
    concurrency: Annotated[int, _rule(_count, "write 16")] = 16
    imap_url: Annotated[str, _rule(_url("imap", "imaps"), "write imaps://user:password@host/INBOX")] = Secret
    log: Annotated[Literal["plain", "json"], _rule(_log_format, "write plain or json")] = "plain"

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
    def clock_path(self) -> Path | None:
        """The file of the test kit's clock; None with the system's clock."""
        return None if self.clock == "system" else Path(self.clock.removeprefix("file:"))

    @property
    def has_twilio(self) -> bool:
        """True once credentials are there; they are complete then."""
        return bool(self.twilio_account_sid)


def _twilio_is_complete(s: Settings) -> None:
    cure = "set TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN, or with TWILIO_API_KEY and TWILIO_API_SECRET"
    if bool(s.twilio_api_key) != bool(s.twilio_api_secret):
        missing = "TWILIO_API_SECRET" if s.twilio_api_key else "TWILIO_API_KEY"
        raise SettingError(missing, "is missing, its other half is set", cure=cure)
    given = bool(s.twilio_auth_token or s.twilio_api_key)
    if given and not s.twilio_account_sid:
        raise SettingError("TWILIO_ACCOUNT_SID", "is missing beside the other credentials", cure=cure)
    if s.twilio_account_sid and not given:
        raise SettingError("TWILIO_AUTH_TOKEN", "is missing beside TWILIO_ACCOUNT_SID", cure=cure)


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
    if s.sender_rate == 0:
        raise SettingError("FOLLOWUP_SENDER_RATE", "may not be 0 (unpaced) in live mode", cure="unset it or write 1")


_RULES: tuple[Callable[[Settings], None], ...] = (_twilio_is_complete, _lease_is_long_enough, _live_is_meant)


def load_settings(
    environ: Mapping[str, str] | None = None, *, dotenv: Path | None = None, data: Path | None = None
) -> Settings:
    """Read the environment (it wins over the file `dotenv`); raises `SettingError` for the first that is wrong."""
    known = {variable(name) for name in Settings.model_fields}
    given: dict[str, Any] = {}
    for source in (dotenv_values(dotenv) if dotenv else {}, os.environ if environ is None else environ):
        given.update({name: value for name, value in source.items() if name in known and value})
    if data is not None:
        given["FOLLOWUP_DATA"] = data
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise SettingError(str(first["loc"][0]), first["msg"], cure="see docs/settings.md") from None
