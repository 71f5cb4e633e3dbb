"""What patients write: STOP at once and for everybody on the number, one answer at most, a person for all else."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from followup.clock import SystemIds
from followup.content.clinics import Clinics
from followup.domain.booking import Booking, BookingState
from followup.domain.consent import SuppressionReason
from followup.domain.errors import Forbidden
from followup.domain.escalation import Escalation, EscalationState
from followup.domain.ids import BookingId, ClinicId, PatientId
from followup.domain.message import Channel, MessageState
from followup.domain.patient import ContactPoint
from followup.services import answer, permit
from followup.services.context import Context
from followup.storage import bookings, escalations, patients, suppressions
from followup.storage.database import Database
from followup.storage.tables import inbound, messages
from tests.builders import CLINIC, PATIENT, PHONE, make_clinic, make_ctx, make_patient
from tests.fakes import FakeClock, inbound_request
from tests.services.seeds import fake, run, seed, sent, state

STOPS = ["STOP", " stop 🙏 ", "Stop.", "ARRÊT", "arret", "Opt out", "cancel", "END", "no mas", "ＳＴＯＰ"]
SENTENCES = ["stop by at 3?", "please call me", "yes", "", "🤔", "ne pas arreter", "x" * 1600]


def write(
    ctx: Context, text: str, *, ref: str = "in-1", sender: str = PHONE, flag: str = "", to: str = "+14165550100"
) -> None:
    """The carrier hands over a text."""
    answer.take_inbound(ctx, inbound_request(text, sender=sender, ref=ref, opt_out_type=flag, to=to))


def known(database: Database, **parts: Any) -> Context:
    """A clinic that knows Ana."""
    ctx = make_ctx(database, **parts)
    with database.transaction() as conn:
        patients.put(conn, make_patient(), ctx.clock.now())
    return ctx


def is_stopped(ctx: Context, clinic: str = CLINIC, address: str = PHONE) -> bool:
    """True if the number is suppressed for every class."""
    with ctx.db.reading() as conn:
        found = suppressions.active(conn, clinic, [(Channel.SMS, address)], ctx.clock.now(), mark=ctx.signer.mark)
    return any(s.scope is None for some in found.values() for s in some)


def told(ctx: Context) -> list[Escalation]:
    """What staff are to look at."""
    with ctx.db.reading() as conn:
        return escalations.listing(conn, CLINIC, states=list(EscalationState))


def rows(ctx: Context, table: sa.Table) -> list[Any]:
    """All rows of a table."""
    with ctx.db.reading() as conn:
        return list(conn.execute(sa.select(table)))


@pytest.mark.parametrize("text", STOPS)
def test_a_stop_suppresses_the_number(database: Database, text: str) -> None:
    ctx = known(database)
    write(ctx, text)
    assert is_stopped(ctx)
    assert [r.intent for r in rows(ctx, inbound)] == ["stop"]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_is_read_by_a_person(database: Database, text: str) -> None:
    ctx = known(database)
    write(ctx, text)
    assert not is_stopped(ctx)
    assert [(e.kind, e.patient_id, e.subject) for e in told(ctx)] == [("reply", PATIENT, rows(ctx, inbound)[0].id)]
    assert rows(ctx, messages) == []


def test_staff_are_told_without_the_words(database: Database) -> None:
    ctx = known(database)
    write(ctx, "my cheek Zebediah burns")
    assert "Zebediah" not in repr(told(ctx))
    assert [r.text for r in rows(ctx, inbound)] == ["my cheek Zebediah burns"]


@pytest.mark.parametrize(("text", "language"), [("ARRET", "fr-CA"), ("stop all", "en-CA"), ("baja", "en-CA")])
def test_one_answer_in_the_words_language(database: Database, text: str, language: str) -> None:
    ctx = known(database)
    write(ctx, text)
    write(ctx, text, ref="in-2")
    run(ctx)
    assert [(o.to, o.language) for o in sent(ctx)] == [(PHONE, language)]


@pytest.mark.parametrize("text", ["STOP", "stopall", "Unsubscribe", "cancel", "end", "quit", "START", "help", "INFO"])
def test_what_the_carrier_answers_we_do_not(database: Database, text: str) -> None:
    ctx = known(database)
    write(ctx, text)
    assert rows(ctx, messages) == []


@pytest.mark.parametrize(("text", "flag"), [("ARRET", "STOP"), ("basta", "STOP"), ("AIDE", "HELP"), ("DEBUT", "START")])
def test_what_the_provider_flagged_it_answered(database: Database, text: str, flag: str) -> None:
    ctx = known(database)
    write(ctx, text, flag=flag)
    assert rows(ctx, messages) == []
    assert is_stopped(ctx) is (flag == "STOP")


@pytest.mark.parametrize(("text", "language"), [("AIDE", "fr-CA"), ("ayuda", "en-CA")])
def test_help_is_answered_even_to_the_stopped(database: Database, text: str, language: str) -> None:
    ctx = known(database)
    write(ctx, "STOP")
    write(ctx, text, ref="in-2")
    run(ctx)
    assert [o.language for o in sent(ctx)] == [language]
    assert is_stopped(ctx)


def test_an_answer_goes_at_any_hour(database: Database) -> None:
    night = FakeClock()
    night.advance(timedelta(hours=11))
    ctx = known(database, clock=night)
    write(ctx, "ARRET")
    run(ctx)
    assert [r.state for r in rows(ctx, messages)] == [MessageState.SENT]


@pytest.mark.parametrize(
    ("text", "after"), [("START", False), ("unstop", False), ("DEBUT", False), ("YES", True), ("oui", True)]
)
def test_only_a_start_word_ends_a_stop(database: Database, text: str, after: bool) -> None:
    ctx = known(database)
    write(ctx, "STOP")
    write(ctx, text, ref="in-2")
    assert is_stopped(ctx) is after


def test_start_does_not_end_what_staff_did(database: Database) -> None:
    ctx = known(database)
    with database.transaction() as conn:
        permit.suppress(ctx, conn, clinic_id=CLINIC, channel=Channel.SMS, address=PHONE,
                        reason=SuppressionReason.OPT_OUT, source="staff Kim")  # fmt: skip
    write(ctx, "START")
    assert is_stopped(ctx)


def test_a_repeated_delivery_is_harmless(database: Database) -> None:
    ctx = known(database)
    for _ in range(3):
        write(ctx, "ARRET")
    write(ctx, "START", ref="in-2")
    write(ctx, "ARRET")
    assert not is_stopped(ctx)
    assert len(rows(ctx, inbound)) == 2
    assert [r.step_key for r in rows(ctx, messages)] == ["stop:fr"]


def test_copies_at_once_are_one_text(database: Database) -> None:
    ctx = known(database, ids=SystemIds())
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: write(ctx, "ARRET"), range(10)))
    assert (len(rows(ctx, inbound)), len(rows(ctx, messages))) == (1, 1)


def test_a_stop_covers_everybody_on_the_number(database: Database) -> None:
    ctx = make_ctx(database)
    other = make_patient(id="P-18", given_name="Bo", contact_points=(ContactPoint(Channel.SMS, PHONE, valid=True),))
    seed(ctx, patient=make_patient(contact_points=make_patient().contact_points[:1]))
    seed(ctx, patient=other, number=2)
    write(ctx, "stop")
    run(ctx)
    assert [state(ctx, m) for m in ("msg_1", "msg_2")] == [MessageState.SKIPPED] * 2
    assert [r.patient_id for r in rows(ctx, inbound)] == [None]


def test_a_stop_of_an_unknown_number_counts(database: Database) -> None:
    ctx = make_ctx(database)
    write(ctx, "STOP", sender="+14165557777")
    assert is_stopped(ctx, address="+14165557777")


def test_an_unknown_number_is_shown_to_staff(database: Database) -> None:
    ctx = make_ctx(database)
    write(ctx, "who is this?", sender="+14165557777")
    assert [e.patient_id for e in told(ctx)] == [None]


@pytest.mark.parametrize("sender", ["12345", "55555", "CARRIER", "+14165550100", "+14165550111", ""])
def test_machines_and_ourselves_are_never_answered(database: Database, sender: str) -> None:
    ctx = known(database, clinics=Clinics([make_clinic(sender="+14165550111")]))
    write(ctx, "ARRET", sender=sender)
    write(ctx, "hello", sender=sender, ref="in-2")
    assert (rows(ctx, messages), told(ctx)) == ([], [])


def test_two_machines_stop_answering_each_other(database: Database) -> None:
    ctx = known(database)
    for number in range(20):
        write(ctx, "AIDE", ref=f"in-{number}")
    assert len(rows(ctx, messages)) == 5


TWO = Clinics([make_clinic(sender="+14165550101"), make_clinic(id="north", sender="+14165550102")])


def test_the_number_written_to_names_the_clinic(database: Database) -> None:
    ctx = known(database, clinics=TWO)
    write(ctx, "STOP", to="+14165550102")
    assert [r.clinic_id for r in rows(ctx, inbound)] == ["north"]
    assert (is_stopped(ctx, "north"), is_stopped(ctx)) == (True, False)


def test_a_stop_to_a_shared_number_counts_everywhere(database: Database) -> None:
    ctx = known(database, clinics=Clinics([make_clinic(id="north"), make_clinic()]))
    write(ctx, "STOP")
    assert [r.clinic_id for r in rows(ctx, inbound)] == [CLINIC]
    assert is_stopped(ctx)
    assert is_stopped(ctx, "north")


def both(database: Database) -> Context:
    """Two clinics that share a number and both know Ana's."""
    ctx = known(database, clinics=Clinics([make_clinic(id="north"), make_clinic()]))
    with database.transaction() as conn:
        patients.put(conn, make_patient(clinic_id="north", id="N-1"), ctx.clock.now())
    return ctx


