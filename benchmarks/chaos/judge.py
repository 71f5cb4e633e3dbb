"""Holds the ledgers of carrier and mail server against the model, and the database's word against both."""

import re
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.chaos.cast import FAMILY, GIVEN, NOW, Part, Person
from benchmarks.chaos.deeds import KILLS
from benchmarks.chaos.rows import Row, instant

if TYPE_CHECKING:
    from benchmarks.chaos.run import Run

_LEAK = re.compile(rf"{GIVEN}|{FAMILY}|\+1\d{{3}}555\d{{4}}(?<!\+14165550100)|chaos-\d+@")
_OPEN = frozenset({"scheduled", "queued", "sending"})
#: A call that had started when a STOP was stored may be seen for as long as its lease lives (FOLLOWUP_LEASE here).
_LEASE = timedelta(seconds=6)
_DAY_0 = """
SELECT m.id, m.patient_id, m.state, m.reason, m.hold, m.due_at, m.step_key,
  (SELECT count(*) FROM escalations e
   WHERE e.subject = m.id AND e.kind = 'unconfirmed' AND e.state <> 'closed') AS told,
  (SELECT max(a.started_ops) FROM attempts a WHERE a.message_id = m.id) AS started
FROM messages m WHERE m.step_key = 'day-0'
"""


def is_leak(text: str) -> bool:
    """True if something of a patient stands in it."""
    return _LEAK.search(text) is not None


@dataclass
class Outcome:
    """What came of a run: faults by kind, what reached people, and each promise with what was looked at and broken."""

    faults: Counter[str]
    receipts: Counter[str] = field(default_factory=Counter)
    reached: dict[str, int] = field(default_factory=dict)
    promises: dict[str, tuple[int, list[str]]] = field(default_factory=dict)

    @property
    def broken(self) -> list[str]:
        """Every finding that is against a promise."""
        return [f"{promise}: {one}" for promise, (_, found) in self.promises.items() for one in found]

    def as_data(self) -> dict[str, Any]:
        """For the table and for programs."""
        return {
            "faults": dict(sorted(self.faults.items())),
            "faults_in_all": self.faults.total(),
            "kills": sum(self.faults[kind] for kind in KILLS),
            "receipts": dict(self.receipts),
            "reached": self.reached,
            "promises": {name: {"checked": n, "broken": len(found)} for name, (n, found) in self.promises.items()},
            "broken": self.broken[:50],
        }


def judge(run: "Run", *, asked: int, quiet: bool) -> Outcome:
    """Look at everything once the house is quiet, and let the product's own auditors look."""
    outcome = compare(run, asked=asked, quiet=quiet)
    outcome.promises["history and plan hold: audit verify, audit drift"] = (2, _audits(run))
    return outcome


def compare(run: "Run", *, asked: int, quiet: bool) -> Outcome:
    """Hold model, ledgers, rows and logs against each other."""
    outcome = Outcome(run.deeds.counts(), Counter(run.house.carrier.misbehaved))
    seen = _Seen(run)
    enough = [] if outcome.faults.total() >= asked else ["there was nothing left to send: more patients are needed"]
    promise = outcome.promises
    promise[f"at least {asked} faults"] = (outcome.faults.total(), enough)
    promise["every event answered 202 is planned"] = (len(run.accepted), _events(run))
    promise["nothing due is open without an end, or somebody told"] = (len(seen.day_0), _ends(seen, quiet))
    promise["every text exactly once, or staff are told why not"] = (
        len(seen.texts),
        _reach(seen, seen.texts, mail=False),
    )
    promise["every e-mail has one Message-ID, sent twice at most"] = (
        len(seen.mails),
        _reach(seen, seen.mails, mail=True),
    )
    promise["nothing starts after a STOP was answered"] = (len(run.stopped), _stops(run, seen))
    nobody = [p for p in run.told if not p.most]
    promise["nobody gets what they may not get"] = (len(nobody), _uninvited(seen, nobody))
    promise["the database says what the ledgers say"] = (len(seen.day_0), _contradictions(seen))
    promise["a receipt that was answered counts, repeated or late or not"] = _receipts(run, seen)
    promise["nothing of a patient in logs and broker"] = _leaks(run)
    outcome.reached = _reached(run, seen)
    return outcome


