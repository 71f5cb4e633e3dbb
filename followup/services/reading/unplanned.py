"""Unplanned: events about a patient that no plan was made of, with the reason in plain words and the cure."""

from dataclasses import dataclass

from sqlalchemy.engine import Connection

from followup.domain.event import ClinicEvent, EventState
from followup.domain.ids import ClinicId, PatientId
from followup.storage import events

_STUCK = frozenset({EventState.QUARANTINED, EventState.WAITING})
_RETRY = "then `followup event retry` it; it is also tried again by itself"
_WORDS = {
    "unknown_treatment_code": (
        "no protocol follows up its treatment code",
        f"add the code to a protocol's treatment_codes, or correct the event; {_RETRY}",
    ),
    "unknown_patient": (
        "nobody has told us who the patient is: name and contact points are missing",
        "send an event with the patient's given_name and contact_points; this one is then planned by itself",
    ),
    "unknown_thing": (
        "it speaks of a treatment or booking nobody has told us about",
        "send the event that tells of it; this one is then planned by itself",
    ),
    "unknown_clinic": ("its clinic is no longer set up", f"put the clinic's file back; {_RETRY}"),
}


@dataclass(frozen=True, slots=True)
class Unplanned:
    """An event that waits or is quarantined."""

    event: ClinicEvent
    why: str
    cure: str


def about(conn: Connection, clinic_id: ClinicId, patient_id: PatientId) -> tuple[Unplanned, ...]:
    """What was told of this patient and could not be planned, the oldest first."""
    stuck = sorted(
        (e for e in events.about(conn, clinic_id, patient_id) if e.state in _STUCK), key=lambda e: e.order
    )  # fmt: skip
    return tuple(Unplanned(e, *_said(e.reason or "")) for e in stuck)


def _said(reason: str) -> tuple[str, str]:
    if reason in _WORDS:
        return _WORDS[reason]
    if reason.startswith("fault:"):
        return f"the software could not plan it ({reason.removeprefix('fault:')})", f"please report this; {_RETRY}"
    return f"it cannot be read: {reason}", "send it again, corrected, under an id of its own"
