"""How one variable is read: text from the environment in, a typed value or a refusal in one line out."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from pydantic import BeforeValidator, Field, ValidationInfo

from followup.domain.errors import SettingError

_UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|[smhdw])")
_E164 = re.compile(r"\+[1-9]\d{6,14}")
_SHORT_CODE = re.compile(r"\d{4,6}")
_PLAIN = ("database_url", "redis_url", "broker_url", "smtp_url", "email_", "imap_url", "twilio_", "twilio2_", "vonage_")

Text = Annotated[str, BeforeValidator(lambda value: value.strip())]
Secret = Field(default="", repr=False)


class Refusal(ValueError):
    """What is wrong with a value, in words that do not repeat it."""


def variable(field_name: str) -> str:
    """The environment's name of a field."""
    upper = field_name.upper()
    return upper if field_name.startswith(_PLAIN) else f"FOLLOWUP_{upper}"


def parse_duration(text: str) -> timedelta:
    """Read `200ms`, `1s`, `15m`, `36h`, `2d` or `1h30m`; raises ValueError for anything else."""
    parts = _DURATION.findall(text.strip())
    if not parts or "".join(number + unit for number, unit in parts) != text.strip():
        raise Refusal("is no duration")
    return timedelta(seconds=sum(float(number) * _UNITS[unit] for number, unit in parts))


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """What SMTP_URL says."""

    host: str
    port: int
    tls: Literal["starttls", "implicit", "none"]
    username: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ImapAddress:
    """What IMAP_URL says."""

    server: SmtpAddress
    folder: str = "INBOX"


def parse_smtp(url: str) -> SmtpAddress:
    """Read an SMTP_URL; raises ValueError, whose text never repeats it, for it may hold a password."""
    return _mail_server(url, "smtp", {"starttls": 587, "implicit": 465, "none": 25})


def parse_imap(url: str) -> ImapAddress:
    """Read an IMAP_URL; raises ValueError, whose text never repeats it."""
    server = _mail_server(url, "imap", {"starttls": 143, "implicit": 993, "none": 143})
    need(server.username and server.password, "names no user and password")
    folder = unquote(urlsplit(url).path.strip("/")) or "INBOX"
    need(folder.isascii() and folder.isprintable() and '"' not in folder, "names a folder that cannot be one")
    return ImapAddress(server, folder)


def _mail_server(url: str, scheme: str, ports: Mapping[str, int]) -> SmtpAddress:
    parts, secure = urlsplit(url), f"{scheme}s"
    if parts.scheme not in (scheme, secure) or not parts.hostname:
        raise Refusal("is no mail server")
    asked = parse_qs(parts.query).get("tls", ["implicit" if parts.scheme == secure else "starttls"])[-1]
    if asked not in ports or (parts.scheme == secure) != (asked == "implicit"):
        raise Refusal(f"names a tls that is none of starttls, none ({scheme}) and implicit ({secure})")
    try:
        port = parts.port or ports[asked]
    except ValueError:
        raise Refusal("has a port that is no number; write special characters of a password as %xx") from None
    tls: Literal["starttls", "implicit", "none"] = asked  # type: ignore[assignment]
    return SmtpAddress(parts.hostname, port, tls, unquote(parts.username or ""), unquote(parts.password or ""))


def wrong(info: ValidationInfo, message: str, cure: str) -> SettingError:
    return SettingError(variable(str(info.field_name)), message, cure=cure)


def rule(read: Callable[[str], Any], cure: str) -> BeforeValidator:
    """A validator for text from the environment: only the text of a `Refusal` is shown."""

    def check(value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return read(value.strip())
        except Refusal as refusal:
            raise wrong(info, str(refusal), cure) from None
        except ValueError:
            raise wrong(info, "cannot be read", cure) from None

    return BeforeValidator(check)


def need(ok: object, message: str) -> None:
    if not ok:
        raise Refusal(message)


def url(*schemes: str, host: bool = True) -> Callable[[str], str]:
    expected = " or ".join(f"{scheme}://" for scheme in schemes)

    def read(value: str) -> str:
        try:
            parts = urlsplit(value)
            port_is_sound = parts.scheme == "sentinel" or parts.port != 0
        except ValueError:
            raise Refusal("is no address") from None
        need(parts.scheme in schemes, f"must begin with {expected}")
        need(port_is_sound and (parts.netloc or parts.scheme == "unix" or not host), "names no host")
        return value

    return read


def database(value: str) -> str:
    checked = url("sqlite", "postgresql", "postgresql+psycopg", host=False)(value)
    return re.sub("^postgresql://", "postgresql+psycopg://", checked)


def base_url(value: str) -> str:
    return url("http", "https")(value).rstrip("/")


def short(value: str) -> timedelta:
    duration = parse_duration(value)
    need(duration > timedelta(0), "must be longer than nothing")
    return duration


def listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def chosen(known: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """A list of names out of `known`, each once."""

    def read(value: str) -> tuple[str, ...]:
        names = listed(value)
        need(set(names) <= set(known), f"holds a name that is none of {', '.join(known)}")
        need(len(set(names)) == len(names), "names one twice")
        return names

    return read


def secrets(value: str) -> tuple[str, ...]:
    for entry in listed(value):
        clinic, found, body = entry.rpartition("whsec_")
        need(found and (not clinic or clinic.endswith(":")), "holds an entry that is no whsec_ secret")
        try:
            need(len(base64.b64decode(body, validate=True)) >= 16, "holds a secret shorter than 16 bytes")
        except binascii.Error:
            raise Refusal("holds a secret that is not base64") from None
    return listed(value)


def keys(value: str) -> str:
    entries = listed(value)
    need(len(entries) == 1 or all(":" in entry for entry in entries), "holds several keys without their clinics")
    need(all(len(entry.rpartition(":")[2]) >= 8 for entry in entries), "holds a key shorter than 8 characters")
    return value


def sender(value: str) -> str:
    compact = value.replace(" ", "").replace("-", "")
    need(_E164.fullmatch(compact) or _SHORT_CODE.fullmatch(compact), "is neither E.164 nor a short code")
    return compact


def prefixed(prefix: str, noun: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        need(re.fullmatch(rf"{prefix}\w+", value), f"is no {noun}")
        return value

    return read


def mailbox(value: str) -> str:
    need(re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]), "is no mailbox")
    return value


def domain(value: str) -> str:
    need(re.fullmatch(r"[A-Za-z0-9.-]+\.[A-Za-z0-9-]+|localhost", value), "is no domain")
    return value.lower()


def smtp(value: str) -> str:
    parse_smtp(value)
    return value


def imap(value: str) -> str:
    parse_imap(value)
    return value


def clock(value: str) -> str:
    need(value == "system" or re.fullmatch(r"file:.+", value), "is neither system nor file:PATH")
    return value


def rate(value: str) -> float:
    need(re.fullmatch(r"\d+(\.\d+)?", value), "is no number of segments a second")
    return float(value)


def count(value: str) -> int:
    need(re.fullmatch(r"\d{1,4}", value) and int(value) > 0, "is no whole number from 1 to 9999")
    return int(value)


def mode(value: str) -> str:
    need(value in ("trial", "live"), "is neither trial nor live")
    return value


def long_enough(value: str) -> str:
    need(len(value) >= 16, "is shorter than 16 characters")
    return value


def log_format(value: str) -> str:
    need(value in ("plain", "json"), "is neither plain nor json")
    return value


def folder(value: str) -> Path:
    need(Path(value).is_dir(), "is no folder")
    return Path(value)
