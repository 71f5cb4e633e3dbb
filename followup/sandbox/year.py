"""A year of invented patients with awkward names, four zones, series and changes of mind, for simulations."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from followup.sandbox.clinic import HOME, Answer, Happening, Person, Story, Teller

#: Zones with the area codes of their numbers; the exchange is always 555, which nobody has.
ZONES: Mapping[str, tuple[str, ...]] = {
    "America/Toronto": ("416", "647", "905"),
    "America/Vancouver": ("604", "778"),
    "America/St_Johns": ("709",),
    "America/Regina": ("306", "639"),
}

_GIVEN = ("Ana", "Noor", "Wei", "Liam", "Chloé", "Zoë", "Seán", "Mei-Ling", "Ngọc", "Łucja", "{{7*7}}", "משה", "D'Arcy")
_FAMILY = (
    "Silva",
    "O'Brien",
    "Tremblay",
    "van der Berg",
    "Gagné",
    "Kaur",
    "Nguyễn",
    "Smith-Jones",
    "<b>Bold</b>",
    "李",
)
_ANSWERS = ("STOP", "ARRET", "Unsubscribe", "Thanks!", "Is itching ok?", "Merci", "stop by at 3?", "START", "HELP")


def synthetic_story(rng: random.Random, *, patients: int, start: datetime, months: int = 12) -> Story:
    """A year of `patients` people, the same for the same `rng`."""
    tell = Teller()
    people = tuple(_invent(rng, n) for n in range(patients))
    happenings: list[Happening] = []
    for person in people:
        happenings += _life(rng, tell, person, first=_opening(rng, start, months))
    return Story(people, tuple(sorted(happenings, key=lambda h: h.at)))


def _invent(rng: random.Random, number: int) -> Person:
    zone = rng.choice(tuple(ZONES))
    phone = f"+1{rng.choice(ZONES[zone])}555{1000 + number:04d}"
    reach = rng.choices(("both", "sms", "email", "bad", "none"), weights=(5, 4, 2, 1, 1))[0]
    sms = {"both": phone, "sms": phone, "bad": "12345"}.get(reach, "")
    email = f"p{number}@patients.example" if reach in {"both", "email"} else ""
    promo = tuple(channel for channel in ("sms", "email") if rng.random() < 0.4)
    return Person(
        f"S-{number:04d}", rng.choice(_GIVEN), rng.choice(_FAMILY), rng.choice(("en-CA", "fr-CA", "en-US", "fr-FR")),
        zone if rng.random() < 0.9 else "", sms, email, promo, reach,
    )  # fmt: skip


def _opening(rng: random.Random, start: datetime, months: int) -> datetime:
    """A moment of the first half of the year when clinics work, and now and then late in the evening."""
    day = start + timedelta(days=rng.randrange(max(months * 30 // 2, 1)))
    hour = rng.choice((9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21))
    return day.astimezone(ZoneInfo(HOME)).replace(hour=hour, minute=rng.randrange(60), second=0, microsecond=0)


def _life(rng: random.Random, tell: Teller, person: Person, *, first: datetime) -> Sequence[Happening]:
    of = rng.choices((1, 2, 3, 4), weights=(5, 2, 3, 1))[0]
    at, seen = first, 1 if rng.random() < 0.2 else of
    lived: list[Happening] = []
    for session in range(1, seen + 1):
        treatment = f"{person.id}-T{session}"
        lived.append(tell.treated(person, at, treatment=treatment, session=session, of=of))
        lived += _between(rng, tell, person, treatment=treatment, at=at)
        following = at + timedelta(days=rng.randrange(28, 50))
        if session < seen and rng.random() < 0.6:
            made = at + timedelta(days=rng.randrange(1, 27))
            lived.append(tell.booked(person, made, booking=f"{person.id}-B{session}", starts_at=following))
            lived.append(
                tell.booking("attended", person, following + timedelta(hours=1), booking=f"{person.id}-B{session}")
            )
        at = following
    return lived


def _between(rng: random.Random, tell: Teller, person: Person, *, treatment: str, at: datetime) -> Sequence[Happening]:
    """What may happen to a patient after a session, each of it seldom."""
    later = at + timedelta(days=rng.randrange(1, 120), minutes=rng.randrange(1440))
    made: list[Happening] = []
    if person.sms.startswith("+") and rng.random() < 0.35:
        made.append(Answer(later.astimezone(UTC), person, rng.choice(_ANSWERS)))
    luck = rng.random()
    if luck < 0.05:
        made.append(tell.voided(person, at + timedelta(hours=rng.randrange(1, 72)), treatment=treatment))
    elif luck < 0.1:
        moved = at - timedelta(days=1)
        made.append(tell.corrected(person, at + timedelta(hours=2), treatment=treatment, performed_at=moved))
    elif luck < 0.13:
        made.append(tell.gone(rng.choice(("deceased", "archived")), person, later))
    elif luck < 0.2:
        made.append(tell.updated(person, later))
    return made
