"""The preflight says what a launch then does: who gets it, who does not and why, at what price, until when."""

from collections import Counter
from contextlib import nullcontext
from datetime import timedelta
from decimal import Decimal

import pytest

from followup.content.money import load_prices
from followup.domain.channels.sms import segments
from followup.domain.consent import Consent, ConsentKind, SuppressionReason
from followup.domain.errors import Conflict
from followup.domain.ids import PatientId
from followup.domain.message import Channel, MessageClass
from followup.domain.money import Budget
from followup.domain.patient import ContactPoint
from followup.ports import Outbound
from followup.services.campaigns import decide
from followup.services.campaigns.preflight import preflight
from followup.services.context import Context
from followup.storage import consents, patients, suppressions
from followup.storage.database import Database
from followup.storage.tables import patients as rows
from tests.builders import CLINIC, make_clinic, make_ctx, make_patient
from tests.fakes import START
from tests.services.campaigns.parts import drafted, go_on, launched, people
from tests.services.seeds import numbered, sent

PROMO = {"class": "promo", "template": "skinpen-microneedling/maintenance"}


@pytest.fixture
def ctx(database: Database) -> Context:
    """The twelve on both databases."""
    return twelve(database)


def twelve(database: Database) -> Context:
    """Twelve patients: two wrote STOP, one has no address, one a bad number, two mail; two thirds speak French."""
    made = make_ctx(database, environ={"FOLLOWUP_SENDER_RATE": "0"})
    people(made, 8)
    bad = ContactPoint(Channel.SMS, "12", valid=False, raw="12", problem="is no phone number")
    mail = ContactPoint(Channel.EMAIL, "zoe@example.com", valid=True, raw="zoe@example.com")
    points = {"P-91": (), "P-92": (bad,), "P-93": (mail,), "P-94": (bad, mail)}
    more = [make_patient(id=PatientId(i), contact_points=some, language="fr-CA") for i, some in points.items()]
    with made.db.transaction() as conn:
        patients.put_many(conn, more, START)
        conn.execute(rows.update().where(rows.c.id.in_(["P-1", "P-2", "P-3", "P-4"])).values(language="fr-CA"))
        for address in (p.contact_points[0].value for p in map(numbered, (1, 5))):
            suppressions.add(
                conn, clinic_id=CLINIC, channel=Channel.SMS, address=address, reason=SuppressionReason.OPT_OUT,
                source="stop", now=START, mark=made.signer.mark,
            )  # fmt: skip
    return made


def test_all_counts_add_up_to_the_audience(ctx: Context) -> None:
    found = preflight(ctx, CLINIC, drafted(ctx).id)
    assert (found.audience, found.recipients) == (12, 8)
    assert found.excluded == {"opted_out": 2, "unreachable": 2}
    assert [(g.channel, g.language, g.recipients) for g in found.groups] == [
        ("email", "fr-CA", 2), ("sms", "en-CA", 3), ("sms", "fr-CA", 3),
    ]  # fmt: skip
    assert found.audience == found.recipients + sum(found.excluded.values())


@pytest.mark.parametrize("changes", [{}, {"hold_out": 40}, {"language": "fr"}, {"channels": ["email"]}])
def test_what_is_foreseen_is_what_goes_out(ctx: Context, changes: dict[str, object]) -> None:
    campaign = drafted(ctx, **changes)
    found = preflight(ctx, CLINIC, campaign.id)
    launch(ctx, campaign.id)
    go_on(ctx, 15)
    table = load_prices(ctx.settings.config)
    languages = Counter((one.channel, one.language) for one in gone(ctx))
    assert languages == {(g.channel, g.language): g.recipients for g in found.groups}
    assert sum(segments(one.text).segments for one in sent(ctx)) == found.segments
    assert sum(table.of_text(one.channel, one.to, one.text) for one in gone(ctx)) == found.price


def gone(ctx: Context) -> list[Outbound]:
    """What went out, by both channels."""
    return [*sent(ctx), *sent(ctx, Channel.EMAIL)]


def launch(ctx: Context, campaign_id: str) -> None:
    """Mia submits and launches it, Ben approves it."""
    decide.submit(ctx, CLINIC, campaign_id, by="Mia")
    decide.approve(ctx, CLINIC, campaign_id, by="Ben")
    decide.launch(ctx, CLINIC, campaign_id, by="Mia")