class _Seen:
    """The ledgers by address, and the rows of the step by person."""

    def __init__(self, run: "Run") -> None:
        people = run.told
        self.day_0 = run.rows.ask(_DAY_0)
        self.row: dict[str, Row] = {row["patient_id"]: row for row in self.day_0}
        self.by_id: dict[str, Row] = {row["id"]: row for row in self.day_0}
        self.taken: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for entry in run.house.carrier.messages:
            self.taken[entry["to"]].append(entry)
        self.caught: dict[str, list[str]] = defaultdict(list)
        for mail in run.house.mail.messages:
            for to in mail["rcpt_to"]:
                self.caught[to].append(mail["message_id"])
        self.households: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self.households[person.address].append(person)
        self.texts = {to: who for to, who in self.households.items() if not who[0].by_mail}
        self.mails = {to: who for to, who in self.households.items() if who[0].by_mail}

    def reached(self, to: str) -> int:
        """How many messages this address has: texts, or different e-mails."""
        return len(self.taken[to]) if to.startswith("+") else len(set(self.caught[to]))

    def told_of(self, who: list[Person]) -> int:
        """For how many of them staff were told that a message is in doubt."""
        rows = [self.row.get(person.id) for person in who]
        return sum(1 for row in rows if row is not None and row["told"])


def _events(run: "Run") -> list[str]:
    states = {row["id"]: row["state"] for row in run.rows.ask("SELECT id, state FROM events WHERE source = '/chaos'")}
    lost = [f"{key} was answered and is not stored" for key in run.accepted if key not in states]
    return lost + [f"{key} is {state}" for key, state in states.items() if state not in {"planned", "waiting"}]


def _ends(seen: _Seen, quiet: bool) -> list[str]:
    found = [] if quiet else ["something was still open when the time was over"]
    for row in seen.day_0:
        if row["state"] in _OPEN and instant(row["due_at"]) <= NOW:
            found.append(f"{row['id']} is {row['state']}, hold {row['hold']}")
        if row["state"] in {"unconfirmed", "failed"} and not row["told"]:
            found.append(f"{row['id']} is {row['state']} ({row['reason']}) and nobody was told")
    return found


def _reach(seen: _Seen, households: dict[str, list[Person]], *, mail: bool) -> list[str]:
    found = []
    for to, who in households.items():
        least, most, got = sum(p.least for p in who), sum(p.most for p in who), seen.reached(to)
        names = ", ".join(p.id for p in who)
        if got > most:
            found.append(f"{names}: {got} instead of {most}")
        if got + seen.told_of(who) < least:
            found.append(f"{names}: {got} instead of {least}, and nobody was told")
        if mail and max(Counter(seen.caught[to]).values(), default=0) > 2:
            found.append(f"{names}: more than two copies")
    again = Counter(entry["callback"] for taken in seen.taken.values() for entry in taken)
    return found + ([] if mail else [f"{one} was taken {n} times" for one, n in again.items() if n > 1])


def _stops(run: "Run", seen: _Seen) -> list[str]:
    found = []
    for person in [p for p in run.told if p.number in run.stopped]:
        answered, row = run.stopped[person.number], seen.row.get(person.id)
        if row is not None and row["started"] is not None and instant(row["started"]) > answered:
            found.append(f"{person.id}: an attempt started after the answer")
        late = [e for e in seen.taken[person.address] if datetime.fromisoformat(e["created"]) > answered + _LEASE]
        found += [f"{person.id}: taken after the answer and a lease" for _ in late]
    return found


def _uninvited(seen: _Seen, nobody: list[Person]) -> list[str]:
    return [f"{p.id} {p.part}: {seen.reached(p.address)}" for p in nobody if seen.reached(p.address)]


def _contradictions(seen: _Seen) -> list[str]:
    """What is said to have gone went, and what is said not to have gone did not."""
    went = {entry["callback"].rpartition("/")[2] for taken in seen.taken.values() for entry in taken}
    mailed = {to for to, caught in seen.caught.items() if caught}
    found = [f"{one} is not one of ours" for one in went - set(seen.by_id)]
    for to, who in seen.households.items():
        for row in [seen.row[p.id] for p in who if p.id in seen.row]:
            gone = row["id"] in went or to in mailed
            if row["state"] in {"sent", "delivered"} and not gone:
                found.append(f"{row['id']} is {row['state']} and was never taken")
            if row["state"] not in {"sent", "delivered", "unconfirmed"} and gone:
                found.append(f"{row['id']} is {row['state']} ({row['reason']}) and was taken")
    return found