def told_in(ctx: Context, clinic: str) -> list[str]:
    """What the staff of a clinic are to look at."""
    with ctx.db.reading() as conn:
        return [e.kind for e in escalations.listing(conn, ClinicId(clinic), states=list(EscalationState))]


def test_a_red_flag_alarms_every_clinic_that_knows(database: Database) -> None:
    ctx = both(database)
    write(ctx, "I can't breathe")
    write(ctx, "I can't breathe")
    with database.reading() as conn:
        paused = [patients.get(conn, ClinicId(c), PatientId(p)) for c, p in ((CLINIC, PATIENT), ("north", "N-1"))]
    assert [bool(p and p.paused) for p in paused] == [True, True]
    assert (told_in(ctx, "north"), told_in(ctx, CLINIC)) == (["red_flag"], ["red_flag"])
    assert len(rows(ctx, messages)) == 1


def test_a_question_is_put_to_both_clinics(database: Database) -> None:
    ctx = both(database)
    write(ctx, "what should I bring?")
    assert (told_in(ctx, "north"), told_in(ctx, CLINIC)) == (["reply"], ["reply"])
    assert sorted(r.patient_id for r in rows(ctx, inbound)) == ["N-1", PATIENT]


def test_the_clinic_that_wrote_last_is_answered_first(database: Database) -> None:
    ctx = both(database)
    seed(ctx)
    run(ctx)
    write(ctx, "yes")
    assert [r.clinic_id for r in rows(ctx, inbound) if "/" not in r.provider_ref] == [CLINIC]


def test_cancel_with_a_coming_visit_asks_staff(database: Database) -> None:
    ctx = known(database)
    visit = Booking(BookingId("B-1"), PATIENT, "x", ctx.clock.now() + timedelta(days=3), BookingState.BOOKED)
    with database.transaction() as conn:
        bookings.put_many(conn, CLINIC, [visit])
    write(ctx, "Cancel")
    assert is_stopped(ctx)
    assert [e.kind for e in told(ctx)] == ["reply"]


def test_a_wrong_signature_stores_nothing(database: Database) -> None:
    ctx = known(database)
    forged = replace(inbound_request("STOP", sender=PHONE), headers={})
    with pytest.raises(Forbidden):
        answer.take_inbound(ctx, forged)
    assert rows(ctx, inbound) == []


def test_a_stop_wins_over_what_is_claimed(database: Database) -> None:
    ctx = make_ctx(database)
    seed(ctx, channels=(Channel.SMS,))
    write(ctx, "STOP")
    run(ctx)
    assert fake(ctx).calls == []
    assert state(ctx) is MessageState.SKIPPED
