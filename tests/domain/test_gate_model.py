"""The gate against a slow model that looks at the clock on the wall minute by minute and counts days by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from followup.domain.clinic import SendWindow, Terms
from followup.domain.consent import Consent, ConsentKind, Suppression, SuppressionReason
from followup.domain.gate import Candidate, Defer, GateFacts, Held, Send, Skip, decide, examine, foresee
from followup.domain.ids import MessageId
from followup.domain.message import Channel, Hold, MessageClass, Reason
from followup.domain.patient import PatientStatus
from followup.domain.protocol import Condition
from followup.domain.window import DEFAULT_WINDOWS, Calendar
from tests.builders import EMAIL, PHONE, make_clinic, make_message
from tests.domain.minutes import MINUTE, open_minutes

C = MessageClass
ZONES = ("America/Toronto", "America/Vancouver", "America/St_Johns", "America/Regina")
WEEK = frozenset(range(7))
SUNDAY = frozenset({6})
PRESET = (
    SendWindow(WEEK - SUNDAY, time(9), time(20), on_holidays=False),
    SendWindow(SUNDAY, time(12), time(20), on_holidays=False),
)
TERMS = Terms("US_COMMON", PRESET, (SendWindow(WEEK, time(8), time(21)),), "law", "law", 1, 3, "law")
OFF = frozenset({date(2026, 7, 1), date(2026, 12, 25), date(2027, 1, 1)})
#: 5 U.S.C. 6103 in those weeks; the Fourth of July of 2026 is a Saturday, so that the Friday is off too.
OFF_US = frozenset(
    {date(2026, 7, 3), date(2026, 7, 4), date(2026, 11, 11), date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)}
)
#: Around the changes of the clocks, holidays of both countries and ordinary days.
DAYS = ((2026, 3, 7), (2026, 6, 30), (2026, 7, 3), (2026, 10, 31), (2026, 12, 24), (2027, 3, 13))
STARTS = [datetime(*day, tzinfo=UTC) for day in DAYS]

moments = st.builds(lambda day, n: day + n * MINUTE, st.sampled_from(STARTS), st.integers(0, 3 * 1440))
capped = st.sampled_from([C.CARE, C.CHECKIN, C.TRANSACTIONAL, C.PROMO])
past = st.lists(st.tuples(capped, st.integers(0, 40 * 24)), max_size=6)
ahead = st.lists(st.tuples(capped, st.integers(0, 4 * 24)), max_size=3)


def facts(kind: C, now: datetime, **more: Any) -> GateFacts:
    """Ana may be written to in every respect but those that a test names."""
    yes = Consent(C.PROMO, Channel.SMS, ConsentKind.EXPRESS, now - timedelta(days=400), "form", written=True)
    message = make_message(message_class=kind, due_at=now, planned_for=now, expires_at=None)
    way = Candidate(Channel.SMS, PHONE, **more.pop("way", {}))
    return GateFacts(message, make_clinic(), more.pop("zone", ZONES[0]), (way,), Calendar(OFF), consents=(yes,), **more)


@lru_cache(maxsize=4096)
def minutes(windows: tuple[SendWindow, ...], zone: str, day: date, us: bool) -> frozenset[datetime]:
    off = OFF_US if us else OFF
    return frozenset(open_minutes(windows, zone, day, off))


def is_open(windows: tuple[SendWindow, ...], zone: str, moment: datetime, *, us: bool = False) -> bool:
    return moment in minutes(windows, zone, moment.astimezone(ZoneInfo(zone)).date(), us)


def has_room(f: GateFacts, moment: datetime, *, us: bool) -> bool:
    """Every stretch of days that holds this one keeps its limit, counting what ranks higher and is to come."""
    kind, local = f.message.message_class, ZoneInfo(f.zone)
    order = [C.CARE, C.TRANSACTIONAL, C.CHECKIN, C.PROMO]
    days = [(k, m.astimezone(local).date()) for k, m in f.sent]
    days += [(k, m.astimezone(local).date()) for k, m in f.rivals if order.index(k) < order.index(kind)]
    today = moment.astimezone(local).date()
    care = {C.CARE, C.CHECKIN} | ({C.TRANSACTIONAL} if us else set())
    rules = {C.PROMO: [(1, 1, {C.PROMO}), (2, 30, {C.PROMO})]}.get(
        kind, [(1, 1, care), (3, 7, care)] if us else [(2, 1, care), (5, 7, care)]
    )
    if kind is C.TRANSACTIONAL and not us:
        return True
    if kind is C.PROMO and (C.CHECKIN, today) in days:
        return False
    stretches = ((most, n, kinds, today - timedelta(days=back)) for most, n, kinds in rules for back in range(n))
    return all(
        sum(k in kinds and first <= d < first + timedelta(days=n) for k, d in days) < most
        for most, n, kinds, first in stretches
    )


def allowed(f: GateFacts, moment: datetime) -> bool:
    """Open in every zone by every rule, with room."""
    kind, way = f.message.message_class, f.candidates[0]
    zones, us = (f.zone, *way.further), way.terms is not None
    own = all(is_open(DEFAULT_WINDOWS[kind], zone, moment) for zone in zones)
    abroad = PRESET if kind is C.PROMO else TERMS.others
    return own and (not us or all(is_open(abroad, z, moment, us=True) for z in zones)) and has_room(f, moment, us=us)


@given(
    capped,
    moments,
    st.sampled_from(ZONES),
    st.frozensets(st.sampled_from(ZONES), max_size=2),
    past,
    ahead,
    st.booleans(),
)
@settings(max_examples=120, deadline=None)
def test_hours_and_limits_agree_with_a_slow_model(
    kind: C, now: datetime, zone: str, further: frozenset[str], sent: Any, rivals: Any, us: bool
) -> None:
    hour = timedelta(hours=1)
    f = facts(
        kind, now, zone=zone, sent=tuple((k, now - n * hour) for k, n in sent),
        rivals=tuple((k, now + n * hour) for k, n in rivals),
        way={"further": tuple(sorted(further - {zone})), "terms": TERMS if us else None},
    )  # fmt: skip
    verdict = decide(f, now).verdict
    assert isinstance(verdict, Send) == allowed(f, now)
    if isinstance(verdict, Defer):
        assert allowed(f, verdict.until)
        steps = int((min(verdict.until, now + timedelta(days=2)) - now) / MINUTE)
        assert not any(allowed(f, now + n * MINUTE) for n in range(0, steps, 7))


@given(capped, moments, st.integers(0, 90), past)
def test_jitter_stays_inside_hours_and_room(kind: C, now: datetime, seconds: int, sent: Any) -> None:
    f = facts(kind, now, sent=tuple((k, now - timedelta(hours=n)) for k, n in sent), jitter=timedelta(seconds=seconds))
    verdict = decide(f, now).verdict
    if isinstance(verdict, Defer):
        assert isinstance(decide(f, verdict.until).verdict, Send)


STOP = Suppression(Channel.SMS, PHONE, SuppressionReason.OPT_OUT, STARTS[0])
BLOCKS: list[tuple[dict[str, Any], object]] = [
    ({"holds": (Hold.CLINIC_PAUSED,)}, Held(Hold.CLINIC_PAUSED)),
    ({"patient_status": PatientStatus.DECEASED}, Skip(Reason.DECEASED)),
    ({"source_void": True}, Skip(Reason.VOIDED)),
    ({"contacted": True}, Skip(Reason.DUPLICATE)),
    ({"candidates": ()}, Skip(Reason.UNREACHABLE)),
    ({"candidates": (Candidate(Channel.SMS, PHONE, suppressions=(STOP,)),)}, Skip(Reason.OPTED_OUT)),
]


@given(st.sets(st.integers(0, len(BLOCKS) - 1), min_size=1), capped, moments, past)
def test_the_first_in_order_decides_whatever_follows(chosen: set[int], kind: C, now: datetime, sent: Any) -> None:
    f = facts(kind, now, sent=tuple((k, now - timedelta(hours=n)) for k, n in sent))
    for n in chosen:
        f = replace(f, **BLOCKS[n][0]) if n != 5 or 4 not in chosen else f
    assert decide(f, now).verdict == BLOCKS[min(chosen)][1]


def other_names(f: GateFacts) -> GateFacts:
    clinic = replace(f.clinic, name="Other", phone="+14165550111", languages=("fr-CA",), email="x@example.com")
    message = replace(
        f.message, id=MessageId("msg_9"), step_key="day-9", template_ref="x/day-9", occurrence=4, attempt_no=2
    )
    return replace(f, clinic=clinic, message=message, true_conditions=frozenset({Condition.FUTURE_BOOKING}))


def with_suppressions(f: GateFacts) -> GateFacts:
    over = replace(STOP, since=STARTS[0] - timedelta(days=9), until=STARTS[0] - timedelta(days=1))
    elsewhere = replace(STOP, scope=C.REPLY)
    way = f.candidates[0]
    return replace(f, candidates=(replace(way, suppressions=(over, elsewhere)), *f.candidates[1:]))


def with_consents(f: GateFacts) -> GateFacts:
    """A word on e-mail says nothing about texts; an older word of a kind that is there adds nothing."""
    at = STARTS[0] - timedelta(days=500)
    mail = Consent(C.PROMO, Channel.EMAIL, ConsentKind.EXPRESS, at, "form", withdrawn=True)
    return replace(f, consents=(mail, *f.consents, Consent(C.REPLY, Channel.SMS, ConsentKind.EXPRESS, at, "x")))


def with_answers(f: GateFacts) -> GateFacts:
    """What answers the patient counts under no limit, nor does what ranks no higher than this one and is to come."""
    now = f.message.due_at
    return replace(f, sent=(*f.sent, *((k, now) for k in (C.REPLY, C.COMPLIANCE))),
                   rivals=((f.message.message_class, now + timedelta(hours=2)),))  # fmt: skip


UNRELATED = [other_names, with_suppressions, with_consents, with_answers]


@given(st.sets(st.sampled_from(UNRELATED), min_size=1), capped, moments, st.sampled_from(ZONES), past)
def test_no_verdict_changes_with_unrelated_facts(
    changes: set[Callable[[GateFacts], GateFacts]], kind: C, now: datetime, zone: str, sent: Any
) -> None:
    f = facts(kind, now, zone=zone, sent=tuple((k, now - timedelta(hours=n)) for k, n in sent))
    other = f
    for change in sorted(changes, key=lambda c: c.__name__):
        other = change(other)
    assert decide(other, now).verdict == decide(f, now).verdict
    more = replace(f, candidates=(*f.candidates, Candidate(Channel.EMAIL, EMAIL)))
    assert decide(more, now).verdict == decide(f, now).verdict


@given(capped, moments, past)
def test_what_is_examined_decides_the_same(kind: C, now: datetime, sent: Any) -> None:
    f = facts(kind, now, sent=tuple((k, now - timedelta(hours=n)) for k, n in sent))
    seen = examine(f, now)
    assert seen.verdict == decide(f, now).verdict
    assert [c.rule for c in seen.checks][:11] == [
        "hold", "source", "expiry", "idempotency", "address", "suppression", "consent", "route", "caps", "budget",
        "hours",
    ]  # fmt: skip
    assert all(c.source for c in seen.checks)
    assert isinstance(foresee(f, now)[0].verdict, Send | Skip)


def test_hours_that_never_meet_end_the_message() -> None:
    noon = make_clinic(windows={C.CARE: (SendWindow(WEEK, time(12), time(13)),)})
    f = replace(facts(C.CARE, STARTS[1], way={"further": ("America/Vancouver",)}), clinic=noon)
    assert decide(f, STARTS[1]).verdict == Skip(Reason.EXPIRED)
