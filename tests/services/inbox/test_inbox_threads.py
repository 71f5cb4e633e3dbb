"""One thread a person: read, answered once, put off, closed; staff's words go where the patient wrote from."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from followup.domain.clinic import SendWindow
from followup.domain.errors import Conflict, InvalidInput, NotFound
from followup.domain.escalation import EscalationState
from followup.domain.inbound import ThreadState
from followup.domain.message import MessageState
from followup.domain.outcome import CodeClass, Rejected
from followup.services import answer
from followup.services.context import Context
from followup.services.inbox import gather, tend, write
from followup.storage import escalations, patients
from followup.storage.database import Database
from tests.builders import CLINIC, PATIENT, PHONE, make_clinic, make_ctx, make_patient
from tests.fakes import FakeClock, inbound_request
from tests.services.seeds import fake, run, sent

STRANGER = "+14165559999"


def known(database: Database, **parts: Any) -> Context:
    """A clinic that knows Ana."""
    ctx = make_ctx(database, **parts)
    with database.transaction() as conn:
        patients.put(conn, make_patient(), ctx.clock.now())
    return ctx


def wrote(ctx: Context, text: str = "can I wear makeup?", *, ref: str = "in-1", sender: str = PHONE) -> None:
    """The carrier hands over a text, a minute after the last."""
    ctx.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
    answer.take_inbound(ctx, inbound_request(text, sender=sender, ref=ref))


def only(ctx: Context) -> gather.Listed:
    """The one thread there is."""
    (one,) = gather.threads_of(ctx, CLINIC, states=list(ThreadState))
    return one


def open_matters(ctx: Context) -> int:
    """How much waits for a person."""
    with ctx.db.reading() as conn:
        return len(escalations.listing(conn, CLINIC, states=[EscalationState.OPEN]))


def test_a_thread_is_unread_until_somebody_looks(database: Database) -> None:
    ctx = known(database)
    wrote(ctx)
    assert only(ctx).state is ThreadState.UNREAD
    opened = gather.look(ctx, CLINIC, PATIENT, by="Kim")
    assert [(line.ours, line.words) for line in opened.lines] == [(False, "can I wear makeup?")]
    assert only(ctx).state is ThreadState.AWAITING
    wrote(ctx, "and sunscreen?", ref="in-2")
    assert only(ctx).state is ThreadState.UNREAD


def test_an_answer_goes_where_the_words_came_from(database: Database) -> None:
    ctx = known(database)
    wrote(ctx)
    write.reply(ctx, CLINIC, PATIENT, by="Kim", text="Yes, after a day.")
    run(ctx)
    assert [(o.to, o.text) for o in sent(ctx)] == [(PHONE, "Canstrive: Yes, after a day.")]
    assert (only(ctx).state, open_matters(ctx)) == (ThreadState.ANSWERED, 0)
    assert [(x.words, x.by) for x in gather.look(ctx, CLINIC, PATIENT, by="Lee").lines][1:] == [
        ("Yes, after a day.", "Kim")
    ]


def test_two_people_never_answer_the_same_words(database: Database) -> None:
    ctx = known(database)
    wrote(ctx)
    write.reply(ctx, CLINIC, PATIENT, by="Kim", text="Yes.")
    with pytest.raises(Conflict, match="Kim answered"):
        write.reply(ctx, CLINIC, PATIENT, by="Lee", text="No.")
    write.reply(ctx, CLINIC, PATIENT, by="Lee", text="But no mascara.", again=True)
    wrote(ctx, "thanks, and sunscreen?", ref="in-2")
    write.reply(ctx, CLINIC, PATIENT, by="Lee", text="Always.")
    run(ctx)
    assert len(sent(ctx)) == 3


def test_who_writes_has_the_thread_to_themselves(database: Database) -> None:
    ctx = known(database)
    wrote(ctx)
    tend.take(ctx, CLINIC, PATIENT, by="Kim")
    with pytest.raises(Conflict, match="Kim is answering"):
        write.reply(ctx, CLINIC, PATIENT, by="Lee", text="Yes.")
    ctx.clock.advance(timedelta(minutes=11))  # type: ignore[attr-defined]
    assert write.reply(ctx, CLINIC, PATIENT, by="Lee", text="Yes.").state is MessageState.SCHEDULED


def test_an_answer_that_did_not_arrive_shows(database: Database) -> None:
    ctx = known(database)
    wrote(ctx)
    fake(ctx).script.append(Rejected("21211", CodeClass.BAD_NUMBER, "no such number"))
    write.reply(ctx, CLINIC, PATIENT, by="Kim", text="Yes.")
    run(ctx)
    assert only(ctx).state is ThreadState.UNDELIVERED


def test_a_stranger_has_a_thread_too(database: Database) -> None:
    ctx = known(database)
    wrote(ctx, "is this the clinic on Main?", sender=STRANGER)
    thread = only(ctx).thread
    assert (thread.patient_id, thread.address) == (None, STRANGER)
    write.reply(ctx, CLINIC, thread.id, by="Kim", ready="call-us")
    run(ctx)
    assert [o.to for o in sent(ctx)] == [STRANGER]


def test_staff_may_answer_while_a_red_flag_holds(database: Database) -> None:
    ctx = known(database)
    wrote(ctx, "my cheek is oozing")
    write.reply(ctx, CLINIC, PATIENT, by="RN Okafor", text="I am calling you now.")
    run(ctx)
    assert sent(ctx)[-1].text.endswith("I am calling you now.")
    with pytest.raises(Conflict, match="red flag"):
        tend.close(ctx, CLINIC, PATIENT, by="RN Okafor")


def test_a_closed_thread_opens_with_new_words(database: Database) -> None:
    ctx = known(database)
    wrote(ctx)
    tend.close(ctx, CLINIC, PATIENT, by="Kim", note="phoned")
    assert (only(ctx).state, open_matters(ctx)) == (ThreadState.CLOSED, 0)
    assert gather.threads_of(ctx, CLINIC) == []
    wrote(ctx, "one more thing, where do I park?", ref="in-2")
    assert only(ctx).state is ThreadState.UNREAD


def test_a_thread_is_given_and_put_off(database: Database) -> None:
    ctx = known(database)
    wrote(ctx)
    tend.assign(ctx, CLINIC, PATIENT, to="Lee", by="Kim")
    tend.snooze(ctx, CLINIC, PATIENT, until=ctx.clock.now() + timedelta(hours=2), by="Lee")
    assert only(ctx).state is ThreadState.SNOOZED
    assert [x.thread.id for x in gather.threads_of(ctx, CLINIC, assigned_to="Lee")] == [only(ctx).thread.id]
    ctx.clock.advance(timedelta(hours=3))  # type: ignore[attr-defined]
    assert only(ctx).state is ThreadState.UNREAD


def test_nothing_is_written_where_messages_are_stopped(database: Database) -> None:
    ctx = known(database)
    wrote(ctx)
    wrote(ctx, "STOP", ref="in-2")
    with pytest.raises(Conflict, match="stopped"):
        write.reply(ctx, CLINIC, PATIENT, by="Kim", text="Yes.")


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({}, InvalidInput),
        ({"text": "a", "ready": "noted"}, InvalidInput),
        ({"ready": "nothing"}, NotFound),
        ({"text": "x" * 1201}, InvalidInput),
    ],
)
def test_an_answer_must_be_one_that_can_go(database: Database, given: dict[str, str], error: type[Exception]) -> None:
    ctx = known(database)
    wrote(ctx)
    with pytest.raises(error):
        write.reply(ctx, CLINIC, PATIENT, by="Kim", **given)


def closed_clinic(database: Database) -> Context:
    """A clinic with office hours, at night."""
    hours = (SendWindow(frozenset(range(5)), time(9), time(17)),)
    night = FakeClock(datetime(2026, 3, 4, 7, 0, tzinfo=UTC))
    return known(database, clinics=(make_clinic(opening_hours=hours),), clock=night)


def test_closed_hours_are_said_once_a_night(database: Database) -> None:
    ctx = closed_clinic(database)
    wrote(ctx)
    wrote(ctx, "hello?", ref="in-2")
    run(ctx)
    assert ["we are closed now" in o.text for o in sent(ctx)] == [True]
    ctx.clock.advance(timedelta(days=1))  # type: ignore[attr-defined]
    wrote(ctx, "and what about the sun?", ref="in-3")
    run(ctx)
    assert len(sent(ctx)) == 2


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("I'm driving right now, will reply later", PHONE),
        ("Réponse automatique : absente", PHONE),
        ("my cheek is oozing", "+14165550143"),
        ("hello", "72345"),
        ("STOP", PHONE),
        ("thanks!", PHONE),
    ],
)
def test_no_machine_and_no_alarm_is_told_of_hours(database: Database, text: str, sender: str) -> None:
    ctx = closed_clinic(database)
    wrote(ctx, text, sender=sender)
    run(ctx)
    assert [o for o in sent(ctx) if "closed now" in o.text] == []


@pytest.mark.parametrize("sender", ["+14165550100", "72345"])
def test_our_own_number_is_shown_and_never_answered(database: Database, sender: str) -> None:
    ctx = known(database, clinics=(make_clinic(sender="+14165550100"),))
    wrote(ctx, "I can't breathe", sender=sender)
    run(ctx)
    assert (only(ctx).state, only(ctx).thread.address) == (ThreadState.UNREAD, sender)
    assert sent(ctx) == []
