"""The law of consent in one place: may a message of this class go over this channel, by which entry, or why not.

Pure and reproducible: the same ledger, clinic and instants give the same verdict, for today and for any past day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from followup.domain.clinic import Clinic, PrivacyRegime
from followup.domain.consent.entry import MONTHS, OWN_PAGE, Consent, ConsentKind
from followup.domain.message import Channel, MessageClass


class ConsentRule(StrEnum):
    """Why consent refuses a message."""

    MISSING = "consent_missing"  # nothing in the ledger allows it
    WITHDRAWN = "consent_withdrawn"
    EXPIRED = "consent_expired"  # an implied consent whose time is over
    IMPLIED_OFF = "consent_implied_off"  # the clinic does not use implied consent
    REGIME = "consent_regime"  # the privacy law asks for more than an implied one
    UNWRITTEN = "consent_unwritten"  # a US number needs it in writing


@dataclass(frozen=True, slots=True)
class Allowed:
    """It may go; by `entry` where the class needs one, up to the day before `until`."""

    basis: str
    source: str
    entry: Consent | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not go; `reason` is in plain words, `source` the law behind it."""

    rule: ConsentRule
    reason: str
    source: str


Verdict = Allowed | Refused

#: Classes that need an entry of their own; the others rest on the address having been given.
NEEDS_CONSENT = frozenset({MessageClass.PROMO, MessageClass.CONSENT_REQUEST})
_ANSWERS = frozenset({MessageClass.COMPLIANCE, MessageClass.REPLY})
#: Health data may be used for marketing by express consent alone, but for clinics that are no custodians.
IMPLIED_WILL_DO = frozenset({PrivacyRegime.PIPEDA})
_REGIME = {
    PrivacyRegime.PHIPA: "PHIPA s.33",
    PrivacyRegime.LAW25: "CQLR c. P-39.1, s.14",
}
_CASL = {
    ConsentKind.IMPLIED_PURCHASE: "CASL s.10(10)(a)",
    ConsentKind.IMPLIED_CONTRACT: "CASL s.10(10)(d), s.10(14)",
    ConsentKind.IMPLIED_INQUIRY: "CASL s.10(10)(e)",
}
_WRITTEN = "47 CFR 64.1200(f)(9)"
#: Of several refusals the one that is nearest to an allowance is told.
_NEAREST = (
    ConsentRule.UNWRITTEN,
    ConsentRule.EXPIRED,
    ConsentRule.IMPLIED_OFF,
    ConsentRule.REGIME,
    ConsentRule.MISSING,
)


def verdict(
    consents: Iterable[Consent],
    message_class: MessageClass,
    channel: Channel,
    *,
    clinic: Clinic,
    now: datetime,
    us: bool = False,
    known_at: datetime | None = None,
) -> Verdict:
    """Whether a message of this class may go over `channel` at `now`, by this ledger.

    `us` is true for a US number. With `known_at` only what was in the ledger by then counts: the verdict of a past day.
    """
    if message_class in _ANSWERS:
        return Allowed("an answer to the patient's own message", "CASL GiC Regs s.3(b)")
    spoken = [c for c in consents if c.covers(message_class, channel) and _was_known(c, now, known_at)]
    ended = _latest([c for c in spoken if c.withdrawn])
    live = [c for c in spoken if not c.withdrawn and (ended is None or _revives(c, ended))]
    if ended is not None and not live:
        return Refused(ConsentRule.WITHDRAWN, f"consent to {message_class} was withdrawn", "CASL s.11(3)")
    if message_class not in NEEDS_CONSENT:
        return Allowed(f"the address was given for {message_class}", "CASL s.6(6)", _latest(live))
    today = now.astimezone(ZoneInfo(clinic.time_zone)).date()
    return _best([_weigh(c, clinic, today=today, us=us and channel is Channel.SMS) for c in live], message_class)


def _was_known(entry: Consent, now: datetime, known_at: datetime | None) -> bool:
    return entry.recorded_at <= now and (known_at is None or entry.entered_at is None or entry.entered_at <= known_at)


def _revives(entry: Consent, ended: Consent) -> bool:
    """What a person ended comes back by an express act of theirs alone; of two acts at once the withdrawal counts,
    unless the person themself did one after the other."""
    if entry.kind is not ConsentKind.EXPRESS or entry.recorded_at < ended.recorded_at:
        return False
    own = entry.source == OWN_PAGE and (entry.row_id or 0) > (ended.row_id or 0)
    return own or entry.recorded_at > ended.recorded_at


def _latest(live: Sequence[Consent]) -> Consent | None:
    return max(live, key=lambda c: (c.recorded_at, c.row_id or 0), default=None)


def _weigh(entry: Consent, clinic: Clinic, *, today: date, us: bool) -> Verdict:
    """What one entry says of promotion on this day."""
    if us and clinic.us_promo_written and not (entry.written and entry.kind is ConsentKind.EXPRESS):
        return Refused(ConsentRule.UNWRITTEN, "a US number needs an express consent in writing", _WRITTEN)
    if entry.kind is ConsentKind.EXPRESS:
        return Allowed("express consent", "CASL s.10(1)", entry)
    if entry.kind not in MONTHS:
        return Refused(ConsentRule.MISSING, "an exemption allows no promotion", "CASL s.6(6)")
    return _weigh_implied(entry, clinic, today=today)


def _weigh_implied(entry: Consent, clinic: Clinic, *, today: date) -> Verdict:
    since, ends, words = entry.basis_on(clinic.time_zone), entry.ends_on(clinic.time_zone), _words(entry.kind)
    assert ends is not None
    if clinic.privacy_regime not in IMPLIED_WILL_DO:
        return Refused(
            ConsentRule.REGIME, f"{words} is not enough: express consent is needed", _REGIME[clinic.privacy_regime]
        )
    if not clinic.casl_implied_promo:
        return Refused(ConsentRule.IMPLIED_OFF, "the clinic does not use implied consent", "casl_implied_promo")
    if today >= ends:
        return Refused(
            ConsentRule.EXPIRED, f"the consent implied by {words} of {since} ended on {ends}", _CASL[entry.kind]
        )
    if since > today and entry.kind is not ConsentKind.IMPLIED_CONTRACT:
        return Refused(ConsentRule.MISSING, f"{words} lies ahead", _CASL[entry.kind])
    return Allowed(f"consent implied by {words} of {since}", _CASL[entry.kind], entry, ends)


def _words(kind: ConsentKind) -> str:
    return "a " + kind.removeprefix("implied_") if kind is not ConsentKind.IMPLIED_INQUIRY else "an inquiry"


def _best(said: Sequence[Verdict], message_class: MessageClass) -> Verdict:
    """The allowance that stands longest, express before implied; else the refusal nearest to one."""
    allowed = [v for v in said if isinstance(v, Allowed)]
    if allowed:
        return max(allowed, key=_standing)
    refused = [v for v in said if isinstance(v, Refused)]
    if refused:
        return min(refused, key=lambda r: (_NEAREST.index(r.rule), r.reason))
    return Refused(ConsentRule.MISSING, f"express consent is missing for {message_class}", "CASL s.6(1)(a)")


def _standing(one: Allowed) -> tuple[date, datetime, int]:
    assert one.entry is not None
    return one.until or date.max, one.entry.recorded_at, one.entry.row_id or 0
