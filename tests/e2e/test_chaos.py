"""The chaos benchmark: a tiny run of it, and whether its judge sees what it is there to see."""

import json
import os
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.chaos import judge
from benchmarks.chaos.cast import NOW, Part, cast, told
from benchmarks.chaos.rows import Row
from followup.domain.errors import FollowupError
from tests.builders import ROOT
from tests.e2e.machines import command

PEOPLE = cast(50)


def test_everybody_in_the_cast_is_told_of_twice_at_most() -> None:
    keys = Counter((event["type"], event["id"]) for event in told(PEOPLE))
    twice = {f"E-{person.number}" for person in PEOPLE if person.part is Part.TOLD_TWICE}
    assert {key for (_, key), n in keys.items() if n == 2} == twice
    assert set(Part) == {person.part for person in PEOPLE}
    with pytest.raises(FollowupError):
        cast(0)


class Told:
    """The rows of a run in which every message went as it should."""

    def __init__(self, run: SimpleNamespace) -> None:
        self.messages: dict[str, dict[str, Any]] = {
            p.id: {
                "id": f"msg_{p.number}", "patient_id": p.id, "state": "delivered" if p.least else "scheduled",
                "reason": None, "hold": None, "due_at": NOW + timedelta(hours=0 if p.least else 9), "told": 0,
                "started": NOW if p.least else None,
            }
            for p in PEOPLE
        }  # fmt: skip
        self.events = [{"id": key, "state": "planned"} for key in run.accepted]

    def ask(self, query: str, **_: object) -> list[Row]:
        return list(self.messages.values()) if "day-0" in query else self.events if "FROM events" in query else []

    def number(self, _query: str) -> int:
        return 0


def sound(tmp_path: Path) -> SimpleNamespace:
    """A run that kept every promise, as far as the judge can see."""
    sure = [p for p in PEOPLE if p.least]
    texts = [
        {"to": p.address, "sid": f"SM{p.number}", "callback": f"/hooks/msg_{p.number}", "created": NOW.isoformat()}
        for p in sure if not p.by_mail
    ]  # fmt: skip
    mails = [{"rcpt_to": [p.address], "message_id": f"<{p.number}@x>"} for p in sure if p.by_mail]
    log = tmp_path / "worker.log"
    log.write_text("worker ready\n")
    made = SimpleNamespace(told=PEOPLE, accepted={e["id"] for e in told(PEOPLE)}, stopped={14: NOW})
    made.house = SimpleNamespace(
        carrier=SimpleNamespace(messages=texts, misbehaved={}, ledger=SimpleNamespace(entries=[])),
        mail=SimpleNamespace(messages=mails), logs=[log], environ={}, folder=tmp_path,
    )  # fmt: skip
    made.deeds = SimpleNamespace(counts=lambda: Counter({"FLUSHALL": 7}), leaks=[], looked_at=3)
    made.rows = Told(made)
    return made


def findings(made: SimpleNamespace) -> list[str]:
    """What the judge finds."""
    return judge.compare(made, asked=5, quiet=True).broken


def text_of(made: SimpleNamespace, number: int) -> dict[str, Any]:
    return next(t for t in made.house.carrier.messages if t["sid"] == f"SM{number}")


def double(made: SimpleNamespace) -> None:
    made.house.carrier.messages.append(text_of(made, 2) | {"sid": "SM900"})


def lose(made: SimpleNamespace) -> None:
    made.house.carrier.messages.remove(text_of(made, 12))  # of two who share a number
    made.rows.messages["P-12"]["state"] = "skipped"


def rename(made: SimpleNamespace) -> None:
    made.house.mail.messages.append(made.house.mail.messages[0] | {"message_id": "<other@x>"})


def ignore_stop(made: SimpleNamespace) -> None:
    made.rows.messages["P-14"]["started"] = NOW + timedelta(seconds=1)


def wake(made: SimpleNamespace) -> None:
    asleep = next(p for p in PEOPLE if p.part is Part.ASLEEP)
    made.house.carrier.messages.append(text_of(made, 2) | {"to": asleep.address, "callback": "/hooks/msg_24"})


def keep_silent(made: SimpleNamespace) -> None:
    made.rows.messages["P-2"]["state"] = "unconfirmed"


def forget(made: SimpleNamespace) -> None:
    made.rows.events.pop()


def leak(made: SimpleNamespace) -> None:
    made.house.logs[0].write_text(f"sent to {PEOPLE[2].address}\n")


WRONGS: list[tuple[Callable[[SimpleNamespace], None], str]] = [
    (double, "exactly once"), (lose, "exactly once"), (rename, "one Message-ID"), (ignore_stop, "after a STOP"),
    (wake, "what they may not get"), (keep_silent, "or somebody told"), (forget, "answered 202"), (leak, "in logs"),
]  # fmt: skip


def test_the_judge_finds_nothing_where_all_is_well(tmp_path: Path) -> None:
    assert findings(sound(tmp_path)) == []


@pytest.mark.parametrize(("wrong", "promise"), WRONGS)
def test_the_judge_finds_every_kind_of_wrong(
    tmp_path: Path, wrong: Callable[[SimpleNamespace], None], promise: str
) -> None:
    made = sound(tmp_path)
    wrong(made)
    assert any(promise in one for one in findings(made))


@pytest.mark.slow
def test_a_tiny_chaos_keeps_every_promise(tmp_path: Path) -> None:
    words = command("bench", "chaos", "--patients", "40", "--faults", "4", "--json")
    done = subprocess.run(
        words, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout)
    assert said["broken"] == []
    assert said["faults_in_all"] >= 4
    assert said["reached"]["texts accepted twice"] == 0