def test_without_consent_nobody_gets_a_promotion(ctx: Context) -> None:
    given = Consent(MessageClass.PROMO, Channel.SMS, ConsentKind.EXPRESS, START - timedelta(days=1), "form v3")
    with ctx.db.transaction() as conn:
        consents.add(conn, CLINIC, [(PatientId(f"P-{n}"), given) for n in (1, 2, 6)], now=START)
    found = preflight(ctx, CLINIC, drafted(ctx, **PROMO, channels=["sms"]).id)
    assert (found.recipients, found.excluded) == (2, {"no_consent": 4, "opted_out": 2, "unreachable": 4})
    assert found.second_person == "it is promo"


def test_the_end_is_foreseen_by_pace_and_hours(sqlite: Database) -> None:
    ctx = twelve(sqlite)
    slow = drafted(ctx, pace={"per_minute": 1, "per_day": 5})
    found = preflight(ctx, CLINIC, slow.id)
    assert (found.starts_at, found.finishes_at.date() - found.starts_at.date()) == (START, timedelta(days=2))
    launch(ctx, slow.id)
    go_on(ctx, 60 * 41, step=60)
    assert len(gone(ctx)) < found.recipients
    go_on(ctx, 60 * 7, step=60)
    assert len(gone(ctx)) == found.recipients


def test_texts_and_links_show_without_tokens(ctx: Context) -> None:
    found = preflight(ctx, CLINIC, drafted(ctx).id)
    assert len(found.longest) == 3
    assert found.longest[0].segments == max(sample.segments for sample in found.longest)
    assert "https://followup.example/m/…" in found.links
    assert all("/m/…" in sample.text for sample in found.longest if "/m/" in sample.text)


def test_what_is_held_now_is_counted_apart(database: Database) -> None:
    trial = make_ctx(database, environ={"FOLLOWUP_TRIAL_ALLOW": numbered(1).contact_points[0].value})
    people(trial, 3)
    found = preflight(trial, CLINIC, drafted(trial).id)
    assert (found.recipients, found.held, found.excluded) == (3, {"trial": 2}, {})


@pytest.mark.parametrize(("limit", "stands"), [("1.00", "within"), ("0.04", "near"), ("0.01", "over")])
def test_over_the_budget_a_promotion_is_refused(sqlite: Database, limit: str, stands: str) -> None:
    budget = Budget(classes={MessageClass.PROMO: Decimal(limit)})
    ctx = make_ctx(sqlite, clinics=(make_clinic(budget=budget),))
    people(ctx, 2)
    given = Consent(MessageClass.PROMO, Channel.SMS, ConsentKind.EXPRESS, START - timedelta(days=1), "form v3")
    with ctx.db.transaction() as conn:
        consents.add(conn, CLINIC, [(PatientId(f"P-{n}"), given) for n in (1, 2)], now=START)
    campaign = drafted(ctx, **PROMO)
    (line,) = preflight(ctx, CLINIC, campaign.id).budget
    assert (line.name, line.spent, line.standing) == ("promo", 0, stands)
    told = r"the budget does not do \(USD\): promo: 0.00 of 0.01 spent"
    with pytest.raises(Conflict, match=told) if stands == "over" else nullcontext():
        launch(ctx, campaign.id)


def test_what_went_this_month_counts_against_the_budget(sqlite: Database) -> None:
    ctx = make_ctx(sqlite, clinics=(make_clinic(budget=Budget(month=Decimal(5))),))
    people(ctx, 2)
    first = launched(ctx)
    go_on(ctx, 3)
    assert first.id
    (line,) = preflight(ctx, CLINIC, drafted(ctx, template="skinpen-microneedling/day-0").id).budget
    assert line.spent == sum(Decimal("0.0083") * segments(one.text).segments for one in sent(ctx)) > 0


def test_what_was_launched_has_no_preflight(sqlite: Database) -> None:
    ctx = make_ctx(sqlite)
    people(ctx, 1)
    with pytest.raises(Conflict, match="it is running"):
        preflight(ctx, CLINIC, launched(ctx).id)
