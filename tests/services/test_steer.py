"""Steering: staff skip a message, send it now, and take either back until something went out."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from followup.domain.enrollment import EnrollmentState
from followup.domain.errors import FollowupError, InvalidInput, NotFound, TooLate
from followup.domain.ids import EnrollmentId, MessageId
from followup.domain.message import Hold, MessageClass, MessageState, Reason
from followup.services import control, enroll
from followup.services.context import Context
from followup.storage import audit, enrollments
from followup.storage.database import Database
from followup.storage.tables import messages as rows
from tests.builders import CLINIC, PATIENT, make_ctx
from tests.fakes import START, FakeClock
from tests.services.seeds import run, seed, sent, stored

ONE = MessageId("msg_1")
TOMORROW = START + timedelta(days=1)
NIGHT = datetime.fromisoformat("2026-03-03T07:30+00:00")  # 02:30 in Toronto
WHO = {"by": "Okafor", "reason": "asked on the phone"}


@pytest.fixture
def ctx(database: Database) -> Context:
    """Ana, with one care message due tomorrow."""
    ctx = make_ctx(database)
    seed(ctx, due_at=TOMORROW, planned_for=TOMORROW, expires_at=TOMORROW + timedelta(days=2))
    return ctx


def at_night(ctx: Context) -> None:
    assert isinstance(ctx.clock, FakeClock)
    ctx.clock.set(NIGHT)


def change(ctx: Context, **values: Any) -> None:
    with ctx.db.transaction() as conn:
        conn.execute(sa.update(rows).values(values))


def audited(ctx: Context) -> list[tuple[str, str, str]]:
    with ctx.db.reading() as conn:
        about = audit.about(conn, CLINIC, subject=ONE)
    return [(a["action"], a["actor"], a["detail"]["reason"]) for a in about if a["actor"] == "Okafor"]


def test_a_skipped_message_is_never_sent(ctx: Context) -> None:
    control.skip(ctx, CLINIC, ONE, **WHO)
    at_night(ctx)
    run(ctx)
    assert (stored(ctx).state, stored(ctx).reason, sent(ctx)) == (MessageState.CANCELLED, Reason.STAFF, [])


def test_taking_back_a_skip_restores_it_exactly(ctx: Context) -> None:
    before = stored(ctx)
    control.skip(ctx, CLINIC, ONE, **WHO)
    control.undo(ctx, CLINIC, ONE, **WHO)
    assert stored(ctx) == before


def test_sending_now_goes_at_once_by_day(ctx: Context) -> None:
    control.send_now(ctx, CLINIC, ONE, **WHO)
    run(ctx)
    assert len(sent(ctx)) == 1


def test_sending_now_passes_the_clinics_own_hours(ctx: Context) -> None:
    at_night(ctx)
    control.send_now(ctx, CLINIC, ONE, **WHO)
    run(ctx)
    assert len(sent(ctx)) == 1


def test_the_hours_of_the_law_hold_all_the_same(ctx: Context) -> None:
    change(ctx, message_class=MessageClass.PROMO.value)
    at_night(ctx)
    control.send_now(ctx, CLINIC, ONE, **WHO)
    run(ctx)
    assert sent(ctx) == []


def test_a_held_message_stays_held_when_sent_now(ctx: Context) -> None:
    control.pause(ctx, CLINIC, PATIENT, **WHO)
    control.send_now(ctx, CLINIC, ONE, **WHO)
    run(ctx)
    assert (stored(ctx).hold, sent(ctx)) == (Hold.PATIENT_PAUSED, [])


def test_taking_back_send_now_restores_it_exactly(ctx: Context) -> None:
    before = stored(ctx)
    control.pause(ctx, CLINIC, PATIENT, **WHO)
    control.send_now(ctx, CLINIC, ONE, **WHO)
    control.undo(ctx, CLINIC, ONE, **WHO)
    control.resume(ctx, CLINIC, PATIENT, **WHO)
    assert stored(ctx) == before


@pytest.mark.parametrize("act", [control.skip, control.send_now, control.undo])
def test_what_went_out_can_no_longer_be_changed(ctx: Context, act: Any) -> None:
    control.send_now(ctx, CLINIC, ONE, **WHO)
    run(ctx)
    with pytest.raises(TooLate):
        act(ctx, CLINIC, ONE, **WHO)


def test_what_nobody_did_cannot_be_taken_back(ctx: Context) -> None:
    with pytest.raises(TooLate, match="neither skipped nor sent now"):
        control.undo(ctx, CLINIC, ONE, **WHO)


@pytest.mark.parametrize(
    ("message", "who", "error"),
    [("msg_404", WHO, NotFound), (ONE, WHO | {"by": " "}, InvalidInput), (ONE, WHO | {"reason": ""}, InvalidInput)],
)
def test_an_act_names_message_person_and_reason(
    ctx: Context, message: str, who: dict[str, str], error: type[FollowupError]
) -> None:
    with pytest.raises(error):
        control.skip(ctx, CLINIC, MessageId(message), **who)


def test_every_steering_act_stands_in_the_audit(ctx: Context) -> None:
    for act in (control.skip, control.undo, control.send_now):
        act(ctx, CLINIC, ONE, **WHO)
    assert sorted(audited(ctx)) == [
        (action, *WHO.values()) for action in ("message.restored", "message.skipped", "message.urged")
    ]


def test_taking_back_reopens_a_finished_enrollment(ctx: Context) -> None:
    control.skip(ctx, CLINIC, ONE, **WHO)
    enroll.complete(ctx)
    control.undo(ctx, CLINIC, ONE, **WHO)
    with ctx.db.reading() as conn:
        (begun,) = enrollments.get_many(conn, [EnrollmentId("enr_1")]).values()
    assert begun.state is EnrollmentState.ACTIVE
