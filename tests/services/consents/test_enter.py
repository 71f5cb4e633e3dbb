"""Consents and withdrawals by staff and events: at once in effect, with evidence, and no STOP is lifted by the way."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from followup.domain.clinic import PrivacyRegime
from followup.domain.consent import Allowed, ConsentKind, Refused
from followup.domain.errors import InvalidInput, NotFound
from followup.domain.event import EventType
from followup.domain.ids import PatientId
from followup.domain.message import Channel, MessageClass, MessageState, Reason
from followup.services.consents import enter, survey
from followup.services.consents.enter import Act
from followup.services.context import Context
from followup.storage.database import Database
from followup.storage.tables import attempts, audit, consents
from tests.builders import CLINIC, PATIENT, make_clinic, make_ctx
from tests.fakes import FakeClock
from tests.services.consents.parts import ANA, consent, known, tell
from tests.services.seeds import run, seed, state, stored
from tests.services.test_answer import is_stopped, write

PROMO = Act(MessageClass.PROMO, Channel.SMS, "form v3, folder 12")
ALL = Act(None, None, "said so on the phone")


def allows(ctx: Context, kind: MessageClass = MessageClass.PROMO, **at: Any) -> bool:
    """What the law says of this class by SMS."""
    said = {(k, c): v for k, c, v in survey.ledger(ctx, CLINIC, PATIENT, **at).verdicts}
    return isinstance(said[kind, Channel.SMS], Allowed)


def acts(ctx: Context) -> list[tuple[str, str]]:
    with ctx.db.reading() as conn:
        wanted = audit.c.action.startswith("consent.") | audit.c.action.startswith("suppression.")
        return [(r.actor, r.action) for r in conn.execute(sa.select(audit).where(wanted).order_by(audit.c.id))]


def test_what_staff_record_counts_at_once(database: Database) -> None:
    ctx = known(database)
    assert not allows(ctx)
    enter.give(ctx, CLINIC, PATIENT, act=PROMO, by="Okafor")
    assert allows(ctx)
    assert acts(ctx) == [("Okafor", "consent.recorded")]
    (entry,) = survey.ledger(ctx, CLINIC, PATIENT).entries
    assert (entry.actor, entry.evidence, entry.recorded_at) == ("Okafor", "form v3, folder 12", ctx.clock.now())


@pytest.mark.parametrize("kind", [MessageClass.PROMO, MessageClass.CARE, MessageClass.CHECKIN])
def test_a_withdrawal_of_all_ends_every_class(database: Database, kind: MessageClass) -> None:
    ctx = known(database)
    enter.give(ctx, CLINIC, PATIENT, act=PROMO, by="Okafor")
    enter.withdraw(ctx, CLINIC, PATIENT, act=ALL, by="Okafor")
    assert not allows(ctx, kind)


@pytest.mark.parametrize(
    ("act", "by", "words"),
    [
        (Act(MessageClass.PROMO, Channel.SMS, " "), "Okafor", "evidence"),
        (PROMO, "", "name"),
        (ALL, "Okafor", "one class"),
        (Act(MessageClass.REPLY, Channel.SMS, "x"), "Okafor", "class must be one of"),
    ],
)
def test_what_proves_nothing_is_refused(database: Database, act: Act, by: str, words: str) -> None:
    ctx = known(database)
    with pytest.raises(InvalidInput, match=words):
        enter.give(ctx, CLINIC, PATIENT, act=act, by=by)
    assert (acts(ctx), survey.ledger(ctx, CLINIC, PATIENT).entries) == ([], ())


def test_a_consent_of_tomorrow_is_one_clear_line(database: Database) -> None:
    ctx = known(database)
    act = Act(MessageClass.PROMO, Channel.SMS, "x", recorded_at=ctx.clock.now() + timedelta(days=1))
    with pytest.raises(InvalidInput, match=r"^recorded_at lies in the future$"):
        enter.give(ctx, CLINIC, PATIENT, act=act, by="Okafor")


def test_nobody_consents_for_an_unknown_patient(database: Database) -> None:
    with pytest.raises(NotFound):
        enter.give(make_ctx(database), CLINIC, PatientId("P-99"), act=PROMO, by="Okafor")


def test_a_consent_after_a_stop_lifts_nothing(database: Database) -> None:
    ctx = known(database)
    write(ctx, "STOP")
    done = enter.give(ctx, CLINIC, PATIENT, act=PROMO, by="Okafor")
    tell(ctx, EventType.CONSENT_RECORDED, patient=ANA, consent=consent(ctx, evidence="portal"))
    assert is_stopped(ctx)
    assert (done.lifted, done.standing) == (0, ("opt_out",))


def test_an_express_act_with_evidence_lifts_it(database: Database) -> None:
    ctx = known(database)
    write(ctx, "STOP")
    done = enter.give(ctx, CLINIC, PATIENT, act=PROMO, by="Okafor", lift_stop=True)
    assert not is_stopped(ctx)
    assert (done.lifted, done.standing) == (1, ())
    assert acts(ctx)[-2:] == [("Okafor", "consent.recorded"), ("Okafor", "suppression.lifted")]


@pytest.mark.parametrize("kind", [k for k in ConsentKind if k is not ConsentKind.EXPRESS])
def test_only_an_express_act_lifts_a_stop(database: Database, kind: ConsentKind) -> None:
    ctx = known(database)
    write(ctx, "STOP")
    with pytest.raises(InvalidInput, match="express"):
        enter.give(ctx, CLINIC, PATIENT, act=Act(MessageClass.PROMO, Channel.SMS, "x", kind), by="K", lift_stop=True)
    assert is_stopped(ctx)


def test_an_express_act_lifts_no_wrong_number(database: Database) -> None:
    ctx = known(database)
    write(ctx, "wrong number")
    assert enter.give(ctx, CLINIC, PATIENT, act=PROMO, by="Okafor", lift_stop=True).standing == ("wrong_person",)


def test_the_ledger_tells_any_past_day(database: Database) -> None:
    clock = FakeClock()
    ctx = known(database, clock=clock)
    days = [clock.now()]
    for withdrawn in (False, True, False):
        clock.advance(timedelta(days=1))
        (enter.withdraw if withdrawn else enter.give)(ctx, CLINIC, PATIENT, act=PROMO, by="Okafor")
        days.append(clock.now())
    assert [allows(ctx, as_of=day) for day in days] == [False, True, False, True]


def test_what_was_learned_late_was_unknown_before(database: Database) -> None:
    clock = FakeClock()
    ctx = known(database, clock=clock)
    given = clock.now()
    clock.advance(timedelta(days=30))
    tell(ctx, EventType.CONSENT_RECORDED, patient=ANA, consent=consent(ctx, recorded_at=given.isoformat()))
    assert allows(ctx)
    assert not allows(ctx, as_of=clock.now() - timedelta(days=1))


def test_a_withdrawal_dated_early_still_counts(database: Database) -> None:
    ctx = known(database)
    enter.give(ctx, CLINIC, PATIENT, act=PROMO, by="Okafor")
    midnight = ctx.clock.now().replace(hour=5, minute=0)
    tell(ctx, EventType.CONSENT_WITHDRAWN, patient=ANA, consent=consent(ctx, recorded_at=midnight.isoformat()))
    assert not allows(ctx)


def test_what_a_treatment_tells_is_in_the_ledger(database: Database) -> None:
    ctx = make_ctx(database)
    given = consent(ctx, kind="implied_purchase", basis_date="2026-03-01", wording="w2", written=True, actor="Kim")
    person = {"id": PATIENT, "given_name": "Ana", "consents": [given]}
    done = {"id": "T-9", "code": "skinpen-microneedling", "performed_at": ctx.clock.now().isoformat()}
    tell(ctx, EventType.TREATMENT_COMPLETED, patient=person, treatment=done)
    (entry,) = survey.ledger(ctx, CLINIC, PATIENT).entries
    assert (entry.kind, str(entry.basis_date), entry.wording) == (ConsentKind.IMPLIED_PURCHASE, "2026-03-01", "w2")


def test_the_attempt_names_the_row_that_allowed_it(database: Database) -> None:
    ctx = known(database)
    enter.give(ctx, CLINIC, PATIENT, act=PROMO, by="Okafor")
    with database.reading() as conn:
        row = conn.scalar(sa.select(consents.c.id))
    seed(ctx, message_class=MessageClass.PROMO, channels=(Channel.SMS,), expires_at=None)
    seed(ctx, number=2, channels=(Channel.SMS,), expires_at=None)
    run(ctx)
    with database.reading() as conn:
        allowed = dict(conn.execute(sa.select(attempts.c.message_id, attempts.c.consent_id)).all())
    assert (allowed["msg_1"], allowed["msg_2"]) == (row, None)


def test_promotion_stops_by_itself_when_consent_ends(database: Database) -> None:
    clinic = make_clinic(privacy_regime=PrivacyRegime.PIPEDA, casl_implied_promo=True)
    ctx = known(database, clinics=(clinic,))
    entry = consent(ctx, kind="implied_purchase", basis_date="2024-03-02")
    tell(ctx, EventType.CONSENT_RECORDED, patient=ANA, consent=entry)
    seed(ctx, message_class=MessageClass.PROMO, channels=(Channel.SMS,), expires_at=None)
    run(ctx)
    assert (state(ctx), stored(ctx).reason) == (MessageState.SKIPPED, Reason.CONSENT_EXPIRED)


def test_a_withdrawal_is_refused_for_no_date(database: Database) -> None:
    ctx = known(database)
    enter.give(ctx, CLINIC, PATIENT, act=PROMO, by="Okafor")
    ahead = (ctx.clock.now() + timedelta(days=9)).isoformat()
    tell(ctx, EventType.CONSENT_WITHDRAWN, patient=ANA, consent=consent(ctx, recorded_at=ahead, **{"class": "all"}))
    said = survey.ledger(ctx, CLINIC, PATIENT).verdicts
    assert all(isinstance(v, Refused) for _, channel, v in said if channel is Channel.SMS)
