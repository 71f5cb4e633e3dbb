"""Escalations: opened once, told by mail without a patient's data, taken over and closed by name."""

import pytest

from followup.domain.errors import NotFound
from followup.domain.escalation import EscalationKind, EscalationState
from followup.domain.ids import EscalationId
from followup.domain.message import Channel
from followup.domain.outcome import Transient
from followup.services import escalate
from followup.services.alerts import handle
from followup.services.context import Context
from followup.storage.database import Database
from tests.builders import CLINIC, EMAIL, PATIENT, PHONE, make_clinic, make_ctx
from tests.services.seeds import fake, run, sent


def opened(ctx: Context, subject: str = "in_1") -> EscalationId:
    with ctx.db.transaction() as conn:
        return escalate.raise_to_staff(
            ctx, conn, clinic_id=CLINIC, kind=EscalationKind.REPLY, subject=subject, summary="a patient wrote",
            patient_id=PATIENT,
        )  # fmt: skip


def test_the_same_matter_is_opened_once(database: Database) -> None:
    ctx = make_ctx(database)
    assert opened(ctx) == opened(ctx)
    assert opened(ctx) != opened(ctx, "in_2")


def test_a_closed_matter_can_be_opened_anew(database: Database) -> None:
    ctx = make_ctx(database)
    first = opened(ctx)
    handle.close(ctx, CLINIC, first, by="RN Okafor")
    assert opened(ctx) != first


def test_staff_are_told_once_by_mail(database: Database) -> None:
    ctx = make_ctx(database, clinics=(make_clinic(alerts_to=("a@clinic.example", "b@clinic.example")),))
    opened(ctx)
    run(ctx)
    run(ctx)
    assert [o.to for o in sent(ctx, Channel.EMAIL)] == ["a@clinic.example", "b@clinic.example"]


def test_the_mail_holds_no_patient_data(database: Database) -> None:
    ctx = make_ctx(database)
    opened(ctx)
    run(ctx)
    told = sent(ctx, Channel.EMAIL)[0]
    words = told.text + told.subject + told.html
    assert not [secret for secret in ("Ana", "Silva", PHONE, EMAIL) if secret in words]


def test_mail_that_is_away_is_tried_again(database: Database) -> None:
    ctx = make_ctx(database)
    fake(ctx, Channel.EMAIL).script.append(Transient("connect", "refused"))
    opened(ctx)
    run(ctx)
    ctx.ops.advance(ctx.settings.lease * 2)  # type: ignore[attr-defined]
    run(ctx)
    assert len(sent(ctx, Channel.EMAIL)) == 1


def test_a_named_person_acknowledges_and_closes(database: Database) -> None:
    ctx = make_ctx(database)
    subject = opened(ctx)
    taken = handle.acknowledge(ctx, CLINIC, subject, by="RN Okafor")
    closed = handle.close(ctx, CLINIC, subject, by="RN Okafor", note="called")
    assert (taken.state, taken.acknowledged_by) == (EscalationState.ACKNOWLEDGED, "RN Okafor")
    assert (closed.state, closed.closed_by) == (EscalationState.CLOSED, "RN Okafor")


def test_closing_twice_keeps_the_first_name(database: Database) -> None:
    ctx = make_ctx(database)
    subject = opened(ctx)
    handle.close(ctx, CLINIC, subject, by="first")
    assert handle.close(ctx, CLINIC, subject, by="second").closed_by == "first"


def test_an_unknown_matter_is_named(database: Database) -> None:
    with pytest.raises(NotFound, match="esc_none"):
        handle.close(make_ctx(database), CLINIC, EscalationId("esc_none"), by="x")
