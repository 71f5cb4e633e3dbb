"""Enter: a person on staff takes down a consent or its withdrawal, with evidence; it counts at once and is audited."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection

from followup.domain.consent import ConsentKind, SuppressionReason
from followup.domain.errors import Fault, InvalidInput, NotFound
from followup.domain.event import EventType
from followup.domain.ids import ClinicId, PatientId
from followup.domain.message import Channel, MessageClass
from followup.domain.patient import Patient, PatientStatus
from followup.services import record
from followup.services.context import Context
from followup.services.record import Caller
from followup.storage import audit, patients, suppressions

_SOURCE = "/followup/staff"
#: What an express act of the person lifts; the rest is not theirs to lift.
_LIFTED = (SuppressionReason.OPT_OUT, SuppressionReason.CARRIER_BLOCK)


@dataclass(frozen=True, slots=True)
class Act:
    """What a person said: `message_class` and `channel` None mean all, which only a withdrawal may."""

    message_class: MessageClass | None
    channel: Channel | None
    evidence: str
    kind: ConsentKind = ConsentKind.EXPRESS
    recorded_at: datetime | None = None  # None: now
    basis_date: date | None = None
    written: bool = False
    wording: str = ""
    language: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Entered:
    """The event, how many suppressions it lifted, how many others share the address, and what still stands on it."""

    event_row: str
    lifted: int = 0
    sharing: int = 0
    standing: tuple[SuppressionReason, ...] = ()


def give(
    ctx: Context, clinic_id: ClinicId, patient_id: PatientId, *, act: Act, by: str, lift_stop: bool = False
) -> Entered:
    """Enter a consent. A STOP stands all the same, unless `lift_stop` says that the person took it back expressly.

    Raises NotFound for an unknown patient and InvalidInput for what is no consent; nothing changes then.
    """
    if act.message_class is None or act.channel is None:
        raise InvalidInput("a consent is for one class over one channel")
    if lift_stop and act.kind is not ConsentKind.EXPRESS:
        raise InvalidInput("only an express consent lifts a STOP", cure="record what the person said, kind express")
    with ctx.db.transaction() as conn:
        patient = _need(conn, clinic_id, patient_id)
        row = take_down(ctx, conn, patient, act=act, by=by)
        lifted = _lift(ctx, conn, patient, channel=act.channel, by=by, event_row=row) if lift_stop else 0
        return _entered(ctx, conn, patient, channel=act.channel, row=row, lifted=lifted)


def withdraw(ctx: Context, clinic_id: ClinicId, patient_id: PatientId, *, act: Act, by: str) -> Entered:
    """Enter a withdrawal: what was given before it ends at once. Raises NotFound and InvalidInput."""
    with ctx.db.transaction() as conn:
        patient = _need(conn, clinic_id, patient_id)
        return Entered(take_down(ctx, conn, patient, act=act, by=by, withdrawn=True))


def _need(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> Patient:
    found = patients.get(conn, clinic_id, patient_id)
    if found is None:
        raise NotFound(f"no such patient in clinic {clinic_id}", cure="give the clinic's own id of the patient")
    if found.status is PatientStatus.MERGED:
        raise NotFound("this record was merged into another", cure=f"use patient {found.merged_into}")
    return found


def take_down(
    ctx: Context,
    conn: Connection,
    patient: Patient,
    *,
    act: Act,
    by: str,
    withdrawn: bool = False,
    source: str = _SOURCE,
) -> str:
    """Enter a consent, or its withdrawal, in the caller's transaction: in effect at once. Returns the event's row.

    `source` is whose event it is; raises InvalidInput for what is no consent.
    """
    kind = EventType.CONSENT_WITHDRAWN if withdrawn else EventType.CONSENT_RECORDED
    if not by.strip() or not act.evidence.strip():
        raise InvalidInput("a consent needs evidence and the name of who takes it down")
    now = ctx.clock.now()
    body = {
        "specversion": "1.0",
        "type": kind.value,
        "source": source,
        "id": ctx.ids.new("act"),
        "time": now.isoformat(),
        "data": {"clinic": patient.clinic_id, "patient": {"id": patient.id}, "consent": _entry(act, by=by, now=now)},
    }
    try:
        stored = record.accept_within(ctx, conn, body, caller=Caller(patient.clinic_id))
    except InvalidInput as error:
        raise InvalidInput(_plain(error.faults), error.faults) from None
    audit.append(
        conn, at=now, clinic_id=patient.clinic_id, actor=by, action=kind.value, subject=stored.row_id,
        patient_id=patient.id,
        detail={"class": act.message_class or "all", "channel": act.channel or "all", "kind": act.kind.value},
    )  # fmt: skip
    return stored.row_id


def _entry(act: Act, *, by: str, now: datetime) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "class": act.message_class or "all",
        "channel": act.channel or "all",
        "kind": act.kind.value,
        "recorded_at": (act.recorded_at or now).isoformat(),
        "evidence": act.evidence.strip(),
        "written": act.written,
        "wording": act.wording,
        "language": act.language,
        "actor": by,
        "source": act.source,
    }
    return entry | ({"basis_date": act.basis_date.isoformat()} if act.basis_date else {})


def _plain(faults: tuple[Fault, ...]) -> str:
    return "; ".join(f"{f.pointer.rpartition('/')[2]} {f.detail}" for f in faults)


def _lift(ctx: Context, conn: Connection, patient: Patient, *, channel: Channel, by: str, event_row: str) -> int:
    """End what a STOP did to the patient's addresses of this channel, for everybody who has them."""
    ended = sum(
        suppressions.release(
            conn, clinic_id=patient.clinic_id, channel=channel, address=address, reasons=_LIFTED,
            now=ctx.clock.now(), by=by, mark=ctx.signer.mark,
        )
        for address in _own(patient, channel)
    )  # fmt: skip
    audit.append(
        conn, at=ctx.clock.now(), clinic_id=patient.clinic_id, actor=by, action="suppression.lifted",
        subject=event_row, patient_id=patient.id, detail={"channel": channel.value, "ended": ended},
    )  # fmt: skip
    return ended


def _entered(ctx: Context, conn: Connection, patient: Patient, *, channel: Channel, row: str, lifted: int) -> Entered:
    own = [(channel, address) for address in _own(patient, channel)]
    standing = suppressions.active(conn, patient.clinic_id, own, ctx.clock.now(), mark=ctx.signer.mark)
    others = {p.id for _, a in own for p in patients.by_address(conn, channel, a, patient.clinic_id)} - {patient.id}
    reasons = {s.reason for some in standing.values() for s in some}
    return Entered(row, lifted, len(others), tuple(sorted(reasons)))


def _own(patient: Patient, channel: Channel) -> list[str]:
    return [p.value for p in patient.contact_points if p.valid and p.channel is channel]
