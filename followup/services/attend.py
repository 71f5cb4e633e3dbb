"""Attend: what waits for a person, and what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from followup.domain.errors import NotFound
from followup.domain.escalation import Escalation, EscalationState
from followup.domain.ids import ClinicId
from followup.services.context import Context
from followup.storage import audit, escalations, inbound, threads
from followup.storage.inbound import Inbound
from followup.storage.mail import returns
from followup.storage.mail.returns import ReturnRow

_WAITING = (EscalationState.OPEN, EscalationState.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Matter:
    """An escalation with what the patient wrote, or what came back of the message that it is about."""

    escalation: Escalation
    wrote: Inbound | None
    came_back: Sequence[ReturnRow] = ()


def waiting(ctx: Context, clinic_id: ClinicId, *, closed: bool = False, limit: int = 100) -> Sequence[Escalation]:
    """Escalations that nobody closed, newest first; with `closed` those too."""
    states = tuple(EscalationState) if closed else _WAITING
    with ctx.db.reading() as conn:
        return escalations.listing(conn, clinic_id, states=states, limit=limit)


def look(ctx: Context, clinic_id: ClinicId, escalation_id: str, *, by: str) -> Matter:
    """One matter with the patient's words, by its own id, that of the inbound message, of its thread or the patient's;
    the look is audited."""
    with ctx.db.transaction() as conn:
        found = escalations.get(conn, clinic_id, escalation_id)
        wrote = inbound.get(conn, clinic_id, found.subject if found else escalation_id)
        thread = threads.find(conn, clinic_id, escalation_id) if found is None and wrote is None else None
        if thread is not None:
            wrote = inbound.get(conn, clinic_id, thread.last_in)
        if found is None and wrote is not None:
            found = escalations.about(conn, clinic_id, wrote.id)
        if found is None:
            raise NotFound(f"no escalation {escalation_id} in clinic {clinic_id}", cure="see `followup inbox list`")
        if wrote is not None:
            audit.append(
                conn,
                at=ctx.clock.now(),
                clinic_id=clinic_id,
                actor=by,
                action="inbound.viewed",
                subject=wrote.id,
                patient_id=wrote.patient_id,
            )
        came_back = returns.of_message(conn, clinic_id, found.subject)
    return Matter(found, wrote, came_back)
