"""Replan: what must change in the rows so that they hold what the plan wants."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from followup.domain.enrollment import Enrollment, EnrollmentState
from followup.domain.facts import PatientFacts
from followup.domain.ids import EnrollmentId, MessageId, PatientId
from followup.domain.lifecycle import OPEN
from followup.domain.message import Message, MessageState, Reason
from followup.domain.planning.course import Course, Drop, Known, Plan, SourceKey
from followup.domain.planning.timing import Planned
from followup.domain.protocol import CareProtocol

#: A step that ended for one of these may be planned anew when the facts want it again; every other end is for good.
_REVOCABLE = {
    MessageState.CANCELLED: frozenset({
        Reason.SUPERSEDED, Reason.VOIDED, Reason.DECEASED, Reason.ARCHIVED, Reason.MERGED, Reason.REPLANNED,
        Reason.LATE, Reason.PAST, Reason.DUPLICATE,
    }),
    MessageState.SKIPPED: frozenset({Reason.LATE, Reason.PAST}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Existing:
    """An enrollment as stored, with its messages."""

    enrollment: Enrollment
    messages: tuple[Message, ...] = ()

    @property
    def key(self) -> SourceKey:
        """What it comes from."""
        e = self.enrollment
        return (e.protocol_key, e.source_kind, e.source_id)

    def rows(self, step_key: str) -> list[Message]:
        """The messages of one step, oldest first."""
        return sorted((m for m in self.messages if m.step_key == step_key), key=lambda m: m.occurrence)


@dataclass(frozen=True, slots=True)
class Added:
    """A message to add: to the enrollment `to`, or to the one that is begun for the course."""

    course: Course
    step: Planned
    occurrence: int = 1
    to: EnrollmentId | None = None
    carrier: "Carrier | None" = None  # it is added as one that another message carries


@dataclass(frozen=True, slots=True)
class Carrier:
    """The step whose message carries another; `row` is that message if it is there already."""

    source: SourceKey
    step_key: str
    row: MessageId | None = None
    open: bool = True  # it has yet to go


@dataclass(slots=True)
class Changes:
    """What to write for one patient; empty if the rows are as the plan wants them."""

    begin: list[Course] = field(default_factory=list)
    add: list[Added] = field(default_factory=list)
    move: list[tuple[MessageId, Planned]] = field(default_factory=list)
    cancel: list[tuple[MessageId, Drop]] = field(default_factory=list)
    stop: list[tuple[EnrollmentId, Drop]] = field(default_factory=list)
    reopen: list[EnrollmentId] = field(default_factory=list)
    correct: list[Enrollment] = field(default_factory=list)
    adopt: list[MessageId] = field(default_factory=list)  # messages that become the survivor's
    carry: list[tuple[MessageId, Carrier]] = field(
        default_factory=list
    )  # messages that another one carries from now on

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in Changes.__slots__)


def is_spent(message: Message, out: Collection[MessageId] = ()) -> bool:
    """True if this contact was made, may have been, or was ended for good; `out` are the messages that went out."""
    if message.state in OPEN:
        return False
    if message.attempt_no > 0 or message.carried_by in out:
        return True
    return message.reason not in _REVOCABLE.get(message.state, frozenset())


def known(existing: Sequence[Existing], protocols: Mapping[str, CareProtocol]) -> dict[SourceKey, Known]:
    """What these enrollments bind the plan to; `protocols` by version."""
    bound: dict[SourceKey, Known] = {}
    out = gone(existing)
    for one in existing:
        spent = frozenset(m.step_key for m in one.messages if m.id in out or m.carried_by in out)
        ended = frozenset(m.step_key for m in one.messages if _is_stopped(one) or is_spent(m, out)) - spent
        before = bound.setdefault(one.key, Known(protocols[one.enrollment.protocol_version]))
        bound[one.key] = replace(before, spent=before.spent | spent, ended=before.ended | ended)
    return bound


def gone(existing: Iterable[Existing]) -> frozenset[MessageId]:
    """The messages that went out, or may have."""
    return frozenset(m.id for one in existing for m in one.messages if _went_out(m))


def _is_stopped(one: Existing) -> bool:
    """True if staff stopped it: it stays as it is."""
    return one.enrollment.state is EnrollmentState.STOPPED and one.enrollment.reason == Reason.STAFF


def _went_out(message: Message) -> bool:
    return message.state not in OPEN and message.state not in {MessageState.SKIPPED, MessageState.CANCELLED}


def replan(
    plan: Plan,
    facts: PatientFacts,
    existing: Sequence[Existing],
    *,
    zones: Mapping[PatientId, str],
    anew: bool = False,
) -> Changes:
    """The changes that bring the patient's rows to `plan`.

    `existing` holds the enrollments under every id of `facts.ids`, `zones` the zone each id was planned by so far;
    with `anew` the hours or days off changed. A drop without a cause is the doing of whatever event led to this.
    """
    changes = Changes()
    own, elsewhere = _claimed(facts, existing)
    rows = _Rows(own, elsewhere, gone(existing))
    for key, course in plan.courses.items():
        mine = own.get(key)
        if mine is None:
            changes.begin.append(course)
            changes.add += [Added(course, step, carrier=rows.carrier(step)) for step in course.steps]
        else:
            moved_zone = zones.get(mine.enrollment.patient_id, facts.patient.time_zone) != facts.patient.time_zone
            _bring(changes, course, mine, facts=facts, rows=rows, anew=anew or moved_zone)
    for key, unwanted in own.items():
        if key not in plan.courses:
            _end(changes, unwanted, plan.why_not(key))
    for doubles in elsewhere.values():
        for double in doubles:
            _end(changes, double, Drop(Reason.MERGED, facts.merge_event))
    return changes


def _claimed(
    facts: PatientFacts, existing: Sequence[Existing]
) -> tuple[dict[SourceKey, Existing], dict[SourceKey, list[Existing]]]:
    """The enrollment that stands for each source (the patient's own before a merged one's), and its doubles."""
    own: dict[SourceKey, Existing] = {}
    elsewhere: dict[SourceKey, list[Existing]] = {}
    for one in sorted(existing, key=lambda e: (e.enrollment.patient_id != facts.patient.id, e.enrollment.id)):
        if one.key in own:
            elsewhere.setdefault(one.key, []).append(one)
        else:
            own[one.key] = one
    return own, elsewhere


@dataclass(frozen=True, slots=True)
class _Rows:
    """The enrollments that stand, the doubles of each, and what went out."""

    own: Mapping[SourceKey, Existing]
    doubles: Mapping[SourceKey, Sequence[Existing]]
    out: frozenset[MessageId]

    def is_spent(self, mine: Existing, step_key: str) -> bool:
        """True if this step was made or ended for good, here or in a double."""
        every = (mine, *self.doubles.get(mine.key, ()))
        return any(is_spent(m, self.out) for one in every for m in one.messages if m.step_key == step_key)

    def carrier(self, step: Planned) -> Carrier | None:
        """Whose message carries this step."""
        if step.into is None:
            return None
        source, step_key = step.into
        every = self.own[source].rows(step_key) if source in self.own else []
        waiting = [m.id for m in every if m.state in OPEN]
        if waiting:
            return Carrier(source, step_key, waiting[-1])
        went = [m.id for m in every if m.id in self.out] + [m.carried_by for m in every if m.carried_by in self.out]
        return Carrier(source, step_key, went[-1] if went else None, open=not went)


def _bring(changes: Changes, course: Course, mine: Existing, *, facts: PatientFacts, rows: _Rows, anew: bool) -> None:
    """Bring one enrollment to its course; one that staff stopped stays as it is."""
    before = mine.enrollment
    if _is_stopped(mine):
        return
    after = replace(before, patient_id=facts.patient.id, anchor_at=course.anchor_at, backfill=course.backfill)
    if after != before:
        changes.correct.append(replace(after, event_row=course.event_row))
    if after.patient_id != before.patient_id:
        changes.adopt += [m.id for m in mine.messages]
    anew = anew or before.backfill != course.backfill
    grew = False
    for step in course.steps:
        grew |= _bring_step(changes, course, step, mine=mine, rows=rows, anew=anew)
    kept = {s.step_key for s in course.steps}
    changes.cancel += [
        (m.id, course.dropped.get(m.step_key, Drop(Reason.REPLANNED)))
        for m in mine.messages
        if m.state in OPEN and m.step_key not in kept
    ]
    if before.state is EnrollmentState.STOPPED or (before.state is EnrollmentState.COMPLETED and grew):
        changes.reopen.append(before.id)


def _bring_step(changes: Changes, course: Course, step: Planned, *, mine: Existing, rows: _Rows, anew: bool) -> bool:
    """Bring one step to its times, or into the message that carries it; True if a message was added."""
    every, carrier = mine.rows(step.step_key), rows.carrier(step)
    waiting = [m for m in every if m.state in OPEN]
    if waiting and carrier is not None:
        changes.carry.append((waiting[-1].id, carrier))
        return False
    if waiting:
        _bring_waiting(changes, step, waiting[-1], anew=anew)
        return False
    if (every and step.skip is not None) or rows.is_spent(mine, step.step_key):
        return False
    if carrier is not None and every and every[-1].reason == Reason.MERGED and every[-1].carried_by is not None:
        if every[-1].carried_by != carrier.row:
            changes.carry.append((every[-1].id, carrier))
        return False
    occurrence = every[-1].occurrence + 1 if every else 1
    changes.add.append(Added(course, step, occurrence, to=mine.enrollment.id, carrier=carrier))
    return carrier is None


def _bring_waiting(changes: Changes, step: Planned, row: Message, *, anew: bool) -> None:
    """A row whose time still stands is left alone, for it may be deferred; so is another way of the same contact, and
    what a person sends now."""
    same_time = row.planned_for == step.planned_for
    if row.follows is not None or row.urged or (same_time and not anew):
        return
    if step.skip is None:
        if (row.due_at, row.planned_for, row.expires_at) != (step.due_at, step.planned_for, step.expires_at):
            changes.move.append((row.id, step))
    elif not same_time or step.skip is Reason.PAST:
        changes.cancel.append((row.id, Drop(step.skip)))


def _end(changes: Changes, unwanted: Existing, drop: Drop) -> None:
    changes.cancel += [(m.id, drop) for m in unwanted.messages if m.state in OPEN]
    if unwanted.enrollment.state in {EnrollmentState.ACTIVE, EnrollmentState.PAUSED}:
        changes.stop.append((unwanted.enrollment.id, drop))
