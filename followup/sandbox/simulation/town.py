"""Town: invented people in ten zones and what happens to them in a year, each event with the facts it tells."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from followup.sandbox.simulation.facts import Done, Fact, Gone, Place, Said, Visit, Word

CLINIC = "simulated"
HOME = "America/Toronto"
#: Zones with area codes of theirs; the exchange is always 555, which nobody has.
ZONES: Mapping[str, tuple[str, ...]] = {
    "America/St_Johns": ("709",), "America/Halifax": ("902", "782"), "America/Toronto": ("416", "647", "905"),
    "America/Winnipeg": ("204", "431"), "America/Regina": ("306", "639"), "America/Edmonton": ("403", "780"),
    "America/Vancouver": ("604", "778"), "America/Whitehorse": ("867",), "America/New_York": ("212", "305"),
    "America/Los_Angeles": ("213", "415"),
}  # fmt: skip
_WEIGHTS = (3, 4, 20, 4, 3, 5, 7, 1, 2, 2)
_GIVEN = ("Ana", "Noor", "Wei", "Liam", "Chloé", "Zoë", "Seán", "Mei-Ling", "Ngọc", "Łucja", "{{7*7}}", "משה", "D'Arcy")
_FAMILY = ("Silva", "O'Brien", "Tremblay", "van der Berg", "Gagné", "Kaur", "Nguyễn", "<b>Bold</b>", "李")
_STOPS = ("STOP", "ARRET", "Unsubscribe", "stop 🙏", "Arrêt")
_CHATTER = ("Thanks!", "Merci", "Is itching ok?", "stop by at 3?", "HELP", "AIDE")


@dataclass(frozen=True, slots=True)
class Happening:
    """At `at` the clinic's system tells `event`, or the holder of `number` writes `text`."""

    at: datetime
    person: str
    facts: tuple[Fact, ...] = ()
    event: Mapping[str, Any] | None = None
    number: str = ""
    text: str = ""


@dataclass(slots=True)
class Town:
    """Everybody, and all that happens in order of time."""

    happenings: list[Happening] = field(default_factory=list)
    gone_numbers: set[str] = field(default_factory=set)
    people: int = 0


def build_town(rng: random.Random, *, people: int, start: datetime, months: int, codes: Sequence[str]) -> Town:
    """The same town for the same `rng`; treatments are of `codes`."""
    town = Town(people=people)
    numbers: list[str] = []
    for n in range(people):
        life = _Life(rng, f"P-{n:05d}", n, start=start, months=months, codes=codes, numbers=numbers, town=town)
        town.happenings += life.lived()
    town.happenings.sort(key=lambda h: (h.at, h.person))
    return town


