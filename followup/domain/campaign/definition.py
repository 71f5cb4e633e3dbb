"""Definition: what the author of a campaign wrote; who gets which text, over what, how fast."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from followup.domain.document import canonical, digest
from followup.domain.message import Channel, MessageClass
from followup.domain.offset import Offset

_VALID, _OUTCOME = Offset(days=3), Offset(days=14)


class Speech(StrEnum):
    """In which language everybody is written to."""

    PATIENT = "patient"  # each in their own, else in the clinic's
    EN = "en"
    FR = "fr"


@dataclass(frozen=True, slots=True)
class Variant:
    """One of the texts that are compared; without A/B there is one, whose key is empty. `share` are parts, not %."""

    key: str
    template: str
    share: int = 1


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast messages are made: each minute, each day of the clinic, and only below so many open inbox items."""

    per_minute: int = 30
    per_day: int | None = None
    open_inbox: int | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A campaign as written. `audience` is canonical JSON, read by `content.audience`."""

    name: str
    message_class: MessageClass
    channels: tuple[Channel, ...]  # order of preference
    variants: tuple[Variant, ...]
    audience: Mapping[str, Any]
    speech: Speech = Speech.PATIENT
    pace: Pace = Pace()
    hold_out: int = 0  # percent of the audience who get nothing, to compare with
    starts_at: datetime | None = None  # None: at launch
    valid_for: Offset = _VALID  # a message that could not go by then does not go
    outcome_within: Offset = _OUTCOME  # a booking within it counts as the outcome

    @property
    def audience_digest(self) -> str:
        """The same for equal audiences, however their filter is laid out."""
        return digest(self.audience)

    @property
    def audience_text(self) -> str:
        """The canonical JSON of the audience."""
        return canonical(self.audience).decode()


def parse(data: Mapping[str, Any]) -> Definition:
    """The definition of a mapping that `content.campaigns` has checked and filled in."""
    return Definition(
        name=data["name"],
        message_class=MessageClass(data["class"]),
        channels=tuple(Channel(c) for c in data["channels"]),
        variants=tuple(Variant(v["key"], v["template"], v["share"]) for v in data["variants"]),
        audience=data["audience"],
        speech=Speech(data["language"]),
        pace=Pace(**data["pace"]),
        hold_out=data["hold_out"],
        starts_at=datetime.fromisoformat(data["starts_at"]) if data.get("starts_at") else None,
        valid_for=Offset.parse(data["valid_for"]),
        outcome_within=Offset.parse(data["outcome_within"]),
    )
