"""A whole conversation over real HTTP: a visit is offered, the patient answers, the clinic's own system is told."""

import json
import re
import shutil
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from standardwebhooks import Webhook

from followup.sandbox.clinic import HOME, Person
from tests.builders import ROOT
from tests.e2e.machines import KEY, NOW, Machine, Outside, outside, post_event, treat
from tests.waiting import until

pytestmark = pytest.mark.slow
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
VISIT = NOW + timedelta(days=29)
JSON = {"Content-Type": "application/json"}


@dataclass
class System:
    """The clinic's own system: keeps every webhook whose signature is right, and says 410 to what it gave away."""

    heard: list[dict[str, Any]] = field(default_factory=list)
    given_away: set[str] = field(default_factory=set)

    def take(self, headers: dict[str, str], body: str) -> int:
        """The status that it answers."""
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        if headers["webhook-signature"] != Webhook(SECRET).sign(headers["webhook-id"], at, body):
            return 401
        told = json.loads(body)
        self.heard.append(told)
        gone = told["type"] == "booking.answered" and told["data"]["booking"]["id"] in self.given_away
        return 410 if gone else 204

    def answers(self, booking: str) -> list[str]:
        """What it was told that the patient answered."""
        told = (t["data"] for t in self.heard if t["type"] == "booking.answered")
        return [data["answer"] for data in told if data["booking"]["id"] == booking]


@dataclass
class Stage:
    """A running machine with all that is around it."""

    machine: Machine
    around: Outside
    system: System

    def offer(self, person: Person, booking: str) -> None:
        """The clinic's system offers a visit; returns once the patient was asked."""
        known = {"id": person.id, "given_name": "Ana", "family_name": "Silva", "language": "en-CA",
                 "contact_points": person.contact_points()}  # fmt: skip
        visit = {"id": booking, "treatment_code": "skinpen-microneedling", "starts_at": VISIT.isoformat()}
        self.tell("booking.offered", booking, {"patient": known, "booking": visit})
        assert until(lambda: self.text(person).endswith("X if you can't come")), self.machine.logs()

    def tell(self, kind: str, name: str, data: dict[str, Any]) -> None:
        """An event of the clinic's system."""
        event = {"specversion": "1.0", "type": kind, "source": "/pms", "id": f"{kind}-{name}", "time": NOW.isoformat(),
                 "data": {"clinic": "canstrive", **data}}  # fmt: skip
        assert post_event(self.machine.url, event) == 202

    def write(self, person: Person, body: str) -> None:
        """The patient writes from their phone."""
        url = f"{self.machine.url}/hooks/twilio/inbound"
        wish = json.dumps({"from": person.sms, "body": body, "url": url}).encode()
        request = urllib.request.Request(f"{self.around.carrier.url}/control/inbound", data=wish, headers=JSON)
        with urllib.request.urlopen(request) as answer:
            assert json.load(answer)["status"] == 200

    def text(self, person: Person) -> str:
        """The last text that the carrier took for this person."""
        taken = self.around.texts_to(person)
        return str(taken[-1]["body"]) if taken else ""

    def timeline(self, person: Person) -> Any:
        """What followup tells of this person."""
        request = urllib.request.Request(f"{self.machine.url}/v1/patients/{person.id}/timeline")
        request.add_header("Authorization", f"Bearer {KEY}")
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def mails(self, address: str) -> list[str]:
        """What the mail catcher took for this mailbox."""
        return [str(entry["raw"]) for entry in self.around.mail.messages if address in entry["rcpt_to"]]


@pytest.fixture(scope="module")
def system() -> Iterator[tuple[System, str]]:
    known = System()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.send_response(known.take({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    Thread(target=server.serve_forever, daemon=True).start()
    yield known, f"http://127.0.0.1:{server.server_address[1]}/hooks"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def stage(system: tuple[System, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    known, url = system
    config = tmp_path_factory.mktemp("conversation") / "config"
    shutil.copytree(ROOT / "config", config)
    clinic = config / "clinics" / "canstrive.yaml"
    hook = f"webhooks: [{{url: '{url}', secret_env: PMS_HOOK_SECRET}}]"
    clinic.write_text(clinic.read_text().replace("webhooks: []", hook))
    with outside(config.parent) as around:
        environ = {**around.environ, "FOLLOWUP_CONFIG": str(config), "PMS_HOOK_SECRET": SECRET}
        machine = Machine(tmp_path_factory.mktemp("machine"), environ)
        yield Stage(machine, around, known)
        assert machine.close() == 0


def somebody(stage: Stage, *, email: str = "") -> Person:
    """Somebody new, with a mailbox if it is given."""
    one = stage.around.person()
    return Person(one.id, one.given_name, one.family_name, one.language, HOME, one.sms, email)


def test_a_yes_books_and_everybody_knows(stage: Stage) -> None:
    person = somebody(stage, email="ana@patients.example")
    treat(stage.around, stage.machine.url, person, of=3)
    stage.offer(person, "V-1")
    stage.write(person, "C")
    assert until(lambda: "your visit is set for" in stage.text(person)), stage.machine.logs()
    assert until(lambda: stage.system.answers("V-1") == ["confirm"]), stage.machine.logs()
    assert until(lambda: any('method="REQUEST"' in mail for mail in stage.mails("ana@patients.example")))
    nudge = next(m for m in stage.timeline(person)["messages"] if m["step"] == "next-session")
    assert "booking" in nudge["foreseen"]["text"]
    assert nudge["foreseen"]["verdict"] == "skip"


def test_another_time_is_for_staff(stage: Stage) -> None:
    person = somebody(stage)
    stage.offer(person, "V-2")
    stage.write(person, "R")
    assert until(lambda: "another time" in stage.text(person)), stage.machine.logs()
    assert until(lambda: stage.system.answers("V-2") == ["reschedule"])
    assert [e["kind"] for e in stage.timeline(person)["escalations"]] == ["booking"]
    assert until(lambda: stage.mails("frontdesk@canstrive.example.com"))


def test_a_stop_in_the_middle_ends_texts(stage: Stage) -> None:
    person = somebody(stage)
    stage.offer(person, "V-3")
    page = re.search(r"http\S+/b/\S+", stage.text(person))
    assert page is not None
    stage.write(person, "STOP")
    before = len(stage.around.texts_to(person))
    form = urllib.parse.urlencode({"answer": "confirm", "visit": VISIT.isoformat()}).encode()
    with urllib.request.urlopen(page[0], data=form) as answer:
        assert "Your visit is set" in answer.read().decode()
    assert until(lambda: stage.system.answers("V-3") == ["confirm"])
    assert len(stage.around.texts_to(person)) == before


def test_a_time_that_is_gone_is_told(stage: Stage) -> None:
    person = somebody(stage)
    stage.system.given_away.add("V-4")
    stage.offer(person, "V-4")
    stage.write(person, "Yes, that works!")
    assert until(lambda: "was just taken" in stage.text(person)), stage.machine.logs()
    assert [e["kind"] for e in stage.timeline(person)["escalations"]] == ["booking"]
