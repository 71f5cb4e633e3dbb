"""The door refuses what is dated in the future, with its pointer; a withdrawal is never refused for its date."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from followup.domain.consent.door import SKEW, consents_ahead
from followup.domain.event import EventType
from tests.builders import make_clinic

NOW = datetime(2026, 3, 3, 3, 0, tzinfo=UTC)  # still the 2nd in Toronto


def pointers(kind: EventType, **data: Any) -> list[str]:
    return [f.pointer for f in consents_ahead(kind, data, clinic=make_clinic(), now=NOW)]


def consent(at: datetime = NOW, **more: Any) -> dict[str, Any]:
    return {"class": "promo", "channel": "sms", "kind": "express", "recorded_at": at.isoformat(), **more}


@pytest.mark.parametrize(("ahead", "faults"), [(SKEW, 0), (SKEW + timedelta(seconds=1), 1), (timedelta(days=-900), 0)])
def test_a_consent_of_the_future_is_refused(ahead: timedelta, faults: int) -> None:
    found = pointers(EventType.CONSENT_RECORDED, consent=consent(NOW + ahead))
    assert found == ["/data/consent/recorded_at"] * faults


def test_each_listed_consent_has_its_own_pointer() -> None:
    listed = [consent(), consent(NOW + timedelta(days=1))]
    found = pointers(EventType.TREATMENT_COMPLETED, patient={"id": "P-1", "consents": listed})
    assert found == ["/data/patient/consents/1/recorded_at"]


@pytest.mark.parametrize(
    ("kind", "day", "faults"),
    [("implied_purchase", "2026-03-02", 0), ("implied_purchase", "2026-03-03", 1), ("implied_inquiry", "2026-03-03", 1),
     ("implied_contract", "2027-01-01", 0)],
)  # fmt: skip
def test_a_basis_lies_in_the_past_in_the_clinics_zone(kind: str, day: str, faults: int) -> None:
    found = pointers(EventType.CONSENT_RECORDED, consent=consent(kind=kind, basis_date=day))
    assert found == ["/data/consent/basis_date"] * faults


def test_a_withdrawal_is_never_refused_for_its_date() -> None:
    assert pointers(EventType.CONSENT_WITHDRAWN, consent=consent(NOW + timedelta(days=9))) == []
