"""The law of consent: the cases of the statute by name, and any history against a slow model of its text."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from followup.domain.clinic import Clinic, PrivacyRegime
from followup.domain.consent import Allowed, Consent, ConsentKind, ConsentRule, Refused, verdict
from followup.domain.message import Channel, MessageClass
from tests.builders import make_clinic
from tests.domain.consent import model

K, C, S = ConsentKind, MessageClass, Channel.SMS
NOW = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
RELIES = make_clinic(privacy_regime=PrivacyRegime.PIPEDA, casl_implied_promo=True)


def entry(kind: K = K.EXPRESS, *, at: datetime = NOW - timedelta(days=900), **more: Any) -> Consent:
    return Consent(**{"message_class": C.PROMO, "channel": S, "kind": kind, "recorded_at": at, "evidence": "x"} | more)


def rule(*entries: Consent, clinic: Clinic = RELIES, kind: C = C.PROMO, now: datetime = NOW, **more: Any) -> str:
    said = verdict(entries, kind, S, clinic=clinic, now=now, **more)
    return said.rule if isinstance(said, Refused) else "yes"


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), ZoneInfo("America/Toronto")).replace(hour=12)


@pytest.mark.parametrize(
    ("kind", "basis", "last", "first_without"),
    [
        (K.IMPLIED_PURCHASE, "2024-11-24", "2026-11-23", "2026-11-24"),
        (K.IMPLIED_PURCHASE, "2024-02-29", "2026-02-27", "2026-02-28"),
        (K.IMPLIED_CONTRACT, "2024-12-31", "2026-12-30", "2026-12-31"),
        (K.IMPLIED_INQUIRY, "2026-05-31", "2026-11-29", "2026-11-30"),
        (K.IMPLIED_INQUIRY, "2025-08-31", "2026-02-27", "2026-02-28"),
        (K.IMPLIED_INQUIRY, "2026-01-15", "2026-07-14", "2026-07-15"),
    ],
)
def test_an_implied_consent_ends_on_its_day(kind: K, basis: str, last: str, first_without: str) -> None:
    one = entry(kind, basis_date=date.fromisoformat(basis))
    assert rule(one, now=noon(last)) == "yes"
    assert rule(one, now=noon(first_without)) == ConsentRule.EXPIRED


def test_the_day_changes_in_the_clinics_zone() -> None:
    one = entry(K.IMPLIED_PURCHASE, basis_date=date(2024, 11, 24))
    midnight = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    assert [rule(one, now=midnight - timedelta(seconds=1)), rule(one, now=midnight)] == ["yes", ConsentRule.EXPIRED]
    pacific = replace(RELIES, time_zone="America/Vancouver")
    assert rule(one, now=midnight, clinic=pacific) == "yes"


@pytest.mark.parametrize("regime", list(PrivacyRegime))
@pytest.mark.parametrize("relies", [False, True])
@pytest.mark.parametrize("kind", list(K))
def test_what_a_kind_allows_depends_on_the_regime(regime: PrivacyRegime, relies: bool, kind: K) -> None:
    clinic = make_clinic(privacy_regime=regime, casl_implied_promo=relies)
    expected = {
        K.EXPRESS: "yes",
        K.EXEMPT: ConsentRule.MISSING,
    }.get(kind, ConsentRule.REGIME if regime != "pipeda" else "yes" if relies else ConsentRule.IMPLIED_OFF)
    assert rule(entry(kind, basis_date=date(2026, 2, 1)), clinic=clinic) == expected


def test_nothing_is_assumed_for_promotion() -> None:
    assert [rule(kind=k) for k in (C.PROMO, C.CONSENT_REQUEST)] == [ConsentRule.MISSING] * 2


@pytest.mark.parametrize("kind", [C.CARE, C.CHECKIN, C.TRANSACTIONAL, C.COMPLIANCE, C.REPLY])
def test_the_address_is_enough_for_the_rest(kind: C) -> None:
    assert rule(kind=kind, clinic=make_clinic()) == "yes"


@pytest.mark.parametrize(
    ("kind", "scope", "left"),
    [(C.CARE, None, False), (C.CARE, C.CARE, False), (C.CARE, C.PROMO, True), (C.PROMO, None, False),
     (C.CONSENT_REQUEST, C.PROMO, False), (C.PROMO, C.CONSENT_REQUEST, True), (C.REPLY, None, True),
     (C.COMPLIANCE, None, True)],
)  # fmt: skip
def test_a_withdrawal_ends_a_class_or_all(kind: C, scope: C | None, left: bool) -> None:
    no = entry(at=NOW, withdrawn=True, message_class=scope, channel=None)
    assert rule(entry(), no, kind=kind) == ("yes" if left else ConsentRule.WITHDRAWN)


@pytest.mark.parametrize(
    ("after", "kind", "said"),
    [(-1, K.EXPRESS, ConsentRule.WITHDRAWN), (0, K.EXPRESS, ConsentRule.WITHDRAWN), (1, K.EXPRESS, "yes"),
     (1, K.IMPLIED_PURCHASE, ConsentRule.WITHDRAWN)],
)  # fmt: skip
def test_only_a_later_express_act_brings_it_back(after: int, kind: K, said: str) -> None:
    ended = NOW - timedelta(days=2)
    no, again = entry(at=ended, withdrawn=True), entry(kind, at=ended + timedelta(seconds=after))
    assert rule(entry(), no, again) == said


def test_express_stands_though_implied_ones_follow() -> None:
    old = entry(K.IMPLIED_INQUIRY, at=NOW, basis_date=date(2020, 1, 1))
    said = verdict((entry(), old), C.PROMO, S, clinic=make_clinic(), now=NOW)
    assert isinstance(said, Allowed)
    assert said.entry == entry()


@pytest.mark.parametrize(
    ("written", "us", "needed", "said"),
    [(True, True, True, "yes"), (False, True, True, ConsentRule.UNWRITTEN), (False, True, False, "yes"),
     (False, False, True, "yes")],
)  # fmt: skip
def test_a_us_number_needs_it_in_writing(written: bool, us: bool, needed: bool, said: str) -> None:
    assert rule(entry(written=written), us=us, clinic=make_clinic(us_promo_written=needed)) == said


def test_a_purchase_of_tomorrow_allows_nothing_today() -> None:
    assert rule(entry(K.IMPLIED_PURCHASE, basis_date=date(2026, 3, 3))) == ConsentRule.MISSING
    assert rule(entry(K.IMPLIED_CONTRACT, basis_date=date(2027, 3, 3))) == "yes"


def test_a_past_verdict_knows_only_what_was_known() -> None:
    learned = entry(at=NOW - timedelta(days=30), entered_at=NOW - timedelta(days=10))
    asked = NOW - timedelta(days=20)
    assert rule(learned, now=asked) == "yes"
    assert rule(learned, now=asked, known_at=asked) == ConsentRule.MISSING
    assert rule(learned, now=NOW, known_at=NOW) == "yes"


DAYS = st.integers(-900, 40)
MOMENTS = st.builds(lambda d, h: NOW + timedelta(days=d, hours=h), DAYS, st.integers(0, 23))
ENTRIES = st.builds(
    Consent,
    message_class=st.sampled_from([C.PROMO, C.PROMO, C.PROMO, C.CARE, C.CONSENT_REQUEST]),
    channel=st.sampled_from(list(Channel)),
    kind=st.sampled_from(list(K)),
    recorded_at=MOMENTS,
    evidence=st.just("x"),
    basis_date=st.none() | st.builds(lambda d: (NOW + timedelta(days=d)).date(), DAYS),
    written=st.booleans(),
) | st.builds(
    Consent,
    message_class=st.sampled_from([None, C.PROMO, C.CARE]),
    channel=st.sampled_from([None, *Channel]),
    kind=st.just(K.EXPRESS),
    recorded_at=MOMENTS,
    evidence=st.just("no"),
    withdrawn=st.just(True),
)
HISTORIES = st.lists(ENTRIES, max_size=4)
CLINICS = st.builds(
    make_clinic,
    privacy_regime=st.sampled_from([PrivacyRegime.PIPEDA, PrivacyRegime.PIPEDA, *PrivacyRegime]),
    casl_implied_promo=st.sampled_from([True, True, False]),
    us_promo_written=st.booleans(),
    time_zone=st.sampled_from(
        ["America/Toronto", "America/Vancouver", "America/St_Johns", "Pacific/Kiritimati", "UTC"]
    ),
)
_SLOW = {
    "yes": "yes",
    ConsentRule.WITHDRAWN: "withdrawn",
    ConsentRule.EXPIRED: "expired",
}


@pytest.mark.parametrize("kind", list(K))
def test_one_entry_agrees_around_every_edge(kind: K) -> None:
    yes_no, today = (True, False), NOW.astimezone(ZoneInfo("America/Toronto")).date()
    edges = [today - relativedelta(months=m) + timedelta(days=d) for m in (0, 6, 24) for d in (-1, 0, 1)]
    for edge, written, us, needed, regime, relies in product(edges, yes_no, yes_no, yes_no, PrivacyRegime, yes_no):
        clinic = make_clinic(privacy_regime=regime, casl_implied_promo=relies, us_promo_written=needed)
        one = entry(kind, basis_date=edge, written=written)
        word = _SLOW.get(rule(one, clinic=clinic, us=us), "missing")
        expected = model.judge([one], C.PROMO, S, clinic=clinic, now=NOW, us=us)
        assert word == expected, (one, clinic, us)


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Consent], C, Channel, Clinic, datetime, bool]:
    """A history whose bases lie on, just before and just after the days that count."""
    clinic, now = draw(CLINICS), draw(MOMENTS)
    today = now.astimezone(ZoneInfo(clinic.time_zone)).date()
    edges = [today - relativedelta(months=m) + timedelta(days=d) for m in (0, 6, 24) for d in (-1, 0, 1)]
    entries = [
        replace(e, basis_date=draw(st.sampled_from([e.basis_date, *edges])), recorded_at=draw(st.sampled_from(
            [e.recorded_at, now, now - timedelta(days=1)]))) for e in draw(HISTORIES)
    ]  # fmt: skip
    kind, channel = draw(st.sampled_from([*[C.PROMO] * 6, *C])), draw(st.sampled_from([S, S, Channel.EMAIL]))
    return entries, kind, channel, clinic, now, draw(st.booleans())


@settings(max_examples=2000)
@given(cases())
def test_the_law_agrees_with_its_slow_model(case: Any) -> None:
    entries, kind, channel, clinic, now, us = case
    said = verdict(entries, kind, channel, clinic=clinic, now=now, us=us)
    word = _SLOW.get("yes" if isinstance(said, Allowed) else said.rule, "missing")
    assert word == model.judge(entries, kind, channel, clinic=clinic, now=now, us=us)


@given(HISTORIES, st.permutations(range(4)), CLINICS, MOMENTS)
def test_the_order_of_reading_changes_nothing(
    entries: list[Consent], order: list[int], clinic: Clinic, now: Any
) -> None:
    shuffled = [entries[n] for n in order if n < len(entries)]
    assert rule(*shuffled, clinic=clinic, now=now) == rule(*entries, clinic=clinic, now=now)


@given(HISTORIES, HISTORIES, CLINICS, MOMENTS)
def test_what_is_about_others_changes_nothing(
    entries: list[Consent], others: list[Consent], clinic: Clinic, now: datetime
) -> None:
    mail = [replace(e, channel=Channel.EMAIL) for e in others]
    care = [replace(e, message_class=C.CARE) for e in others]
    ahead = [replace(e, recorded_at=now + timedelta(seconds=1)) for e in others]
    elsewhere = replace(clinic, name="x", phone="y", province="BC", closures=(date(2026, 3, 2),), caps=clinic.caps)
    before = verdict(entries, C.PROMO, S, clinic=clinic, now=now)
    assert verdict([*mail, *entries, *care, *ahead], C.PROMO, S, clinic=elsewhere, now=now) == before


@given(HISTORIES, CLINICS, MOMENTS)
def test_an_allowance_names_the_entry_and_its_end(entries: list[Consent], clinic: Clinic, now: datetime) -> None:
    said = verdict(entries, C.PROMO, S, clinic=clinic, now=now)
    assert said.source
    if isinstance(said, Allowed):
        assert said.entry in entries
        assert said.until == said.entry.ends_on(clinic.time_zone)
