"""What the commands about consents share: reading words and dates, and printing without steering a terminal."""

from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from followup.cli.common import open_context
from followup.domain.errors import InvalidInput

if TYPE_CHECKING:
    from followup.services.context import Context

W = TypeVar("W", bound=StrEnum)


def open_up_to_date(data: Path | None) -> "Context":
    """The context, with a schema that is up to date."""
    from followup.cli.db import check_database

    ctx = open_context(data=data)
    check_database(ctx.db)
    return ctx


def read_word(name: str, text: str, words: type[W]) -> W:
    """One of the words, or one clear line."""
    try:
        return words(text.strip().lower())
    except ValueError:
        raise InvalidInput(f"{name} must be one of {', '.join(words)}") from None


def read_moment(text: str, zone: str) -> datetime | None:
    """An instant; without an offset in the clinic's zone, and a bare day from its beginning."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text) if len(text) > 10 else datetime.combine(date.fromisoformat(text), time())
    except ValueError:
        raise InvalidInput("this is no date and time", cure="write 2026-03-02 or 2026-03-02T15:30:00-05:00") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def read_day(name: str, text: str) -> date | None:
    """A day of the calendar."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInput(f"{name} is no date", cure="write 2026-03-02") from None


def plain(text: str) -> str:
    """Without what could steer a terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)
