"""Series: the sessions of one treatment course, and whether a further one is still to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from followup.domain.booking import Booking, Treatment
from followup.domain.offset import Offset
from followup.domain.protocol import CareProtocol


@dataclass(frozen=True, slots=True)
class Series:
    """The treatments of one course, oldest first; never empty."""

    treatments: tuple[Treatment, ...]

    @property
    def newest(self) -> Treatment:
        """The session that steps anchored on `series_end` count from."""
        return self.treatments[-1]

    @property
    def is_complete(self) -> bool:
        """True if the newest session was the last one planned; where no number was told, only time closes a series."""
        session, of = self.newest.session, self.newest.of
        return session is not None and of is not None and session >= of

    def is_open(self, protocol: CareProtocol, bookings: Iterable[Booking], now: datetime) -> bool:
        """True while a further session can be expected: not complete, and within `max_gap` or booked."""
        if self.is_complete:
            return False
        booked = any(b.is_future(now) and b.treatment_code in protocol.treatment_codes for b in bookings)
        return booked or now <= protocol.max_gap.after(self.newest.performed_at)


def group(protocol: CareProtocol, treatments: Iterable[Treatment]) -> tuple[Series, ...]:
    """The series among `treatments` that this protocol follows; voided ones and other codes are left out."""
    own = [t for t in treatments if not t.voided and t.code in protocol.treatment_codes]
    return chain(own, protocol.max_gap)


def chain(treatments: Iterable[Treatment], max_gap: Offset) -> tuple[Series, ...]:
    """Treatments of one protocol as series, in order of their newest session.

    Those with the same `series_id` are one series; those without one follow each other at most `max_gap` apart.
    """
    named: dict[str, list[Treatment]] = {}
    chains: list[list[Treatment]] = []
    for treatment in sorted(treatments, key=lambda t: (t.performed_at, t.id)):
        if treatment.series_id:
            named.setdefault(treatment.series_id, []).append(treatment)
        elif chains and treatment.performed_at <= max_gap.after(chains[-1][-1].performed_at):
            chains[-1].append(treatment)
        else:
            chains.append([treatment])
    found = [Series(tuple(some)) for some in (*named.values(), *chains)]
    return tuple(sorted(found, key=lambda s: (s.newest.performed_at, s.newest.id)))


def is_open(
    protocol: CareProtocol,
    treatments: Sequence[Treatment],
    bookings: Sequence[Booking],
    *,
    source_id: str,
    now: datetime,
) -> bool:
    """True if the series of treatment `source_id`, or one that came after it, is still open at `now`.

    A later course counts, so that nobody in the middle of it is asked to come for the maintenance of an earlier one.
    """
    courses = group(protocol, treatments)
    own = next((n for n, s in enumerate(courses) if any(t.id == source_id for t in s.treatments)), 0)
    return any(s.is_open(protocol, bookings, now) for s in courses[own:])
