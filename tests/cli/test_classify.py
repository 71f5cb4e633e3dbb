"""`followup inbox classify`: one text or many, without a database."""

import io
import json

import pytest

from followup.cli.inbox.classifying import answers, lines_of
from tests.cli.conftest import Call

Captured = pytest.CaptureFixture[str]
LINES = ["STOP", "", "oui stp", "I can't breathe", "2"]


def test_one_text_is_told_with_its_rule(call: Call, capsys: Captured) -> None:
    assert call("inbox", "classify", "--lang", "en", "my lip turned white", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"intent": "clinical_emergency", "severity": "emergency", "rule": "colour.colour", "also": []}


def test_it_needs_neither_database_nor_settings(call: Call, capsys: Captured) -> None:
    assert call("inbox", "classify", "yes", DATABASE_URL="nonsense://", FOLLOWUP_CONFIG="/nowhere") == 0
    assert capsys.readouterr().out == "confirm  none  confirm.yes\n"


def test_lines_come_out_in_the_order_they_came() -> None:
    stream = io.BytesIO("\n".join(LINES).encode() + b"\ncaf\xe9\n")
    told = [json.loads(line) for line in answers(lines_of(stream), language="en", as_json=True)]
    intents = ["stop", "other", "confirm", "clinical_emergency", "reschedule", "other"]
    assert [answer["intent"] for answer in told] == intents


def test_what_stands_beside_is_told_too() -> None:
    (line,) = answers(["STOP. my face is burning"], language="en", as_json=False)
    assert line == "clinical_urgent  urgent  broken.burning  also stop"
