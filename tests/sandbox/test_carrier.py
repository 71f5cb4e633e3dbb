"""The loopback carrier: as strict as Twilio, honest in its ledger, and unkind on demand."""

import base64
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from followup.sandbox.carrier import ACCOUNT, NUMBER, TOKEN, Carrier, CarrierOptions
from followup.sandbox.courier import Manners
from followup.sandbox.process import running
from tests.sandbox.door import Door
from tests.support import processes
from tests.waiting import until

PATIENT = "+14165550123"
BASE = f"/2010-04-01/Accounts/{ACCOUNT}"
SOUND = {"To": PATIENT, "From": NUMBER, "Body": "Bonjour Zoé"}
QUICK = Manners(delay=0)


@pytest.fixture
def door() -> Iterator[Door]:
    """Where the carrier's call-backs go."""
    with running(Door(TOKEN)) as started:
        yield started


@pytest.fixture
def carrier(tmp_path: Path) -> Iterator[Carrier]:
    """A carrier that is quick with its receipts and keeps a file."""
    with running(Carrier(CarrierOptions(manners=QUICK, ledger=tmp_path / "ledger.jsonl"))) as started:
        yield started


def call(
    url: str, *, data: bytes | None = None, user: str = f"{ACCOUNT}:{TOKEN}", method: str = "", **headers: str
) -> Any:
    """Status and JSON of one request."""
    given = {"Authorization": "Basic " + base64.b64encode(user.encode()).decode()}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    asked = urllib.request.Request(url, data, given, method=method or None)
    try:
        with urllib.request.urlopen(asked, timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def create(carrier: Carrier, **changes: str) -> Any:
    """Ask the carrier to send; a parameter changed to "-" is left out."""
    form = {name: value for name, value in {**SOUND, **changes}.items() if value != "-"}
    return call(f"{carrier.url}{BASE}/Messages.json", data=urlencode(form).encode())


def control(url: str, door: str, asked: Any) -> Any:
    """One word at the control door."""
    return call(f"{url}/control/{door}", data=json.dumps(asked).encode(), Content_Type="application/json")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"To": "-"}, 400, 21604),
        ({"From": "-"}, 400, 21603),
        ({"Body": "-"}, 400, 21602),
        ({"Body": "a" * 1601}, 400, 21617),
        ({"Body": "😀" * 801}, 400, 21617),
        ({"To": "4165550123"}, 400, 21211),
        ({"To": NUMBER}, 400, 21266),
        ({"From": "Canstrive Skin Care"}, 400, 21212),
        ({"MessagingServiceSid": "MG1"}, 400, 21701),
        ({"StatusCallback": "not an address"}, 400, 21609),
        ({"StatusCallback": "https://a_b.example/"}, 400, 21609),
        ({"ValidityPeriod": "0"}, 400, 30012),
        ({"ValidityPeriod": "36001"}, 400, 30013),
        ({"ValidityPeriod": "2h"}, 400, 20422),
        ({"To": "+15005521610"}, 400, 21610),
        ({"To": "+15005520429"}, 429, 20429),
        ({"To": "+15005563038"}, 429, 63038),
        ({"To": "+15005550009"}, 400, 21614),
        ({"From": "+15005550007"}, 400, 21606),
    ],
)
def test_what_twilio_refuses_is_refused(carrier: Carrier, changes: dict[str, str], status: int, code: int) -> None:
    found, body = create(carrier, **changes)
    assert (found, body["code"], body["status"]) == (status, code, status)
    assert carrier.messages == []


@pytest.mark.parametrize("body", [b"", b"To", b"To=%zz&Body=a", b"To=a&To=b", b"To=\xff", b'{"To": "+1"}'])
def test_a_broken_form_is_refused(carrier: Carrier, body: bytes) -> None:
    status, _ = call(f"{carrier.url}{BASE}/Messages.json", data=body)
    assert status == 400
    assert carrier.messages == []


@pytest.mark.parametrize(
    ("user", "account", "status"),
    [(f"{ACCOUNT}:wrong", ACCOUNT, 401), (f"{TOKEN}:{ACCOUNT}", ACCOUNT, 401), (":", ACCOUNT, 401),
     (f"{ACCOUNT}:{TOKEN}", "AC" + "9" * 32, 404)],
)  # fmt: skip
def test_strangers_and_other_accounts_are_refused(carrier: Carrier, user: str, account: str, status: int) -> None:
    url = f"{carrier.url}/2010-04-01/Accounts/{account}/Messages.json"
    assert call(url, data=urlencode(SOUND).encode(), user=user)[0] == status


@pytest.mark.parametrize(
    ("manners", "expected"),
    [
        ({}, ["sent", "delivered"]),
        ({"doubled": True}, ["sent", "sent", "delivered", "delivered"]),
        ({"shuffled": True}, ["delivered", "sent"]),
        ({"late": 0.1}, ["sent", "delivered"]),
    ],
)
def test_receipts_come_as_their_manners_say(carrier: Carrier, door: Door, manners: Any, expected: list[str]) -> None:
    assert control(carrier.url, "receipts", manners)[0] == 200
    create(carrier, StatusCallback=f"{door.url}/hooks/twilio/status/msg_1")
    assert until(lambda: len(door.told) == len(expected))
    assert door.statuses == expected
    assert all(door.signed)


def test_a_service_s_message_tells_of_its_queue(carrier: Carrier, door: Door) -> None:
    create(carrier, From="-", MessagingServiceSid="MG" + "1" * 32, StatusCallback=door.url + "/x")
    assert until(lambda: door.statuses == ["queued", "sent", "delivered"])


