"""The message table: every cell by itself."""

import pytest

from followup.domain.errors import IllegalSignal
from followup.domain.lifecycle import BOOKING, ENROLLMENT, ESCALATION, FINAL, MESSAGE, OPEN, Signal, next_state
from followup.domain.message import MessageState as M

CELLS = [(state, signal) for state in M for signal in Signal]
S = Signal


@pytest.mark.parametrize(("state", "signal"), [c for c in CELLS if c not in MESSAGE])
def test_signal_outside_the_table_raises(state: M, signal: Signal) -> None:
    with pytest.raises(IllegalSignal, match=signal.value):
        next_state(MESSAGE, state, signal)


@pytest.mark.parametrize("state", list(M))
def test_delivered_is_legal_and_wins_everywhere(state: M) -> None:
    assert next_state(MESSAGE, state, S.DELIVERED) is M.DELIVERED


@pytest.mark.parametrize("state", list(M))
def test_undelivered_is_legal_everywhere(state: M) -> None:
    expected = M.UNDELIVERED if state not in FINAL else state
    assert next_state(MESSAGE, state, S.UNDELIVERED) is expected


@pytest.mark.parametrize(("state", "signal"), [(s, g) for s, g in MESSAGE if s in FINAL])
def test_delivery_and_second_thoughts_leave_final_states(state: M, signal: Signal) -> None:
    expected = {S.DELIVERED: M.DELIVERED, S.RESTORED: M.SCHEDULED}.get(signal, state)
    assert next_state(MESSAGE, state, signal) is expected


@pytest.mark.parametrize(
    ("state", "signal", "expected"),
    [
        (M.SCHEDULED, S.CLAIMED, M.QUEUED),
        (M.SCHEDULED, S.RESCHEDULED, M.SCHEDULED),
        (M.SCHEDULED, S.REFUSED, M.SKIPPED),
        (M.SCHEDULED, S.CANCELLED, M.CANCELLED),
        (M.QUEUED, S.STARTED, M.SENDING),
        (M.QUEUED, S.DEFERRED, M.SCHEDULED),
        (M.QUEUED, S.HELD, M.SCHEDULED),
        (M.QUEUED, S.REFUSED, M.SKIPPED),
        (M.QUEUED, S.LAPSED, M.SCHEDULED),
        (M.QUEUED, S.CANCELLED, M.CANCELLED),
        (M.SENDING, S.ACCEPTED, M.SENT),
        (M.SENDING, S.RETRIED, M.SCHEDULED),
        (M.SENDING, S.REJECTED, M.FAILED),
        (M.SENDING, S.LOST, M.UNCONFIRMED),
        (M.SENDING, S.LAPSED, M.UNCONFIRMED),
        (M.UNCONFIRMED, S.ACCEPTED, M.SENT),
        (M.UNCONFIRMED, S.ABSENT, M.SCHEDULED),
        (M.UNCONFIRMED, S.ABANDONED, M.FAILED),
        (M.SENT, S.ACCEPTED, M.SENT),
    ],
)
def test_signal_leads_to_its_state(state: M, signal: Signal, expected: M) -> None:
    assert next_state(MESSAGE, state, signal) is expected


def test_sending_and_unconfirmed_cannot_be_cancelled() -> None:
    assert (M.SENDING, S.CANCELLED) not in MESSAGE
    assert (M.UNCONFIRMED, S.CANCELLED) not in MESSAGE


def test_open_states_are_those_before_start() -> None:
    assert {M.SCHEDULED, M.QUEUED} == OPEN


@pytest.mark.parametrize("table", [MESSAGE, ENROLLMENT, BOOKING, ESCALATION])
def test_every_state_of_a_table_is_reachable(table: dict[tuple[object, object], object]) -> None:
    sources = {source for source, _ in table if source is not None}
    first = {M.SCHEDULED, *(s for s in sources if str(s) in {"active", "open"})}
    assert sources <= set(table.values()) | first
