"""Answers by text: bound to exactly one visit, never guessed, and the patient is told the truth."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from followup.clock import SystemIds
from followup.domain.booking import BookingState
from followup.domain.ids import MessageId, PatientId
from followup.domain.message import Channel
from followup.services import answer
from followup.services.reading import describe, report
from followup.storage.database import Database
from followup.storage.tables import audit, events, inbound
from tests.builders import CLINIC, PHONE
from tests.fakes import inbound_request
from tests.services.bookings.visiting import DAY, HOUR, Desk, E, make_desk
from tests.services.seeds import sent
from tests.services.telling import booked, person, treated

B = BookingState
OTHER = "+14165550199"
BOTH = [{"channel": "sms", "value": PHONE}, {"channel": "sms", "value": OTHER}]
LEO = person("P-2", given_name="Leo")


def rows(desk: Desk, table: sa.Table) -> list[Any]:
    """All rows of a table."""
    with desk.ctx.db.reading() as conn:
        return list(conn.execute(sa.select(table)))


@pytest.mark.parametrize(
    ("text", "state", "given", "said"),
    [
        ("C", B.BOOKED, "confirm", "your visit is set for Thu Mar 12, 4:30 PM"),
        (" c. ", B.BOOKED, "confirm", "your visit is set"),
        ("Oui", B.BOOKED, "confirm", "your visit is set"),
        ("R", B.CHANGE_ASKED, "reschedule", "no longer set"),
        ("x", B.DECLINED, "decline", "thank you for telling us"),
    ],
)
def test_a_letter_answers_the_offer(desk: Desk, text: str, state: B, given: str, said: str) -> None:
    desk.offer()
    desk.write(text)
    assert (desk.booking().state, desk.booking().answer) == (state, given)
    assert said in desk.last().text
    assert desk.told_staff() == ([] if given == "confirm" else [("booking", "B-1")])


@pytest.mark.parametrize(
    "text", ["oui, bizarre depuis la dernière fois", "C, the blotch is odd", "yes see you, woozy gloop"]
)
def test_a_person_reads_what_an_answer_holds_beside(desk: Desk, text: str) -> None:
    desk.offer()
    desk.write(text)
    assert [kind for kind, _ in desk.told_staff()] in (["reply"], ["red_flag"])


def test_a_yes_brings_the_entry_by_mail(each_desk: Desk) -> None:
    each_desk.offer()
    each_desk.write("C")
    invite = each_desk.last(Channel.EMAIL).invite
    assert invite is not None
    assert "PARTSTAT=ACCEPTED" in invite.content
    assert [one.to for one in sent(each_desk.ctx, Channel.EMAIL)] == ["ana@example.com"]


def test_an_answer_is_an_event_and_audited(desk: Desk) -> None:
    desk.offer()
    desk.write("C")
    assert [(e.type, e.source) for e in rows(desk, events)][1:] == [("booking.answered", "followup")]
    assert [(e.actor, e.subject) for e in rows(desk, audit) if e.action == "booking.answered"] == [("patient", "B-1")]
    offer, wrote = desk.messages()[0], rows(desk, inbound)[0]
    assert (wrote.context, wrote.patient_id) == (offer.id, "P-1")


def test_the_timeline_tells_visit_and_answer(desk: Desk) -> None:
    desk.offer()
    desk.write("C")
    told = describe.timeline(report.timeline(desk.ctx, CLINIC, PatientId("P-1")))
    assert [(b["id"], b["state"], b["answer"]) for b in told["bookings"]] == [("B-1", "booked", "confirm")]
    offer = next(m for m in told["messages"] if m["step"] == "offer")
    assert (offer["booking"], [r["answers"] for r in told["replies"]]) == ("B-1", [offer["id"]])
    life = describe.biography(report.biography(desk.ctx, CLINIC, MessageId(offer["id"])))
    assert [r["intent"] for r in life["replies"]] == ["confirm"]


def test_an_answer_outlives_what_is_told_later(each_desk: Desk) -> None:
    each_desk.offer()
    each_desk.write("C")
    each_desk.tell(E.PATIENT_UPDATED, {"patient": person(language="fr-CA")})
    each_desk.tell(E.TREATMENT_COMPLETED, treated(each_desk.ctx.clock.now()))
    assert (each_desk.booking().state, each_desk.booking().answer) == (B.BOOKED, "confirm")


def test_an_answer_comes_after_a_clock_ahead(desk: Desk) -> None:
    desk.tell(E.BOOKING_OFFERED, booked(desk.day), at=desk.ctx.clock.now() + HOUR)
    desk.write("C")
    assert desk.booking().state is B.BOOKED


def test_a_repeated_text_changes_nothing(each_desk: Desk) -> None:
    each_desk.offer()
    each_desk.write("C", ref="same")
    each_desk.write("C", ref="same")
    assert len(each_desk.texts()) == 2


def test_a_second_yes_is_told_so_again(desk: Desk) -> None:
    desk.offer()
    desk.write("C")
    desk.write("C")
    assert [e.type for e in rows(desk, events)] == ["booking.offered", "booking.answered"]
    assert "your visit is set" in desk.last().text
    assert len(sent(desk.ctx, Channel.EMAIL)) == 1


@pytest.mark.parametrize("flag", ["", "START"])
def test_a_yes_that_carriers_take_is_the_answer(desk: Desk, flag: str) -> None:
    desk.offer()
    desk.write("YES", flag=flag)
    assert desk.booking().state is B.BOOKED


def test_a_letter_confirms_the_reminder(desk: Desk) -> None:
    desk.tell(E.BOOKING_MADE, booked(desk.day))
    desk.wait(desk.day - DAY - desk.ctx.clock.now())
    desk.write("C")
    assert (desk.booking().state, desk.booking().answer) == (B.BOOKED, "confirm")
    assert desk.booking().confirmed_at == desk.ctx.clock.now()


def test_a_no_to_the_reminder_is_for_staff(desk: Desk) -> None:
    desk.tell(E.BOOKING_MADE, booked(desk.day))
    desk.wait(desk.day - DAY - desk.ctx.clock.now())
    desk.write("X")
    assert (desk.booking().state, desk.booking().answer) == (B.CHANGE_ASKED, "decline")
    assert "call it off there" in desk.staff()[0].summary


def test_the_clinics_next_word_settles_the_wish(desk: Desk) -> None:
    desk.offer()
    desk.write("R")
    assert desk.told_staff() == [("booking", "B-1")]
    desk.wait(HOUR)
    desk.about(E.BOOKING_MOVED, starts_at=(desk.day + DAY).isoformat())
    assert desk.told_staff() == []
    assert "your visit was moved" in desk.last().text


def two_offers(desk: Desk, *, second: Any = None) -> None:
    """Two visits that one phone was asked about."""
    desk.offer()
    desk.offer("B-2", desk.day + DAY, patient=second)


def test_two_open_questions_get_a_numbered_choice(each_desk: Desk) -> None:
    two_offers(each_desk)
    each_desk.write("C")
    assert "1 = Thu Mar 12, 4:30 PM; 2 = Fri Mar 13, 4:30 PM" in each_desk.last().text
    assert {each_desk.booking(name).state for name in ("B-1", "B-2")} == {B.OFFERED}
    each_desk.write("2")
    assert [each_desk.booking(name).state for name in ("B-1", "B-2")] == [B.OFFERED, B.BOOKED]


def test_two_people_on_a_phone_are_told_apart(desk: Desk) -> None:
    two_offers(desk, second=LEO)
    desk.write("R")
    assert "1 = Ana, Thu Mar 12, 4:30 PM; 2 = Leo, Fri Mar 13, 4:30 PM" in desk.last().text
    desk.write("2")
    assert [desk.booking(name).state for name in ("B-1", "B-2")] == [B.OFFERED, B.CHANGE_ASKED]
    assert [row.patient_id for row in rows(desk, inbound)] == [None, "P-2"]


@pytest.mark.parametrize("text", ["3", "0", "1"])
def test_a_number_without_its_choice_is_read(desk: Desk, text: str) -> None:
    two_offers(desk)
    if text != "1":
        desk.write("C")
    desk.write(text)
    assert [kind for kind, _ in desk.told_staff()] == ["reply"]
    assert {desk.booking(name).state for name in ("B-1", "B-2")} == {B.OFFERED}


def test_a_number_acts_once_and_not_for_long(desk: Desk) -> None:
    two_offers(desk)
    desk.write("C")
    desk.wait(3 * DAY)
    desk.write("1")
    assert desk.booking().state is B.OFFERED
    desk.write("C")
    desk.write("1")
    desk.write("1")
    assert [kind for kind, _ in desk.told_staff()] == ["reply", "reply"]
    assert desk.booking().state is B.BOOKED


def cancelled(desk: Desk) -> None:
    desk.about(E.BOOKING_CANCELLED)


def over(desk: Desk) -> None:
    desk.wait(desk.day - desk.ctx.clock.now())


@pytest.mark.parametrize("end", [cancelled, over])
def test_a_late_yes_is_told_the_truth(each_desk: Desk, end: Callable[[Desk], None]) -> None:
    each_desk.offer()
    end(each_desk)
    each_desk.write("C")
    assert "nothing was set" in each_desk.last().text
    assert each_desk.told_staff()[0] == ("booking", "B-1")
    assert each_desk.booking().answer == ""


def test_a_yes_to_the_old_time_sets_nothing(desk: Desk) -> None:
    desk.offer()
    with desk.ctx.db.transaction() as conn:  # the answer crosses the new time on its way
        conn.execute(sa.text("UPDATE messages SET visit_at = '2026-03-11T20:30:00.000000Z'"))
    desk.write("C")
    assert desk.booking().state is B.OFFERED
    assert "Your answer about Wed Mar 11" in desk.last().text.replace("your", "Your")


def test_another_number_of_the_patient_counts(desk: Desk) -> None:
    desk.offer(patient=person(contact_points=BOTH))
    desk.write("C", sender=OTHER)
    assert desk.booking().state is B.BOOKED
    assert desk.last().to == OTHER


def test_an_unknown_number_is_read_by_a_person(desk: Desk) -> None:
    desk.offer()
    desk.write("C", sender=OTHER)
    assert desk.booking().state is B.OFFERED
    assert [kind for kind, _ in desk.told_staff()] == ["reply"]


@pytest.mark.parametrize("text", ["C", "R", "X", "1"])
def test_a_letter_that_nobody_asked_for_is_read(desk: Desk, text: str) -> None:
    desk.tell(E.PATIENT_UPDATED, {"patient": person()})
    desk.write(text)
    assert ([kind for kind, _ in desk.told_staff()], desk.texts()) == (["reply"], [])


def test_after_a_stop_an_answer_counts_in_silence(desk: Desk) -> None:
    desk.offer()
    desk.write("ARRET")
    before = len(desk.texts())
    desk.write("C")
    assert (desk.booking().state, len(desk.texts())) == (B.BOOKED, before)


def test_a_visit_called_off_unsays_the_thanks(desk: Desk) -> None:
    desk.offer()
    night = (25 - 20) * HOUR
    desk.wait(night)
    desk.write("C")
    desk.about(E.BOOKING_CANCELLED)
    desk.wait(12 * HOUR)
    assert "is cancelled" in desk.last().text


def test_many_answers_at_once_count_once(database: Database, tmp_path: Path) -> None:
    desk = make_desk(database, tmp_path, ids=SystemIds())
    desk.offer()
    requests = [inbound_request("C", sender=PHONE, ref=f"at-once-{n}") for n in range(6)]
    with ThreadPoolExecutor(6) as phones:
        list(phones.map(lambda request: answer.take_inbound(desk.ctx, request), requests))
    assert [e.type for e in rows(desk, events)] == ["booking.offered", "booking.answered"]
    assert desk.booking().state is B.BOOKED