@dataclass
class _Life:
    """One person's year."""

    rng: random.Random
    name: str
    count: int
    start: datetime
    months: int
    codes: Sequence[str]
    numbers: list[str]
    town: Town
    told: int = 0

    def __post_init__(self) -> None:
        self.zone = self.rng.choices(tuple(ZONES), weights=_WEIGHTS)[0]
        self.us = self.zone in {"America/New_York", "America/Los_Angeles"}
        self.place = self._place()
        self.end = self.start + timedelta(days=30 * self.months)

    def _place(self) -> Place:
        asked = self.rng.random() < 0.85
        reach = self.rng.choices(("both", "sms", "email", "bad", "none"), weights=(10, 8, 3, 1, 1))[0]
        number = self._number()
        if reach in {"both", "sms"} and self.rng.random() < 0.03:
            self.town.gone_numbers.add(number)
        sms = {"both": number, "sms": number, "bad": "12345"}.get(reach, "")
        email = f"p{self.count}@patients.example" if reach in {"both", "email"} else ""
        return Place(self.zone if asked else "", sms, email)

    def _number(self) -> str:
        """A phone of their own, or now and then that of somebody of the family."""
        if self.numbers and self.rng.random() < 0.04:
            return self.rng.choice(self.numbers)
        own = f"+1{self.rng.choice(ZONES[self.zone])}555{self.count % 10000:04d}"
        self.numbers.append(own)
        return own

    def lived(self) -> Iterator[Happening]:
        """All that happens to this person."""
        sessions = self.rng.choices((1, 2, 3), weights=(5, 2, 3))[0]
        at = self._opening()
        yield from self._treated(at, session=1, of=sessions, first=True)
        for session in range(2, sessions + 1):
            following = self._hour(at + timedelta(days=self.rng.randrange(28, 50)))
            if self.rng.random() < 0.6:
                yield from self._booked(at, following, name=f"{self.name}-B{session}")
            if self.rng.random() < 0.15:
                break
            at = following
            yield from self._treated(at, session=session, of=sessions)
        yield from self._later(at)

    def _opening(self) -> datetime:
        span = max(self.months * 30 * 2 // 3, 1)
        return self._hour(self.start + timedelta(days=self.rng.randrange(span)))

    def _hour(self, day: datetime) -> datetime:
        hour = self.rng.choice((9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21))
        local = day.astimezone(ZoneInfo(HOME)).replace(
            hour=hour, minute=self.rng.randrange(60), second=0, microsecond=0
        )
        return local.astimezone(UTC)

    # What the clinic's system tells -------------------------------------------------------------------------------
    def _treated(self, at: datetime, *, session: int, of: int, first: bool = False) -> Iterator[Happening]:
        name, code = f"{self.name}-T{session}", self.codes[0]
        consents = list(self._consents(at)) if first else []
        facts: list[Fact] = [self.place, *(word for word, _ in consents)] if first else []
        known = self._introduced([plain for _, plain in consents]) if first else {"id": self.name}
        told = at + timedelta(minutes=5)
        done = {"id": name, "code": code, "performed_at": at.isoformat(), "practitioner": "RN Okafor",
                "session": session, "of": of}  # fmt: skip
        facts.append(Done(name, code, at))
        yield self._told("treatment.completed", told, facts, patient=known, treatment=done)
        early = at.astimezone(ZoneInfo(HOME)).hour < 19
        if len(self.codes) > 1 and early and self.rng.random() < 0.12:
            yield from self._also(at)
        luck = self.rng.random()
        if luck < 0.03:
            void = told + timedelta(hours=self.rng.randrange(1, 72))
            yield self._told("treatment.voided", void, [Done(name, code, at, withdrawn=True)],
                             patient={"id": self.name}, treatment={"id": name})  # fmt: skip

    def _also(self, at: datetime) -> Iterator[Happening]:
        """Another treatment of the same day."""
        again = at + timedelta(hours=self.rng.choice((0, 1, 3)), minutes=10)
        name, code = f"{self.name}-S{at:%m%d}", self.codes[1]
        done = {"id": name, "code": code, "performed_at": again.isoformat()}
        fact = Done(name, code, again)
        yield self._told("treatment.completed", again + timedelta(minutes=5), [fact], patient={"id": self.name},
                         treatment=done)  # fmt: skip

    def _booked(self, at: datetime, starts: datetime, *, name: str) -> Iterator[Happening]:
        code, who = self.codes[0], {"id": self.name}
        made = at + timedelta(days=self.rng.randrange(1, 20))
        booking = {"id": name, "treatment_code": code, "starts_at": starts.isoformat()}
        yield self._told("booking.made", made, [Visit(name, code, starts)], patient=who, booking=booking)
        luck = self.rng.random()
        if luck < 0.15:
            off = made + timedelta(days=self.rng.randrange(1, 6))
            yield self._told("booking.cancelled", off, [Visit(name, code, None)], booking={"id": name})
        else:
            kept = starts + timedelta(hours=1)
            yield self._told("booking.attended", kept, [Visit(name, code, None)], booking={"id": name})

    def _later(self, at: datetime) -> Iterator[Happening]:
        """What may happen after the last session, each of it seldom."""
        when = at + timedelta(days=self.rng.randrange(1, 200), minutes=self.rng.randrange(1440))
        luck = self.rng.random()
        if luck < 0.03:
            verb = self.rng.choice(("deceased", "archived"))
            yield self._told(f"patient.{verb}", when, [Gone()], patient={"id": self.name})
            return
        if luck < 0.09:
            yield from self._moved(when)
        elif luck < 0.13:
            yield from self._took_back(when)
        if self.rng.random() < 0.1:
            yield self._returns(at)
        yield from self._wrote(when + timedelta(days=3))

    def _returns(self, at: datetime) -> Happening:
        """A visit far ahead: no nudge is wanted."""
        starts, name = at + timedelta(days=self.rng.randrange(200, 330)), f"{self.name}-B9"
        booking = {"id": name, "treatment_code": self.codes[0], "starts_at": starts.isoformat()}
        told, fact = at + timedelta(days=100), Visit(name, self.codes[0], starts)
        return self._told("booking.made", told, [fact], patient={"id": self.name}, booking=booking)

    def _moved(self, when: datetime) -> Iterator[Happening]:
        self.zone = self.rng.choice([z for z in ZONES if (z.endswith(("New_York", "Los_Angeles"))) == self.us])
        self.place = Place(self.zone, self.place.sms, self.place.email)
        yield self._told("patient.updated", when, [self.place], patient=self._introduced([]))

    def _took_back(self, when: datetime) -> Iterator[Happening]:
        for channel in ("sms", "email"):
            word = {"class": "promo", "channel": channel, "kind": "express", "recorded_at": when.isoformat(),
                    "evidence": "asked at the desk"}  # fmt: skip
            yield self._told("consent.withdrawn", when, [Word(channel, "withdrawn", when.date())],
                             patient={"id": self.name}, consent=word)  # fmt: skip

    def _wrote(self, when: datetime) -> Iterator[Happening]:
        """What the holder of the phone writes."""
        number = self.place.sms
        if not number.startswith("+") or number in self.town.gone_numbers:
            return
        luck = self.rng.random()
        if luck < 0.10:
            yield Happening(when, self.name, (Said(number, "stop"),), number=number, text=self.rng.choice(_STOPS))
            if self.rng.random() < 0.3:
                back = when + timedelta(days=self.rng.randrange(1, 60))
                yield Happening(back, self.name, (Said(number, "start"),), number=number, text="START")
        elif luck < 0.12:
            fact = Said(number, "wrong_number")
            yield Happening(when, self.name, (fact,), number=number, text="Sorry, wrong number")
        elif luck < 0.22:
            yield Happening(when, self.name, number=number, text=self.rng.choice(_CHATTER))

    # Pieces of events ---------------------------------------------------------------------------------------------
    def _consents(self, at: datetime) -> Iterator[tuple[Word, dict[str, Any]]]:
        """What the person agreed to at the desk, as a fact and as the event tells it."""
        for channel in ("sms", "email"):
            luck, day = self.rng.random(), at.astimezone(ZoneInfo(HOME)).date()
            if luck < 0.3:
                yield self._agreed(channel, "express", at, basis=day, written=self.rng.random() < 0.7)
            elif luck < 0.45:
                bought = day - timedelta(days=self.rng.randrange(330, 729))
                yield self._agreed(channel, "implied_purchase", at, basis=bought)
            elif luck < 0.55:
                asked = day - timedelta(days=self.rng.randrange(0, 90))
                yield self._agreed(channel, "implied_inquiry", at, basis=asked)

    def _agreed(
        self, channel: str, kind: str, at: datetime, *, basis: date, written: bool = False
    ) -> tuple[Word, dict[str, Any]]:
        recorded = (at - timedelta(hours=1)).isoformat()
        plain = {"class": "promo", "channel": channel, "kind": kind, "recorded_at": recorded, "evidence": "intake form",
                 "basis_date": basis.isoformat(), "written": written}  # fmt: skip
        return Word(channel, kind, basis, written), plain

    def _introduced(self, consents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        pairs = (("sms", self.place.sms), ("email", self.place.email))
        known: dict[str, Any] = {
            "id": self.name, "given_name": self.rng.choice(_GIVEN), "family_name": self.rng.choice(_FAMILY),
            "language": self.rng.choice(("en-CA", "fr-CA", "en-US", "fr-FR")), "time_zone": self.place.zone,
            "contact_points": [{"channel": channel, "value": value} for channel, value in pairs if value],
        }  # fmt: skip
        return known | ({"consents": list(consents)} if consents else {})

    def _told(self, kind: str, at: datetime, facts: Sequence[Fact], **data: Any) -> Happening:
        self.told += 1
        event = {
            "specversion": "1.0", "type": kind, "source": f"/clinics/{CLINIC}/pms", "id": f"{self.name}-{self.told}",
            "time": at.isoformat(), "datacontenttype": "application/json", "data": {"clinic": CLINIC, **data},
        }  # fmt: skip
        return Happening(at, self.name, tuple(facts), event)
