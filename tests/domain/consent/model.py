"""Consent once more, slowly and from the text of the law, apart from the product: replayed act by act, day by day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from followup.domain.clinic import Clinic
from followup.domain.consent import Consent, Suppression
from followup.domain.message import Channel, MessageClass

#: CASL s.10(10): two years after a purchase or a contract, six months after an inquiry.
WINDOWS = {"implied_purchase": 24, "implied_contract": 24, "implied_inquiry": 6}


def later(day: date, months: int) -> date:
    """One month after the other; where the month is too short, its last day."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def is_about(entry: Consent, kind: str, channel: str) -> bool:
    """A word on offers is a word on asking for leave to send them."""
    if entry.channel is not None and entry.channel != channel:
        return False
    if entry.message_class is None or entry.message_class == kind:
        return True
    return entry.message_class == "promo" and kind == "consent_request"


def judge(
    entries: Sequence[Consent], kind: MessageClass, channel: Channel, *, clinic: Clinic, now: datetime, us: bool
) -> str:
    """`yes`, or the word for why not: `missing`, `withdrawn` or `expired`."""
    if kind in {"compliance", "reply"}:
        return "yes"
    given, withdrawn = [], False
    for entry in sorted(entries, key=lambda e: (e.recorded_at, e.withdrawn)):
        if entry.recorded_at > now or not is_about(entry, kind, channel):
            continue
        if entry.withdrawn:
            given, withdrawn = [], True
        elif not withdrawn or entry.kind == "express":
            given.append(entry)
    if kind in {"care", "checkin", "transactional"}:
        return "withdrawn" if withdrawn and not given else "yes"
    if withdrawn and not given:
        return "withdrawn"
    return _marketing(given, clinic, now.astimezone(ZoneInfo(clinic.time_zone)), us=us and channel == "sms")


def _marketing(given: Sequence[Consent], clinic: Clinic, today: datetime, *, us: bool) -> str:
    words = set()
    for entry in given:
        if us and clinic.us_promo_written:
            words.add("yes" if entry.kind == "express" and entry.written else "missing")
        elif entry.kind == "express":
            words.add("yes")
        elif entry.kind in WINDOWS and clinic.privacy_regime == "pipeda" and clinic.casl_implied_promo:
            words.add(_window(entry, clinic, today.date()))
    return next((w for w in ("yes", "expired") if w in words), "missing")


def _window(entry: Consent, clinic: Clinic, today: date) -> str:
    """Every day from the basis to the last that counts, one after the other."""
    start = entry.basis_date or entry.recorded_at.astimezone(ZoneInfo(clinic.time_zone)).date()
    end = later(start, WINDOWS[entry.kind])
    if today < start:
        return "yes" if entry.kind == "implied_contract" else "missing"
    day = start
    while day < end:
        if day == today:
            return "yes"
        day += timedelta(days=1)
    return "expired"


def is_silenced(suppressions: Sequence[Suppression], kind: str, now: datetime) -> bool:
    """Somebody or something forbids this class at this address now; only the answer to a keyword goes all the same."""
    for one in suppressions:
        over = one.until is not None and one.until <= now
        about = one.scope is None or one.scope == kind or (one.scope == "promo" and kind == "consent_request")
        if about and not over and kind != "compliance":
            return True
    return False
