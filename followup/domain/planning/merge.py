"""Merge: a day's care for several treatments goes as one message with each block once, and no text twice a day."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from followup.domain.message import Channel, MessageClass
from followup.domain.offset import Offset
from followup.domain.planning.course import Course, Known, SourceKey
from followup.domain.planning.timing import Place, Planned
from followup.domain.protocol import Anchor, CareProtocol

#: Care of one offset may share a message whatever its text; of all else only the same text goes once.
Slot = tuple[date, Offset | str, tuple[Channel, ...]]


@dataclass(frozen=True, slots=True)
class _Member:
    """A step that could share a message, and whether it is out already."""

    course: Course
    step: Planned
    spent: bool

    @property
    def key(self) -> tuple[SourceKey, str]:
        """The step of which enrollment."""
        return self.course.key, self.step.step_key

    @property
    def order(self) -> tuple[datetime, int, datetime, SourceKey]:
        """Who carries the others: the first to go, then what matters most."""
        return self.step.opens_at, self.course.protocol.priority, self.course.anchor_at, self.course.key


def merge(courses: Iterable[Course], bound: Mapping[SourceKey, Known], place: Place) -> list[Course]:
    """The same courses; care steps of one of the patient's days and one offset share the message of the first.

    Steps of any other class share one message if their text is the same: two treatments of one day get one check-in.
    A step whose text went out with another treatment of that day adds nothing and belongs to that message. Steps that
    lie further apart than the clinic's `merge_within`, and steps around a visit, stay apart.
    """
    every = list(courses)
    carried: dict[tuple[SourceKey, str], Planned] = {}
    for group in _groups(every, bound, place):
        for cluster in _clusters(group, place):
            carried |= _carry(cluster)
    return [
        replace(c, steps=tuple(carried.get((c.key, s.step_key), s) for s in c.steps)) if carried else c for c in every
    ]


def _groups(courses: Sequence[Course], bound: Mapping[SourceKey, Known], place: Place) -> Iterator[list[_Member]]:
    slots: dict[Slot, list[_Member]] = {}
    for course in courses:
        known = bound.get(course.key, Known(course.protocol))
        for step in course.steps:
            spent = step.step_key in known.spent
            lives = step.skip is None and step.step_key not in known.ended
            shared = _shared(course.protocol, step, place)
            if shared is not None and (spent or lives):
                slot = (place.local_day(step.planned_for), shared, step.channels)
                slots.setdefault(slot, []).append(_Member(course, step, spent))
    yield from (members for members in slots.values() if len(members) > 1)


def _shared(protocol: CareProtocol, step: Planned, place: Place) -> Offset | str | None:
    """What steps of one day must have in common to share a message; None if this one goes alone."""
    written = protocol.step(step.step_key)
    if written.anchor is Anchor.BOOKING:
        return None
    if step.message_class is not MessageClass.CARE:
        return step.template_ref
    if written.anchor is not Anchor.TREATMENT:
        return None
    return place.clinic.offsets.get(f"{protocol.key}/{step.step_key}", written.offset)


def _clusters(members: Iterable[_Member], place: Place) -> Iterator[list[_Member]]:
    """Those that lie near enough, from the first on."""
    cluster: list[_Member] = []
    for member in sorted(members, key=lambda m: m.order):
        if cluster and member.step.opens_at > place.clinic.merge_within.after(cluster[0].step.opens_at):
            yield cluster
            cluster = []
        cluster.append(member)
    yield cluster


def _carry(cluster: Sequence[_Member]) -> dict[tuple[SourceKey, str], Planned]:
    """What is carried by which message."""
    told = {m.step.template_ref: m for m in reversed(cluster) if m.spent}
    waiting = [m for m in cluster if not m.spent]
    repeats = [m for m in waiting if m.step.template_ref in told]
    fresh = [m for m in waiting if m.step.template_ref not in told]
    found = {m.key: replace(m.step, into=told[m.step.template_ref].key) for m in repeats}
    if len(fresh) > 1:
        first, others = fresh[0], fresh[1:]
        found |= {m.key: replace(m.step, into=first.key) for m in others}
    return found
