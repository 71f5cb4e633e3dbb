"""The whole gate against the slow model of consent and suppression, for any history, zone, day, class and channels."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from followup.domain.consent import Consent, Suppression, SuppressionReason
from followup.domain.gate import Candidate, Defer, GateFacts, Send, Skip, Verdict, decide
from followup.domain.message import Channel, MessageClass, Reason
from followup.domain.window import Calendar
from tests.builders import EMAIL, PHONE, make_message
from tests.domain.consent import model
from tests.domain.consent.test_law import CLINICS, HISTORIES, MOMENTS

ADDRESSES = {Channel.SMS: PHONE, Channel.EMAIL: EMAIL}
ZONES = ("America/Toronto", "America/Vancouver", "America/St_Johns", "America/Regina", "Pacific/Kiritimati")
SUPPRESSIONS = st.builds(
    Suppression,
    channel=st.just(Channel.SMS),
    address=st.just(""),
    reason=st.sampled_from(list(SuppressionReason)),
    since=st.just(datetime(2020, 1, 1, tzinfo=UTC)),
    until=st.none() | MOMENTS,
    scope=st.sampled_from([None, MessageClass.PROMO, MessageClass.CARE]),
)
WAYS = st.lists(
    st.builds(
        lambda channel, against, us: Candidate(
            channel,
            ADDRESSES[channel],
            suppressions=tuple(replace(s, channel=channel, address=ADDRESSES[channel]) for s in against),
            us=us and channel is Channel.SMS,
        ),
        st.sampled_from(list(Channel)),
        st.lists(SUPPRESSIONS, max_size=2),
        st.booleans(),
    ),
    min_size=1,
    max_size=3,
)
KINDS = st.sampled_from([*[MessageClass.PROMO] * 4, *MessageClass])


def facts(kind: MessageClass, clinic: Any, entries: Sequence[Consent], ways: Sequence[Candidate]) -> GateFacts:
    """Nothing but consent and suppression may stand in the way: always open, never too often."""
    clinic = replace(clinic, windows={kind: ()}, caps=replace(clinic.caps, **dict.fromkeys(
        ("care_per_day", "care_per_week", "promo_per_day", "promo_per_month", "all_per_day"))))  # fmt: skip
    message = make_message(message_class=kind, expires_at=None)
    return GateFacts(message, clinic, ZONES[0], tuple(ways), Calendar(), consents=tuple(entries))


def expected(f: GateFacts, now: datetime) -> Verdict:
    """What the model says: the first way that nobody forbade and the law allows."""
    kind = f.message.message_class
    free = [c for c in f.candidates if not model.is_silenced(c.suppressions, kind, now)]
    if not free:
        return Skip(Reason.OPTED_OUT)
    said = [model.judge(f.consents, kind, c.channel, clinic=f.clinic, now=now, us=c.us) for c in free]
    if "yes" in said:
        way = free[said.index("yes")]
        return Send(way.channel, way.address)
    return Skip(Reason.CONSENT_EXPIRED if "expired" in said else Reason.NO_CONSENT)


@settings(max_examples=800)
@given(HISTORIES, WAYS, KINDS, CLINICS, MOMENTS)
def test_the_gate_agrees_with_the_slow_model(
    entries: list[Consent], ways: list[Candidate], kind: MessageClass, clinic: Any, now: datetime
) -> None:
    f = facts(kind, clinic, entries, ways)
    assert decide(f, now).verdict == expected(f, now)


@settings(max_examples=300)
@given(HISTORIES, WAYS, KINDS, CLINICS, MOMENTS, st.sampled_from(ZONES), st.integers(0, 9))
def test_unrelated_facts_change_no_verdict(
    entries: list[Consent], ways: list[Candidate], kind: MessageClass, clinic: Any, now: datetime, zone: str, n: int
) -> None:
    f = facts(kind, clinic, entries, ways)
    message = replace(f.message, id=f"msg_{n}", occurrence=n + 1, template_ref=f"x/{n}", attempt_no=n, context="in_1")
    other = replace(f, message=message, zone=zone, calendar=Calendar(closures=frozenset({now.date()})),
                    clinic=replace(f.clinic, name=f"c{n}", languages=("fr-CA",), province="QC"),
                    jitter=timedelta(seconds=n))  # fmt: skip
    assert decide(other, now).verdict == decide(f, now).verdict


@settings(max_examples=400)
@given(HISTORIES, WAYS, KINDS, CLINICS, MOMENTS, st.sampled_from(ZONES), st.lists(st.integers(0, 400), max_size=5))
def test_a_deferral_names_when_these_facts_decide(
    entries: list[Consent], ways: list[Candidate], kind: MessageClass, clinic: Any, now: datetime, zone: str, past: Any
) -> None:
    sent = tuple((kind, now - timedelta(hours=h)) for h in past)
    f = replace(facts(kind, clinic, entries, ways), clinic=clinic, zone=zone, sent=sent, jitter=timedelta(seconds=40))
    verdict = decide(f, now).verdict
    if isinstance(verdict, Defer):
        assert verdict.until > now
        assert isinstance(decide(f, verdict.until).verdict, Send | Skip)
