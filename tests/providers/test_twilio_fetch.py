"""Twilio is asked what became of a message, and answers are taken for no more than they say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from followup.domain.ids import MessageId
from followup.domain.message import Receipt, ReceiptStatus
from followup.domain.outcome import Accepted
from followup.ports import Absent, AskLater, Look, Seen, Sighting
from followup.sandbox.carrier import Carrier
from tests.providers.parts import TEXT, closed_port, make_twilio, use
from tests.waiting import until

ID = MessageId("msg_1")


def taken(carrier: Carrier) -> str:
    """The carrier's id of a new message that tells nothing by itself."""
    carrier.manners.silent = True
    outcome = use(make_twilio(carrier.url), lambda one: one.send(TEXT))
    assert isinstance(outcome, Accepted)
    assert until(lambda: carrier.messages[-1]["status"] == "delivered")  # its life at the carrier is over
    return outcome.ref


def told(carrier: Carrier, ref: str) -> Receipt | AskLater | None:
    return use(make_twilio(carrier.url), lambda one: one.fetch(ref, ID))


@pytest.mark.parametrize(
    ("status", "code", "word"),
    [
        ("delivered", None, ReceiptStatus.DELIVERED),
        ("undelivered", "30005", ReceiptStatus.UNDELIVERED),
        ("failed", "30003", ReceiptStatus.UNDELIVERED),
        ("sending", None, ReceiptStatus.ACCEPTED),
    ],
)
def test_a_status_is_told_like_a_receipt(carrier: Carrier, status: str, code: str | None, word: ReceiptStatus) -> None:
    ref = taken(carrier)
    carrier._recall({"kind": "status", "sid": ref, "status": status, "error_code": code})
    assert told(carrier, ref) == Receipt(ID, word, "twilio", ref, status, code)


def test_a_message_twilio_forgot_tells_nothing(carrier: Carrier) -> None:
    assert told(carrier, "SM" + "0" * 32) is None


@pytest.mark.parametrize(
    ("fault", "pause"),
    [
        ({"kind": "429", "retry_after": 7}, timedelta(seconds=7)),
        ({"kind": "500"}, None),
        ({"kind": "cut"}, None),
        ({"kind": "hang"}, None),
    ],
)
def test_a_refusal_asks_for_patience_only(carrier: Carrier, fault: dict[str, Any], pause: timedelta | None) -> None:
    ref = taken(carrier)
    carrier.faults.add({**fault, "on": "read"})
    assert told(carrier, ref) == AskLater(pause)


def test_a_carrier_that_is_away_is_asked_later() -> None:
    away = make_twilio(f"http://127.0.0.1:{closed_port()}")
    assert use(away, lambda one: one.fetch("SM" + "0" * 32, ID)) == AskLater()


def look(carrier: Carrier, *others: str) -> Look:
    day = timedelta(days=1)
    now = datetime.now(UTC)  # noqa: TID251 -- the carrier's clock is the machine's
    sighting = Sighting(ID, TEXT.to, "", TEXT.text, now - day, now + day, frozenset(others))
    return use(make_twilio(carrier.url), lambda one: one.look_up(sighting))


def test_what_is_known_as_another_message_is_passed_over(carrier: Carrier) -> None:
    first = taken(carrier)
    assert look(carrier, first) == Absent()
    second = taken(carrier)
    found = look(carrier, first)
    assert isinstance(found, Seen)
    assert found.ref == second
