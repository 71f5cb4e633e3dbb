"""A STOP or a wrong number in own words acts at once, is shown to staff and answered once within five minutes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from followup.domain.booking import Booking, BookingState
from followup.domain.consent import SuppressionReason
from followup.domain.ids import BookingId
from followup.domain.message import Channel, MessageState, Reason
from followup.services.context import Context
from followup.storage import bookings, suppressions
from followup.storage.database import Database
from followup.storage.tables import inbound, messages
from tests.builders import CLINIC, PATIENT, PHONE, make_ctx, make_patient
from tests.fakes import FakeClock
from tests.services.seeds import run, seed, sent, state
from tests.services.test_answer import is_stopped, known, rows, told, write

PHRASES = ["please stop texting me", "Stop svp", "take me off your list", "arrêtez de m’écrire", "ne me textez plus"]


def reasons(ctx: Context, address: str = PHONE) -> set[SuppressionReason]:
    """Why the number is suppressed."""
    with ctx.db.reading() as conn:
        found = suppressions.active(conn, CLINIC, [(Channel.SMS, address)], ctx.clock.now(), mark=ctx.signer.mark)
    return {s.reason for some in found.values() for s in some}


@pytest.mark.parametrize("text", PHRASES)
def test_own_words_stop_and_are_read(database: Database, text: str) -> None:
    ctx = known(database)
    write(ctx, text)
    assert is_stopped(ctx)
    assert [(e.kind, e.patient_id, e.subject) for e in told(ctx)] == [("reply", PATIENT, rows(ctx, inbound)[0].id)]
    assert [(r.intent, r.rule.split()[0]) for r in rows(ctx, inbound)] == [("stop", "phrase")]


@pytest.mark.parametrize(("text", "language"), [("stop texting me", "en-CA"), ("Plus de textos", "fr-CA")])
def test_own_words_are_answered_once_in_their_language(database: Database, text: str, language: str) -> None:
    ctx = known(database)
    for number in range(3):
        write(ctx, text, ref=f"in-{number}")
    run(ctx)
    assert [o.language for o in sent(ctx)] == [language]


@pytest.mark.parametrize("text", ["ARRET", "please stop", "wrong number", "DEBUT"])
def test_a_confirmation_lives_for_five_minutes(database: Database, text: str) -> None:
    ctx = known(database)
    write(ctx, text)
    assert [r.expires_at - r.due_at for r in rows(ctx, messages)] == [timedelta(minutes=5)]


def test_a_late_confirmation_is_none_at_all(database: Database) -> None:
    clock = FakeClock()
    ctx = known(database, clock=clock)
    write(ctx, "ARRET")
    clock.advance(timedelta(minutes=5))
    run(ctx)
    assert [(r.state, r.reason) for r in rows(ctx, messages)] == [(MessageState.SKIPPED, Reason.EXPIRED)]


def test_start_restores_what_own_words_stopped(database: Database) -> None:
    ctx = known(database)
    write(ctx, "leave me alone")
    write(ctx, "START", ref="in-2")
    assert not is_stopped(ctx)


@pytest.mark.parametrize("text", ["wrong number", "Mauvais numéro", "I'm not Ana"])
def test_a_wrong_number_covers_all_its_patients(database: Database, text: str) -> None:
    ctx = make_ctx(database)
    phone = make_patient().contact_points[:1]
    seed(ctx, patient=make_patient(contact_points=phone))
    seed(ctx, patient=make_patient(id="P-18", given_name="Bo", contact_points=phone), number=2)
    write(ctx, text)
    run(ctx)
    assert [state(ctx, m) for m in ("msg_1", "msg_2")] == [MessageState.SKIPPED] * 2
    assert reasons(ctx) == {SuppressionReason.WRONG_PERSON}
    assert [(e.kind, e.subject) for e in told(ctx) if e.kind == "address"] == [("address", rows(ctx, inbound)[0].id)]


@pytest.mark.parametrize(("text", "language"), [("wrong number", "en-CA"), ("mauvaise personne", "fr-CA")])
def test_the_answer_to_strangers_names_no_patient(database: Database, text: str, language: str) -> None:
    ctx = known(database)
    write(ctx, text)
    write(ctx, text, ref="in-2")
    run(ctx)
    (answer,) = sent(ctx)
    assert answer.language == language
    assert not any(word in answer.text for word in ("Ana", "Silva", "Canstrive", "clinic"))
    assert [r.patient_id for r in rows(ctx, messages)] == [""]


def test_start_does_not_verify_a_wrong_number(database: Database) -> None:
    ctx = known(database)
    write(ctx, "wrong number, please stop texting")
    write(ctx, "START", ref="in-2")
    assert reasons(ctx) == {SuppressionReason.WRONG_PERSON}


@pytest.mark.parametrize("word", ["YES", "yes!", "Oui"])
def test_a_yes_that_carriers_take_for_start_is_none(database: Database, word: str) -> None:
    ctx = known(database)
    write(ctx, "STOP")
    write(ctx, word, ref="in-2", flag="START")
    assert is_stopped(ctx)


@pytest.mark.parametrize(("to", "answers"), [("+14165550100", 0), ("55512", 1)])
def test_for_a_short_code_we_answer_ourselves(database: Database, to: str, answers: int) -> None:
    ctx = known(database)
    write(ctx, "STOP", to=to)
    assert len(rows(ctx, messages)) == answers


@pytest.mark.parametrize("visit", [BookingState.OFFERED, BookingState.BOOKED, BookingState.CHANGE_ASKED])
def test_cancel_while_a_booking_is_pending(database: Database, visit: BookingState) -> None:
    ctx = known(database)
    at = ctx.clock.now() + timedelta(days=3)
    with database.transaction() as conn:
        bookings.put_many(conn, CLINIC, [Booking(BookingId("B-1"), PATIENT, "x", at, visit)])
    write(ctx, "CANCEL")
    assert is_stopped(ctx)
    assert [e.kind for e in told(ctx)] == ["reply"]


def test_the_text_itself_stays_out_of_what_staff_are_mailed(database: Database) -> None:
    ctx = known(database)
    write(ctx, "stop texting me, Zebediah")
    write(ctx, "wrong number, Zebediah", ref="in-2", sender="+14165557777")
    assert "Zebediah" not in repr([replace(e, id="") for e in told(ctx)])
