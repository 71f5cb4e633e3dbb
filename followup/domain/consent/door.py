"""What the door asks of consents beyond their shape: nothing that a person gave lies in the future."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from followup.domain.clinic import Clinic
from followup.domain.consent.entry import ConsentKind
from followup.domain.errors import Fault
from followup.domain.event import EventType

#: Clocks of other systems may be this much ahead of ours.
SKEW = timedelta(minutes=5)
_PAST = frozenset({ConsentKind.IMPLIED_PURCHASE, ConsentKind.IMPLIED_INQUIRY})


def consents_ahead(kind: EventType, data: Mapping[str, Any], *, clinic: Clinic, now: datetime) -> tuple[Fault, ...]:
    """The pointers of consents in a well-formed event that are dated in the future.

    A withdrawal is never refused for its date: it takes effect at once.
    """
    today = now.astimezone(ZoneInfo(clinic.time_zone)).date()
    return tuple(
        Fault(f"{pointer}/{name}", "lies in the future", "future")
        for pointer, entry in _given(kind, data)
        for name in _ahead(entry, now=now, today=today)
    )


def _given(kind: EventType, data: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for n, entry in enumerate(data.get("patient", {}).get("consents", ())):
        yield f"/data/patient/consents/{n}", entry
    if kind is EventType.CONSENT_RECORDED:
        yield "/data/consent", data["consent"]


def _ahead(entry: Mapping[str, Any], *, now: datetime, today: date) -> Iterator[str]:
    if datetime.fromisoformat(entry["recorded_at"]) > now + SKEW:
        yield "recorded_at"
    if "basis_date" in entry and entry["kind"] in _PAST and date.fromisoformat(entry["basis_date"]) > today:
        yield "basis_date"
