"""Telling a story of clinic events to the real services: events are stored as the door does, then planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from followup.content.protocols import load_protocols
from followup.domain.event import STOPPING, ClinicEvent, EventType
from followup.domain.lifecycle import OPEN
from followup.domain.message import Message
from followup.services import enroll
from followup.services.context import Context
from followup.storage import enrollments, events, messages
from tests.builders import CLINIC, PHONE, make_ctx, make_event

E = EventType
DAY = timedelta(days=1)
#: Ten in the morning in Toronto, in winter.
MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

_STEP = """
  - {{key: {key}, anchor: {anchor}, offset: {offset}, class: care, channels: [sms, email],
     template: skinpen-microneedling/day-1, {more}}}"""
_HEAD = """key: {key}
title: {{en-CA: {key}, fr-CA: {key}}}
treatment_codes: [{code}]
series: {{min_gap: P4W, max_gap: P12W, repeat: {repeat}}}
horizon: P18M
review: {{source: test, reviewer: test, reviewed_on: 2026-01-01, note: for tests}}
steps:"""
#: key, anchor, offset and the rest of each step of the protocols for tests.
STEPS = (
    ("first", "treatment", "PT0M", "max_late: PT18H, valid_for: PT20H"),
    ("second", "treatment", "P1D", "at: '10:00'"),
    ("nudge", "treatment", "P4W", "at: '10:00', only_if: series_open, unless: future_booking"),
    ("check", "series_end", "P3M", "at: '10:00'"),
    ("reminder", "booking", "-P1D", "at: '10:00'"),
)


def write_protocol(folder: Path, key: str, *, repeat: str = "supersede", code: str = "", steps: Any = STEPS) -> None:
    """A protocol file for the treatment code of the same name."""
    body = "".join(_STEP.format(key=k, anchor=a, offset=o, more=more) for k, a, o, more in steps)
    (folder / f"{key}.yaml").write_text(_HEAD.format(key=key, code=code or key, repeat=repeat) + body + "\n")


def protocols_of(folder: Path) -> Any:
    """What `folder` holds now."""
    return load_protocols(folder)


@dataclass
class Story:
    """One clinic's events about Ana (and whom a test names), told in whatever order it likes."""

    ctx: Context = field(repr=False)
    mark: str = ""  # keeps the ids of several stories in one database apart
    count: int = field(default=0)

    def event(self, type_: EventType, at: datetime, data: Mapping[str, Any], **more: Any) -> ClinicEvent:
        """An event of this story; ids in `data` are the story's own."""
        self.count += 1
        own = {key: self._own(value) if isinstance(value, Mapping) else value for key, value in data.items()}
        own |= {"into": self.mark + own["into"]} if "into" in own else {}
        row = f"evt{self.mark}-{self.count}"
        name = {"row_id": row, "id": row} | more
        return make_event(type_, time=at, data={"clinic": CLINIC, **own}, **name)

    def _own(self, block: Mapping[str, Any]) -> dict[str, Any]:
        return {**block, **({"id": self.mark + block["id"]} if "id" in block else {})}

    def store(self, *told: ClinicEvent) -> None:
        """What the door does: store once; what stops something takes effect at once."""
        for event in told:
            with self.ctx.db.transaction() as conn:
                if events.add(conn, event, "digest") and event.type in STOPPING:
                    enroll.take_effect(self.ctx, conn, event)

    def plan(self, *told: ClinicEvent) -> None:
        """Store these and let one actor plan them together."""
        self.store(*told)
        enroll.process_events(self.ctx, [e.row_id for e in told])

    def messages(self, patient: str = "P-1") -> list[Message]:
        """All messages of a patient."""
        with self.ctx.db.reading() as conn:
            return messages.of_patient(conn, CLINIC, self.mark + patient)

    def schedule(self, *patients: str) -> list[tuple[Any, ...]]:
        """What is open, without ids that differ from story to story."""
        with self.ctx.db.reading() as conn:
            some = [self.mark + p for p in (patients or ("P-1",))]
            begun = {e.id: e for e in enrollments.of(conn, CLINIC, some)}
            rows = [m for p in some for m in messages.of_patient(conn, CLINIC, p) if m.state in OPEN]
        return sorted(
            (m.patient_id.removeprefix(self.mark), e.protocol_key, e.source_id.removeprefix(self.mark), m.step_key,
             m.due_at, m.planned_for, m.expires_at, m.hold)
            for m in rows
        if m.enrollment_id  # what is asked about a visit has none
            for e in [begun[m.enrollment_id]]
        )  # fmt: skip

    def state_of(self, event: ClinicEvent) -> tuple[str, str | None]:
        """What became of an event, and why."""
        with self.ctx.db.reading() as conn:
            stored = events.get(conn, event.row_id)
        assert stored is not None
        return stored.state.value, stored.reason


def person(name: str = "P-1", **more: Any) -> dict[str, Any]:
    """A patient as an event gives them the first time."""
    points = [{"channel": "sms", "value": PHONE}, {"channel": "email", "value": "ana@example.com"}]
    return {"id": name, "given_name": "Ana", "family_name": "Silva", "contact_points": points, **more}


def treated(
    day: datetime, name: str = "T-1", *, patient: Any = None, code: str = "peel", **more: Any
) -> dict[str, Any]:
    """The data of a treatment event."""
    return {
        "patient": patient or person(),
        "treatment": {"id": name, "code": code, "performed_at": day.isoformat(), **more},
    }


def booked(day: datetime, name: str = "B-1", *, patient: Any = None, code: str = "peel") -> dict[str, Any]:
    """The data of a booking event that tells of it in full."""
    return {
        "patient": patient or person(),
        "booking": {"id": name, "treatment_code": code, "starts_at": day.isoformat()},
    }


def steps_of(rows: Sequence[tuple[Any, ...]], source: str = "T-1") -> list[str]:
    """The step keys of a source in a schedule."""
    return [row[3] for row in rows if row[2] == source]


def make_story(database: Any, folder: Path, **overrides: Any) -> Story:
    """A story in an empty database; `peel` has a protocol by default."""
    if not any(folder.glob("*.yaml")):
        write_protocol(folder, "peel")
    return Story(make_ctx(database, protocols=load_protocols(folder), **overrides))
