"""Blocks: what a message that carries others has to tell, in the order that matters clinically."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from followup.content.merged import Block
from followup.domain.booking import Treatment
from followup.domain.clinic import Clinic
from followup.domain.enrollment import Enrollment, EnrollmentState
from followup.domain.ids import EnrollmentId, MessageId
from followup.domain.message import Message, MessageClass
from followup.domain.protocol import CareProtocol
from followup.services import pinned
from followup.services.compose import about_treatment
from followup.services.context import Context
from followup.storage import enrollments, treatments
from followup.storage.plans import carried as rows


@dataclass(frozen=True, slots=True)
class _Told:
    """A message whose text stands, with what it is about."""

    message: Message
    protocol: CareProtocol
    treatment: Treatment

    @property
    def order(self) -> tuple[int, datetime, str]:
        """What matters most first, then what was done first."""
        return self.protocol.priority, self.treatment.performed_at, self.message.id

    def block(self, clinic: Clinic) -> Block:
        """Its text under the title of its protocol."""
        values = about_treatment(clinic, self.treatment)
        return Block(self.message.template_ref, self.message.template_version, self.protocol.title, values)


def carried(conn: Connection, batch: Sequence[Message]) -> dict[MessageId, list[Message]]:
    """What each of these messages carries; must be asked when nobody can plan them any more."""
    return rows.carried(conn, [m for m in batch if m.message_class is MessageClass.CARE])


def blocks(
    ctx: Context, conn: Connection, clinic: Clinic, *, carrier: Message, others: Sequence[Message]
) -> list[Block]:
    """Each text once, the first of the clinic's priorities first; empty if there is nothing but the carrier's own."""
    every = [carrier, *others]
    begun = enrollments.get_many(conn, sorted({m.enrollment_id for m in every if m.enrollment_id}))
    known = treatments.of(conn, clinic.id, [carrier.patient_id])[carrier.patient_id]
    told = [_told(ctx, conn, m, begun=begun, known=known) for m in every]
    standing = sorted((t for t in told if t is not None), key=lambda t: t.order)
    found: dict[str, Block] = {}
    for one in standing:
        pinned.template(ctx, conn, one.message.template_ref, one.message.template_version)
        found.setdefault(one.message.template_ref, one.block(clinic))
    return list(found.values()) if len(found) > 1 else []


def _told(
    ctx: Context,
    conn: Connection,
    message: Message,
    *,
    begun: Mapping[EnrollmentId, Enrollment],
    known: Sequence[Treatment],
) -> _Told | None:
    """None if the treatment was withdrawn, or its follow-up stopped."""
    enrollment = begun.get(message.enrollment_id) if message.enrollment_id else None
    if enrollment is None or enrollment.state is EnrollmentState.STOPPED:
        return None
    treatment = next((t for t in known if t.id == enrollment.source_id and not t.voided), None)
    if treatment is None:
        return None
    return _Told(message, pinned.protocol(ctx, conn, enrollment.protocol_key, enrollment.protocol_version), treatment)
