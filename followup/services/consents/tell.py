"""The JSON shapes of ledgers, expiring consents and suppressions, shared by the HTTP doors and the commands."""

from typing import Any

from followup.domain.consent import Allowed, Consent, Refused
from followup.services.consents.survey import Expiring, Ledger
from followup.services.reading.describe import moment
from followup.storage.suppressions import Listed


def ledger(one: Ledger, zone: str) -> dict[str, Any]:
    """A patient's ledger and what it allowed at its instant."""
    return {
        "at": moment(one.at),
        "entries": [entry(c, zone) for c in one.entries],
        "verdicts": [
            {"class": kind.value, "channel": channel.value} | _verdict(said) for kind, channel, said in one.verdicts
        ],
    }


def entry(c: Consent, zone: str) -> dict[str, Any]:
    """One entry, with the day it ends on."""
    ends = None if c.withdrawn else c.ends_on(zone)
    return {
        "row": c.row_id,
        "class": c.message_class or "all",
        "channel": c.channel or "all",
        "kind": c.kind.value,
        "withdrawn": c.withdrawn,
        "recorded_at": moment(c.recorded_at),
        "entered_at": moment(c.entered_at),
        "basis_date": c.basis_on(zone).isoformat(),
        "ends_on": ends.isoformat() if ends else None,
        "written": c.written,
        "wording": c.wording,
        "language": c.language,
        "evidence": c.evidence,
        "actor": c.actor,
        "source": c.source,
        "event": c.event_row,
    }


def _verdict(said: Allowed | Refused) -> dict[str, Any]:
    if isinstance(said, Refused):
        return {"allowed": False, "rule": said.rule.value, "text": said.reason, "source": said.source}
    return {
        "allowed": True,
        "text": said.basis,
        "source": said.source,
        "row": said.entry.row_id if said.entry else None,
        "until": said.until.isoformat() if said.until else None,
    }


def expiring(e: Expiring) -> dict[str, Any]:
    """A consent whose time is nearly over."""
    return {
        "patient": e.patient_id,
        "class": e.message_class.value,
        "channel": e.channel.value,
        "kind": e.kind.value,
        "basis_date": e.basis_date.isoformat(),
        "ends_on": e.ends_on.isoformat(),
        "days_left": e.days_left,
        "used": e.used,
    }


def suppression(one: Listed) -> dict[str, Any]:
    """A suppression with its address, which is patient data: for who asks on the machine, never for a log."""
    s = one.suppression
    return {
        "channel": s.channel.value,
        "address": s.address or None,
        "reason": s.reason.value,
        "class": s.scope.value if s.scope else "all",
        "since": moment(s.since),
        "until": moment(s.until),
        "source": one.source,
        "released_at": moment(one.released_at),
        "released_by": one.released_by or None,
    }
