"""Visit: where a booking stands after all that was told of it, by the clinic and by the patient."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from followup.domain.booking import Answer, BookingState
from followup.domain.event import OURS, EventType
from followup.domain.facts.told import Told
from followup.domain.lifecycle import BOOKING, BookingSignal

B, E, S = BookingState, EventType, BookingSignal
#: The signal of each word of the clinic, and the state it stands for where the table has no arrow.
_CLINIC = {
    E.BOOKING_OFFERED: (S.OFFERED, B.OFFERED),
    E.BOOKING_MADE: (S.MADE, B.BOOKED),
    E.BOOKING_MOVED: (S.MOVED, B.BOOKED),
    E.BOOKING_CANCELLED: (S.CANCELLED, B.CANCELLED),
    E.BOOKING_ATTENDED: (S.ATTENDED, B.ATTENDED),
    E.BOOKING_MISSED: (S.MISSED, B.MISSED),
}
#: What a patient's answer may do, the first that the table allows: nobody gives a booked time away but the clinic.
_ANSWERS = {
    Answer.CONFIRM: (S.CONFIRMED,),
    Answer.RESCHEDULE: (S.CHANGE_ASKED,),
    Answer.DECLINE: (S.DECLINED, S.CHANGE_ASKED),
}
_ENDED = frozenset({B.ATTENDED, B.MISSED, B.DECLINED, B.EXPIRED, B.CANCELLED})


@dataclass
class _Visit:
    fields: dict[str, Any] = field(default_factory=dict)
    state: BookingState | None = None
    answer: str = ""
    confirmed_at: datetime | None = None
    round: int = 1

    def clinic_says(self, one: Told) -> None:
        """The clinic's word counts in every state; a new time or a new beginning makes an answer void."""
        signal, word = _CLINIC[one.event.type]
        after = BOOKING.get((self.state, signal), word)
        begun = after in {B.OFFERED, B.BOOKED} and (
            self.state in _ENDED or (signal is S.OFFERED and self.state not in {None, B.OFFERED})
        )
        moved = one.booking.get("starts_at", self.fields.get("starts_at")) != self.fields.get("starts_at")
        if begun or moved or (self.state is B.CHANGE_ASKED and after is B.BOOKED):
            self.answer, self.confirmed_at = "", None
        self.round += begun
        self.fields |= one.booking
        self.state = after

    def we_say(self, one: Told) -> None:
        """An answer counts for the time and the deadline that it was given for, and where the table has an arrow."""
        if any(self.fields.get(name) != value for name, value in one.booking.items()):
            return
        answer = next((a for a in Answer if a == one.event.data.get("answer")), None)
        match one.event.type:
            case E.BOOKING_ANSWERED if answer is not None:
                signals: tuple[BookingSignal, ...] = _ANSWERS[answer]
            case E.BOOKING_EXPIRED:
                signals = (S.EXPIRED,)
            case E.BOOKING_REFUSED:
                signals = (S.CANCELLED,)
            case _:
                signals = ()
        after = next((BOOKING[self.state, s] for s in signals if (self.state, s) in BOOKING), None)
        if after is None:
            return
        self.state = after
        if answer is not None:
            self.answer, self.confirmed_at = answer, one.event.time if answer is Answer.CONFIRM else None


def stand(told: Iterable[Told]) -> dict[str, Any]:
    """The fields of a booking after these events, in the order in which they take effect."""
    visit = _Visit()
    for one in told:
        if one.event.type in OURS:
            visit.we_say(one)
        else:
            visit.clinic_says(one)
    assert visit.state is not None  # somebody offered or made it
    own = {"state": visit.state, "answer": visit.answer, "confirmed_at": visit.confirmed_at, "round": visit.round}
    return {**visit.fields, **own}
