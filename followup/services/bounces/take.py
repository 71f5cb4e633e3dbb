"""Take: a mail that came back is stored once by its digest, and acted on in the same transaction."""

import hashlib
from dataclasses import dataclass, replace

from sqlalchemy.engine import Connection

from followup.domain.errors import NotFound
from followup.domain.escalation import Escalation, EscalationKind
from followup.domain.ids import ClinicId, MessageId
from followup.domain.mail.report import Action
from followup.domain.mail.returned import Returned, ReturnedKind, read_returned
from followup.services.bounces.hear import hear
from followup.services.bounces.judge import Case, Deed, judge_bounce, judge_complaint
from followup.services.bounces.trace import Traced, trace, trace_alert
from followup.services.context import Context
from followup.services.escalate import raise_to_staff
from followup.storage.mail import returns
from followup.storage.mail.returns import ReturnRow

#: What is kept of the bytes: head and report of any bounce; what is returned with it is ours anyway.
KEPT = 256 * 1024
_NOTES = {
    ReturnedKind.COMPLAINT: "The patient's mailbox provider reports it as spam.",
    ReturnedKind.AUTOMATIC: "No person wrote it.",
    ReturnedKind.CHALLENGE: "A filter asks for proof that we are people.",
    ReturnedKind.LETTER: "A person wrote it.",
    ReturnedKind.UNREADABLE: "It cannot be read as a mail.",
    ReturnedKind.BOUNCE: "It speaks of no mail of ours.",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a mail; `fresh` is false for bytes that came before, and then nothing was done anew."""

    id: str
    kind: ReturnedKind
    fresh: bool
    message_id: MessageId | None = None
    did: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A mail on its way into the rows."""

    id: str
    clinic_id: ClinicId
    returned: Returned
    traced: Traced | None = None
    alert: Escalation | None = None  # whose mail to staff this is about
    case: Case | None = None


def take_bounce(ctx: Context, raw: bytes, *, door: str, recipient: str = "") -> Taken:
    """Store a mail and act on it, whatever it is; the same bytes again change nothing. Nobody is ever answered.

    `door` names where it came in; `recipient` is the envelope's, where the door knows it. Raises Unavailable.
    """
    digest = hashlib.sha256(raw).hexdigest()
    returned = read_returned(raw)
    with ctx.db.transaction() as conn:
        before = returns.known(conn, digest)
        if before is not None:
            return _again(before)
        arrival = _arrive(ctx, conn, returned, recipient=recipient)
        row = _row(ctx, arrival, raw=raw, digest=digest, door=door)
        if not returns.add(conn, row):
            return _again(returns.known(conn, digest) or row)
        deeds = tuple(_act(ctx, conn, arrival))
        returns.note_did(conn, row.id, ",".join(deeds))
        return Taken(row.id, row.kind, True, row.message_id, deeds)


def set_aside(ctx: Context, raw: bytes, *, door: str) -> str:
    """Keep a mail on which a fault of ours struck, and ask a person to look; returns its id."""
    unread = Returned(ReturnedKind.UNREADABLE)
    arrival = _Arrival(ctx.ids.new("ret"), _addressed(ctx, unread), unread)
    row = _row(ctx, arrival, raw=raw, digest=hashlib.sha256(raw).hexdigest(), door=door)
    with ctx.db.transaction() as conn:
        if returns.add(conn, replace(row, note="It could not be acted on: a fault in followup.", did=Deed.TOLD.value)):
            summary = "a mail that came in could not be acted on: read it"
            _tell(ctx, conn, row.clinic_id, subject=row.id, summary=summary)
    return row.id


def _again(before: ReturnRow) -> Taken:
    return Taken(before.id, before.kind, False, before.message_id)


def _arrive(ctx: Context, conn: Connection, returned: Returned, *, recipient: str) -> _Arrival:
    traced = trace(ctx, conn, returned, recipient=recipient)
    alert = None if traced else trace_alert(ctx, conn, returned, recipient=recipient)
    new = ctx.ids.new("ret")
    if traced is None:
        clinic_id = alert.clinic_id if alert else _addressed(ctx, returned)
        return _Arrival(new, clinic_id, returned, alert=alert)
    fate = returned.fate_of(traced.address) if returned.kind is ReturnedKind.BOUNCE else None
    case = Case(new, traced, fate) if fate is not None else None
    return _Arrival(new, traced.message.clinic_id, returned, traced, case=case)


def _addressed(ctx: Context, returned: Returned) -> ClinicId:
    """The clinic that was written to, else the first, which keeps what belongs to nobody."""
    every = ctx.clinics.all()
    if not every:
        raise NotFound("there is no clinic for a mail that came in", cure="add one under config/clinics")
    to = {address.casefold() for address in returned.recipients}
    return next((clinic.id for clinic in every if clinic.email.casefold() in to), every[0].id)


def _row(ctx: Context, arrival: _Arrival, *, raw: bytes, digest: str, door: str) -> ReturnRow:
    traced, case = arrival.traced, arrival.case
    row = ReturnRow(
        id=arrival.id,
        clinic_id=arrival.clinic_id,
        digest=digest,
        door=door,
        received_at=ctx.clock.now(),
        kind=arrival.returned.kind,
        message_id=traced.message.id if traced else None,
        address=traced.address if traced else None,
        domain=traced.domain if traced else "",
        note="It speaks of a mail to staff." if arrival.alert else _NOTES[arrival.returned.kind],
        raw=raw[:KEPT],
    )
    if case is None:
        return row
    status = case.status
    return replace(
        row,
        action=case.fate.action.value,
        code=status.code,
        code_class=status.kind.value,
        strikes=status.strikes,
        note=status.detail,
    )


def _act(ctx: Context, conn: Connection, arrival: _Arrival) -> list[Deed]:
    match arrival.returned.kind:
        case ReturnedKind.BOUNCE if arrival.case is not None:
            return judge_bounce(ctx, conn, arrival.case)
        case ReturnedKind.BOUNCE if arrival.alert is not None:
            return _alert_came_back(ctx, conn, arrival)
        case ReturnedKind.COMPLAINT if arrival.traced is not None:
            return judge_complaint(ctx, conn, arrival.id, traced=arrival.traced)
        case ReturnedKind.LETTER:
            return hear(ctx, conn, arrival.returned)
        case _:
            return []


def _alert_came_back(ctx: Context, conn: Connection, arrival: _Arrival) -> list[Deed]:
    """One matter for all of them: the mail about it may come back too."""
    if all(fate.action is not Action.FAILED for fate in arrival.returned.fates):
        return []
    _tell(
        ctx,
        conn,
        arrival.clinic_id,
        subject="alerts_to",
        summary="a mail to staff came back: correct alerts_to in the clinic's file",
    )
    return [Deed.TOLD]


def _tell(ctx: Context, conn: Connection, clinic_id: ClinicId, *, subject: str, summary: str) -> None:
    raise_to_staff(ctx, conn, clinic_id=clinic_id, kind=EscalationKind.BOUNCES, subject=subject, summary=summary)
