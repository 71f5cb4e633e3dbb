"""A treated patient with one message that is due, written straight into the rows."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from followup.domain.booking import Treatment
from followup.domain.enrollment import Enrollment
from followup.domain.ids import ClinicId, EnrollmentId, MessageId, TreatmentId
from followup.domain.message import Channel, Message, MessageState
from followup.domain.patient import Patient
from followup.ports import Outbound
from followup.services import deliver, dispatch
from followup.services.alerts import handle
from followup.services.calling import send
from followup.services.context import Context
from followup.services.proof import resolve
from followup.storage import enrollments, messages, patients, treatments
from followup.storage.tables import instances
from tests.builders import CLINIC, PERFORMED, make_message, make_patient
from tests.fakes import FakeProvider, InlineJobs


def seed(ctx: Context, *, patient: Patient | None = None, number: int = 1, **changes: Any) -> Message:
    """Patient, treatment, enrollment on the shipped protocol, and its day-1 message, due when the clock stands."""
    who = patient or make_patient()
    protocol = ctx.protocols.need("skinpen-microneedling")
    enrollment = Enrollment(
        id=EnrollmentId(f"enr_{number}"), clinic_id=who.clinic_id, patient_id=who.id, protocol_key=protocol.key,
        protocol_version=protocol.version, source_kind="treatment", source_id=f"T-{number}", anchor_at=PERFORMED,
        event_row=f"evt_{number}",
    )  # fmt: skip
    ref = changes.get("template_ref", "skinpen-microneedling/day-1")
    message = make_message(
        id=MessageId(f"msg_{number}"), patient_id=who.id, enrollment_id=enrollment.id,
        **{"template_version": ctx.templates.version(ref), **changes},
    )  # fmt: skip
    treatment = Treatment(
        TreatmentId(f"T-{number}"),
        who.id,
        "skinpen-microneedling",
        PERFORMED,
        practitioner="RN Okafor",
        session=1,
        of=3,
    )
    with ctx.db.transaction() as conn:
        patients.put(conn, who, ctx.clock.now())
        treatments.put_many(conn, who.clinic_id, [treatment])
        enrollments.add(conn, [enrollment])
        messages.add(conn, [message], ctx.clock.now())
    return message


def seed_many(ctx: Context, count: int) -> list[Message]:
    """`count` patients with a phone each and one due message each."""
    return [seed(ctx, patient=numbered(n), number=n) for n in range(1, count + 1)]


def numbered(number: int) -> Patient:
    """A patient with a phone of their own."""
    first = make_patient().contact_points[0]
    phone = f"+1416555{1000 + number:04d}"
    return make_patient(id=f"P-{number}", contact_points=(replace(first, value=phone, raw=phone),))


def stored(ctx: Context, message_id: str = "msg_1", clinic: ClinicId = CLINIC) -> Message:
    """The message as it stands in the rows."""
    with ctx.db.reading() as conn:
        found = messages.get(conn, clinic, MessageId(message_id))
    assert found is not None
    return found


def state(ctx: Context, message_id: str = "msg_1") -> MessageState:
    """Its state."""
    return stored(ctx, message_id).state


def wire(ctx: Context) -> InlineJobs:
    """Let the bell ring the real services."""
    jobs = ctx.jobs
    assert isinstance(jobs, InlineJobs)
    jobs.handlers.update(
        deliver_messages=lambda ids: deliver.deliver(ctx, ids),
        resolve_unconfirmed=lambda ids: resolve.resolve(ctx, ids),
        tell_staff=lambda ids: handle.tell(ctx, ids),
        process_events=lambda ids: None,
        call_systems=lambda ids: send.send(ctx, ids),
    )
    return jobs


def run(ctx: Context) -> int:
    """Sweep and work until nothing is left to do now; returns how many jobs ran."""
    jobs, ran = wire(ctx), 0
    for _ in range(50):
        swept = dispatch.sweep(ctx)
        ran += jobs.drain()
        if not swept:
            return ran
    raise AssertionError("the sweeps never end")


def fake(ctx: Context, channel: Channel = Channel.SMS) -> FakeProvider:
    """The fake behind a channel."""
    provider = ctx.providers[channel]
    assert isinstance(provider, FakeProvider)
    return provider


def sent(ctx: Context, channel: Channel = Channel.SMS) -> list[Outbound]:
    """What the fake took."""
    return fake(ctx, channel).ledger


def put_back(ctx: Context) -> None:
    """The rows become those of a backup, one epoch older, under the same file or server."""
    with ctx.db.transaction() as conn:
        conn.execute(sa.update(instances).values(epoch=instances.c.epoch - 1))
