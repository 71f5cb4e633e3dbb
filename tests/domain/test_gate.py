"""The gate: each check by itself, then their order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.domain.consent import Consent, ConsentKind, Suppression, SuppressionReason
from followup.domain.gate import (
    Candidate,
    Defer,
    GateFacts,
    Held,
    Send,
    Skip,
    decide,
    foresee,
)
from followup.domain.message import Channel, Hold, MessageClass, Reason
from followup.domain.patient import PatientStatus
from followup.domain.protocol import Condition
from followup.domain.window import Calendar
from tests.builders import EMAIL, PHONE, make_clinic, make_message

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)  # Wednesday 10:00 in Toronto
SMS, MAIL = Candidate(Channel.SMS, PHONE), Candidate(Channel.EMAIL, EMAIL)
STOP = Suppression(Channel.SMS, PHONE, SuppressionReason.OPT_OUT, NOW)
YES = Consent(MessageClass.PROMO, Channel.SMS, ConsentKind.EXPRESS, NOW - timedelta(days=1), "form v3")


def facts(message_class: MessageClass = MessageClass.CARE, **changes: Any) -> GateFacts:
    message = make_message(message_class=message_class, due_at=NOW, expires_at=NOW + timedelta(days=2))
    base = GateFacts(message, make_clinic(), "America/Toronto", (SMS, MAIL), Calendar())
    return replace(base, **changes)


def test_everything_in_order_is_sent() -> None:
    decision = decide(facts(), NOW)
    assert decision.verdict == Send(Channel.SMS, PHONE)
    assert [c.rule for c in decision.checks] == [
        "hold", "source", "expiry", "idempotency", "address", "suppression", "consent", "route", "caps", "budget",
        "hours",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"holds": (Hold.CLINIC_PAUSED,)}, Held(Hold.CLINIC_PAUSED)),
        ({"trial": True, "candidates": (replace(SMS, trial_allowed=False),)}, Held(Hold.TRIAL)),
        ({"patient_status": PatientStatus.DECEASED}, Skip(Reason.DECEASED)),
        ({"patient_status": PatientStatus.ARCHIVED}, Skip(Reason.ARCHIVED)),
        ({"patient_status": PatientStatus.MERGED}, Skip(Reason.MERGED)),
        ({"source_void": True}, Skip(Reason.VOIDED)),
        ({"enrollment_stopped": True}, Skip(Reason.STAFF)),
        ({"contacted": True}, Skip(Reason.DUPLICATE)),
        ({"candidates": ()}, Skip(Reason.UNREACHABLE)),
        ({"candidates": (replace(SMS, problem="not a number"),)}, Skip(Reason.UNREACHABLE)),
        ({"candidates": (replace(SMS, problem="us_disabled"),)}, Skip(Reason.US_DISABLED)),
        ({"candidates": (replace(SMS, suppressions=(STOP,)),)}, Skip(Reason.OPTED_OUT)),
    ],
)
def test_a_fact_against_it_stops_it(changes: dict[str, Any], verdict: object) -> None:
    assert decide(facts(**changes), NOW).verdict == verdict


@pytest.mark.parametrize(
    ("unless", "only_if", "true", "reason"),
    [
        ({Condition.FUTURE_BOOKING}, set(), {Condition.FUTURE_BOOKING}, Reason.BOOKED),
        (set(), {Condition.SERIES_OPEN}, {Condition.SERIES_CLOSED}, Reason.SERIES_CLOSED),
        (set(), {Condition.SERIES_CLOSED}, {Condition.SERIES_OPEN}, Reason.SERIES_OPEN),
    ],
)
def test_conditions_of_a_step_are_looked_at_when_due(
    unless: set[Condition], only_if: set[Condition], true: set[Condition], reason: Reason
) -> None:
    f = facts(unless=frozenset(unless), only_if=frozenset(only_if), true_conditions=frozenset(true))
    assert decide(f, NOW).verdict == Skip(reason)


def test_a_bad_number_goes_by_mail() -> None:
    f = facts(candidates=(replace(SMS, problem="not a number"), MAIL))
    assert decide(f, NOW).verdict == Send(Channel.EMAIL, EMAIL)


def test_after_a_stop_care_goes_by_mail() -> None:
    f = facts(candidates=(replace(SMS, suppressions=(STOP,)), MAIL))
    assert decide(f, NOW).verdict == Send(Channel.EMAIL, EMAIL)


def test_consent_withdrawn_for_texts_is_told_of_a_mail() -> None:
    no = Consent(MessageClass.CARE, Channel.SMS, ConsentKind.EXPRESS, NOW, "asked", withdrawn=True)
    decision = decide(facts(consents=(no,)), NOW)
    assert decision.verdict == Send(Channel.EMAIL, EMAIL)
    assert [(o.channel, o.why.rule, o.why.passed) for o in decision.over] == [(Channel.SMS, "consent", False)]


def test_two_channels_that_cannot_be_used_are_both_told() -> None:
    f = facts(candidates=(replace(SMS, problem="is a landline"), replace(MAIL, suppressions=(STOP,))))
    assert [(o.channel, o.why.rule) for o in decide(f, NOW).over] == [
        (Channel.SMS, "address"),
        (Channel.EMAIL, "suppression"),
    ]


def test_in_trial_only_allowed_addresses_are_used() -> None:
    f = facts(trial=True, candidates=(replace(SMS, trial_allowed=False), MAIL))
    assert decide(f, NOW).verdict == Send(Channel.EMAIL, EMAIL)


def test_the_answer_to_a_stop_passes_the_suppression() -> None:
    f = facts(MessageClass.COMPLIANCE, candidates=(replace(SMS, suppressions=(STOP,)),))
    assert decide(f, NOW).verdict == Send(Channel.SMS, PHONE)


@pytest.mark.parametrize(
    ("consents", "expected"),
    [((), Skip(Reason.NO_CONSENT)), ((YES,), Send(Channel.SMS, PHONE)),
     ((YES, replace(YES, withdrawn=True, recorded_at=NOW)), Skip(Reason.NO_CONSENT)),
     ((replace(YES, kind=ConsentKind.IMPLIED_PURCHASE),), Skip(Reason.NO_CONSENT))],
)  # fmt: skip
def test_promo_needs_an_express_consent_in_force(consents: tuple[Consent, ...], expected: object) -> None:
    f = facts(MessageClass.PROMO, consents=consents, candidates=(SMS,))
    assert decide(f, NOW).verdict == expected


def test_withdrawn_care_consent_stops_care() -> None:
    no = Consent(MessageClass.CARE, Channel.SMS, ConsentKind.EXPRESS, NOW, "asked", withdrawn=True)
    assert decide(facts(consents=(no,), candidates=(SMS,)), NOW).verdict == Skip(Reason.NO_CONSENT)


def test_at_night_it_waits_for_the_morning() -> None:
    night = datetime(2026, 3, 5, 3, 0, tzinfo=UTC)  # 22:00 in Toronto
    assert decide(facts(), night).verdict == Defer(datetime(2026, 3, 5, 13, 0, tzinfo=UTC), "hours")


@pytest.mark.parametrize("kind", [MessageClass.COMPLIANCE, MessageClass.REPLY])
def test_answers_go_at_any_hour(kind: MessageClass) -> None:
    assert isinstance(decide(facts(kind), datetime(2026, 3, 5, 8, 0, tzinfo=UTC)).verdict, Send)


def test_over_the_cap_it_waits_for_the_next_day() -> None:
    f = facts(sent=((MessageClass.CARE, NOW), (MessageClass.CHECKIN, NOW)))
    assert decide(f, NOW).verdict == Defer(datetime(2026, 3, 5, 13, 0, tzinfo=UTC), "cap")


def test_a_deferral_past_the_deadline_is_an_expiry() -> None:
    f = facts(sent=((MessageClass.CARE, NOW),) * 2)
    stale = replace(f, message=replace(f.message, expires_at=NOW + timedelta(hours=3)))
    assert decide(stale, NOW).verdict == Skip(Reason.EXPIRED)


def test_its_own_time_over_it_expires() -> None:
    assert decide(facts(), NOW + timedelta(days=2)).verdict == Skip(Reason.EXPIRED)


def test_holds_speak_before_everything_else() -> None:
    f = facts(holds=(Hold.INSTANCE,), patient_status=PatientStatus.DECEASED, candidates=())
    assert decide(f, NOW).verdict == Held(Hold.INSTANCE)


CLASSES = st.sampled_from(list(MessageClass))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
SENT = st.lists(st.tuples(CLASSES, st.integers(0, 240)), max_size=8)


@given(CLASSES, MOMENTS, SENT)
def test_what_a_deferral_names_is_then_allowed(kind: MessageClass, now: datetime, past: list[Any]) -> None:
    sent = tuple((c, now - timedelta(hours=h)) for c, h in past)
    f = facts(kind, sent=sent, consents=(YES,), jitter=timedelta(seconds=50))
    f = replace(f, message=replace(f.message, expires_at=None), consents=(replace(YES, recorded_at=now),))
    verdict = decide(f, now).verdict
    assert isinstance(verdict, Send | Skip | Defer)
    if isinstance(verdict, Defer):
        assert verdict.until > now
        decision, _ = foresee(f, verdict.until)
        assert isinstance(decision.verdict, Send | Skip)


HALTED = replace(SMS, hold=Hold.ACCOUNT_HALTED)
LATER = replace(HALTED, until=NOW + timedelta(hours=1))
TOO_LATE = replace(HALTED, until=NOW + timedelta(days=3))
OTHER = Candidate(Channel.SMS, "+14165550199")


@pytest.mark.parametrize(
    ("candidates", "verdict"),
    [
        ((HALTED, MAIL), Held(Hold.ACCOUNT_HALTED)),
        ((replace(SMS, hold=Hold.REGION), MAIL), Held(Hold.REGION)),
        ((MAIL, HALTED), Send(Channel.EMAIL, EMAIL)),
        ((HALTED, OTHER, MAIL), Send(Channel.SMS, OTHER.address)),
        ((LATER, MAIL), Defer(NOW + timedelta(hours=1), "account_halted")),
        ((TOO_LATE, MAIL), Send(Channel.EMAIL, EMAIL)),
        ((TOO_LATE,), Skip(Reason.EXPIRED)),
        ((replace(HALTED, suppressions=(STOP,)), MAIL), Send(Channel.EMAIL, EMAIL)),
    ],
)
def test_a_halt_keeps_only_what_needs_it(candidates: tuple[Candidate, ...], verdict: object) -> None:
    assert decide(facts(candidates=candidates), NOW).verdict == verdict