def _receipts(run: "Run", seen: _Seen) -> tuple[int, list[str]]:
    ours = {entry["sid"]: entry["callback"].rpartition("/")[2] for entry in run.house.carrier.messages}
    told = [e for e in run.house.carrier.ledger.entries if e["kind"] == "receipt" and 200 <= e["answered"] < 300]
    ended = {ours[e["sid"]] for e in told if e["status"] == "delivered"}
    states = {one: seen.by_id[one]["state"] for one in ended if one in seen.by_id}
    return len(told), [f"{one} is {state}, not delivered" for one, state in states.items() if state != "delivered"]


def _leaks(run: "Run") -> tuple[int, list[str]]:
    found, lines = list(run.deeds.leaks), run.deeds.looked_at
    for log in run.house.logs:
        for line in log.read_text(errors="replace").splitlines():
            lines += 1
            if is_leak(line):
                found.append(f"{log.name}: {line[:60]}…")
    return lines, found


def _audits(run: "Run") -> list[str]:
    found = []
    for words in (("audit", "verify"), ("audit", "drift")):
        command = [sys.executable, "-m", "followup", *words]
        done = subprocess.run(command, env=run.house.environ, cwd=run.house.folder, capture_output=True, text=True)
        if done.returncode:
            found.append(f"{' '.join(words)} ends with {done.returncode}: {(done.stdout + done.stderr)[-300:]}")
    return found


def _reached(run: "Run", seen: _Seen) -> dict[str, int]:
    """Expected against found."""
    sure = [p for p in run.told if p.least]
    texts = [who for who in seen.texts.values() if who[0].least]
    rows = [seen.row[p.id] for p in run.told if p.id in seen.row]
    mails = [to for to, who in seen.mails.items() if who[0].least]
    history = {row["signal"]: row["n"] for row in run.rows.ask(
        "SELECT signal, count(*) AS n FROM message_history WHERE signal = 'absent' OR signal = 'lost' "
        "OR (signal = 'lapsed' AND state = 'unconfirmed') GROUP BY signal"
    )}  # fmt: skip
    per = {to: seen.reached(to) - sum(p.least for p in who) for to, who in seen.texts.items() if who[0].least}
    in_doubt = [r for r in rows if r["state"] in {"unconfirmed", "failed"}]
    return {
        "patients": len(run.told),
        "who must get one message": len(sure),
        "texts expected": sum(len(who) for who in texts),
        "texts accepted once": sum(min(seen.reached(w[0].address), len(w)) for w in texts),
        "texts accepted twice": sum(n for n in per.values() if n > 0),
        "texts not accepted, staff told": sum(
            min(len(w) - seen.reached(w[0].address), seen.told_of(w))
            for w in texts
            if seen.reached(w[0].address) < len(w)
        ),
        "texts missing": sum(max(0, len(w) - seen.reached(w[0].address) - seen.told_of(w)) for w in texts),
        "e-mails expected": len(mails),
        "e-mails, distinct Message-IDs": sum(seen.reached(to) for to in mails),
        "e-mails sent again under their Message-ID": sum(len(seen.caught[t]) - seen.reached(t) for t in mails),
        "e-mails not accepted, staff told": sum(
            1 for t in mails if not seen.reached(t) and seen.told_of(seen.mails[t])
        ),
        "e-mails missing": sum(1 for t in mails if not seen.reached(t) and not seen.told_of(seen.mails[t])),
        "who wrote STOP at some moment, and got one": sum(
            seen.reached(p.address) for p in run.told if p.part is Part.STOPS
        ),
        "unresolved, with an escalation": sum(1 for r in in_doubt if r["told"]),
        "unresolved, without": sum(1 for r in in_doubt if not r["told"]),
        "attempts": run.rows.number("SELECT count(*) FROM attempts"),
        "attempts cut short by a death": history.get("lapsed", 0),
        "attempts whose outcome was unknown": history.get("lost", 0),
        "proven absent, sent once more": history.get("absent", 0),
    }
