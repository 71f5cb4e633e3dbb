"""A cry for help at two in the night over real HTTP: heard, answered, and carried up the ladder to its end."""

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from followup.clock import write_instant
from followup.sandbox.clinic import Person
from tests.e2e.machines import Machine, Outside, outside, run, treat
from tests.waiting import until

pytestmark = pytest.mark.slow
NIGHT = datetime(2026, 3, 3, 7, 0, tzinfo=UTC)  # two in the morning in Toronto
NURSE, LEAD = "+19055550143", "+19055550144"


@dataclass
class Night:
    """A running machine, a treated patient, and the clock at two in the night."""

    machine: Machine
    around: Outside
    person: Person

    def write(self, number: str, body: str) -> None:
        """A text arrives from this number."""
        wish = {"from": number, "body": body, "url": f"{self.machine.url}/hooks/twilio/inbound"}
        request = urllib.request.Request(
            f"{self.around.carrier.url}/control/inbound",
            data=json.dumps(wish).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as answer:
            assert json.load(answer)["status"] == 200

    def texts(self, number: str) -> list[str]:
        """What the carrier took for this number, in order."""
        return [str(entry["body"]) for entry in self.around.carrier.messages if entry["to"] == number]

    def wait(self, how_long: str) -> None:
        """Move the clock on, stopping at whatever falls due."""
        self.told("clock", "advance", how_long)

    def told(self, *words: str) -> Any:
        """What a command prints as JSON."""
        done = run(
            *words, "--data", str(self.machine.data), "--json", environ=self.around.environ, cwd=self.machine.folder
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    with outside(tmp_path) as around:
        machine = Machine(tmp_path, around.environ)
        person = around.person()
        treat(around, machine.url, person)
        assert until(lambda: around.texts_to(person)), machine.logs()
        write_instant(tmp_path / "clock", NIGHT)
        yield Night(machine, around, person)
        assert machine.close() == 0


def test_nobody_accepts_and_the_ladder_ends(night: Night) -> None:
    night.write(night.person.sms, "my throat is closing up, I can't breathe")
    assert until(lambda: "911" in night.texts(night.person.sms)[-1]), night.machine.logs()
    assert until(lambda: len(night.texts(NURSE)) == 1), night.machine.logs()
    assert "EMERGENCY" in night.texts(NURSE)[0]
    night.wait("11m")
    assert until(lambda: len(night.texts(LEAD)) == 1), night.machine.logs()
    night.wait("7h")
    assert until(lambda: (len(night.texts(NURSE)), len(night.texts(LEAD))) == (7, 7)), night.machine.logs()
    (matter,) = night.told("inbox", "list")
    assert (matter["kind"], matter["state"], matter["next_rung_at"]) == ("red_flag", "open", None)
    before = len(night.texts(night.person.sms))
    night.wait("30h")
    assert len(night.texts(night.person.sms)) == before


def test_an_ok_ends_the_ladder_and_closing_lets_on(night: Night) -> None:
    night.write(night.person.sms, "STOP. it keeps bleeding and wont stop")
    assert until(lambda: "911" in night.texts(night.person.sms)[-1]), night.machine.logs()
    assert until(lambda: len(night.texts(NURSE)) == 1), night.machine.logs()
    night.write(NURSE, "OK")
    night.wait("8h")
    assert (len(night.texts(NURSE)), night.texts(LEAD)) == (1, [])
    (matter,) = night.told("inbox", "list")
    assert (matter["state"], matter["acknowledged_by"]) == ("acknowledged", "RN Okafor")
    closed = night.told("inbox", "close", matter["id"], "--by", "RN Okafor", "--note", "phoned")
    assert closed["closed_by"] == "RN Okafor"
    texts = len(night.texts(night.person.sms))
    night.wait("48h")
    assert len(night.texts(night.person.sms)) == texts