@pytest.mark.parametrize(("code", "status"), [("30003", "undelivered"), ("30036", "failed")])
def test_a_code_by_receipt_ends_the_message(carrier: Carrier, door: Door, code: str, status: str) -> None:
    create(carrier, To=f"+150055{code}", StatusCallback=door.url + "/x")
    assert until(lambda: len(door.told) == 2)
    assert (door.statuses[-1], door.told[-1]["ErrorCode"]) == (status, code)
    assert carrier.messages[0]["error_code"] == code


def test_forged_receipts_are_not_signed(carrier: Carrier, door: Door) -> None:
    control(carrier.url, "receipts", {"forged": True})
    create(carrier, StatusCallback=door.url + "/x")
    assert until(lambda: len(door.signed) == 2)
    assert not any(door.signed)


def test_a_silent_number_gets_no_receipt(carrier: Carrier, door: Door) -> None:
    control(carrier.url, "numbers", {PATIENT: "silent"})
    create(carrier, StatusCallback=door.url + "/x")
    sid = carrier.messages[0]["sid"]
    assert control(carrier.url, "receipt", {"sid": sid, "status": "delivered"}) == (200, {"answered": 200})
    assert door.statuses == ["delivered"]


def test_what_a_patient_writes_comes_signed(carrier: Carrier, door: Door) -> None:
    status, told = control(carrier.url, "inbound", {"from": PATIENT, "body": "Merci 😀", "url": door.url + "/in"})
    assert (status, told["status"], told["answer"]) == (200, 200, "<Response/>")
    assert (door.told[0]["From"], door.told[0]["Body"], door.told[0]["FromCity"]) == (PATIENT, "Merci 😀", "")
    assert door.signed == [True]


def test_a_stop_word_blocks_the_number_until_start(carrier: Carrier, door: Door) -> None:
    for word, expected in (("Stop ", 400), ("stop it please", 400), ("START", 201)):
        control(carrier.url, "inbound", {"from": PATIENT, "body": word, "url": door.url + "/in"})
        assert create(carrier)[0] == expected


@pytest.mark.parametrize(
    ("fault", "statuses"),
    [
        ({"kind": "500", "count": 1}, [500, 201, 201, 201]),
        ({"kind": "503", "every": 2}, [201, 503, 201, 503]),
        ({"kind": "429", "count": 2, "every": 2}, [201, 429, 201, 429]),
        ({"kind": "500", "on": "read"}, [201, 201, 201, 201]),
    ],
)
def test_faults_strike_as_often_as_asked(carrier: Carrier, fault: Any, statuses: list[int]) -> None:
    assert control(carrier.url, "faults", fault)[0] == 200
    assert [create(carrier)[0] for _ in statuses] == statuses


@pytest.mark.parametrize(
    ("door_", "asked"),
    [("faults", {"kind": "no such"}), ("faults", {"kind": "500", "colour": 1}), ("receipts", {"speed": 1}),
     ("numbers", {PATIENT: "never"}), ("nowhere", {}), ("inbound", {})],
)  # fmt: skip
def test_the_control_door_refuses_what_it_does_not_know(carrier: Carrier, door_: str, asked: Any) -> None:
    status, body = control(carrier.url, door_, asked)
    assert status == 400
    assert body["error"]


def test_the_list_pages_newest_first(carrier: Carrier) -> None:
    for number in range(5):
        create(carrier, Body=f"text {number}")
    url, bodies = f"{carrier.url}{BASE}/Messages.json?PageSize=2&To=%2B14165550123", []
    while url:
        _, page = call(url)
        bodies += [row["body"] for row in page["messages"]]
        url = carrier.url + page["next_page_uri"] if page["next_page_uri"] else ""
    assert bodies == [f"text {number}" for number in (4, 3, 2, 1, 0)]


def test_a_lying_list_hides_what_was_taken(carrier: Carrier) -> None:
    create(carrier)
    for lie, length in (({"lag": 60}, 0), ({"lag": 0}, 1), ({"hidden": [carrier.messages[0]["sid"]]}, 0)):
        control(carrier.url, "list", lie)
        assert len(call(f"{carrier.url}{BASE}/Messages.json")[1]["messages"]) == length


def test_the_ledger_outlives_the_carrier(carrier: Carrier, tmp_path: Path) -> None:
    create(carrier)
    assert until(lambda: carrier.messages[0]["status"] == "delivered")
    with (tmp_path / "ledger.jsonl").open("a") as file:
        file.write('{"kind": "mess')
    with running(Carrier(CarrierOptions(ledger=tmp_path / "ledger.jsonl"))) as reborn:
        assert [(entry["sid"], entry["status"]) for entry in reborn.messages] == [
            (carrier.messages[0]["sid"], "delivered")
        ]


def test_the_ledger_can_be_followed(carrier: Carrier) -> None:
    create(carrier)
    _, first = call(f"{carrier.url}/control/ledger?kind=message")
    create(carrier)
    _, second = call(f"{carrier.url}/control/ledger?kind=message&since={first['next']}")
    assert [len(part["entries"]) for part in (first, second)] == [1, 1]


@pytest.mark.parametrize("module", ["carrier", "mail"])
def test_a_stand_in_runs_as_a_process(module: str, tmp_path: Path) -> None:
    ready, log = tmp_path / "ready.json", tmp_path / "log"
    command = [sys.executable, "-W", "error", "-m", f"followup.sandbox.{module}", "--ready-file", str(ready)]
    with log.open("wb") as out:
        child: subprocess.Popen[bytes] = processes.start(command, log=out)
    try:
        processes.wait_ready(child, ready.exists, log=log)
        assert call(json.loads(ready.read_text())["url"] + "/control/ledger") == (200, {"entries": [], "next": 0})
    finally:
        processes.stop(child)
    assert (child.returncode, "ready" in log.read_text()) == (0, True)
