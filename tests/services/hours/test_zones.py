"""By whose clock a message goes: the patient's, else the clinic's narrowed by the number; and abroad by a preset."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from followup.content.hours.us import UsPreset, load_us_hours
from followup.domain.ids import MessageId
from followup.domain.message import Channel, Message, MessageClass, MessageState
from followup.domain.patient import ContactPoint
from followup.domain.window import to_local
from followup.services.context import Context
from followup.storage import inbound, messages
from followup.storage.database import Database
from tests.builders import CLINIC, ROOT, make_clinic, make_ctx, make_message, make_patient
from tests.services.seeds import run, seed, sent, stored

C, S = MessageClass, MessageState
TORONTO, VANCOUVER = "America/Toronto", "America/Vancouver"
MAIL = ContactPoint(Channel.EMAIL, "ana@example.com", valid=True)


def at(hour: str, day: str = "2026-03-03") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}-05:00")


def go(database: Database, now: datetime, *, number: str, zone: str = "", **more: Any) -> tuple[Context, Message]:
    """One due message to a patient with this number; what became of it after a sweep."""
    clinic = make_clinic(**more.pop("clinic", {}))
    ctx = make_ctx(database, clinics=[clinic])
    ctx.clock.set(now)  # type: ignore[attr-defined]
    points = (ContactPoint(Channel.SMS, number, valid=True),)
    seed(ctx, patient=make_patient(time_zone=zone, contact_points=points), due_at=now, planned_for=now,
         expires_at=now + timedelta(days=20), **more)  # fmt: skip
    run(ctx)
    return ctx, stored(ctx)


def local(message: Message, zone: str = TORONTO) -> str:
    return f"{to_local(message.due_at, zone):%a %H:%M}"


def last(ctx: Context) -> dict[str, Any]:
    with ctx.db.reading() as conn:
        return dict(messages.history(conn, stored(ctx).id)[-1]["detail"])


@pytest.mark.parametrize(
    ("number", "zone", "hour", "goes"),
    [
        ("+14165550123", "", "08:30", None),
        ("+16045550123", "", "08:30", "Tue 11:00"),  # Vancouver opens
        ("+16045550123", VANCOUVER, "08:30", "Tue 11:00"),
        ("+16045550123", TORONTO, "08:30", None),  # asked: the number says nothing
        ("+17095550123", "", "19:45", "Wed 08:00"),  # 21:15 in St. John's, where it may be
        ("+17095550123", "", "07:40", "Tue 08:00"),  # the clinic's own hours count as well
        ("+16005550123", "", "10:59", "Tue 11:00"),  # of no place: every zone of Canada
        ("+16005550123", "", "19:40", "Wed 11:00"),
    ],
)
def test_an_area_code_may_only_narrow(database: Database, number: str, zone: str, hour: str, goes: str | None) -> None:
    _, message = go(database, at(hour), number=number, zone=zone)
    if goes is None:
        assert message.state is S.SENT
    else:
        assert (message.state, message.reason, local(message)) == (S.SCHEDULED, "hours", goes)


def test_the_history_tells_zone_and_choice(database: Database) -> None:
    ctx, _ = go(database, at("08:30"), number="+16045550123")
    told = last(ctx)
    assert (told["zone"], told["zone_by"], told["further_zones"]) == (TORONTO, "area_code", [VANCOUVER])
    assert (told["local"], told["rule"]) == ("2026-03-03 08:30", "hours")
    assert told["text"] == "outside the hours of care: 05:30 in America/Vancouver, where the number may be"


def test_a_mailbox_is_not_narrowed(database: Database) -> None:
    ctx = make_ctx(database)
    ctx.clock.set(at("08:30"))  # type: ignore[attr-defined]
    points = (ContactPoint(Channel.SMS, "+16045550123", valid=True), MAIL)
    seed(ctx, patient=make_patient(time_zone="", contact_points=points), due_at=at("08:30"), channels=(Channel.EMAIL,))
    run(ctx)
    assert len(sent(ctx, Channel.EMAIL)) == 1


def us(preset: UsPreset) -> dict[str, Any]:
    return {"us_enabled": True, "us_hours": load_us_hours(ROOT / "config", preset)}


def test_us_numbers_are_refused_until_enabled(database: Database) -> None:
    _, message = go(database, at("12:00"), number="+12125550123")
    assert (message.state, message.reason) == (S.SKIPPED, "us_disabled")


def test_enabled_without_hours_is_not_enough(database: Database) -> None:
    _, message = go(database, at("12:00"), number="+12125550123", clinic={"us_enabled": True})
    assert (message.state, message.reason) == (S.SKIPPED, "us_disabled")


@pytest.mark.parametrize(
    ("number", "kind", "when", "goes"),
    [
        ("+12125550123", C.CARE, at("08:30"), None),
        ("+12135550123", C.CARE, at("08:30"), "Tue 11:00"),  # Los Angeles may be where it is
        ("+12125550123", C.CARE, at("07:30"), "Tue 08:00"),
    ],
)
def test_enabled_numbers_keep_federal_hours_in_their_zone(
    database: Database, number: str, kind: C, when: datetime, goes: str | None
) -> None:
    _, message = go(database, when, number=number, message_class=kind, clinic=us(UsPreset.COMMON))
    if goes is None:
        assert message.state is S.SENT
    else:
        assert (message.reason, local(message)) == ("hours", goes)


@pytest.mark.parametrize("second", [C.CARE, C.CHECKIN, C.TRANSACTIONAL])
def test_a_us_number_gets_one_text_a_day(database: Database, second: C) -> None:
    ctx, first = go(database, at("12:00"), number="+12125550123", clinic=us(UsPreset.COMMON))
    who = make_patient(time_zone="", contact_points=(ContactPoint(Channel.SMS, "+12125550123", valid=True),))
    seed(ctx, patient=who, number=2, message_class=second, due_at=at("12:00"), expires_at=at("12:00", "2026-03-20"))
    run(ctx)
    other = stored(ctx, "msg_2")
    assert (first.state, other.state, other.reason, local(other)) == (S.SENT, S.SCHEDULED, "cap", "Wed 08:00")


def answer(database: Database, *, context: str | None) -> Message:
    """An acknowledgement, half past ten at night, to whom two texts went today."""
    ctx = make_ctx(database)
    ctx.clock.set(at("12:00"))  # type: ignore[attr-defined]
    for n in (1, 2):
        seed(ctx, number=n, due_at=at("12:00"))
    run(ctx)
    ctx.clock.set(at("22:30"))  # type: ignore[attr-defined]
    ref = "system/help"
    late = make_message(
        id=MessageId("msg_3"), enrollment_id=None, message_class=C.TRANSACTIONAL, due_at=at("22:30"),
        expires_at=at("23:30"), context=context, template_ref=ref, template_version=ctx.templates.version(ref),
    )  # fmt: skip
    with database.transaction() as conn:
        inbound.add(
            conn,
            inbound.Inbound(
                "in_1", CLINIC, "fake", "ref-1", Channel.SMS, "+14165550123", "+14165550100", "Is itching ok?", 0,
                at("22:29"), None, "other", "",
            ),
        )  # fmt: skip
        messages.add(conn, [late], ctx.clock.now())
    run(ctx)
    return stored(ctx, "msg_3")


def test_an_answer_goes_at_any_hour_uncounted(database: Database) -> None:
    assert answer(database, context="in_1").state is S.SENT


def test_what_answers_nothing_keeps_the_hours(database: Database) -> None:
    message = answer(database, context=None)
    assert (message.state, message.reason) == (S.SKIPPED, "expired")
