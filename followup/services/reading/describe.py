"""The JSON shapes of timelines, biographies and messages, shared by the HTTP doors and the commands."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from followup.domain.booking import Booking
from followup.domain.escalation import Escalation
from followup.domain.gate import SOURCES, Check, Over
from followup.domain.message import Message
from followup.domain.patient import ContactPoint
from followup.domain.window import to_local
from followup.services.reading.report import Biography, Entry, Timeline
from followup.services.reading.unplanned import Unplanned
from followup.storage.inbound import Inbound


def message(m: Message, zone: str | None = None) -> dict[str, Any]:
    """A message; instants are ISO 8601 in UTC, `due_local` is in the patient's zone."""
    plain: dict[str, Any] = {
        "id": m.id,
        "patient": m.patient_id,
        "enrollment": m.enrollment_id,
        "campaign": m.campaign_id,
        "booking": m.booking_id,
        "step": m.step_key,
        "occurrence": m.occurrence,
        "class": m.message_class.value,
        "channels": [c.value for c in m.channels],
        "channel": m.channel.value if m.channel else None,
        "template": m.template_ref,
        "template_version": m.template_version,
        "state": m.state.value,
        "hold": m.hold.value if m.hold else None,
        "reason": m.reason,
        "due_at": moment(m.due_at),
        "planned_for": moment(m.planned_for),
        "expires_at": moment(m.expires_at),
        "cause_event": m.cause_event,
        "follows": m.follows,
        "carried_by": m.carried_by,
        "attempts": m.attempt_no,
        "provider": m.provider,
        "provider_ref": m.provider_ref,
    }
    if zone:
        plain["due_local"] = to_local(m.due_at, zone).isoformat(timespec="minutes")
    return plain


def entry(e: Entry) -> dict[str, Any]:
    """A line of a timeline with what the gate would say."""
    plain = message(e.message, e.zone)
    if e.foreseen is not None:
        plain["foreseen"] = {
            "verdict": type(e.foreseen.decision.verdict).__name__.lower(),
            "at": moment(e.foreseen.at),
            "local": to_local(e.foreseen.at, e.zone).isoformat(timespec="minutes"),
            "text": e.foreseen.words,
            "checks": _checks(e.foreseen.decision.checks),
            "passed_over": _over(e.foreseen.decision.over),
        }
    if e.ended is not None:
        ended = {"at": moment(e.ended.at), "local": to_local(e.ended.at, e.zone).isoformat(timespec="minutes")}
        said = {"checks": _checks(e.ended.checks), "passed_over": _over(e.ended.over)}
        plain["ended"] = {**ended, "text": e.ended.words, **said}
    return plain


def _checks(said: Iterable[Check]) -> list[dict[str, Any]]:
    return [{"rule": c.rule, "passed": c.passed, "text": c.text, "source": c.source} for c in said]


def _over(ways: Iterable[Over]) -> list[dict[str, Any]]:
    return [{"channel": o.channel.value, "rule": o.why.rule, "text": o.why.text, "source": o.why.source} for o in ways]


def timeline(t: Timeline) -> dict[str, Any]:
    """A patient's timeline: past and coming contacts with each gate's verdict. No name, number or text is in it."""
    return {
        "patient": {
            "id": t.patient.id,
            "language": t.patient.language,
            "time_zone": t.zone,
            "status": t.patient.status.value if t.is_known else "unknown",
            "paused": t.patient.paused,
            "paused_until": moment(t.patient.paused_until),
            "reachable": t.is_reachable,
            "contact_points": [_point(t, p) for p in t.patient.contact_points],
        },
        "enrollments": [
            {"id": n.id, "protocol": n.protocol_key, "version": n.protocol_version, "state": n.state.value,
             "reason": n.reason, n.source_kind: n.source_id, "anchor_at": moment(n.anchor_at)}
            for n in t.enrollments
        ],
        "unplanned": [unplanned(u) for u in t.unplanned],
        "bookings": [booking(b) for b in t.bookings],
        "messages": [entry(e) for e in t.entries],
        "escalations": [escalation(x) for x in t.escalations],
        "replies": [reply(r) for r in t.replies],
    }  # fmt: skip


