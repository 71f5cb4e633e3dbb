"""What ends soon is listed, once for each entry, and not where an express consent stands beside it."""

from datetime import timedelta
from typing import Any

import pytest

from followup.domain.clinic import PrivacyRegime
from followup.domain.event import EventType
from followup.services.consents import survey
from followup.services.consents import tell as told
from followup.services.context import Context
from followup.services.reading import report
from followup.storage.database import Database
from tests.builders import CLINIC, PATIENT, make_clinic
from tests.fakes import FakeClock
from tests.services.consents.parts import ANA, consent, known, tell

RELIES = make_clinic(privacy_regime=PrivacyRegime.PIPEDA, casl_implied_promo=True)


def bought(ctx: Context, day: str, **more: Any) -> None:
    tell(ctx, EventType.CONSENT_RECORDED, patient=ANA,
         consent=consent(ctx, kind="implied_purchase", basis_date=day, **more))  # fmt: skip


@pytest.mark.parametrize(
    ("day", "found"),
    [("2024-03-02", []), ("2024-03-03", [1]), ("2024-05-01", [60]), ("2024-05-02", []), ("2026-03-02", [])],
)
def test_what_ends_within_sixty_days_is_listed(database: Database, day: str, found: list[int]) -> None:
    ctx = known(database, clinics=(RELIES,))
    bought(ctx, day)
    assert [e.days_left for e in survey.expiring(ctx, CLINIC)] == found


def test_it_tells_whether_the_clinic_relies_on_it(database: Database) -> None:
    for clinic, used in ((RELIES, True), (make_clinic(), False)):
        ctx = known(database, clinics=(clinic,))
        bought(ctx, "2024-03-20")
        assert [told.expiring(e)["used"] for e in survey.expiring(ctx, CLINIC)] == [used]


@pytest.mark.parametrize("kind", [EventType.CONSENT_RECORDED, EventType.CONSENT_WITHDRAWN])
def test_what_express_words_overtook_is_left_out(database: Database, kind: EventType) -> None:
    clock = FakeClock()
    ctx = known(database, clock=clock)
    bought(ctx, "2024-03-20")
    clock.advance(timedelta(minutes=1))
    tell(ctx, kind, patient=ANA, consent=consent(ctx))
    assert survey.expiring(ctx, CLINIC) == []


def test_a_later_purchase_begins_anew(database: Database) -> None:
    ctx = known(database, clinics=(RELIES,))
    for day in ("2024-03-20", "2025-12-01"):
        bought(ctx, day)
    assert survey.expiring(ctx, CLINIC) == []
    assert [str(e.ends_on) for e in survey.expiring(ctx, CLINIC, days=1000)] == ["2027-12-01"]


def test_the_timeline_foresees_the_end_of_consent(database: Database) -> None:
    ctx = known(database, clinics=(RELIES,))
    for channel in ("sms", "email"):
        bought(ctx, "2024-06-01", channel=channel)
    promo = [e for e in report.timeline(ctx, CLINIC, PATIENT).entries if e.message.message_class == "promo"]
    assert promo
    assert all(e.foreseen is not None and e.foreseen.decision.verdict.reason == "consent_expired" for e in promo)
