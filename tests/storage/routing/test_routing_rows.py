"""Rows about providers on both databases: who changes a circuit has it, and a halt is put once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from followup.domain.breaker import Circuit, CircuitState, probing
from followup.domain.halt import Halt, HaltScope, Passage, Proof, key_of
from followup.domain.message import Channel, Hold
from followup.storage.database import Database
from followup.storage.routing import circuits, halts
from tests.builders import CLINIC, PHONE
from tests.fakes import START

KEY = ("twilio", "+14165550100")
HOUR = timedelta(hours=1)
HALT = Halt(CLINIC, HaltScope.ACCOUNT, "twilio", START, code="63038", why="The limit is reached.", until=START + HOUR)
WAY = Passage("msg_1", "twilio", Channel.SMS, KEY[1], PHONE, "care/day-1@abc")


def test_of_many_trials_one_is_taken(database: Database) -> None:
    opened = Circuit(CircuitState.OPEN, START, until=START, times=1)
    with database.transaction() as conn:
        assert circuits.change(conn, KEY, before=Circuit(CircuitState.CLOSED, START), after=opened)

    def take(number: int) -> bool:
        after = probing(opened, f"att_{number}", now=START + HOUR, lease=HOUR)
        with database.transaction() as conn:
            return circuits.change(conn, KEY, before=opened, after=after)

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(8))) == 1


def test_a_circuit_reads_as_it_was_written(database: Database) -> None:
    circuit = Circuit(CircuitState.HALF_OPEN, START, until=START + HOUR, times=3, probe="att_1")
    with database.transaction() as conn:
        circuits.change(conn, KEY, before=Circuit(CircuitState.CLOSED, START), after=circuit)
        assert circuits.standing(conn) == {KEY: circuit}
        assert circuits.get(conn, ("other", ""), born=START) == Circuit(CircuitState.CLOSED, START)


@pytest.mark.parametrize(
    ("again", "ends"), [(HOUR * 2, HOUR * 2), (HOUR / 2, HOUR), (None, None)], ids=["longer", "shorter", "for good"]
)
def test_a_halt_met_again_lasts_the_longer(database: Database, again: timedelta | None, ends: timedelta | None) -> None:
    with database.transaction() as conn:
        assert halts.put(conn, HALT, now=START)
        assert not halts.put(conn, replace(HALT, until=None if again is None else START + again), now=START)
        (stands,) = halts.standing(conn, CLINIC)
    assert stands.until == (None if ends is None else START + ends)


def test_a_halt_reads_as_it_was_written(database: Database) -> None:
    written = replace(HALT, until=None, next_try=START + HOUR, proof=Proof.DELIVERED)
    with database.transaction() as conn:
        halts.put(conn, written, now=START)
        halts.note_try(conn, written, next_try=START + 2 * HOUR, probe="msg_1")
        (stands,) = halts.tried_by(conn, WAY.message_id)  # type: ignore[arg-type]
        assert stands == replace(written, tries=1, next_try=START + 2 * HOUR, probe="msg_1")
        assert (halts.end(conn, stands), halts.end(conn, stands)) == (True, False)


@pytest.mark.parametrize(
    ("scope", "key", "cause"),
    [
        (HaltScope.ACCOUNT, "twilio", Hold.ACCOUNT_HALTED),
        (HaltScope.SENDER, "twilio +14165550100", Hold.SENDER_PAUSED),
        (HaltScope.REGION, "twilio CA", Hold.REGION),
        (HaltScope.TEMPLATE, "care/day-1@abc", Hold.TEMPLATE),
    ],
)
def test_a_halt_keeps_what_its_key_names(scope: HaltScope, key: str, cause: Hold) -> None:
    halt = replace(HALT, scope=scope, key=key_of(scope, WAY), until=None)
    assert (halt.key, halt.cause) == (key, cause)
    assert halt.keeps(WAY, START)
    assert not replace(halt, probe="msg_1").keeps(WAY, START)
    assert not replace(halt, until=START).keeps(WAY, START)
    mail = replace(WAY, channel=Channel.EMAIL, provider="smtp", sender="")
    assert not halt.keeps(mail, START)