def _point(t: Timeline, p: ContactPoint) -> dict[str, Any]:
    """A contact point without its number: why it cannot, or must not, be used."""
    pair = (p.channel, p.value)
    return {"channel": p.channel.value, "valid": p.valid, "problem": p.problem, "flag": t.flags.get(pair, ""),
            "suppressed": [{"reason": s.reason.value, "class": s.scope.value if s.scope else "all",
                            "since": moment(s.since), "until": moment(s.until), "source": SOURCES[s.reason]}
                           for s in t.suppressions.get(pair, ())]}  # fmt: skip


def unplanned(u: Unplanned) -> dict[str, Any]:
    """An event about the patient that no plan was made of."""
    e = u.event
    return {"row": e.row_id, "id": e.id, "source": e.source, "type": e.type.value, "time": moment(e.time),
            "state": e.state.value, "reason": e.reason, "text": u.why, "cure": u.cure}  # fmt: skip


def biography(b: Biography) -> dict[str, Any]:
    """Everything about one message, also one that was never sent."""
    return entry(b.entry) | {
        "protocol": b.enrollment.protocol_key if b.enrollment else None,
        "protocol_version": b.enrollment.protocol_version if b.enrollment else None,
        "event": {"id": b.event.id, "type": b.event.type.value, "source": b.event.source, "time": moment(b.event.time)}
        if b.event
        else None,
        "history": [_plain(h) for h in b.history],
        "tries": [_plain({k: v for k, v in a.items() if k not in _PATIENT_DATA}) for a in b.attempts],
        "receipts": [_plain(r) for r in b.receipts],
        "replies": [reply(r) for r in b.replies],
    }


#: Not for a list or a screen that others may see; `followup message show --text` shows the text itself.
_PATIENT_DATA = frozenset({"address", "text", "message_id"})


def reply(r: Inbound) -> dict[str, Any]:
    """What a patient wrote, without the words: who may read them asks for them by id."""
    return {"id": r.id, "channel": r.channel.value, "received_at": moment(r.received_at), "intent": r.intent,
            "rule": r.rule, "severity": r.severity, "answers": r.context}  # fmt: skip


def booking(b: Booking) -> dict[str, Any]:
    """A visit and how it stands."""
    return {
        "id": b.id,
        "patient": b.patient_id,
        "treatment_code": b.treatment_code,
        "starts_at": moment(b.starts_at),
        "state": b.state.value,
        "answer": b.answer or None,
        "confirmed_at": moment(b.confirmed_at),
        "answer_by": moment(b.answer_by),
        "duration_minutes": b.duration_minutes,
    }


def escalation(x: Escalation) -> dict[str, Any]:
    """A matter for staff."""
    return {
        "id": x.id,
        "kind": x.kind.value,
        "state": x.state.value,
        "patient": x.patient_id,
        "about": x.subject,
        "summary": x.summary,
        "opened_at": moment(x.opened_at),
        "due_at": moment(x.due_at),
        "told_at": moment(x.told_at),
        "severity": x.severity,
        "rung": x.rung,
        "next_rung_at": moment(x.next_rung_at),
        "acknowledged_by": x.acknowledged_by,
        "closed_by": x.closed_by,
    }


def stray(row: Mapping[str, Any]) -> dict[str, Any]:
    """A receipt for a message that is not here."""
    return {
        "at": moment(row["at"]),
        "message": row["message_id"],
        "provider": row["provider"],
        "provider_ref": row["provider_ref"],
        "status": row["provider_status"],
        "code": row["error_code"] or None,
    }


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with a `Z`."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: moment(v) if isinstance(v, datetime) else v for k, v in row.items()}
