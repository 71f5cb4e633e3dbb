"""Who is treated and what each of them may get: the model, which knows the protocol's paper and none of our code.

At NOW, half past four on a Monday in Toronto, the step `day-0` of `skinpen-microneedling` is due for everybody who was
treated five minutes ago, and nothing else is: one text, or one e-mail for who has no number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from followup.domain.errors import InvalidInput

NOW = datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
GIVEN, FAMILY = "Zefiryna", "Quackenbos"
_AREAS = ("647", "519", "613", "705", "289", "226")  # Ontario, on Toronto's clock
_TREATED = NOW - timedelta(minutes=5)


class Part(StrEnum):
    """What somebody is in the cast for."""

    TEXT = "gets one text"
    MAIL = "gets one e-mail"
    TOLD_TWICE = "is told of twice: gets one text"
    SHARES = "shares a number: one text each"
    STOPPED = "wrote STOP before: gets none"
    STOPS = "writes STOP at some moment: none starts after it"
    ASLEEP = "lives where it is night: gets none"
    VOIDED = "was not treated, and that was told first: gets none"


_BY_LAST_DIGITS = {
    **dict.fromkeys(range(0, 50, 10), Part.MAIL),
    **dict.fromkeys(range(1, 50, 10), Part.TOLD_TWICE),
    **dict.fromkeys((12, 13, 32, 33), Part.SHARES),  # each pair, 12 and 13, has one number
    4: Part.STOPPED, 14: Part.STOPS, 24: Part.ASLEEP, 34: Part.VOIDED,
}  # fmt: skip
_NONE = frozenset({Part.STOPPED, Part.ASLEEP, Part.VOIDED})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the cast."""

    number: int
    part: Part

    @property
    def id(self) -> str:
        return f"P-{self.number}"

    @property
    def by_mail(self) -> bool:
        return self.part is Part.MAIL

    @property
    def address(self) -> str:
        """The number or mailbox; a pair that shares has that of the first."""
        if self.by_mail:
            return f"chaos-{self.number}@example.com"
        number = self.number - (self.part is Part.SHARES and self.number % 2)
        return f"+1{_AREAS[number // 10000]}555{number % 10000:04d}"

    @property
    def least(self) -> int:
        """How many messages must reach this person."""
        return 0 if self.part in _NONE or self.part is Part.STOPS else 1

    @property
    def most(self) -> int:
        """How many messages may reach this person."""
        return 0 if self.part in _NONE else 1

    @property
    def writes_stop(self) -> bool:
        return self.part in (Part.STOPPED, Part.STOPS)

    def events(self) -> list[dict[str, Any]]:
        """What the clinic's system tells of them, in that order."""
        treatment = {"id": f"T-{self.number}", "code": "skinpen-microneedling", "performed_at": _TREATED.isoformat()}
        told = _event("treatment.completed", f"E-{self.number}", patient=self._introduced(), treatment=treatment)
        if self.part is Part.TOLD_TWICE:
            return [told, told]
        if self.part is Part.VOIDED:
            return [_event("treatment.voided", f"V-{self.number}", treatment={"id": treatment["id"]}), told]
        return [told]

    def _introduced(self) -> dict[str, Any]:
        point = {"channel": "email" if self.by_mail else "sms", "value": self.address}
        zone = "Europe/London" if self.part is Part.ASLEEP else "America/Toronto"
        return {
            "id": self.id, "given_name": GIVEN, "family_name": FAMILY, "language": "en-CA", "time_zone": zone,
            "contact_points": [point],
        }  # fmt: skip


def _event(kind: str, key: str, **data: Any) -> dict[str, Any]:
    at = NOW - timedelta(minutes=2 if kind == "treatment.voided" else 4)
    return {
        "specversion": "1.0", "type": kind, "source": "/chaos", "id": key, "time": at.isoformat(),
        "data": {"clinic": "canstrive", **data},
    }  # fmt: skip


def cast(patients: int) -> list[Person]:
    """Everybody, in the order of being told."""
    if not 0 < patients <= 10_000 * len(_AREAS):
        raise InvalidInput(f"--patients is 1 to {10_000 * len(_AREAS)}")
    return [Person(n, _BY_LAST_DIGITS.get(n % 50, Part.TEXT)) for n in range(patients)]


def told(people: Sequence[Person]) -> Iterator[dict[str, Any]]:
    """Every event of theirs; what is told twice comes again at the end of the row."""
    again = []
    for person in people:
        first, *rest = person.events()
        yield first
        if person.part is Part.TOLD_TWICE:
            again += rest
        else:
            yield from rest
    yield from again
