"""`followup doctor` names what a provider's code keeps, and `--release` lets it go."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from followup.domain.breaker import Circuit, CircuitState
from followup.domain.halt import Halt, HaltScope
from followup.domain.ids import ClinicId
from followup.storage.database import Database, open_database
from followup.storage.routing import circuits, halts
from followup.storage.tables import audit
from tests.cli.conftest import Call
from tests.fakes import START

NOWHERE = {"FOLLOWUP_PUBLIC_URL": "http://127.0.0.1:1"}
HALT = Halt(ClinicId("canstrive"), HaltScope.ACCOUNT, "echo", START, code="20003", why="The credentials are refused.")


@pytest.fixture
def rows(call: Call, tmp_path: Path) -> Iterator[Database]:
    """The database of an installation whose only provider is halted and whose circuit is open."""
    call("db", "migrate")
    database = open_database(f"sqlite:///{tmp_path / 'var' / 'followup.db'}")
    closed = Circuit(CircuitState.CLOSED, START)
    with database.transaction() as conn:
        halts.put(conn, HALT, now=START)
        circuits.change(conn, ("echo", ""), before=closed, after=Circuit(CircuitState.OPEN, START, until=START))
    yield database
    database.close()


def test_a_halt_is_an_error_with_its_cure(rows: Database, call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert call("doctor", "--json", **NOWHERE) == 1
    lines = {line["part"]: line for line in json.loads(capsys.readouterr().out)}
    assert lines["halt"]["level"] == "error"
    assert "The credentials are refused." in lines["halt"]["text"]
    assert "followup doctor --release echo --by NAME" in lines["halt"]["cure"]
    assert lines["circuit"]["level"] == "warning"


def test_a_person_says_go_and_is_noted(rows: Database, call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("doctor", "--release", "echo", "--by", "R. Okafor") == 0
    with rows.reading() as conn:
        assert halts.standing(conn) == []
        assert {c.state for c in circuits.standing(conn).values()} == {CircuitState.CLOSED}
        noted = {(row.actor, row.action) for row in conn.execute(audit.select())}
    assert noted >= {("R. Okafor", "halt.ended"), ("R. Okafor", "circuit.closed")}


@pytest.mark.parametrize(
    ("args", "status"),
    [(["--release", "echo"], 2), (["--release", "nobody", "--by", "R. Okafor"], 1), (["--by", "R. Okafor"], 2)],
)
def test_a_release_needs_a_name_and_provider(rows: Database, call: Call, args: list[str], status: int) -> None:
    assert call("doctor", *args) == status
    with rows.reading() as conn:
        assert halts.standing(conn) == [HALT]


@pytest.mark.parametrize("where", ["ok", "read only"])
def test_a_database_that_takes_no_writes_is_named(
    call: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str
) -> None:
    assert call("db", "migrate") == 0
    file, url = tmp_path / "var" / "followup.db", None
    if where == "read only":
        url = f"sqlite:///file:{file}?mode=ro&uri=true"
    call("doctor", **({"DATABASE_URL": url} if url else {}))
    assert ("takes no writes" in capsys.readouterr().out) is (where == "read only")
