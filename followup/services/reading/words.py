"""Plain sentences for staff: what the gate would say of a message and when, or how it ended and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, assert_never

from followup.domain.gate import Check, Decision, Defer, Held, Over, Send, Skip
from followup.domain.message import Message, MessageState, Reason
from followup.domain.window import to_local

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
#: Why a message that was planned will not go, as the plan says.
_REASONS: Mapping[str, str] = {
    Reason.PAST: "its time lay in the past when the history was taken in",
    Reason.LATE: "it would have come too late",
    Reason.EXPIRED: "its time was over",
    Reason.UNREACHABLE: "the patient has no usable number or mailbox",
    Reason.OPTED_OUT: "the address is suppressed",
    Reason.NO_CONSENT: "the consent it needs is missing",
    Reason.CONSENT_EXPIRED: "the consent it had is over",
    Reason.SUPERSEDED: "a later treatment took over",
    Reason.VOIDED: "the treatment or booking behind it was withdrawn",
    Reason.BOOKED: "the patient has a booking",
    Reason.SERIES_OPEN: "the series goes on",
    Reason.SERIES_CLOSED: "the series is closed",
    Reason.DECEASED: "the patient has died",
    Reason.ARCHIVED: "the patient's record was closed",
    Reason.MERGED: "the patient's record was merged into another",
    Reason.DUPLICATE: "this contact was made, or may have been",
    Reason.TRIAL: "it went past due in trial mode",
    Reason.STAFF: "staff stopped it",
    Reason.REPLANNED: "the plan no longer has it",
    Reason.REJECTED: "the provider refused it",
    Reason.ABANDONED: "nobody could find out what became of it",
    Reason.US_DISABLED: "the clinic writes to no US numbers",
}
_WENT = {
    MessageState.SENDING: "is on its way",
    MessageState.UNCONFIRMED: "may have gone",
    MessageState.SENT: "was sent",
    MessageState.DELIVERED: "was sent and arrived",
    MessageState.UNDELIVERED: "was sent and did not arrive",
}


def when(moment: datetime, zone: str, *, now: datetime) -> str:
    """A local date and hour: `2 June at 10:00`, with the year where it is another one than now's."""
    local = to_local(moment, zone)
    year = "" if local.year == to_local(now, zone).year else f" {local.year}"
    return f"{local.day} {_MONTHS[local.month - 1]}{year} at {local:%H:%M}"


def chosen(channel: str, over: Sequence[Over]) -> str:
    """By which channel, and why not by those before it."""
    others = dict.fromkeys(f"not {o.channel}: {o.why.text}" for o in over if o.channel != channel)
    return "; ".join([f"by {channel}", *others])


def foreseen(
    message: Message, decision: Decision, *, at: datetime, zone: str, now: datetime, waits: Check | None
) -> str:
    """`would be sent on 2 June at 10:00 because …`; `waits` is the check that moved it there."""
    on, why = when(at, zone, now=now), decision.why
    match decision.verdict:
        case Send(channel=channel):
            cause = f"until then it waits: {waits.text}" if waits else "it is due then and every check passes"
            return f"would be sent on {on} because {cause} ({chosen(channel, decision.over)}, {zone})"
        case Defer(until=until):
            return f"would wait beyond {when(until, zone, now=now)} because {why.text} ({zone})"
        case Held():
            if message.hold is not None:
                return f"is held because {why.text}; it is due on {on} ({zone})"
            return f"would be held on {on} because {why.text} ({zone})"
        case Skip():
            cause = "; ".join(dict.fromkeys(c.text for c in _decisive(decision)))
            return f"would not be sent on {on} because {cause} ({zone})"
        case _:
            assert_never(decision.verdict)


def _decisive(decision: Decision) -> list[Check]:
    """What decided: the check that stopped it, and the deadline where waiting would outlast it."""
    late = [c for c in decision.checks[-1:] if c.rule == "expiry" and not c.passed]
    return [decision.why, *late]


def ended(message: Message, row: Mapping[str, Any], *, zone: str, now: datetime, over: Sequence[Over] = ()) -> str:
    """`was sent on …`, `was not sent on … because …`, by the history row that ended it."""
    on, detail = when(row["at"], zone, now=now), row["detail"] or {}
    if message.state in _WENT:
        by = f" {chosen(message.channel, over)}" if message.channel else ""
        return f"{_WENT[message.state]} on {on}{by} ({detail.get('zone', zone)})"
    if message.state is MessageState.CANCELLED:
        return f"was cancelled on {on} because {_cause(message, detail)} ({zone})"
    verb = "failed" if message.state is MessageState.FAILED else "was not sent"
    return f"{verb} on {on} because {_cause(message, detail)} ({zone})"


def _cause(message: Message, detail: Mapping[str, Any]) -> str:
    if message.carried_by is not None and message.reason == Reason.MERGED:
        return f"message {message.carried_by} tells it too"
    plain = _REASONS.get(message.reason or "", message.reason or "its enrollment ended")
    said = str(detail.get("text") or plain)
    return f"{said} (event {message.cause_event})" if message.cause_event else said
