"""A red flag: a person at once, one safety text, nothing automatic until staff say so."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from followup.domain.escalation import Escalation, EscalationState
from followup.domain.message import Channel, Hold, MessageState
from followup.services import answer, control, permit
from followup.services.context import Context
from followup.storage import escalations, patients
from followup.storage.database import Database
from followup.storage.tables import inbound, messages
from tests.builders import CLINIC, PATIENT, PHONE, make_ctx, make_patient
from tests.fakes import inbound_request
from tests.services.seeds import run, seed, sent, stored

CASES = [
    ("I can't breathe", "emergency", "call 911 now"),
    ("ma langue enfle", "emergency", "911 tout de suite"),
    ("my cheek is oozing yellow stuff", "urgent", "clinical team gets your message"),
    ("j'ai des cloques depuis le laser", "urgent", "transmis à notre équipe clinique"),
    ("I want to kill myself", "emergency", "988"),
    ("je veux mourir", "emergency", "988"),
]


def write(ctx: Context, text: str, *, ref: str = "in-1") -> None:
    """The carrier hands over a text of Ana."""
    answer.take_inbound(ctx, inbound_request(text, sender=PHONE, ref=ref))


def known(database: Database) -> Context:
    """A clinic that knows Ana."""
    ctx = make_ctx(database)
    with database.transaction() as conn:
        patients.put(conn, make_patient(), ctx.clock.now())
    return ctx


def told(ctx: Context) -> list[Escalation]:
    """What staff are to look at."""
    with ctx.db.reading() as conn:
        return escalations.listing(conn, CLINIC, states=list(EscalationState))


def all_rows(ctx: Context, table: sa.Table) -> list[Any]:
    """All rows of a table."""
    with ctx.db.reading() as conn:
        return list(conn.execute(sa.select(table)))


def is_paused(ctx: Context) -> bool:
    """True if automation stands back from Ana."""
    with ctx.db.reading() as conn:
        patient = patients.get(conn, CLINIC, PATIENT)
    return patient is not None and patient.paused is not None


@pytest.mark.parametrize(("text", "severity", "words"), CASES)
def test_a_red_flag_gets_the_fixed_text(database: Database, text: str, severity: str, words: str) -> None:
    ctx = known(database)
    write(ctx, text)
    run(ctx)
    assert [r.severity for r in all_rows(ctx, inbound)] == [severity]
    assert [words in o.text for o in sent(ctx)] == [True]


def test_an_emergency_is_due_at_once(database: Database) -> None:
    ctx = known(database)
    write(ctx, "my throat is closing")
    (matter,) = told(ctx)
    assert matter.due_at == ctx.clock.now()
    assert matter.summary.startswith("EMERGENCY")


@pytest.mark.parametrize(
    ("text", "within"), [("my face is oozing", timedelta(hours=4)), ("can I wear makeup?", timedelta(days=5))]
)
def test_the_deadline_goes_by_the_severity(database: Database, text: str, within: timedelta) -> None:
    ctx = known(database)
    write(ctx, text)
    (matter,) = told(ctx)
    assert matter.due_at is not None
    assert ctx.clock.now() < matter.due_at <= ctx.clock.now() + within


def test_the_summary_has_no_word_of_it(database: Database) -> None:
    ctx = known(database)
    write(ctx, "Zebediah's face is oozing quagmire")
    assert "quagmire" not in repr(told(ctx))
    assert "Zebediah" not in repr(told(ctx))


def test_what_waits_is_held_till_staff_resume(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx, channels=(Channel.SMS,))
    write(ctx, "bleeding won't stop")
    assert is_paused(ctx)
    assert stored(ctx).hold is Hold.PATIENT_PAUSED
    control.resume(ctx, CLINIC, PATIENT, by="Kim", reason="seen")
    assert stored(ctx).hold is None


def test_the_safety_text_goes_once(database: Database) -> None:
    ctx = known(database)
    for number in range(3):
        write(ctx, "my cheek is oozing", ref=f"in-{number}")
    run(ctx)
    assert (len(sent(ctx)), len(told(ctx))) == (1, 3)


def test_what_gets_worse_is_answered_anew(database: Database) -> None:
    ctx = known(database)
    write(ctx, "my cheek is oozing")
    write(ctx, "now I can't breathe", ref="in-2")
    run(ctx)
    assert len(sent(ctx)) == 2


def test_a_stop_with_a_symptom_does_both(database: Database) -> None:
    ctx = known(database)
    write(ctx, "STOP. my face is burning since ur treatment")
    run(ctx)
    assert [r.step_key for r in all_rows(ctx, messages)] == ["safety_urgent:en"]
    assert [r.state for r in all_rows(ctx, messages)] == [MessageState.SENT]
    with ctx.db.reading() as conn:
        assert [e.summary.startswith("urgent") for e in told(ctx)] == [True]
        assert permit.is_suppressed(ctx, conn, clinic_id=CLINIC, channel=Channel.SMS, address=PHONE)


def test_no_symptom_pauses_nothing(database: Database) -> None:
    ctx = known(database)
    write(ctx, "yes see you then")
    assert not is_paused(ctx)
    assert [(r.intent, r.severity, r.rule) for r in all_rows(ctx, inbound)] == [
        ("confirm", "none", "confirm.yes-and-more")
    ]
